"""A reading is used exactly where its values came on record."""

from __future__ import annotations

import pytest

from maroom.core.people import Right
from maroom.core.problems import Code, Problem
from maroom.store import used_readings
from maroom.store.unit_of_work import Act, UnitOfWork
from maroom.store.used_readings import UsedReadings
from tests.builders import DANA

CHART = Act(DANA, "vitals.record", Right.CHART)


def test_what_is_noted_with_a_save_is_used(unit: UnitOfWork) -> None:
    used = UsedReadings(unit)
    with unit.write(CHART) as w:
        used_readings.take(w.session, ["a" * 64], w.now)
    assert used.is_used("a" * 64)
    assert not used.is_used("b" * 64)


def test_a_save_that_fails_leaves_the_reading_unused(unit: UnitOfWork) -> None:
    with pytest.raises(RuntimeError), unit.write(CHART) as w:
        used_readings.take(w.session, ["a" * 64], w.now)
        raise RuntimeError("the disk is full")
    assert not UsedReadings(unit).is_used("a" * 64)


def test_no_reading_is_used_twice(unit: UnitOfWork) -> None:
    with unit.write(CHART) as w:
        used_readings.take(w.session, ["a" * 64], w.now)
    with pytest.raises(Problem) as raised, unit.write(CHART) as w:
        used_readings.take(w.session, ["b" * 64, "a" * 64], w.now)
    assert raised.value.code is Code.READING_USED
    assert not UsedReadings(unit).is_used("b" * 64)


def test_nothing_is_noted_where_nothing_was_taken_over(unit: UnitOfWork) -> None:
    with unit.write(CHART) as w:
        used_readings.take(w.session, [], w.now)
