"""A set of vital signs is found by its visit and its id at once: each save asks whether it is on record already."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.drop_index("ix_vital_sign_visit", "vital_sign")
    op.create_index("ix_vital_sign_visit_set_id", "vital_sign", ["visit", "set_id"])


def downgrade() -> None:
    op.drop_index("ix_vital_sign_visit_set_id", "vital_sign")
    op.create_index("ix_vital_sign_visit", "vital_sign", ["visit"])
