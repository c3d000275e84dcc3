"""The day at a glance, and who could be taken for whom."""

from __future__ import annotations

from maroom.core.people import Opening
from maroom.visits.model import BannerFacts, Board, RoomNow
from maroom.visits.service.base import VisitsBase


class BoardReads(VisitsBase):
    def today(self, opening: Opening) -> Board:
        """The clinic's local day: who is expected or was here, whoever is still here from the evening before, and the rooms."""
        raise NotImplementedError

    def rooms(self, opening: Opening) -> tuple[RoomNow, ...]:
        """In the clinic's order; a room that the clinic gave up stands last while somebody is in it."""
        raise NotImplementedError

    def banner(self, opening: Opening) -> BannerFacts:
        """What stands above every page of the visit that was opened."""
        raise NotImplementedError
