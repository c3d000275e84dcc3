"""A clinic with a lead and an administrator in a real store, its settings beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from maroom.access.model import NewStaff
from maroom.access.rights import gate
from maroom.access.service import People
from maroom.app.settings import Settings
from maroom.core.people import Author, Opening, Role
from maroom.store.audit import AuditRow
from maroom.store.changes import Changes
from maroom.store.unit_of_work import UnitOfWork
from maroom.visits.model import RoomState
from maroom.visits.service import Visits
from tests.builders import SetClock, unit_of_work
from tests.fakes import SaidMessages
from tests.visits.build import keep_clinic, roomed

CHIEF = Author("chief", "Jo Hart", Role.ADMINISTRATOR)
LEAD = Author("lead", "Amara Koroma", Role.LEAD)


@dataclass
class Office:
    unit: UnitOfWork
    settings: Settings
    people: People
    visits: Visits
    changes: Changes
    messages: SaidMessages = field(default_factory=SaidMessages)

    def in_use(self, opening: Opening) -> frozenset[str]:
        return frozenset(room.room.id for room in self.visits.rooms(opening) if room.state is RoomState.OCCUPIED)

    def occupy(self, room: str) -> None:
        roomed(self.visits, room)

    def acts(self) -> list[str]:
        """What the audit says was done, in order."""
        with self.unit.glance() as session:
            return list(session.scalars(select(AuditRow.act).order_by(AuditRow.seq)))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock, changes = SetClock(), Changes()
    with unit_of_work(tmp_path, clock, gate, changes) as unit:
        keep_clinic(unit)
        settings = Settings(tmp_path)
        settings.load(unit)
        people = People(unit, clock)
        people.first_administrator(NewStaff(CHIEF.name, CHIEF.role, "900900", CHIEF.staff))
        people.add(Opening(CHIEF), NewStaff(LEAD.name, LEAD.role, "1234", LEAD.staff))
        yield Office(unit, settings, people, Visits(unit, clock, lambda: settings.clinic), changes)
