"""What all verbs stand on."""

from __future__ import annotations

from collections.abc import Callable

from maroom.core.clock import Clock
from maroom.core.settings import Clinic, Room
from maroom.store.unit_of_work import UnitOfWork


class VisitsBase:
    """`clinic` gives the settings as they stand now."""

    def __init__(self, unit: UnitOfWork, clock: Clock, clinic: Callable[[], Clinic]) -> None:
        self._unit = unit
        self._clock = clock
        self._clinic = clinic

    def _room(self, room_id: str) -> Room:
        """KeyError for a room that the clinic does not have."""
        return {room.id: room for room in self._clinic().rooms}[room_id]
