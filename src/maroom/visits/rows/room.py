"""The states of rooms. They stay on this station: another one sees who is in a room by the visits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

import msgspec
from sqlalchemy import Text, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, aliased

from maroom.core.clock import Moment
from maroom.core.settings import Room
from maroom.core.visit import VisitRef
from maroom.store.base import Kind, Origin, Revision
from maroom.store.unit_of_work import Write
from maroom.visits.model import RoomState


class RoomStateRow(Revision):
    """One state of a room, whose id is the record's. `visit` is who is in it, or who left it dirty; `first` the revision
    that this state was made at, an earlier one where an undo brought it back."""

    __tablename__ = "room_state"
    kind: ClassVar[Kind] = Kind("room", sent=False)

    name: Mapped[str]
    state: Mapped[str]
    first: Mapped[int]
    visit: Mapped[str]
    patient: Mapped[str]
    claimed_by: Mapped[str]
    note: Mapped[str]


@dataclass(frozen=True)
class State:
    """A room's state on record, at revision 0 before its first: a room in which nothing happened yet counts as ready."""

    room: Room
    revision: int = 0
    first: int = 0
    state: RoomState = RoomState.READY
    visit: VisitRef | None = None
    """who is in it, or who left it dirty"""
    claimed_by: str = ""
    note: str = ""
    since: Moment | None = None


def add(unit: Write, state: State) -> None:
    """Writes a new state after `state.revision`."""
    _add(unit, state, first=state.revision + 1)


def restore(unit: Write, state: State) -> None:
    """Writes the state that was before `state` was made, so that undoing again goes on from there."""
    row = unit.session.get(RoomStateRow, (state.room.id, state.first - 1))
    earlier = _state(row, state.room) if row else State(state.room)
    _add(unit, replace(earlier, revision=state.revision), first=earlier.first)


def _add(unit: Write, state: State, first: int) -> None:
    visit = state.visit or VisitRef("", "")
    row = RoomStateRow(
        local_id=state.room.id,
        name=state.room.name,
        state=state.state,
        first=first,
        visit=visit.visit,
        patient=visit.patient,
        claimed_by=state.claimed_by,
        note=state.note,
    )
    unit.add(row, Origin.TYPED, after=state.revision)


def states(session: Session, rooms: Iterable[Room]) -> tuple[State, ...]:
    """As they stand, in the order asked for; one seek a room, however long its history."""
    asked = {room.id: room for room in rooms}
    found = session.scalars(_STATES, {"asked": msgspec.json.encode(list(asked)).decode()})
    rows = {row.local_id: row for row in found}
    return tuple(_state(rows[room.id], room) if room.id in rows else State(room) for room in asked.values())


_ASKED = func.json_each(bindparam("asked", type_=Text)).table_valued("value")
_NEWER = aliased(RoomStateRow)
_LAST = select(func.max(_NEWER.revision)).where(_NEWER.local_id == _ASKED.c.value).scalar_subquery()
_STATES = select(RoomStateRow).join(_ASKED, RoomStateRow.local_id == _ASKED.c.value).where(RoomStateRow.revision == _LAST)


def state(session: Session, room: Room) -> State:
    return states(session, [room])[0]


def _state(row: RoomStateRow, room: Room) -> State:
    return State(
        room=room,
        revision=row.revision,
        first=row.first,
        state=RoomState(row.state),
        visit=VisitRef(row.visit, row.patient) if row.visit else None,
        claimed_by=row.claimed_by,
        note=row.note,
        since=row.recorded_at,
    )
