"""What is done to a room between two patients. A room is named by its id; a verb that finds its work done changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from maroom.core.people import Opening
from maroom.visits.model import RoomNow
from maroom.visits.service.base import VisitsBase


class RoomVerbs(VisitsBase):
    """Problem ROOM_TAKEN of each while somebody is in the room."""

    def claim(self, opening: Opening, room: str) -> RoomNow:
        """She does this room's turnover; its state stays."""
        raise NotImplementedError

    def start_cleaning(self, opening: Opening, room: str) -> RoomNow:
        raise NotImplementedError

    def room_ready(self, opening: Opening, room: str, missing: Sequence[str] = (), override: str = "") -> RoomNow:
        """Problem ROOM_NOT_READY while anything is `missing`, unless `override` says why it may be used as it is."""
        raise NotImplementedError

    def out_of_service(self, opening: Opening, room: str, reason: str) -> RoomNow:
        raise NotImplementedError
