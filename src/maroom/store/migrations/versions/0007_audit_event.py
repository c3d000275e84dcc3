"""Acts that the server's own audit is told of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("local_id", sa.Text, primary_key=True, nullable=False),
        sa.Column("revision", sa.Integer, primary_key=True, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("act", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("op", "origin", "author", "recorded")),
        sa.Column("recorded_offset", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("audit_event")
