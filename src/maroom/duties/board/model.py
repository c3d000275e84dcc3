"""The board as it is drawn: a tile a room, a line a visit. Made anew at each reading; equal where nothing changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from maroom.core.settings import Room
from maroom.core.visit import VisitRef
from maroom.visits.model import RoomState, Step, VisitStatus


class RoomStep(StrEnum):
    """What can be done on a tile."""

    CLEAN = "clean"
    READY = "ready"


@dataclass(frozen=True)
class Tile:
    """One room. `who` are the short names of all who are in it by the board: more than one is a conflict of two stations.
    Times are on the clinic's wall clock."""

    key: str
    name: str
    state: RoomState
    who: tuple[str, ...] = ()
    status: VisitStatus | None = None
    minutes: int | None = None
    over: bool = False
    since: datetime | None = None
    note: str = ""
    may: RoomStep | None = None
    may_close: bool = False
    """nobody is in it, so it can be taken out of service"""


@dataclass(frozen=True)
class Line:
    """One visit. `at` is when it is expected, or when a walk-in came; `since` when it came to stand as it does; `over` is the
    limit that its minutes exceed, 0 while they do not; `into` is the room that the next step leads to, where one is free and
    ready; `came`: not only expected."""

    visit: VisitRef
    at: datetime | None
    name: str
    sex: str
    age: str
    reason: str
    status: VisitStatus
    since: datetime | None = None
    room: str = ""
    minutes: int | None = None
    over: int = 0
    alike: bool = False
    came: bool = False
    next: Step | None = None
    into: Room | None = None
    further: tuple[Step, ...] = ()

    @property
    def key(self) -> str:
        return self.visit.visit


@dataclass(frozen=True)
class Claim:
    """A room that two stations gave away: by the board all of these are in it, and only one can be."""

    room: str
    who: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A patient as a line of the search. `born` reads as it is known (ISO, whole or in part); `today` is when there is a visit
    already."""

    key: str
    name: str
    sex: str
    born: str
    number: str
    deceased: bool = False
    today: datetime | None = None
