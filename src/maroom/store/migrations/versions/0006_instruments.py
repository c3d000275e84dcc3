"""Which readings of instruments were taken over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "used_reading",
        sa.Column("key", sa.Text, primary_key=True, nullable=False),
        sa.Column("noted", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("used_reading")
