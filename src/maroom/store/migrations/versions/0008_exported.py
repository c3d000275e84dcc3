"""When a line of the outbox left this station in a file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("exported", sa.Text, nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "exported")
