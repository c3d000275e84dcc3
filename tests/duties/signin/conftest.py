"""A clinic of three in a real store, and the sign-in page opened on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from maroom.access.model import NewStaff
from maroom.access.rights import gate
from maroom.access.service import People
from maroom.core.people import Author, Opening, Role
from maroom.duties.signin.presenter import SignInPresenter
from maroom.store.changes import Changes
from tests.builders import SetClock, unit_of_work
from tests.fakes import JobsAtOnce, SaidMessages

CHIEF, DANA, LUIS = "chief", "dana", "luis"
PIN = {CHIEF: "900900", DANA: "1234", LUIS: "55555555"}


@dataclass
class Desk:
    """What stands around the page. `signed` is who was signed in, in order."""

    people: People
    clock: SetClock
    changes: Changes
    kept: dict[str, int] = field(default_factory=dict)
    jobs: JobsAtOnce = field(default_factory=JobsAtOnce)
    messages: SaidMessages = field(default_factory=SaidMessages)
    signed: list[Author] = field(default_factory=list)

    def opened(self, last: str = "") -> SignInPresenter:
        place = ("Riverside Clinic", "Station 2")
        around = (self.clock, self.jobs, self.messages, self.changes)
        return SignInPresenter(place, self.people, lambda: self.kept, *around, signed_in=self.signed.append, last=last)

    def add(self, name: str, pin: str = "") -> None:
        chief = self.people.find(CHIEF)
        assert chief is not None
        self.people.add(Opening(chief.author()), NewStaff(name, Role.ASSISTANT, pin))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock, changes = SetClock(), Changes()
    with unit_of_work(tmp_path, clock, gate, changes) as unit:
        people = People(unit, clock)
        chief = people.first_administrator(NewStaff("Jo Hart", Role.ADMINISTRATOR, PIN[CHIEF], CHIEF)).author()
        for key, name in ((DANA, "Dana Reyes"), (LUIS, "Luis Ortiz")):
            people.add(Opening(chief), NewStaff(name, Role.ASSISTANT, PIN[key], key))
        yield Desk(people, clock, changes)
