"""A child's pressure is read in the row of its sex and age at the column of its height, as AAP 2017 prints them."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.core import resources
from maroom.core.findings import Severity
from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Component, Sign
from maroom.duties.vitals.rules.ages import Age, age_on
from maroom.duties.vitals.rules.child_pressure import (
    ChildPressure,
    checked,
    child_pressure,
    child_pressure_found,
    tables,
)
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.limits import limits
from tests.duties.vitals.build import typed

SEXES = ("male", "female")
SYSTOLIC, DIASTOLIC = Component.SYSTOLIC, Component.DIASTOLIC
BOYS_OF_FIVE = (
    (104.4, 103, 107),
    (106.2, 104, 108),
    (109.1, 105, 109),
    (112.4, 106, 109),
    (115.7, 107, 110),
    (118.6, 108, 111),
)
"""Height in cm, 90th and 95th percentile of systolic pressure: AAP 2017, table 4, boys of 5 years."""


def _of(systolic: int, diastolic: int, height: str = "112.4", years: int = 5, sex: str = "male") -> ChildPressure:
    halves = {SYSTOLIC: Decimal(systolic), DIASTOLIC: Decimal(diastolic)}
    found = child_pressure(halves, _tall(height), Age(years * 366, years * 12, years), sex)
    assert found
    return found


def _tall(height: str, unit: str = "cm") -> Quantity:
    return typed(Sign.HEIGHT, height, unit)


@pytest.mark.parametrize(("height", "ninety", "ninety_five"), BOYS_OF_FIVE)
def test_each_column_has_its_own_limits(height: float, ninety: int, ninety_five: int) -> None:
    assert _of(ninety - 1, 50, str(height)).name == Found.NORMAL
    assert _of(ninety, 50, str(height)).name == Found.ELEVATED
    assert _of(ninety_five - 1, 50, str(height)).name == Found.ELEVATED
    assert _of(ninety_five, 50, str(height)).name == Found.STAGE_1
    assert _of(ninety_five + 11, 50, str(height)).name == Found.STAGE_1
    assert _of(ninety_five + 12, 50, str(height)).name == Found.STAGE_2


@pytest.mark.parametrize(
    ("systolic", "diastolic", "years", "sex", "height", "name"),
    [
        (94, 64, 5, "male", "112.4", Found.NORMAL),
        (94, 65, 5, "male", "112.4", Found.ELEVATED),
        (94, 69, 5, "male", "112.4", Found.STAGE_1),
        (94, 81, 5, "male", "112.4", Found.STAGE_2),
        (119, 60, 12, "female", "159.6", Found.NORMAL),  # P90 is 120
        (120, 60, 12, "female", "166.4", Found.ELEVATED),  # P90 is 122, and 120 is lower
        (126, 60, 12, "female", "166.4", Found.STAGE_1),  # P95
        (137, 60, 12, "female", "166.4", Found.STAGE_1),
        (138, 60, 12, "female", "166.4", Found.STAGE_2),  # P95 + 12
        (100, 80, 12, "female", "166.4", Found.STAGE_1),  # 80 of the adults is above P95, 79
        (100, 90, 12, "female", "166.4", Found.STAGE_2),  # 90 of the adults is below P95 + 12
    ],
)
def test_the_lower_of_percentile_and_adult_limit_counts(
    systolic: int, diastolic: int, years: int, sex: str, height: str, name: Found
) -> None:
    """AAP 2017, table 3, with tables 4 (boys of 5: P90/P95 106/109 over 65/69) and 5 (girls of 12)."""
    assert _of(systolic, diastolic, height, years, sex).name == name


def test_the_ninetieth_at_the_shortest_height_is_the_screen_of_table_six() -> None:
    """Table 6 of the guideline was taken over apart, for the screen; it must equal this cell at every age of both sexes."""
    for years, *screen in limits().pressure.child.rows:
        for sex, (systolic, diastolic) in (("male", screen[:2]), ("female", screen[2:])):
            year = {"male": tables().male, "female": tables().female}[sex][years]
            assert (year.systolic[90][0], year.diastolic[90][0]) == (systolic, diastolic), (years, sex)


@pytest.mark.parametrize(
    ("height", "column", "beyond"),
    [
        ("104.4", 5, False),
        ("105.3", 5, False),  # halfway between 104.4 and 106.2: the shorter one
        ("105.4", 10, False),
        ("117.15", 75, False),  # halfway between 115.7 and 118.6
        ("117.2", 90, False),
        ("120.3", 95, False),
        ("95", 5, True),
        ("130", 95, True),
    ],
)
def test_the_nearest_height_counts_and_of_two_the_shorter(height: str, column: int, beyond: bool) -> None:
    found = _of(94, 50, height)
    assert (found.height, found.beyond) == (column, beyond)


def test_the_height_may_be_in_inches() -> None:
    inches = child_pressure({SYSTOLIC: Decimal(94)}, _tall("44.25", "[in_i]"), Age(2000, 60, 5), "male")
    assert inches
    assert inches.height == 50  # 112.395 cm


@pytest.mark.parametrize(("value", "reached"), [(93, 0), (94, 50), (105, 50), (106, 90), (108, 90), (109, 95), (200, 95)])
def test_each_half_has_its_own_place_among_the_percentiles(value: int, reached: int) -> None:
    found = _of(value, 52)
    assert found.halves[SYSTOLIC].reached == reached
    assert found.halves[DIASTOLIC].reached == 0
    assert found.halves[SYSTOLIC].limits == {50: 94, 90: 106, 95: 109}


def test_one_half_is_enough() -> None:
    found = child_pressure({DIASTOLIC: Decimal(70)}, _tall("112.4"), Age(2000, 60, 5), "male")
    assert found
    assert (found.name, set(found.halves)) == (Found.STAGE_1, {DIASTOLIC})


@pytest.mark.parametrize(
    ("born", "sex"),
    [
        (date(2025, 11, 25), "male"),  # a day before the first birthday
        (date(2013, 11, 24), "male"),  # the thirteenth birthday
        (date(2018, 5, 5), "other"),
        (date(2018, 5, 5), ""),
    ],
)
def test_outside_the_tables_nothing_is_said(born: date, sex: str) -> None:
    age = age_on(date(2026, 11, 24), born)
    assert child_pressure({SYSTOLIC: Decimal(94)}, _tall("112.4"), age, sex) is None


def test_from_the_first_birthday_to_the_day_before_the_thirteenth() -> None:
    for born in (date(2025, 11, 24), date(2013, 11, 25)):
        assert child_pressure({SYSTOLIC: Decimal(94)}, _tall("80"), age_on(date(2026, 11, 24), born), "female")


def test_it_is_told_and_never_held_up() -> None:
    assert child_pressure_found(_of(94, 50)).severity is Severity.OK
    found = child_pressure_found(_of(121, 50))
    assert (found.field, found.code, found.severity) == ("bp", Found.STAGE_2, Severity.ASK)


@given(
    st.integers(1, 12), st.sampled_from(["male", "female"]), st.integers(60, 200), st.integers(40, 180), st.integers(20, 120)
)
def test_more_pressure_is_never_a_lower_category(years: int, sex: str, height: int, systolic: int, diastolic: int) -> None:
    order = [Found.NORMAL, Found.ELEVATED, Found.STAGE_1, Found.STAGE_2]
    lower = _of(systolic, diastolic, str(height), years, sex).name
    assert order.index(_of(systolic + 1, diastolic, str(height), years, sex).name) >= order.index(lower)
    assert order.index(_of(systolic, diastolic + 1, str(height), years, sex).name) >= order.index(lower)


def test_tables_with_a_slip_are_refused() -> None:
    table: dict[str, Any] = copy.deepcopy(resources.table("vitals/child_pressure.toml"))
    table["male"]["5"]["systolic"]["90"][3] = 160
    with pytest.raises(ValueError, match="male, 5"):
        checked(table)
    del table["male"]["5"]
    with pytest.raises(ValueError, match="male: years"):
        checked(table)
