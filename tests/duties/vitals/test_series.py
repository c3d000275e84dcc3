"""Pressures lying and standing, repeated pressures and their average."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.duties.vitals.rules.ages import Age
from maroom.duties.vitals.rules.orthostatic import OrthostaticFound, Position, Series, Stage, series
from maroom.duties.vitals.rules.repeats import (
    Pressure,
    average,
    higher_arm,
    readings_wanted,
    repeats,
    third_wanted,
    wanted_again,
)

GROWN, TEEN, CHILD = Age(20000, 650, 54), Age(5500, 180, 15), Age(3000, 100, 8)


def lying(systolic: int, diastolic: int, pulse: int | None = None) -> Stage:
    return _stage(Position.LYING, systolic, diastolic, pulse, "5")


def standing(systolic: int, diastolic: int, minutes: str | None, pulse: int | None = None) -> Stage:
    return _stage(Position.STANDING, systolic, diastolic, pulse, minutes)


def _stage(position: Position, systolic: int, diastolic: int, pulse: int | None, minutes: str | None) -> Stage:
    beats = None if pulse is None else Decimal(pulse)
    return Stage(position, Decimal(systolic), Decimal(diastolic), beats, None if minutes is None else Decimal(minutes))


def _series(*stages: Stage, age: Age | None = GROWN) -> Series:
    found = series(stages, age)
    assert found
    return found


def _codes(found: Series) -> list[str]:
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    ("base", "after", "positive"),
    [
        (lying(130, 80), standing(111, 71, "1"), False),
        (lying(130, 80), standing(110, 80, "1"), True),
        (lying(130, 80), standing(130, 70, "3"), True),
        (lying(130, 80), standing(110, 80, "3.5"), False),
        (lying(139, 89), standing(119, 85, "1"), True),
        (lying(140, 80), standing(111, 75, "1"), False),  # high lying: only from 30 on
        (lying(140, 80), standing(110, 75, "1"), True),
        (lying(130, 90), standing(110, 85, "1"), False),
        (lying(140, 80), standing(139, 70, "1"), True),  # the diastolic drop counts as ever
        (lying(100, 60), standing(89, 58, "1"), True),  # below 90 standing
        (lying(100, 60), standing(90, 58, "1"), False),
    ],
)
def test_a_drop_counts_within_three_minutes(base: Stage, after: Stage, positive: bool) -> None:
    """Consensus of 2011: 20 systolic or 10 diastolic within 3 minutes of standing, 30 where it is high lying."""
    assert _series(base, after).positive is positive


def test_the_worst_drop_in_time_is_named() -> None:
    found = _series(lying(138, 84, 70), standing(116, 76, "1", 80), standing(112, 70, "3", 84), standing(90, 60, "10", 90))
    assert _codes(found) == [OrthostaticFound.DROP]
    assert found.findings[0].detail == "26/14"
    assert [str(change) for change in found.changes] == ["22/8", "26/14", "48/24"]
    assert [change.pulse for change in found.changes] == [10, 14, 20]


def test_each_change_tells_whether_it_alone_is_large_enough() -> None:
    sitting = _stage(Position.SITTING, 100, 70, None, None)
    found = _series(lying(138, 84), sitting, standing(116, 76, "1"), standing(120, 75, "3"), standing(110, 80, "20"))
    assert [found.fell(change) for change in found.changes] == [False, True, False, True]


def test_without_its_minutes_a_drop_does_not_count_but_is_asked_about() -> None:
    found = _series(lying(130, 80), standing(105, 70, None))
    assert found.positive is False
    assert _codes(found) == [OrthostaticFound.MINUTES_UNKNOWN]


@pytest.mark.parametrize(
    ("systolic", "diastolic", "seconds", "told"),
    [(89, 75, "15", True), (90, 75, "15", False), (89, 75, "16", False), (120, 59, "15", True), (120, 60, "15", False)],
)
def test_a_great_drop_within_seconds_is_of_its_own_kind(systolic: int, diastolic: int, seconds: str, told: bool) -> None:
    found = _series(lying(130, 80), standing(systolic, diastolic, str(Decimal(seconds) / 60)))
    assert (OrthostaticFound.INITIAL_DROP in _codes(found)) is told


@pytest.mark.parametrize(
    ("age", "rise", "told"),
    [(GROWN, 30, True), (GROWN, 29, False), (TEEN, 40, True), (TEEN, 39, False), (CHILD, 60, False), (None, 60, False)],
)
def test_a_pulse_that_rises_without_a_drop_is_told(age: Age | None, rise: int, told: bool) -> None:
    found = _series(lying(120, 80, 70), standing(118, 80, "3", 70 + rise), age=age)
    assert (OrthostaticFound.PULSE_RISE in _codes(found)) is told
    assert found.positive is False


def test_the_greatest_rise_of_the_pulse_is_named() -> None:
    found = _series(lying(120, 80, 70), standing(118, 80, "1", 105), standing(118, 80, "3", 112))
    assert [(one.field, one.detail) for one in found.findings] == [("pulse", "42")]


def test_beside_a_drop_the_pulse_is_not_told_of() -> None:
    assert _codes(_series(lying(130, 80, 70), standing(105, 75, "1", 110))) == [OrthostaticFound.DROP]


def test_sitting_is_the_base_where_nobody_lay_and_is_no_standing_up() -> None:
    sitting = _stage(Position.SITTING, 128, 80, None, "5")
    assert _series(sitting, standing(100, 80, "1")).base is sitting
    found = _series(lying(130, 80), _stage(Position.SITTING, 100, 60, None, "1"))
    assert (found.positive, _codes(found)) == (None, [])
    assert str(found.changes[0]) == "30/20"


def test_the_last_reading_lying_before_standing_is_the_base() -> None:
    found = _series(lying(150, 90), lying(128, 80), standing(110, 76, "1"), lying(150, 90))
    assert str(found.base.systolic) == "128"
    assert found.positive is False


@pytest.mark.parametrize("stages", [(), (lying(130, 80),), (standing(100, 70, "1"),), (standing(100, 70, "1"), lying(130, 80))])
def test_without_a_base_and_something_after_it_there_is_no_series(stages: tuple[Stage, ...]) -> None:
    assert series(stages, GROWN) is None


# repeats and averages


def _of(systolic: int, diastolic: int) -> Pressure:
    return Decimal(systolic), Decimal(diastolic)


@pytest.mark.parametrize(
    ("readings", "mean"),
    [
        ([(142, 88), (138, 84)], (140, 86)),
        ([(141, 88), (138, 85)], (140, 87)),  # 139.5 and 86.5: half away from zero
        ([(142, 88), (138, 84), (137, 84)], (139, 85)),
        ([(142, 88)], None),
        ([], None),
    ],
)
def test_the_average_is_in_whole_mmhg(readings: list[tuple[int, int]], mean: tuple[int, int] | None) -> None:
    assert average([_of(*reading) for reading in readings]) == mean


@given(st.lists(st.tuples(st.integers(40, 300), st.integers(0, 200)), min_size=2, max_size=6))
def test_an_average_lies_between_its_readings(readings: list[tuple[int, int]]) -> None:
    mean = average([_of(*reading) for reading in readings])
    assert mean
    for half, values in zip(mean, zip(*readings, strict=True), strict=True):
        assert min(values) <= half <= max(values)
        assert half == half.to_integral_value()


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [((142, 88), (132, 82), False), ((142, 88), (131, 88), True), ((142, 88), (142, 81), True), ((131, 88), (142, 88), True)],
)
def test_two_that_differ_want_a_third(first: tuple[int, int], second: tuple[int, int], wanted: bool) -> None:
    assert third_wanted(_of(*first), _of(*second)) is wanted


@pytest.mark.parametrize(
    ("pressure", "age", "wanted"),
    [
        ((130, 70), GROWN, True),
        ((129, 80), GROWN, True),
        ((129, 79), GROWN, False),
        ((107, 60), CHILD, True),  # boys of 8: AAP 2017, table 6, 107/69
        ((106, 68), CHILD, False),
        ((100, 69), CHILD, True),
        ((120, 80), Age(200, 6, 0), False),
        ((130, 70), None, True),
    ],
)
def test_a_high_pressure_is_taken_again(pressure: tuple[int, int], age: Age | None, wanted: bool) -> None:
    assert wanted_again(_of(*pressure), age, "male") is wanted


def test_waits_and_numbers_of_readings_are_figures() -> None:
    assert (repeats().wait.least, repeats().wait.most, repeats().rest.grown) == (1, 5, 5)
    assert (readings_wanted(GROWN), readings_wanted(CHILD), readings_wanted(None)) == (2, 3, 2)
    assert readings_wanted(Age(4748, 156, 13)) == 2


@pytest.mark.parametrize(
    ("left", "right", "arm"),
    [((140, 80), (130, 80), "left_arm"), ((130, 80), (140, 80), "right_arm"), ((139, 95), (130, 70), "")],
)
def test_the_higher_arm_is_named_where_they_differ(left: tuple[int, int], right: tuple[int, int], arm: str) -> None:
    assert higher_arm(_of(*left), _of(*right)) == arm
