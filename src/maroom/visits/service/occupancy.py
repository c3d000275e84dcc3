"""Who is in which room: it follows the moves of visits, in the same unit of work."""

from __future__ import annotations

from datetime import timedelta

from maroom.core.problems import Code, Problem
from maroom.core.settings import Room
from maroom.store.unit_of_work import Write
from maroom.visits.model import RoomState, Visit
from maroom.visits.rows import room as rows
from maroom.visits.rows import visit as visit_rows
from maroom.visits.rows.room import State

_A_DAY = timedelta(hours=24)


def follow(unit: Write, before: Visit, made: Visit, override: str = "") -> None:
    """The room that was left and the one that was entered by a move made here. Problems: ROOM_TAKEN, and ROOM_NOT_READY
    unless `override` says why it may be used as it is."""
    left, entered = _changed(before, made)
    undone = made.moves[-1].undo
    if left:
        _vacate(unit, made, left, undone)
    if entered:
        _occupy(unit, made, entered, undone, override)


def follow_news(unit: Write, before: Visit | None, made: Visit) -> None:
    """The same for a visit that another system moved: what it says is taken as it is. A room that is somebody else's here
    stays so, and the board shows both in it. A visit that last moved on another day takes no room: nobody closed it."""
    left, entered = _changed(before, made)
    if left:
        _vacate(unit, made, left, undone=False)
    if entered and unit.now.utc - made.moves[-1].at.utc < _A_DAY:
        state = rows.state(unit.session, entered)
        if state.state is not RoomState.OCCUPIED:
            rows.add(unit, State(entered, state.revision, state=RoomState.OCCUPIED, visit=made.ref))


def _changed(before: Visit | None, made: Visit) -> tuple[Room | None, Room | None]:
    """The room left and the room entered; a room that is none of the clinic's has no id and no state."""
    left, entered = before.room if before else None, made.room
    if left and entered and left.id == entered.id:
        return None, None
    return left if left and left.id else None, entered if entered and entered.id else None


def _vacate(unit: Write, visit: Visit, room: Room, undone: bool) -> None:
    """Dirty, or, where nobody really was in it, as before. A room that is somebody else's by now is left alone, and one that
    two stations gave away is the other's who is in it."""
    state = rows.state(unit.session, room)
    if state.state is not RoomState.OCCUPIED or state.visit != visit.ref:
        return
    if undone:
        rows.restore(unit, state)
        return
    other = visit_rows.inside(unit.session, room.id, unit.now.utc - _A_DAY, visit.ref.visit)
    now = RoomState.OCCUPIED if other else RoomState.DIRTY
    rows.add(unit, State(room, state.revision, state=now, visit=other or visit.ref))


def _occupy(unit: Write, visit: Visit, room: Room, undone: bool, override: str) -> None:
    state = rows.state(unit.session, room)
    if state.state is RoomState.OCCUPIED:
        raise Problem(Code.ROOM_TAKEN, room=room.name)
    if undone and state.state is RoomState.DIRTY and state.visit == visit.ref:
        rows.restore(unit, state)
    elif state.state is RoomState.READY or override:
        rows.add(unit, State(room, state.revision, state=RoomState.OCCUPIED, visit=visit.ref, note=override))
    else:
        raise Problem(Code.ROOM_NOT_READY, room=room.name, missing=state.state.replace("_", " "))
