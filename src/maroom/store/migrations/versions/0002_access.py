"""Staff, their PINs, and wrong tries to sign in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from maroom.store.migrations import columns

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "staff",
        *columns.revision(),
        *[sa.Column(name, sa.Text, nullable=False) for name in ("name", "role", "owner", "identifiers")],
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table("staff_pin", *columns.revision(), sa.Column("hash", sa.Text, nullable=False))
    op.create_table(
        "sign_in_tries",
        sa.Column("staff", sa.Text, primary_key=True, nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("last", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("sign_in_tries", "staff_pin", "staff"):
        op.drop_table(table)
