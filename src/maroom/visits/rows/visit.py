"""Visits by revision: a head, and as its parts all moves made until then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, ClassVar

import msgspec
from sqlalchemy import Index, Text, and_, bindparam, func, or_, select
from sqlalchemy.orm import Mapped, Session

from maroom.core.clock import Moment
from maroom.core.settings import Room
from maroom.core.visit import VisitRef
from maroom.store.base import Kind, Origin, Owner, Part, Revision, latest
from maroom.store.unit_of_work import Write
from maroom.visits.model import HERE, Move, Patient, Visit, VisitStatus
from maroom.visits.rows import person
from maroom.visits.rows.person import PatientRow
from maroom.visits.rows.times import moment
from maroom.visits.rules import moves as rules


class VisitRow(Revision):
    """`starts` is when the patient came, else when it is expected: it decides on which day's board the visit stands. Status
    and room are those of the last move, here for the board's sake."""

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_starts", "starts"), Index("ix_visit_patient", "patient"))
    kind: ClassVar[Kind] = Kind("encounter")

    patient: Mapped[str]
    status: Mapped[str]
    room: Mapped[str]
    room_name: Mapped[str]
    starts: Mapped[datetime | None]
    expected: Mapped[datetime | None]
    expected_offset: Mapped[int | None]
    came_for: Mapped[str]
    provider: Mapped[str]
    appointment: Mapped[str]
    owner: Mapped[str]


class VisitMoveRow(Part):
    """One move; `room` is the id of a room of the clinic, or empty, `room_name` what stood on its door."""

    __tablename__ = "visit_move"

    status: Mapped[str]
    room: Mapped[str]
    room_name: Mapped[str]
    at: Mapped[datetime]
    at_offset: Mapped[int]
    by: Mapped[str]
    undo: Mapped[bool]


def add(unit: Write, visit: Visit, origin: Origin, reason: str = "") -> None:
    """Writes a new visit, or a revision after `visit.revision`; `reason` says why it was changed."""
    begun = rules.arrived(visit.moves) or visit.expected or (visit.moves[0].at if visit.moves else None)
    row = VisitRow(
        local_id=visit.ref.visit,
        patient=visit.ref.patient,
        status=visit.status,
        room=visit.room.id if visit.room else "",
        room_name=visit.room.name if visit.room else "",
        starts=begun.utc if begun else None,
        expected=visit.expected.utc if visit.expected else None,
        expected_offset=visit.expected.offset if visit.expected else None,
        came_for=visit.reason,
        provider=visit.provider,
        appointment=visit.appointment,
        owner=Owner.LOCAL if visit.local else Owner.SERVER,
    )
    unit.add(row, origin, after=visit.revision, reason=reason, parts=[_move_row(move) for move in visit.moves])


def _move_row(move: Move) -> VisitMoveRow:
    room = move.room or Room("", "")
    return VisitMoveRow(
        status=move.status,
        room=room.id,
        room_name=room.name,
        at=move.at.utc,
        at_offset=move.at.offset,
        by=move.by,
        undo=move.undo,
    )


def revision(session: Session, visit_id: str) -> int:
    return session.scalar(select(func.max(VisitRow.revision)).where(VisitRow.local_id == visit_id)) or 0


def find(session: Session, visit_id: str) -> Visit | None:
    rows = session.scalars(select(VisitRow).where(VisitRow.local_id == visit_id, latest(VisitRow)))
    return next(iter(_visits(session, rows.all())), None)


def at_revision(session: Session, visit_id: str, number: int) -> Visit:
    return _visits(session, [session.get_one(VisitRow, (visit_id, number))])[0]


def of_patient(session: Session, patient_id: str, most: int) -> tuple[Visit, ...]:
    """The newest `most`, the newest first."""
    wanted = select(VisitRow).where(VisitRow.patient == patient_id, latest(VisitRow), VisitRow.status != VisitStatus.VOID)
    rows = session.scalars(wanted.order_by(VisitRow.starts.desc()).limit(most))
    return _visits(session, rows.all())


def between(
    session: Session, evening: datetime, start: datetime, end: datetime, holding: Iterable[str]
) -> list[tuple[Visit, Patient]]:
    """Visits that start between `start` and `end`, those since `evening` whose patient is still in the house, and those
    that hold a room, whenever they came; by time."""
    todays = and_(VisitRow.starts >= start, VisitRow.starts < end)
    still_here = and_(VisitRow.starts >= evening, VisitRow.starts < start, VisitRow.status.in_(HERE))
    wanted = (
        select(VisitRow, PatientRow)
        .join(PatientRow, PatientRow.local_id == VisitRow.patient)
        .where(or_(todays, still_here, VisitRow.local_id.in_(list(holding))))
        .where(latest(VisitRow), latest(PatientRow), VisitRow.status != VisitStatus.VOID)
        .order_by(func.coalesce(VisitRow.expected, VisitRow.starts), VisitRow.starts, VisitRow.local_id)
    )
    rows = session.execute(wanted).all()
    visits = _visits(session, [row for row, _ in rows])
    return [(visit, person.patient(row)) for visit, (_, row) in zip(visits, rows, strict=True)]


def inside(session: Session, room: str, since: datetime, but: str) -> VisitRef | None:
    """Who else is in a room by what the visits say, and came there since: another station's move does not take a room that was
    taken here."""
    wanted = select(VisitRow).where(
        VisitRow.room == room, latest(VisitRow), VisitRow.status.in_(HERE), VisitRow.local_id != but
    )
    visits = _visits(session, session.scalars(wanted.where(VisitRow.starts >= since)).all())
    return next((visit.ref for visit in visits), None)


def _visits(session: Session, rows: Sequence[VisitRow]) -> tuple[Visit, ...]:
    moves = _moves(session, rows)
    return tuple(_visit(row, moves.get((row.local_id, row.revision), ())) for row in rows)


def _moves(session: Session, rows: Sequence[VisitRow]) -> dict[tuple[str, int], tuple[Move, ...]]:
    wanted = msgspec.json.encode([(row.local_id, row.revision) for row in rows]).decode()
    found = session.execute(_MOVES, {"wanted": wanted})
    return {key: tuple(map(_move, parts)) for key, parts in groupby(found, key=lambda row: (row.local_id, row.revision))}


_WANTED = func.json_each(bindparam("wanted", type_=Text)).table_valued("value")
_MOVES = (
    select(*VisitMoveRow.table().columns)
    .join(_WANTED, VisitMoveRow.local_id == func.json_extract(_WANTED.c.value, "$[0]"))
    .where(VisitMoveRow.revision == func.json_extract(_WANTED.c.value, "$[1]"))
    .order_by(VisitMoveRow.local_id, VisitMoveRow.position)
)
"""Made once, with all keys in one value: as parameters of their own they would take longer than the query."""


def _move(row: Any) -> Move:
    room = Room(row.room, row.room_name) if row.room or row.room_name else None
    return Move(VisitStatus(row.status), Moment(row.at, row.at_offset), room, row.by, bool(row.undo))


def _visit(row: VisitRow, moves: tuple[Move, ...]) -> Visit:
    return Visit(
        ref=VisitRef(row.local_id, row.patient),
        revision=row.revision,
        status=VisitStatus(row.status),
        room=Room(row.room, row.room_name) if row.room or row.room_name else None,
        reason=row.came_for,
        expected=moment(row.expected, row.expected_offset),
        moves=moves,
        provider=row.provider,
        appointment=row.appointment,
        local=row.owner == Owner.LOCAL,
    )
