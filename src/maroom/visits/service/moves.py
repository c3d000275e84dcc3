"""The moves of a visit. `after` is the revision that the board showed.

Problems of each: CHANGED_MEANWHILE where another revision came in between, MOVE_NOT_POSSIBLE where the visit does not stand so
that the move can be made. A patient who leaves a room leaves it dirty, in the same unit of work.
"""

from __future__ import annotations

from maroom.core.people import Opening
from maroom.core.visit import VisitRef
from maroom.visits.model import Visit
from maroom.visits.service.base import VisitsBase


class MoveVerbs(VisitsBase):
    def arrive(self, opening: Opening, visit: VisitRef, after: int) -> Visit:
        raise NotImplementedError

    def take_to_room(self, opening: Opening, visit: VisitRef, after: int, room: str, override: str = "") -> Visit:
        """Into a room, or from one room to another. Problems: ROOM_TAKEN, and ROOM_NOT_READY unless `override` says why
        the room may be used as it is."""
        raise NotImplementedError

    def ready_for_provider(self, opening: Opening, visit: VisitRef, after: int) -> Visit:
        raise NotImplementedError

    def with_provider(self, opening: Opening, visit: VisitRef, after: int) -> Visit:
        raise NotImplementedError

    def leave(self, opening: Opening, visit: VisitRef, after: int) -> Visit:
        """Checked out."""
        raise NotImplementedError

    def cancel(self, opening: Opening, visit: VisitRef, after: int, reason: str = "") -> Visit:
        """Called off, or left before the provider came."""
        raise NotImplementedError

    def no_show(self, opening: Opening, visit: VisitRef, after: int) -> Visit:
        raise NotImplementedError

    def undo(self, opening: Opening, visit: VisitRef, after: int) -> Visit:
        """Takes back the last move that stands, and again the one before it. The room it was made from is taken back too:
        ROOM_TAKEN or ROOM_NOT_READY where somebody has come to use or clean it since."""
        raise NotImplementedError
