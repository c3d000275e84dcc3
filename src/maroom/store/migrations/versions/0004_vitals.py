"""Vital signs: one head row a reading and revision, and a row for each value that it carries beside its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from maroom.store.migrations import columns

revision = "0004"
down_revision = "0003"

_HEAD = (
    "patient", "visit", "set_id", "sign", "status", "measured", "performer", "performer_name",
    "unit", "entered", "absent", "absent_text", "qualifiers", "note", "derived_from",
)  # fmt: skip
_PART = ("component", "unit", "entered", "absent", "absent_text")


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=nullable) for name in names]


def upgrade() -> None:
    op.create_table(
        "vital_sign",
        *columns.revision(),
        *_text(*_HEAD),
        *_text("value", "coded", "day", "until", nullable=True),
        sa.Column("measured_offset", sa.Integer, nullable=False),
        sa.Column("until_offset", sa.Integer, nullable=True),
    )
    op.create_index("ix_vital_sign_patient_sign_measured", "vital_sign", ["patient", "sign", "measured"])
    op.create_index("ix_vital_sign_visit", "vital_sign", ["visit"])
    op.create_table("vital_sign_part", *columns.part(), *_text(*_PART), *_text("value", nullable=True))


def downgrade() -> None:
    op.drop_table("vital_sign_part")
    op.drop_table("vital_sign")
