from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maroom.store.changes import Changes
from maroom.store.unit_of_work import UnitOfWork
from tests.builders import SetClock, unit_of_work
from tests.store.thing import add_tables


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def unit(tmp_path: Path, clock: SetClock, changes: Changes) -> Iterator[UnitOfWork]:
    with unit_of_work(tmp_path, clock, changes=changes) as made:
        add_tables(tmp_path)
        yield made
