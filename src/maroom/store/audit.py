"""The audit trail: one line an act, append-only, each line sealed with the hash of the line before it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from maroom.core.clock import Moment
from maroom.store import driver
from maroom.store.base import Base
from maroom.store.driver import Question

FIRST = "0" * 64


class AuditRow(Base):
    """Who did what, when, on which station, about whom; `records` names the revisions that the act wrote."""

    __tablename__ = "audit"
    __table_args__ = ({"sqlite_autoincrement": True},)

    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    at_offset: Mapped[int]
    actor: Mapped[str]
    station: Mapped[str]
    act: Mapped[str]
    patient: Mapped[str]
    visit: Mapped[str]
    records: Mapped[list[Any]]
    reason: Mapped[str]
    late: Mapped[bool]
    previous: Mapped[str]
    hash: Mapped[str]


@dataclass(frozen=True)
class Line:
    """What is sealed, in this order."""

    seq: int
    at: Moment
    actor: str
    station: str
    act: str
    patient: str
    visit: str
    records: Sequence[Sequence[str | int]]
    reason: str
    late: bool


@dataclass(frozen=True)
class Broken:
    """The first line that does not fit the chain, and in what."""

    seq: int
    why: str


def last(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest line; read inside the IMMEDIATE transaction that appends the next."""
    seq, seal = _LAST.first(connection) or (0, FIRST)
    return seq, seal


_LAST = Question(select(AuditRow.seq, AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1))


def count(session: Session) -> int:
    return session.scalar(select(func.count(AuditRow.seq))) or 0


def first_at(session: Session) -> datetime:
    """When the store was made. LookupError where nothing was done in it yet."""
    found = session.scalar(select(AuditRow.at).where(AuditRow.seq == 1))
    if found is None:
        raise LookupError("an empty audit trail")
    return found


def append(connection: Connection, line: Line, previous: str) -> None:
    values = {
        "seq": line.seq,
        "at": line.at.utc,
        "at_offset": line.at.offset,
        "actor": line.actor,
        "station": line.station,
        "act": line.act,
        "patient": line.patient,
        "visit": line.visit,
        "records": [list(record) for record in line.records],
        "reason": line.reason,
        "late": line.late,
        "previous": previous,
        "hash": sealed(line, previous),
    }
    driver.put(connection, AuditRow.table(), [values])


def sealed(line: Line, previous: str) -> str:
    """SHA-256 over the hash before and the line as canonical JSON."""
    fields = (
        line.seq, line.at.utc, line.at.offset, line.actor, line.station, line.act,
        line.patient, line.visit, [list(record) for record in line.records], line.reason, line.late,
    )  # fmt: skip
    return hashlib.sha256(previous.encode() + msgspec.json.encode(fields)).hexdigest()


def first_broken(connection: Connection) -> Broken | None:
    """Walks the whole chain: gaps, changed lines, and lines cut off at the end."""
    previous, expected = FIRST, 1
    for row in connection.execute(select(AuditRow.__table__).order_by(AuditRow.seq)):
        if row.seq != expected:
            return Broken(expected, "is missing")
        line = Line(
            row.seq, Moment(row.at, row.at_offset), row.actor, row.station, row.act,
            row.patient, row.visit, row.records, row.reason, bool(row.late),
        )  # fmt: skip
        if row.previous != previous or row.hash != sealed(line, previous):
            return Broken(row.seq, "was changed")
        previous, expected = row.hash, expected + 1
    made = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")).scalar() or 0
    return Broken(expected, "is missing") if made >= expected else None
