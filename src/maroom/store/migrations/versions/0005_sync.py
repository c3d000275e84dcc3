"""What the sync keeps: where each line of the outbox stands, requests, cursors, servers, runs, sign-ins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TEXTS = ("base_version", "last_sent_at", "not_before", "failing_since", "outcome")
_NUMBERS = ("attempt_id", "status")
_TABLES = ("attempt", "cursor", "server_capability", "sync_run", "token")


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=nullable) for name in names]


def _number(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=nullable) for name in names]


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in names]


def _numbered() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, nullable=False)


def upgrade() -> None:
    for column in (*_text(*_TEXTS, nullable=True), *_number(*_NUMBERS, nullable=True)):
        op.add_column("outbox", column)
    op.add_column("outbox", sa.Column("attempts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("why", sa.Text, nullable=False, server_default=""))
    op.add_column("mirror", sa.Column("theirs", sa.Text, nullable=True))
    op.add_column("mirror", sa.Column("gone", sa.Boolean, nullable=False, server_default="0"))
    _tables()


def _tables() -> None:
    op.create_table(
        "attempt",
        _numbered(),
        *_text("at", "what"),
        *_number("lines", "octets"),
        *_number("status", "milliseconds", nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_table("cursor", *_keys("scope", "rtype"), *_text("at", "page", nullable=True))
    op.create_table("server_capability", *_keys("server"), *_text("learned"))
    op.create_table(
        "sync_run",
        _numbered(),
        *_text("started"),
        *_text("ended", "report", nullable=True),
        sa.Column("complete", sa.Boolean, nullable=False),
        *_number("clock_offset", nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_table("token", *_keys("server"), *_text("value"))


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    for name in ("gone", "theirs"):
        op.drop_column("mirror", name)
    for name in ("why", "attempts", *reversed(_NUMBERS), *reversed(_TEXTS)):
        op.drop_column("outbox", name)
