"""The states of rooms. They stay on this station: another one sees who is in a room by the visits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, aliased

from maroom.core.clock import Moment
from maroom.core.settings import Room
from maroom.core.visit import VisitRef
from maroom.store.base import Kind, Origin, Revision
from maroom.store.unit_of_work import Write
from maroom.visits.model import RoomState


class RoomStateRow(Revision):
    """One state of a room, whose id is the record's. `visit` is who is in it, or who left it so."""

    __tablename__ = "room_state"
    kind: ClassVar[Kind] = Kind("room", sent=False)

    name: Mapped[str]
    state: Mapped[str]
    visit: Mapped[str]
    patient: Mapped[str]
    claimed_by: Mapped[str]
    note: Mapped[str]


@dataclass(frozen=True)
class State:
    """A room's state on record, at revision 0 before its first: a room in which nothing happened yet counts as ready."""

    room: Room
    revision: int = 0
    state: RoomState = RoomState.READY
    visit: VisitRef | None = None
    """who is in it, or who left it dirty"""
    claimed_by: str = ""
    note: str = ""
    since: Moment | None = None


def add(unit: Write, state: State) -> None:
    """Writes the state that follows `state.revision`."""
    visit = state.visit or VisitRef("", "")
    row = RoomStateRow(
        local_id=state.room.id,
        name=state.room.name,
        state=state.state,
        visit=visit.visit,
        patient=visit.patient,
        claimed_by=state.claimed_by,
        note=state.note,
    )
    unit.add(row, Origin.TYPED, after=state.revision)


def states(session: Session, rooms: Iterable[Room]) -> tuple[State, ...]:
    """As they stand, in the order asked for; one seek a room, however long its history."""
    asked = {room.id: room for room in rooms}
    wanted = func.json_each(msgspec.json.encode(list(asked)).decode()).table_valued("value")
    newest = aliased(RoomStateRow)
    last = select(func.max(newest.revision)).where(newest.local_id == wanted.c.value).scalar_subquery()
    found = session.scalars(
        select(RoomStateRow).join(wanted, RoomStateRow.local_id == wanted.c.value).where(RoomStateRow.revision == last)
    )
    rows = {row.local_id: row for row in found}
    return tuple(_state(rows[room.id], room) if room.id in rows else State(room) for room in asked.values())


def state(session: Session, room: Room) -> State:
    return states(session, [room])[0]


def before(session: Session, room: Room, visit: str) -> State:
    """The last state that the room had from anybody else than this visit."""
    wanted = select(RoomStateRow).where(RoomStateRow.local_id == room.id, RoomStateRow.visit != visit)
    row = session.scalars(wanted.order_by(RoomStateRow.revision.desc()).limit(1)).first()
    return _state(row, room) if row else State(room)


def _state(row: RoomStateRow, room: Room) -> State:
    return State(
        room=room,
        revision=row.revision,
        state=RoomState(row.state),
        visit=VisitRef(row.visit, row.patient) if row.visit else None,
        claimed_by=row.claimed_by,
        note=row.note,
        since=row.recorded_at,
    )
