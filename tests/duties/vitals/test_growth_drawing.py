"""Growth charts as they are drawn: the right chart, the right part of it, curves and points in one scale."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.core.clock import Moment
from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Performer, Reading, Sign, Status, Subject
from maroom.duties.vitals.rules.growth.drawing import Drawing, drawing
from maroom.duties.vitals.rules.growth.figures import Measure
from maroom.duties.vitals.rules.growth.measured import Measured, by_days
from maroom.duties.vitals.rules.growth.places import Assumed, NoPlace, Posture, Tall
from maroom.duties.vitals.rules.growth.tables import Standard
from maroom.duties.vitals.rules.growth.ticks import MOST, round_ticks
from tests.builders import SetClock
from tests.duties.vitals.build import INFANT, SCHOOLCHILD, TODAY, VISIT, measured, number


def kg(text: str) -> Quantity:
    return Quantity(number(text), "kg")


def lying(text: str) -> Tall:
    return Tall(Quantity(number(text), "cm"), Posture.LYING)


def standing(text: str) -> Tall:
    return Tall(Quantity(number(text), "cm"), Posture.STANDING)


def drawn(
    measure: Measure, subject: Subject, *before: Measured, now: Measured | None = None, gestation: int | None = None
) -> Drawing:
    found = drawing(measure, subject, TODAY, before, now, gestation)
    assert isinstance(found, Drawing), found
    return found


NOW = Measured(TODAY, kg("8.42"), lying("69.5"), Quantity(number("44.1"), "cm"))


def test_an_infants_weight_stands_on_the_first_year_of_the_who_chart() -> None:
    found = drawn(Measure.WEIGHT, INFANT, Measured(date(2026, 9, 14), kg("7.61")), now=NOW)
    assert (found.standard, found.sex, found.unit, found.by) == (Standard.WHO, "female", "kg", "months")
    assert (found.across[0], found.across[-1]) == (0, 12)
    assert [(spot.value, spot.age, spot.typed) for spot in found.spots] == [(7.61, "6 mo", False), (8.42, "8 mo", True)]
    assert found.spots[-1].x == pytest.approx(255 / 30.4375)
    assert round(found.spots[-1].percentile) == 64


def test_its_curves_are_those_of_the_who_table() -> None:
    """Girls at 12 months (day 365): 7.0, 8.9 and 11.5 kg at -2, 0 and +2 standard deviations, WHO weight for age."""
    found = drawn(Measure.WEIGHT, INFANT, now=NOW)
    ends = {curve.percentile: round(curve.points[-1][1], 1) for curve in found.curves}
    assert (ends[2.3], ends[50], ends[97.7]) == (7.0, 8.9, 11.5)
    assert [curve.percentile for curve in found.curves] == [2.3, 5, 10, 25, 50, 75, 90, 95, 97.7]


@pytest.mark.parametrize(
    ("born", "end"),
    [
        (date(2026, 11, 15), 6),  # 9 days
        (date(2026, 6, 24), 6),  # 5.0 months
        (date(2026, 5, 1), 12),  # 6.8 months: there is always room ahead
        (date(2025, 11, 24), 24),
        (date(2024, 11, 25), 24),  # the day before the second birthday
        (date(2024, 11, 24), 72),  # the second birthday itself
        (date(2020, 11, 24), 120),
        (date(2007, 11, 24), 240),
    ],
)
def test_the_part_that_is_drawn_goes_by_age(born: date, end: int) -> None:
    found = drawn(Measure.WEIGHT, Subject(born, "male"), now=Measured(TODAY, kg("20")))
    assert found.across[-1] == end
    assert found.standard is (Standard.WHO if end <= 24 else Standard.CDC)
    assert found.in_years is (end > 24)


def test_at_two_years_earlier_values_stay_on_the_chart_they_were_placed_on() -> None:
    two = Subject(date(2024, 11, 24), "female")
    found = drawn(Measure.WEIGHT, two, Measured(date(2026, 5, 24), kg("10.5")), now=Measured(TODAY, kg("12")))
    assert [spot.value for spot in found.spots] == [12]
    assert found.left_out == 1
    assert found.spots[0].x == 24


def test_a_premature_child_is_drawn_at_its_corrected_age_and_that_is_said() -> None:
    """Born at 31 weeks: 9 weeks early. Before term it has no place on the chart."""
    early = Subject(date(2026, 6, 1), "male")
    before = Measured(date(2026, 7, 20), kg("2.9"))
    found = drawn(Measure.WEIGHT, early, before, now=Measured(TODAY, kg("5.2")), gestation=31 * 7)
    assert found.spots[0].x == pytest.approx((176 - 63) / 30.4375)
    assert (found.assumed, found.early, found.left_out) == ((Assumed.AGE_CORRECTED,), 63, 1)
    assert found.spots[0].age == "5 mo"


def test_weight_for_length_goes_along_centimetres() -> None:
    found = drawn(Measure.WEIGHT_FOR_LENGTH, INFANT, Measured(date(2026, 9, 14), kg("7.61")), now=NOW)
    assert (found.by, found.unit) == ("cm", "kg")
    assert [(spot.x, spot.value) for spot in found.spots] == [(69.5, 8.42)]
    assert found.across[-1] == 90


def test_a_length_measured_standing_is_drawn_lying() -> None:
    found = drawn(Measure.LENGTH, INFANT, now=Measured(TODAY, tall=standing("69.5")))
    assert found.spots[0].value == pytest.approx(70.2)
    assert found.assumed == (Assumed.LENGTHENED,)


def test_body_mass_of_a_schoolchild_is_reckoned_of_the_same_day() -> None:
    half = Measured(date(2025, 6, 1), kg("23"))
    found = drawn(Measure.BMI, SCHOOLCHILD, half, now=Measured(TODAY, kg("30"), standing("125")))
    assert [round(spot.value, 1) for spot in found.spots] == [19.2]
    assert [curve.percentile for curve in found.curves] == [5, 10, 25, 50, 75, 85, 90, 95]
    assert found.left_out == 0


@pytest.mark.parametrize(
    ("measure", "subject", "why"),
    [
        (Measure.HEAD, SCHOOLCHILD, NoPlace.NO_CHART),
        (Measure.WEIGHT, Subject(date(2000, 1, 1), "male"), NoPlace.NO_CHART),
        (Measure.WEIGHT, Subject(None, "male"), NoPlace.BORN_UNKNOWN),
        (Measure.WEIGHT, Subject(date(2026, 1, 1), "unknown"), NoPlace.SEX),
    ],
)
def test_where_there_is_no_chart_it_is_said_why(measure: Measure, subject: Subject, why: NoPlace) -> None:
    assert drawing(measure, subject, TODAY, (), NOW) is why


def test_a_chart_without_values_is_drawn_around_the_childs_age() -> None:
    found = drawn(Measure.WEIGHT, INFANT)
    assert (found.spots, found.across[-1]) == ((), 12)


WEIGHTS = st.decimals("0.5", "150", places=3)


@given(
    st.sampled_from(Measure),
    st.sampled_from(["male", "female"]),
    st.integers(0, 7200),
    WEIGHTS,
    st.decimals("46", "190", places=1),
)
def test_all_that_is_drawn_is_within_the_axes(measure: Measure, sex: str, days: int, weight: object, tall: object) -> None:
    subject = Subject(date.fromordinal(TODAY.toordinal() - days), sex)
    now = Measured(TODAY, kg(str(weight)), lying(str(tall)), Quantity(number("45"), "cm"))
    found = drawing(measure, subject, TODAY, (), now)
    if isinstance(found, NoPlace):
        return
    points = [point for curve in found.curves for point in curve.points] + [(spot.x, spot.value) for spot in found.spots]
    assert all(found.ticks[0] <= value <= found.ticks[-1] for _, value in points)
    low, high = found.span
    assert all(low <= x <= high for x, _ in points)
    assert all(low <= mark <= high for mark in found.across)
    assert found.curves[0].points[-1][0] == pytest.approx(high, abs=0.02)
    ends = [curve.points[-1][1] for curve in found.curves]
    assert all(one < two for one, two in pairwise(ends))


@given(st.floats(0, 300), st.floats(0.1, 300))
def test_ticks_hold_all_in_few_round_steps(low: float, span: float) -> None:
    ticks = round_ticks(low, low + span)
    steps = {two - one for one, two in pairwise(ticks)}
    assert ticks[0] <= low
    assert ticks[-1] >= low + span
    assert 2 <= len(ticks) <= MOST
    assert len(steps) == 1


# readings by days


def reading(sign: Sign, text: str, unit: str, clock: SetClock, status: Status = Status.FINAL) -> Reading:
    at = clock.now()
    return Reading(
        f"{sign}{text}", 1, status, VISIT, "set", at, Performer("", "Dana"), measured(sign, text, unit), Moment(at.utc)
    )


def test_readings_are_taken_together_by_the_day_on_the_clinics_wall(clock: SetClock) -> None:
    first = reading(Sign.WEIGHT, "8.4", "kg", clock)
    clock.forward(minutes=5)
    again, length = reading(Sign.WEIGHT, "8.42", "kg", clock), reading(Sign.LENGTH, "69.5", "cm", clock)
    void = reading(Sign.WEIGHT, "84.2", "kg", clock, Status.ENTERED_IN_ERROR)
    pulse = reading(Sign.PULSE, "128", "/min", clock)
    clock.forward(days=30)
    height = reading(Sign.HEIGHT, "71", "cm", clock)
    found = by_days([height, void, first, again, length, pulse])
    assert [(one.day, one.weight and one.weight.value, one.tall and one.tall.posture) for one in found] == [
        (date(2026, 11, 24), number("8.42"), Posture.LYING),
        (date(2026, 12, 24), None, Posture.STANDING),
    ]
