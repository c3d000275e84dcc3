from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maroom.access.rights import gate
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.intake import Intake
from tests.builders import SetClock, unit_of_work
from tests.store.thing import add_tables
from tests.sync.kinds import CLINIC, KINDS


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[UnitOfWork]:
    folder = tmp_path / "home"
    folder.mkdir()
    with unit_of_work(folder, SetClock(), gate) as made:
        add_tables(folder)
        yield made


@pytest.fixture
def intake(unit: UnitOfWork) -> Intake:
    return Intake(unit, KINDS, CLINIC)
