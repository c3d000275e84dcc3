"""What a weight says against those before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from maroom.core.findings import Severity
from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Sign
from maroom.duties.vitals.rules.weight_changes import Person, Weighed, WeightFound, weight_changes
from tests.duties.vitals.build import TODAY, typed

GROWN = Person(date(1968, 2, 2))
HEART = replace(GROWN, heart_failure=True)


def _weight(text: str, unit: str = "kg") -> Quantity:
    return typed(Sign.WEIGHT, text, unit)


def _ago(text: str, days: int, unit: str = "kg") -> Weighed:
    return Weighed(_weight(text, unit), TODAY - timedelta(days=days))


def _codes(now: Weighed, before: list[Weighed], who: Person) -> list[str]:
    return [finding.code for finding in weight_changes(now, before, who)]


def _newborn(days: int, birth: str = "3.500") -> Person:
    return Person(TODAY - timedelta(days=days), _weight(birth))


@pytest.mark.parametrize(
    ("now", "before", "days", "told"),
    [
        ("76.0", "80.0", 30, True),
        ("76.1", "80.0", 30, False),
        ("76.0", "80.0", 31, False),
        ("72.0", "80.0", 180, True),
        ("72.1", "80.0", 180, False),
        ("72.0", "80.0", 181, False),
        ("88.0", "80.0", 30, False),
    ],
)
def test_an_adult_losing_weight_is_told_of(now: str, before: str, days: int, told: bool) -> None:
    """MDS 3.0: 5 % in 30 days or 10 % in 180."""
    assert _codes(_ago(now, 0), [_ago(before, days)], GROWN) == ([WeightFound.LOSS] if told else [])


def test_any_weight_of_the_time_counts_and_units_may_differ() -> None:
    found = weight_changes(_ago("160", 0, "[lb_av]"), [_ago("70.0", 200), _ago("77.0", 20), _ago("73.0", 3)], GROWN)
    assert [(one.code, one.detail) for one in found] == [(WeightFound.LOSS, "5.7 30d")]


def test_a_growing_person_and_a_later_weight_are_left_out() -> None:
    assert _codes(_ago("40", 0), [_ago("45", 10)], Person(date(2010, 1, 1))) == []
    assert _codes(_ago("70", 10), [_ago("80", 5)], GROWN) == []
    assert _codes(_ago("70", 0), [], GROWN) == []
    assert _codes(_ago("70", 0), [_ago("80", 10)], Person(None)) == []


@pytest.mark.parametrize(
    ("now", "before", "days", "told"),
    [
        ("183.1", "180", 1, True),
        ("183", "180", 1, False),
        ("183.1", "180", 0, True),
        ("185", "180", 7, False),
        ("185.1", "180", 7, True),
        ("185.1", "180", 8, False),
    ],
)
def test_with_a_failing_heart_a_quick_gain_is_told_of(now: str, before: str, days: int, told: bool) -> None:
    """American Heart Association: more than 3 lb in a day or 5 lb in a week."""
    now_weighed, earlier = _ago(now, 0, "[lb_av]"), [_ago(before, days, "[lb_av]")]
    assert _codes(now_weighed, earlier, HEART) == ([WeightFound.HEART_FAILURE_GAIN] if told else [])
    assert _codes(now_weighed, earlier, GROWN) == []


@pytest.mark.parametrize(
    ("days", "now", "codes"),
    [
        (3, "3.150", []),  # exactly 10 %
        (3, "3.149", [WeightFound.NEWBORN_LOSS]),
        (13, "3.100", [WeightFound.NEWBORN_LOSS]),
        (13, "3.499", []),
        (14, "3.499", [WeightFound.NOT_REGAINED]),
        (14, "3.500", []),
        (14, "3.000", [WeightFound.NOT_REGAINED]),
        (0, "3.000", [WeightFound.NEWBORN_LOSS]),
        (90, "3.000", []),
        (20, "3.000", [WeightFound.NOT_REGAINED]),
    ],
)
def test_a_newborn_below_its_birth_weight_is_told_of_at_once(days: int, now: str, codes: list[str]) -> None:
    found = weight_changes(_ago(now, 0), [], _newborn(days))
    assert [one.code for one in found] == codes
    assert all(one.severity is Severity.CRITICAL for one in found)


@pytest.mark.parametrize(
    ("age", "gap", "gain", "told"),
    [(40, 20, 399, True), (40, 20, 400, False), (40, 6, 0, False), (40, 7, 139, True), (89, 30, 599, True)],
)
def test_an_infant_that_gains_too_little_is_told_of(age: int, gap: int, gain: int, told: bool) -> None:
    """Less than 20 g a day over at least 7 days."""
    now, before = _ago(f"{4000 + gain}", 0, "g"), [_ago("4000", gap, "g")]
    assert _codes(now, before, Person(TODAY - timedelta(days=age))) == ([WeightFound.INFANT_NO_GAIN] if told else [])


def test_the_loss_after_birth_is_no_lack_of_gain() -> None:
    assert _codes(_ago("3400", 0, "g"), [_ago("3500", 10, "g")], Person(TODAY - timedelta(days=10))) == []
    assert _codes(_ago("3400", 0, "g"), [_ago("3350", 9, "g")], Person(TODAY - timedelta(days=13))) == [
        WeightFound.INFANT_NO_GAIN
    ]


def test_from_three_months_on_grams_a_day_are_not_counted() -> None:
    born = TODAY.replace(month=TODAY.month - 3)
    now, before = _ago("5000", 0, "g"), [_ago("5000", 20, "g")]
    assert _codes(now, before, Person(born)) == []
    assert _codes(now, before, Person(born + timedelta(days=1))) == [WeightFound.INFANT_NO_GAIN]
