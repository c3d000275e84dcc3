"""Patients and the index they are found by, visits and their moves, rooms, and the patient's history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from maroom.store.migrations import columns

revision = "0003"
down_revision = "0002"

_REMEMBERED = ("allergy", "condition", "medication", "service_order", "appointment", "observation")
_INDEXED = (*_REMEMBERED, "visit", "critical_notice")


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=nullable) for name in names]


def _flags(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(name, sa.Boolean, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=True) for name in names]


def upgrade() -> None:
    _patients()
    _visits()
    _histories()
    for table in _INDEXED:
        op.create_index(f"ix_{table}_patient", table, ["patient"])


def _patients() -> None:
    shown = ("family", "given", "name_text", "birth", "sex", "record_number")
    op.create_table(
        "patient",
        *columns.revision(),
        *_text(*shown, "other_names", "identifiers", "phone", "language", "owner"),
        *_flags("verified", "deceased", "active"),
    )
    op.create_table(
        "patient_card",
        sa.Column("id", sa.Integer, primary_key=True, nullable=False),
        *_text("local_id", *shown),
        *_flags("verified", "deceased", "chart_loaded"),
        sa.UniqueConstraint("local_id", name="uq_patient_card_local_id"),
    )
    op.create_index("ix_patient_card_record_number", "patient_card", ["record_number"])
    op.execute(
        "CREATE VIRTUAL TABLE patient_search USING fts5("
        "keys, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0')"
    )


def _visits() -> None:
    op.create_table(
        "visit",
        *columns.revision(),
        *_text("patient", "status", "room", "room_name", "came_for", "provider", "appointment", "owner"),
        *_text("starts", "expected", nullable=True),
        *_numbers("expected_offset"),
    )
    op.create_index("ix_visit_starts", "visit", ["starts"])
    op.create_table(
        "visit_move",
        *columns.part(),
        *_text("status", "room", "room_name", "at", "by"),
        sa.Column("at_offset", sa.Integer, nullable=False),
        *_flags("undo"),
    )
    op.create_table(
        "room_state",
        *columns.revision(),
        *_text("name", "state", "visit", "patient", "claimed_by", "note"),
        sa.Column("first", sa.Integer, nullable=False),
    )


def _histories() -> None:
    _remembered("allergy", *_text("verification", "criticality", "reactions"))
    _remembered("condition", *_text("verification", "body"))
    _remembered("medication", *_text("dose", "body"))
    _remembered("service_order", *_text("requester", "note"))
    _remembered("appointment", *_text("provider", "body"), *_numbers("minutes"))
    _remembered("observation", *_text("value", "body"))
    op.create_table(
        "critical_notice",
        *columns.revision(),
        *_text("patient", "visit", "about", "finding", "whom"),
        *_text("at", nullable=True),
        *_numbers("at_offset"),
        *_flags("read_back"),
    )


def _remembered(table: str, *own: sa.Column[str] | sa.Column[int]) -> None:
    op.create_table(
        table,
        *columns.revision(),
        *_text("patient", "visit", "status", "system", "code", "words", "at_written"),
        *_text("at", nullable=True),
        *_numbers("at_offset"),
        *own,
    )


def downgrade() -> None:
    for table in (
        *_REMEMBERED,
        "critical_notice",
        "room_state",
        "visit_move",
        "visit",
        "patient_search",
        "patient_card",
        "patient",
    ):
        op.drop_table(table)
