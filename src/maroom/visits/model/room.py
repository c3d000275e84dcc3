"""A room and the state it is in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from maroom.core.clock import Moment
from maroom.core.names import HumanName
from maroom.core.settings import Room
from maroom.core.visit import VisitRef
from maroom.visits.model.visit import VisitStatus


class RoomState(StrEnum):
    """A departure makes a room dirty, never ready."""

    DIRTY = "dirty"
    CLEANING = "cleaning"
    READY = "ready"
    OCCUPIED = "occupied"
    OUT_OF_SERVICE = "out_of_service"


@dataclass(frozen=True)
class RoomNow:
    """A room as it stands: `since` is None where nothing has happened in it yet; `visit`, `name` and `status` are those of
    whoever is in it."""

    room: Room
    state: RoomState
    since: Moment | None = None
    visit: VisitRef | None = None
    name: HumanName | None = None
    status: VisitStatus | None = None
    claimed_by: str = ""
    """record id of who does its turnover"""
    note: str = ""
    """why it is out of service, or may be used as it is"""
