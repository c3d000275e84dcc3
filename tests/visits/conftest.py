from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maroom.core.people import Opening
from maroom.store.unit_of_work import UnitOfWork
from maroom.visits.service import Visits
from tests.builders import SetClock, opening, unit_of_work
from tests.visits.build import CLINIC, keep_clinic


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def unit(tmp_path: Path, clock: SetClock) -> Iterator[UnitOfWork]:
    with unit_of_work(tmp_path, clock) as made:
        keep_clinic(made)
        yield made


@pytest.fixture
def visits(unit: UnitOfWork, clock: SetClock) -> Visits:
    return Visits(unit, clock, lambda: CLINIC)


@pytest.fixture
def desk() -> Opening:
    """A page that was opened for no visit."""
    return opening()
