from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maroom.duties.vitals.service import Vitals
from maroom.store.changes import Changes
from maroom.store.unit_of_work import UnitOfWork
from tests.builders import SetClock, unit_of_work


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
def vitals(unit: UnitOfWork, clock: SetClock) -> Vitals:
    return Vitals(unit.write, unit.read, clock)
