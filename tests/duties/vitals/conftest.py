from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maroom.core.findings import Finding
from maroom.core.settings import Clinic, Station
from maroom.devices.instruments import Instruments
from maroom.duties.vitals.model import Measurement
from maroom.duties.vitals.presenter import Ports
from maroom.duties.vitals.presenter.sheets import Person
from maroom.duties.vitals.service import Vitals
from maroom.store.changes import Changes
from maroom.store.timers import Timers
from maroom.store.unit_of_work import UnitOfWork
from maroom.store.used_readings import UsedReadings
from maroom.visits.service import Visits
from tests.builders import AMARA, DANA, SetClock, unit_of_work
from tests.fakes import JobsAtOnce, SaidMessages

STAFF = {DANA.staff: DANA.name, AMARA.staff: AMARA.name}


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def unit(tmp_path: Path, clock: SetClock, changes: Changes) -> Iterator[UnitOfWork]:
    with unit_of_work(tmp_path, clock, changes=changes) as made:
        yield made


@pytest.fixture
def messages() -> SaidMessages:
    return SaidMessages()


@pytest.fixture
def visits(unit: UnitOfWork, clock: SetClock) -> Visits:
    return Visits(unit, clock, Clinic)


@pytest.fixture
def ports(vitals: Vitals, visits: Visits, unit: UnitOfWork, clock: SetClock, messages: SaidMessages, changes: Changes) -> Ports:
    """What a page works with; no instruments are about."""
    instruments = Instruments(Station, clock, UsedReadings(unit), JobsAtOnce(), lambda: None)
    timers = Timers(unit)
    people = tuple(Person(staff, name) for staff, name in STAFF.items())
    return Ports(vitals, visits, timers, instruments, clock, messages, changes, _name, _said, people)


def _name(who: str) -> str:
    return STAFF.get(who, "")


def _said(taken: Measurement, found: Finding) -> str:
    return f"{taken.sign} {found.code}"


@pytest.fixture
def vitals(unit: UnitOfWork, clock: SetClock) -> Vitals:
    return Vitals(unit.write, unit.read, clock)
