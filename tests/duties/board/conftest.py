"""A small clinic in a real store, with the board opened on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from maroom.access.rights import gate
from maroom.core.people import Author, Opening
from maroom.duties.board.model import Line, Tile
from maroom.duties.board.presenter import BoardPresenter, Recent
from maroom.store.base import Origin
from maroom.store.changes import Changes
from maroom.store.unit_of_work import UnitOfWork
from maroom.visits.model import Step, VisitStatus
from maroom.visits.service import Visits
from tests.builders import DANA, SetClock, unit_of_work
from tests.fakes import Navigated, SaidMessages
from tests.visits.build import CLINIC, appointment, arrived, keep_clinic, of_patient, patient, take

NAMES = [("Okafor", "Thomas"), ("Lindqvist", "Åsa"), ("李", "小龍")]


@dataclass
class Day:
    """What stands around the board. Three are expected from 10:00 on, a quarter of an hour apart."""

    unit: UnitOfWork
    visits: Visits
    clock: SetClock
    changes: Changes
    recent: Recent = field(default_factory=Recent)
    messages: SaidMessages = field(default_factory=SaidMessages)
    went: Navigated = field(default_factory=Navigated)

    def opened(self, author: Author = DANA, unfolded: bool = False) -> BoardPresenter:
        around = (self.clock, self.messages, self.went, self.changes, self.recent)
        return BoardPresenter(Opening(author), self.visits, CLINIC.waiting_limit, *around, unfolded=unfolded)

    def expect(self) -> None:
        for number, (family, given) in enumerate(NAMES):
            who = patient(f"p{number}", name=[{"family": family, "given": [given]}])
            when = appointment(f"2026-11-24T10:{15 * number:02}:00-05:00", f"a{number}", f"p{number}", status="booked")
            take(self.unit, who, when)

    def walk_in(self, family: str = "García", given: str = "María") -> None:
        """A second after the one before."""
        arrived(self.visits, family, given)
        self.clock.forward(seconds=1)

    def elsewhere(self, family: str, room: str) -> None:
        """Somebody whom another station took to a room, by its name."""
        at = self.clock.now().iso()
        place = {"location": {"display": room}, "status": "active", "period": {"start": at}}
        inside = {"status": "arrived", "class": {"code": "AMB"}, "period": {"start": at}, "location": [place]}
        who = patient(family, name=[{"family": family, "given": ["Ana"]}])
        take(self.unit, who, of_patient("Encounter", f"e-{family}", family, **inside), origin=Origin.PULLED)


def line(board: BoardPresenter, name: str) -> Line:
    return next(line for line in (*board.state.lines, *board.state.gone) if line.name.startswith(name))


def tile(board: BoardPresenter, name: str) -> Tile:
    return next(tile for tile in board.state.tiles if tile.name == name)


def stands(board: BoardPresenter, name: str) -> tuple[VisitStatus, str]:
    """Where a visit stands, and in which room."""
    found = line(board, name)
    return found.status, found.room


def move(board: BoardPresenter, name: str, *steps: Step) -> None:
    """The usual next step as often as needed, each named."""
    for step in steps:
        assert line(board, name).next is step
        board.step(line(board, name).key)


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    clock, changes = SetClock(), Changes()
    with unit_of_work(tmp_path, clock, gate, changes) as unit:
        keep_clinic(unit)
        yield Day(unit, Visits(unit, clock, lambda: CLINIC), clock, changes)
