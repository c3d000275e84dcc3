"""The store's own tables: audit, outbox, mirror, provenance, drafts, timers, clinic settings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from maroom.store.migrations import columns

revision = "0001"
down_revision = None


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=nullable) for name in names]


def upgrade() -> None:
    _audit()
    _outbox()
    _mirror()
    op.create_table("provenance", *columns.revision(), *_text("activity"))
    op.create_table(
        "provenance_target",
        *columns.part(),
        *_text("target", "target_kind"),
        sa.Column("target_revision", sa.Integer, nullable=False),
    )
    op.create_table("clinic_setting", *columns.revision(), *_text("value"))
    op.create_table(
        "draft",
        *[sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("author", "visit", "page")],
        *_text("patient", "state", "field", "kept"),
        sa.Column("cursor", sa.Integer, nullable=False),
    )
    op.create_table(
        "timer",
        *[sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("key", "about")],
        *_text("started", "due"),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True, nullable=False),
        *_text("at", "actor", "station", "act", "patient", "visit", "records", "reason", "previous", "hash"),
        sa.Column("at_offset", sa.Integer, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer, primary_key=True, nullable=False),
        *_text("message_id", "local_id", "kind", "op", "author", "station", "at", "state"),
        *_text("body", nullable=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("at_offset", sa.Integer, nullable=False),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_state", "outbox", ["state"])
    op.create_index("ix_outbox_local_id", "outbox", ["local_id"])


def _mirror() -> None:
    op.create_table(
        "mirror",
        sa.Column("local_id", sa.Text, primary_key=True, nullable=False),
        *_text("rtype", "kind", "source", "digest"),
        *_text("server_id", "version", "updated", "base", nullable=True),
    )
    op.create_index("uq_mirror_server", "mirror", ["rtype", "server_id"], unique=True)


def downgrade() -> None:
    for table in ("timer", "draft", "clinic_setting", "provenance_target", "provenance", "mirror", "outbox", "audit"):
        op.drop_table(table)
