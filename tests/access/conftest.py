from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maroom.access.model import NewStaff, StaffMember
from maroom.access.rights import gate
from maroom.access.service import People
from maroom.core.people import Opening, Role
from maroom.store.unit_of_work import UnitOfWork
from tests.builders import SetClock, unit_of_work


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def unit(tmp_path: Path, clock: SetClock) -> Iterator[UnitOfWork]:
    with unit_of_work(tmp_path, clock, gate) as made:
        yield made


@pytest.fixture
def people(unit: UnitOfWork, clock: SetClock) -> People:
    return People(unit, clock)


@pytest.fixture
def sofia(people: People) -> StaffMember:
    """The clinic's first administrator."""
    return people.first_administrator(NewStaff("Sofia Petrov", Role.ADMINISTRATOR, "9182"))


@pytest.fixture
def as_sofia(sofia: StaffMember) -> Opening:
    return Opening(sofia.author())


@pytest.fixture
def dana(people: People, as_sofia: Opening) -> StaffMember:
    return people.add(as_sofia, NewStaff("Dana Reyes", Role.ASSISTANT, "4711"))
