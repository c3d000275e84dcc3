"""Every code of series, weights and children's pressures has short words for its row, and long ones with what to do."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from maroom.core.findings import Finding, Severity
from maroom.duties.vitals.model import Component
from maroom.duties.vitals.presenter.orthostatic.state import Cell, Line
from maroom.duties.vitals.rules.child_pressure import Among, ChildPressure, tables
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.orthostatic import Change, OrthostaticFound, Position, Stage
from maroom.duties.vitals.rules.signs import qualifiers
from maroom.duties.vitals.rules.steps import steps
from maroom.duties.vitals.rules.weight_changes import WeightFound
from maroom.duties.vitals.view.words import child_pressure, orthostatic, weight

SHORT = 24
"""letters that have room in the column of findings"""


def found(code: str, limit: str | None, unit: str, detail: str = "") -> Finding:
    return Finding("it", code, Severity.ASK, None if limit is None else Decimal(limit), unit, detail)


@pytest.mark.parametrize(
    ("finding", "short", "says"),
    [
        (found(OrthostaticFound.INITIAL_DROP, "40", "mm[Hg]", "48/22"), "drop at once, 48/22", "within seconds"),
        (found(OrthostaticFound.DROP, "30", "mm[Hg]", "34/8"), "drop of 34/8", "Fell by 34/8 mmHg after standing up"),
        (found(OrthostaticFound.STANDING_LOW, "90", "mm[Hg]"), "under 90 standing", "under 90 mmHg standing"),
        (found(OrthostaticFound.PULSE_RISE, "30", "/min", "34"), "pulse up 34", "rose by 34 without a drop"),
        (found(OrthostaticFound.MINUTES_UNKNOWN, "20", "mm[Hg]"), "minutes?", "Type the minutes"),
    ],
)
def test_what_a_series_comes_to(finding: Finding, short: str, says: str) -> None:
    assert orthostatic.finding(finding) == short
    assert says in orthostatic.advice(finding)


@pytest.mark.parametrize(
    ("finding", "short", "says"),
    [
        (found(WeightFound.NEWBORN_LOSS, "10", "%", "11.4"), "lost 11.4 %", "11.4 % below the weight at birth"),
        (found(WeightFound.NOT_REGAINED, None, "%", "2.0"), "below birth", "Not back at the weight at birth"),
        (found(WeightFound.INFANT_NO_GAIN, "20", "g/d", "-3.5"), "gain −3.5 g/d", "Gains −3.5 g a day; under 20"),
        (found(WeightFound.HEART_FAILURE_GAIN, "3", "[lb_av]", "3.4 1d"), "up 3.4 lb", "Up 3.4 lb within a day"),
        (found(WeightFound.LOSS, "5", "%", "5.2 30d"), "lost 5.2 %", "Lost 5.2 % within 30 days"),
    ],
)
def test_what_a_weight_says(finding: Finding, short: str, says: str) -> None:
    assert weight.finding(finding) == short
    assert says in weight.advice(finding)


def test_every_code_has_words_that_fit() -> None:
    said = [orthostatic.finding(found(code, "20", "mm[Hg]", "48/22")) for code in OrthostaticFound]
    said += [weight.finding(found(code, "20", "%", "11.4 180d")) for code in WeightFound]
    assert [words for words in said if not 0 < len(words) <= SHORT] == []
    assert all(orthostatic.advice(found(code, "20", "mm[Hg]", "48/22")).endswith(".") for code in OrthostaticFound)
    assert all(weight.advice(found(code, "20", "%", "11.4 180d")).endswith(".") for code in WeightFound)


def pressure(name: Found, value: str, *, beyond: bool = False) -> ChildPressure:
    limits = {50: Decimal(95), 90: Decimal(108), 95: Decimal(112)}
    return ChildPressure(name, Severity.ASK, 25, beyond, {Component.SYSTOLIC: Among(Decimal(value), limits)})


@pytest.mark.parametrize(
    ("pressure", "short", "says"),
    [
        (pressure(Found.NORMAL, "90"), "usual for age", "Under the middle of children of this age and height."),
        (pressure(Found.NORMAL, "100"), "usual for age", "At or above the 50th percentile for sex, age and height."),
        (pressure(Found.ELEVATED, "109"), "elevated for age", "the 90th percentile"),
        (pressure(Found.STAGE_1, "113"), "stage 1 for age", "Take it twice more on the right arm"),
        (pressure(Found.STAGE_2, "130", beyond=True), "stage 2 for age", "held against its 25th percentile"),
    ],
)
def test_a_childs_pressure(pressure: ChildPressure, short: str, says: str) -> None:
    assert child_pressure.finding(pressure) == short
    assert says in child_pressure.advice(pressure)


def test_every_category_of_the_tables_has_words() -> None:
    for row in tables().category:
        assert child_pressure.finding(pressure(row.name, "113"))


# the steps


def line(position: Position, planned: int | None) -> Line:
    return Line("it", position, planned, Cell("a"), Cell("b"), Cell("c"), Cell("d"))


def test_each_step_says_when_it_is_taken() -> None:
    assert [orthostatic.step(line(step.position, step.minutes)) for step in steps()] == [
        "Lying, 5 min of rest",
        "Sitting, if wanted",
        "Standing, after 1 min",
        "Standing, after 3 min",
    ]
    assert orthostatic.minutes(Decimal("2.5")) == "2.5 min"
    assert orthostatic.minutes(Decimal("3.0")) == "3 min"


def test_a_change_is_signed_as_the_value_moved() -> None:
    """A drop of 22 is a value that is 22 lower."""
    stage = Stage(Position.STANDING, Decimal(116), Decimal(86))
    change = Change(stage, Decimal(22), Decimal(-2), Decimal(14))
    assert orthostatic.change(change) == "−22/+2, pulse +14"
    assert orthostatic.change(replace(change, systolic=Decimal(0), pulse=None)) == "±0/+2"
    assert orthostatic.change(replace(change, pulse=Decimal(-3))) == "−22/+2, pulse −3"


def test_every_symptom_that_can_be_chosen_has_words() -> None:
    words = [orthostatic.symptom(word) for word in qualifiers()["symptom"].choice]
    assert all("_" not in word for word in words)
    assert words[0] == "no symptoms"
    assert orthostatic.symptom("told by another system") == "told by another system"


def test_what_it_comes_to_is_silent_until_somebody_stood() -> None:
    assert [orthostatic.verdict(positive) for positive in (None, False, True)] == [
        "",
        "no drop on standing",
        "drop on standing",
    ]
