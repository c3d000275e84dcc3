"""What all verbs stand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from maroom.core.clock import Clock, Moment
from maroom.core.people import Opening, Right
from maroom.core.settings import Clinic, Room
from maroom.core.visit import VisitRef
from maroom.store.unit_of_work import Act, UnitOfWork


class VisitsBase:
    """`clinic` gives the settings as they stand now."""

    def __init__(self, unit: UnitOfWork, clock: Clock, clinic: Callable[[], Clinic]) -> None:
        self._unit = unit
        self._clock = clock
        self._clinic = clinic

    def _room(self, room_id: str) -> Room:
        """KeyError for a room that the clinic does not have."""
        return {room.id: room for room in self._clinic().rooms}[room_id]


def act_about(opening: Opening, about: VisitRef, what: str, needs: Right, override: str = "") -> Act:
    """An act about a visit that is picked on the page, which may have been opened for none."""
    return Act.of(replace(opening, visit=about), what, needs, override)


def opened(opening: Opening) -> VisitRef:
    """The visit of a page that is for one. ValueError where it was opened for none."""
    if opening.visit is None:
        raise ValueError("the page was opened for no visit")
    return opening.visit


def stamped(now: Moment) -> Moment:
    """To the millisecond, as the wire writes it, so that a time comes back as it went."""
    return replace(now, utc=now.utc.replace(microsecond=now.utc.microsecond // 1000 * 1000))
