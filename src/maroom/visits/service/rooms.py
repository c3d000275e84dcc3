"""What is done to a room between two patients. A room is named by its id; a verb that finds its work done changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from maroom.core.people import Opening, Right
from maroom.core.problems import Code, Problem
from maroom.store.unit_of_work import Act
from maroom.visits.model import RoomNow, RoomState
from maroom.visits.rows import room as rows
from maroom.visits.rows.room import State
from maroom.visits.service.base import VisitsBase
from maroom.visits.service.board import shown


class RoomVerbs(VisitsBase):
    """Problem ROOM_TAKEN of each while somebody is in the room."""

    def claim(self, opening: Opening, room: str) -> RoomNow:
        """She does this room's turnover; its state stays, and the departure that made it dirty can no more be taken back."""
        who = opening.author.staff
        return self._change(opening, "room.claim", room, lambda state: replace(state, visit=None, claimed_by=who))

    def start_cleaning(self, opening: Opening, room: str) -> RoomNow:
        """She who starts has claimed it."""
        return self._change(opening, "room.clean", room, _to(RoomState.CLEANING, claimed_by=opening.author.staff))

    def room_ready(self, opening: Opening, room: str, missing: Sequence[str] = (), override: str = "") -> RoomNow:
        """Problem ROOM_NOT_READY while anything is `missing`, unless `override` says why it may be used as it is."""
        if missing and not override:
            raise Problem(Code.ROOM_NOT_READY, room=self._room(room).name, missing=", ".join(missing))
        return self._change(opening, "room.ready", room, _to(RoomState.READY, note=override), override)

    def out_of_service(self, opening: Opening, room: str, reason: str) -> RoomNow:
        return self._change(opening, "room.out_of_service", room, _to(RoomState.OUT_OF_SERVICE, note=reason))

    def _change(
        self, opening: Opening, what: str, room_id: str, changed: Callable[[State], State], override: str = ""
    ) -> RoomNow:
        room = self._room(room_id)
        with self._unit.write(Act.of(opening, what, Right.ROOM, override)) as unit:
            state = rows.state(unit.session, room)
            if state.state is RoomState.OCCUPIED:
                raise Problem(Code.ROOM_TAKEN, room=room.name)
            after = changed(state)
            if (after.state, after.claimed_by, after.note) != (state.state, state.claimed_by, state.note):
                rows.add(unit, after)
                state = replace(after, since=unit.now)
        return shown(state)


def _to(state: RoomState, claimed_by: str = "", note: str = "") -> Callable[[State], State]:
    """The same room in another state."""

    def changed(before: State) -> State:
        return State(before.room, before.revision, state=state, claimed_by=claimed_by, note=note)

    return changed
