"""The day at a glance, and the patient's banner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maroom.core.clock import Moment
from maroom.core.names import HumanName
from maroom.core.settings import Room
from maroom.core.visit import VisitRef
from maroom.fhir.reading import PartialDate
from maroom.visits.model.chart import Allergies, Notice
from maroom.visits.model.person import Sex
from maroom.visits.model.room import RoomNow
from maroom.visits.model.visit import HERE, Step, VisitStatus


@dataclass(frozen=True)
class BoardRow:
    """One visit of today. Minutes are whole and of the time the board was read."""

    visit: VisitRef
    revision: int
    name: HumanName
    birth: PartialDate | None
    age: str
    sex: Sex | str
    verified: bool
    status: VisitStatus
    room: Room | None
    reason: str
    expected: Moment | None
    provider: str
    arrived: Moment | None
    since: Moment | None
    """when it came to stand as it does"""
    here: int | None
    """minutes since arrival, while the patient is in the house"""
    stands: int | None
    """minutes since `since`, while the patient is in the house"""
    waits_long: bool
    """waits for the next step, the provider not being there yet, for longer than the clinic's limit"""
    same_name: bool
    """could be taken for another patient of today who has not gone yet"""
    steps: tuple[Step, ...]
    """what can be done, the usual next step first"""


@dataclass(frozen=True)
class Board:
    """The clinic's day: its rooms in the clinic's order, its visits by time."""

    day: date
    at: Moment
    rooms: tuple[RoomNow, ...]
    visits: tuple[BoardRow, ...]

    @property
    def claimed_twice(self) -> dict[str, tuple[BoardRow, ...]]:
        """By what stands on the door: who is said to be in one room at the same time, as two stations may have it."""
        found: dict[str, tuple[BoardRow, ...]] = {}
        for row in self.visits:
            if row.room and row.status in HERE:
                found[row.room.name] = (*found.get(row.room.name, ()), row)
        return {name: rows for name, rows in found.items() if len(rows) > 1}


@dataclass(frozen=True)
class SameName:
    """Somebody else of today who could be taken for this patient."""

    visit: VisitRef
    name: HumanName
    birth: PartialDate | None
    room: Room | None


@dataclass(frozen=True)
class BannerFacts:
    """What stands above every page of a visit, or of a chart that was opened for none (status None, visit id empty)."""

    visit: VisitRef
    name: HumanName
    birth: PartialDate | None
    age: str
    sex: Sex | str
    record_number: str
    verified: bool
    deceased: bool
    language: str
    allergies: Allergies
    notices: tuple[Notice, ...]
    """the critical ones that nobody has read back yet"""
    same_names: tuple[SameName, ...]
    status: VisitStatus | None
    room: Room | None
    reason: str
    survivor: HumanName | None = None
    """whom the clinic's server took this patient for the same as: nothing more belongs under this one"""

    @property
    def born(self) -> date | None:
        return self.birth.first if self.birth else None
