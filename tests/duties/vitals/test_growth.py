"""Children stand on their charts where the publishers say. What is expected was published, never computed by what is tested."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.core import resources
from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Sign, Subject
from maroom.duties.vitals.rules.growth import places
from maroom.duties.vitals.rules.growth.age import chart_age
from maroom.duties.vitals.rules.growth.curves import axes, lines, value_at
from maroom.duties.vitals.rules.growth.extended import extended_value, extended_z, sigma
from maroom.duties.vitals.rules.growth.figures import Measure, checked, figures
from maroom.duties.vitals.rules.growth.flags import ASKED_GROWTH, GrowthFound, head_shrunk, remarkable, shrunk
from maroom.duties.vitals.rules.growth.lms import Lms, percentile_of, z_of
from maroom.duties.vitals.rules.growth.mass import child_category
from maroom.duties.vitals.rules.growth.places import (
    Assumed,
    Child,
    NoPlace,
    Place,
    Posture,
    Tall,
    chart_of,
    child,
    measures_shown,
)
from maroom.duties.vitals.rules.growth.tables import Standard, table
from maroom.duties.vitals.rules.growth.words import percentile_text, percentile_words
from tests.duties.vitals.build import typed

SEXES = ("male", "female")
BORN = date(2024, 5, 10)


def who(days: int = 0, sex: str = "male", born: date = BORN, gestation: int | None = None) -> Child:
    found = child(Subject(born, sex), born + timedelta(days=days), gestation)
    assert isinstance(found, Child), found
    return found


def at_months(months: float, sex: str) -> Child:
    """Placed by a fraction of months, as publishers' examples are."""
    age = chart_age(BORN, BORN)
    return Child(sex, type(age)(int(months), round(months * 30.4375), months))


def placed(found: Place | NoPlace) -> Place:
    assert isinstance(found, Place), found
    return found


def kg(text: str) -> Quantity:
    return typed(Sign.WEIGHT, text, "kg")


def cm(text: str, posture: Posture | None = None) -> Tall:
    return Tall(typed(Sign.LENGTH, text, "cm"), posture)


# the published columns


def _published() -> Iterator[tuple[str, str, float, float, float]]:
    """Table, sex, where on it, z, value."""
    text = (Path(__file__).parent / "published_growth.txt").read_text("utf-8")
    for line in text.splitlines()[2:]:
        name, sex, x, *values = line.split()
        for key, value in (pair.split("=") for pair in values):
            z = float(key[1:]) if key[0] == "z" else z_of(float(key[1:]))
            yield name, sex, float(x), z, float(value)


def test_every_published_value_is_met_both_ways() -> None:
    """WHO prints three decimals, so half of the last one may differ; CDC prints all of its digits."""
    seen = set[str]()
    for name, sex, x, z, value in _published():
        found = table(name)
        lms = found.sex[sex].lms_at(x)
        assert lms is not None
        close = 0.000501 if found.standard is Standard.WHO else 1e-6
        assert found.value(lms, z) == pytest.approx(value, abs=close)
        assert found.z(lms, value) == pytest.approx(z, abs=0.004 if found.standard is Standard.WHO else 1e-6)
        seen.add(name)
    assert seen == {row.table for row in figures().chart}


@pytest.mark.parametrize(
    ("lms", "value", "z", "percentile"),
    [
        (Lms(-0.1600954, 9.476500305, 0.11218624), 9.7, 0.207, 58),  # CDC data files page: boy, 9 months, 9.7 kg
        (Lms(-2.18, 20.76, 0.148), 33.0, 1.97, 97.6),  # CDC, Modified z-scores: girl, 200 months
        (Lms(0, 10.0, 0.1), 10.0, 0.0, 50),
    ],
)
def test_the_worked_examples_of_cdc(lms: Lms, value: float, z: float, percentile: float) -> None:
    assert lms.z(value) == pytest.approx(z, abs=0.005)
    assert percentile_of(lms.z(value)) == pytest.approx(percentile, abs=0.5)


def test_a_power_of_nothing_is_the_logarithm() -> None:
    assert Lms(0, 10, 0.1).z(11.0517) == pytest.approx(1, abs=1e-5)
    assert Lms(0, 10, 0.1).value(1) == pytest.approx(11.0517, abs=1e-4)
    assert Lms(1e-9, 10, 0.1).z(11.0517) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("percentile", "z"),
    [(3, -1.881), (5, -1.645), (10, -1.282), (25, -0.674), (50, 0), (75, 0.674), (85, 1.036), (95, 1.645), (97, 1.881)],
)
def test_percentiles_are_those_of_the_normal_distribution(percentile: float, z: float) -> None:
    """The z-scores that CDC's data files page lists for its percentiles."""
    assert z_of(percentile) == pytest.approx(z, abs=0.001)
    assert percentile_of(z) == pytest.approx(percentile, abs=0.02)


@pytest.mark.parametrize(
    ("months", "sex", "value", "z", "modified", "name"),
    [
        (29.2068, "male", 13.1, -0.1985513, -0.22517132, "cdc_weight"),
        (29.2068, "male", 89.06, -0.36884065, -0.37732507, "cdc_height"),
        (29.2068, "male", 16.51604, 0.1628453, 0.1306365, "cdc_bmi"),
        (71.5236, "male", 20.2, -0.1389032, -0.17522959, "cdc_weight"),
        (71.5236, "male", 112.3, -0.56390741, -0.56091593, "cdc_height"),
        (47.1456, "female", 15.9, 0.1210300, 0.08808784, "cdc_weight"),
        (58.6452, "female", 107.1, 0.04849898, 0.04639902, "cdc_height"),
        (120.2796, "female", 15.88932, -0.458129542, -0.590757876, "cdc_bmi"),
        (43.0056, "female", 17.3, 1.0593271, 0.90273897, "cdc_weight"),
    ],
)
def test_between_the_rows_it_goes_as_in_the_program_of_cdc(
    months: float, sex: str, value: float, z: float, modified: float, name: str
) -> None:
    """Output of ext_bmiz, CDC's program in R, printed in the README of growthcleanr (reference data CDCref_d.csv)."""
    lms = table(name).sex[sex].lms_at(months)
    assert lms is not None
    assert lms.z(value) == pytest.approx(z, abs=2e-6)
    assert lms.modified_z(value) == pytest.approx(modified, abs=2e-6)


def test_weights_beyond_three_go_in_steps_of_the_last_one_as_who_has_it() -> None:
    """Boys of one year: WHO prints -3 SD 6.926, -2 SD 7.741, 2 SD 11.983, 3 SD 13.341 kg for day 365."""
    boys = table("who_weight")
    lms = boys.sex["male"].lms_at(365)
    assert lms is not None
    printed = {z: value for name, sex, x, z, value in _published() if (name, sex, x) == ("who_weight", "male", 365)}
    step_up, step_down = printed[3] - printed[2], printed[-2] - printed[-3]
    assert boys.z(lms, printed[3] + 2 * step_up) == pytest.approx(5, abs=0.01)
    assert boys.z(lms, printed[-3] - step_down) == pytest.approx(-4, abs=0.01)
    assert lms.z(printed[3] + 2 * step_up) < 4.9, "the plain score differs, else this shows nothing"
    assert boys.value(lms, 5) == pytest.approx(printed[3] + 2 * step_up, abs=0.005)


def test_lengths_and_heads_are_not_restricted() -> None:
    """WHO restricts weights alone: girls' length at birth has 49.1477 cm as median and 3.79 % as coefficient of variation."""
    lengths = table("who_length")
    lms = lengths.sex["female"].lms_at(0)
    assert lms is not None
    assert lengths.z(lms, 49.1477 * (1 + 0.0379 * 4)) == pytest.approx(4, abs=1e-3)
    assert not table("who_head").restricted
    assert table("who_bmi").restricted
    assert table("who_weight_for_length").restricted


def test_mistakes_on_charts_of_cdc_show_in_modified_scores() -> None:
    """CDC, Modified z-scores: girl of 200 months, 333 kg/m2 typed for 33.3 is 49.2, and 12 kg/m2 is -4.1."""
    lms = Lms(-2.18, 20.76, 0.148)
    assert lms.value(2) == pytest.approx(33.40, abs=0.05)
    assert lms.modified_z(333) == pytest.approx(49.2, abs=0.3)  # CDC rounds on the way
    assert lms.modified_z(12) == pytest.approx(-4.1, abs=0.05)
    assert lms.z(333) < 3.2


# body mass


@pytest.mark.parametrize(
    ("years", "sex", "pounds", "inches", "index", "percentile"),
    [(12, "female", "136", "60", 26.6, 96), (15, "female", "210", "63.7", 36.4, 99)],
)
def test_the_examples_of_the_bmi_calculator_of_cdc(
    years: int, sex: str, pounds: str, inches: str, index: float, percentile: int
) -> None:
    """CDC, child and teen BMI: a girl of 12, 5 ft 0 in and 136 lb; a girl of 15, 63.7 in and 210 lb."""
    tall = Tall(typed(Sign.HEIGHT, inches, "[in_i]"), Posture.STANDING)
    found = placed(places.mass(typed(Sign.WEIGHT, pounds), tall, at_months(years * 12, sex)))
    assert found.value == pytest.approx(index, abs=0.05)
    assert int(found.percentile) == percentile
    assert found.assumed == ()


@pytest.mark.parametrize(("z", "index"), [(2, 20.36572263), (2.5, 21.4528698), (3, 22.38021505)])
def test_the_extended_index_is_that_of_cdc(z: float, index: float) -> None:
    """CDC's extended data file bmi-age-2022, boys of 24 months: sigma 1.3756, P95 19.338, and the index at these z."""
    lms = table("cdc_bmi").sex["male"].lms_at(24)
    assert lms is not None
    assert sigma("male", 24) == pytest.approx(1.3756, abs=1e-4)
    assert extended_z(lms, index, "male", 24) == pytest.approx(z, abs=1e-4)
    assert extended_value(lms, z, "male", 24) == pytest.approx(index, abs=1e-4)


@pytest.mark.parametrize(("years", "index"), [(3, 33), (17, 82)])
def test_the_extended_index_ends_where_the_one_of_cdc_ends(years: int, index: float) -> None:
    """CDC, SAS program: a z of about 8.20 is an index of about 33 at 3 and 82 at 17 years, and 8.21 is the most it gives."""
    lms = table("cdc_bmi").sex["male"].lms_at(years * 12)
    assert lms is not None
    assert extended_z(lms, index, "male", years * 12) == pytest.approx(8.2, abs=0.02)
    assert extended_z(lms, 400, "male", years * 12) == 8.21


def test_the_extended_index_begins_where_the_plain_one_ends() -> None:
    lms = table("cdc_bmi").sex["female"].lms_at(144)
    assert lms is not None
    edge = lms.value(z_of(95))
    assert extended_z(lms, edge, "female", 144) == pytest.approx(z_of(95), abs=1e-9)
    assert extended_z(lms, edge - 1e-9, "female", 144) == pytest.approx(z_of(95), abs=1e-6)


def _category(index: float, months: float, sex: str = "male") -> tuple[str, float]:
    """A child of a metre has as many kilograms as index."""
    person = at_months(months, sex)
    found = child_category(placed(places.mass(kg(f"{index}"), cm("100", Posture.STANDING), person)), person)
    assert found
    return found.name, found.share


@pytest.mark.parametrize(
    ("index", "name"),
    [
        (14.737, "underweight"),
        (14.738, "healthy"),
        (18.162, "healthy"),
        (18.163, "overweight"),
        (19.338, "overweight"),
        (19.339, "obesity_1"),
        (23.205, "obesity_1"),
        (23.206, "obesity_2"),
        (27.073, "obesity_2"),
        (27.074, "obesity_3"),
    ],
)
def test_a_category_begins_at_its_percentile(index: float, name: str) -> None:
    """CDC's bmiagerev, boys of 24 months: P5 14.73731947, P85 18.16219473, P95 19.33801062 and 120 and 140 % of it."""
    assert _category(index, 24)[0] == name


def test_the_share_of_the_ninety_fifth_is_that_of_cdc() -> None:
    """CDC, SAS program: a boy of 60 months with an index of 21.3 has 119 % of the 95th percentile."""
    name, share = _category(21.3, 60)
    assert (name, round(share)) == ("obesity_1", 119)


def test_older_children_are_severely_obese_by_the_index_itself() -> None:
    """At 19 years 9 months girls' 95th percentile is above 31.5, so that 35 is below 120 % of it, and 40 below 140 %."""
    assert _category(35.0, 237, "female")[0] == "obesity_2"
    assert _category(34.9, 237, "female")[0] == "obesity_1"
    assert _category(40.0, 237, "female")[0] == "obesity_3"


def test_under_two_years_there_is_no_category() -> None:
    person = who(days=400)
    found = placed(places.mass(kg("10"), cm("76", Posture.LYING), person))
    assert found.standard is Standard.WHO
    assert child_category(found, person) is None


# ages and which chart it is


@pytest.mark.parametrize(
    ("born", "day", "completed", "days", "months"),
    [
        (date(2024, 5, 10), date(2024, 5, 10), 0, 0, 0.0),
        (date(2024, 5, 10), date(2026, 5, 9), 23, 729, 729 / 30.4375),
        (date(2024, 5, 10), date(2026, 5, 10), 24, 730, 24.0),  # 730 days are 23.98 months, and on the birthday 24.0
        (date(2024, 5, 10), date(2026, 5, 11), 24, 731, 731 / 30.4375),
        (date(2024, 2, 29), date(2026, 2, 28), 23, 730, 730 / 30.4375),
        (date(2024, 2, 29), date(2026, 3, 1), 24, 731, 731 / 30.4375),
        (date(2020, 2, 29), date(2024, 2, 29), 48, 1461, 48.0),
        (date(2007, 10, 1), date(2011, 11, 15), 49, 1506, 49.4784),  # CDC, SAS program: 1506 days are 49.48 months
    ],
)
def test_an_age_is_days_and_fractions_of_months(born: date, day: date, completed: int, days: int, months: float) -> None:
    age = chart_age(born, day)
    assert (age.completed, age.days, age.early) == (completed, days, 0)
    assert age.months == pytest.approx(months, abs=1e-4)


@given(st.dates(date(1990, 1, 1), date(2026, 1, 1)), st.sampled_from(SEXES))
def test_the_charts_change_on_the_second_birthday_and_end_on_the_twentieth(born: date, sex: str) -> None:
    second, twentieth = _birthday(born, 2), _birthday(born, 20)
    for day, standard in ((second - timedelta(days=1), Standard.WHO), (second, Standard.CDC)):
        person = _child(born, day, sex)
        assert placed(places.weight(kg("12"), person)).standard is standard
        assert placed(places.length(cm("86"), person)).standard is standard
        assert placed(places.head(typed(Sign.HEAD, "48"), person)).standard is standard
    last = _child(born, twentieth - timedelta(days=1), sex)
    assert placed(places.weight(kg("60"), last)).standard is Standard.CDC
    assert placed(places.mass(kg("60"), cm("170"), last)).standard is Standard.CDC
    assert places.weight(kg("60"), _child(born, twentieth, sex)) is NoPlace.NO_CHART


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def _child(born: date, day: date, sex: str) -> Child:
    found = child(Subject(born, sex), day)
    assert isinstance(found, Child)
    return found


@given(st.dates(date(2000, 1, 1), date(2006, 1, 1)), st.integers(0, 7300), st.sampled_from(SEXES))
def test_every_day_of_a_childhood_has_its_row(born: date, days: int, sex: str) -> None:
    person = _child(born, born + timedelta(days=days), sex)
    assert isinstance(places.weight(kg("12"), person), Place)
    assert isinstance(places.length(cm("86"), person), Place)


@pytest.mark.parametrize(
    ("months", "measures"),
    [
        (0, {Measure.WEIGHT, Measure.LENGTH, Measure.HEAD, Measure.WEIGHT_FOR_LENGTH}),
        (23, {Measure.WEIGHT, Measure.LENGTH, Measure.HEAD, Measure.WEIGHT_FOR_LENGTH}),
        (24, {Measure.WEIGHT, Measure.LENGTH, Measure.HEAD, Measure.BMI}),
        (35, {Measure.WEIGHT, Measure.LENGTH, Measure.HEAD, Measure.BMI}),
        (36, {Measure.WEIGHT, Measure.LENGTH, Measure.BMI}),
        (239, {Measure.WEIGHT, Measure.LENGTH, Measure.BMI}),
        (240, set()),
    ],
)
def test_charts_are_offered_by_age(months: int, measures: set[Measure]) -> None:
    """CDC: no index of body mass is charted before the second birthday."""
    assert set(measures_shown(at_months(months, "male").age)) == measures


@pytest.mark.parametrize(
    ("subject", "day", "gestation", "why"),
    [
        (Subject(None, "male"), BORN, None, NoPlace.BORN_UNKNOWN),
        (Subject(BORN, "other"), BORN, None, NoPlace.SEX),
        (Subject(BORN, ""), BORN, None, NoPlace.SEX),
        (Subject(BORN, "male"), BORN - timedelta(days=1), None, NoPlace.BEFORE_BIRTH),
        (Subject(BORN, "male"), BORN, 238, NoPlace.BEFORE_TERM),
        (Subject(BORN, "male"), BORN + timedelta(days=41), 238, NoPlace.BEFORE_TERM),
    ],
)
def test_who_has_no_chart_is_told_why(subject: Subject, day: date, gestation: int | None, why: NoPlace) -> None:
    assert child(subject, day, gestation) is why


def test_what_no_row_has_is_told() -> None:
    assert places.weight_for_length(kg("2"), cm("44.9", Posture.LYING), who()) is NoPlace.OFF_THE_TABLE
    assert places.weight_for_length(kg("2"), cm("45.0", Posture.LYING), who()) != NoPlace.OFF_THE_TABLE
    assert places.weight(kg("0"), who()) is NoPlace.NO_VALUE
    assert places.mass(kg("9"), cm("0", Posture.LYING), who()) is NoPlace.NO_VALUE
    assert places.weight_for_length(kg("12"), cm("90"), who(days=800)) is NoPlace.NO_CHART
    assert places.head(typed(Sign.HEAD, "50"), who(days=1096)) is NoPlace.NO_CHART


# birth before term


def test_an_early_birth_is_corrected_when_its_weeks_are_known() -> None:
    """30 weeks is 10 weeks early: a boy of 100 days is placed as one of 30, for whom WHO prints 4.452 kg as the median."""
    early = who(days=100, gestation=210)
    assert (early.age.days, early.age.early) == (30, 70)
    found = placed(places.weight(kg("4.452"), early))
    assert found.assumed == (Assumed.AGE_CORRECTED,)
    assert found.z == pytest.approx(0, abs=0.002)
    assert placed(places.weight(kg("4.4"), who(days=100))).z < -2.5
    assert placed(places.weight(kg("4.4"), who(days=100))).assumed == ()


@pytest.mark.parametrize(("gestation", "early"), [(258, 22), (259, 0), (280, 0), (294, 0), (None, 0)])
def test_from_thirty_seven_weeks_on_nobody_is_early(gestation: int | None, early: int) -> None:
    assert who(days=200, gestation=gestation).age.early == early


def test_from_the_second_birthday_on_ages_are_not_corrected() -> None:
    before, on = date(2026, 5, 9), date(2026, 5, 10)
    assert chart_age(BORN, before, 210).early == 70
    assert chart_age(BORN, on, 210) == chart_age(BORN, on)


def test_at_term_an_early_child_is_one_newly_born() -> None:
    assert who(days=70, gestation=210).age.days == 0


# lying and standing


@pytest.mark.parametrize(
    ("days", "posture", "value", "assumed"),
    [
        (400, Posture.LYING, 76.0, ()),
        (400, Posture.STANDING, 76.7, (Assumed.LENGTHENED,)),
        (400, None, 76.0, (Assumed.TAKEN_AS_LYING,)),
        (800, Posture.STANDING, 76.0, ()),
        (800, Posture.LYING, 75.2, (Assumed.SHORTENED,)),
        (800, None, 76.0, (Assumed.TAKEN_AS_STANDING,)),
    ],
)
def test_lying_and_standing_differ_and_what_was_done_is_said(
    days: int, posture: Posture | None, value: float, assumed: tuple[Assumed, ...]
) -> None:
    """WHO adds 0.7 cm under two years (methods and development, 2006), CDC subtracts 0.8 cm from then on (SAS program)."""
    found = placed(places.length(cm("76", posture), who(days=days)))
    assert found.value == pytest.approx(value, abs=1e-9)
    assert found.assumed == assumed


def test_the_other_charts_take_the_same_length() -> None:
    lying = placed(places.weight_for_length(kg("9"), cm("72.7", Posture.LYING), who(days=300)))
    standing = placed(places.weight_for_length(kg("9"), cm("72", Posture.STANDING), who(days=300)))
    assert lying.z == pytest.approx(standing.z, abs=1e-9)
    assert standing.assumed == (Assumed.LENGTHENED,)
    tall = placed(places.mass(kg("12"), cm("86.8", Posture.LYING), who(days=800)))
    assert tall.value == pytest.approx(12 / 0.86**2)
    assert tall.assumed == (Assumed.SHORTENED,)


def test_a_length_between_two_rows_is_interpolated() -> None:
    """WHO prints a row each millimetre; halfway between two of them stands 60.45 cm."""

    def z(text: str) -> float:
        return placed(places.weight_for_length(kg("6.0"), cm(text, Posture.LYING), who(sex="female"))).z

    assert z("60.45") == pytest.approx((z("60.4") + z("60.5")) / 2, abs=1e-3)
    assert z("60.4") > z("60.45") > z("60.5")


# curves


def test_curves_are_the_published_percentiles() -> None:
    """CDC's statage, boys of 24.5 months: P3 80.26037074, P50 86.86160934, P97 93.45923029 cm."""
    chart = chart_of(Measure.LENGTH, at_months(30, "male").age)
    assert chart
    assert value_at(chart, "male", 24.5, 3) == pytest.approx(80.26037074, abs=1e-6)
    assert value_at(chart, "male", 24.5, 50) == pytest.approx(86.86160934, abs=1e-6)
    assert value_at(chart, "male", 24.5, 97) == pytest.approx(93.45923029, abs=1e-6)
    assert value_at(chart, "male", 23.9, 50) is None
    assert (axes(chart).by, axes(chart).unit) == ("months", "cm")


@pytest.mark.parametrize("sex", SEXES)
def test_the_lines_of_a_chart_never_cross_and_run_from_end_to_end(sex: str) -> None:
    for chart in figures().chart:
        drawn = lines(chart, sex)
        rows = table(chart.table).sex[sex].at
        for line in drawn:
            assert (line.points[0][0], line.points[-1][0]) == (rows[0], rows[-1])
            assert len(line.points) < 260
            assert all(one[0] < other[0] for one, other in pairwise(line.points))
        for under, over in pairwise(drawn):
            assert all(low[1] < high[1] for low, high in zip(under.points, over.points, strict=True)), chart.table


def test_lines_end_at_percentiles_of_their_publisher() -> None:
    chart = chart_of(Measure.BMI, at_months(30, "male").age)
    assert chart
    assert [line.percentile for line in lines(chart, "male")] == [5, 10, 25, 50, 75, 85, 90, 95]


# what is remarkable


def _found(now: Place, before: Place | None = None) -> list[str]:
    return [finding.code for finding in remarkable("weight", now, before)]


def test_an_extreme_value_is_asked_about() -> None:
    """Girls of 12 years on CDC's chart: 33.3 typed as 333 kg; an infant of one month with 42 kg for 4.2."""
    girl = at_months(144, "female")
    assert _found(placed(places.weight(kg("333"), girl))) == [GrowthFound.EXTREME, GrowthFound.ABOVE_CHART]
    assert _found(placed(places.weight(kg("100"), girl))) == [GrowthFound.ABOVE_CHART]
    assert _found(placed(places.weight(kg("42"), who(days=30))))[0] == GrowthFound.EXTREME
    assert GrowthFound.EXTREME in ASKED_GROWTH
    assert GrowthFound.ABOVE_CHART not in ASKED_GROWTH


def test_outside_the_outer_lines_it_is_told() -> None:
    """WHO, boys at 365 days: 2 SD is 11.983 kg and -2 SD 7.741 kg."""
    boy = who(days=365)
    printed = {z: value for name, sex, x, z, value in _published() if (name, sex, x) == ("who_weight", "male", 365)}
    assert _found(placed(places.weight(kg(f"{printed[2] - 0.01:.3f}"), boy))) == []
    assert _found(placed(places.weight(kg(f"{printed[2] + 0.03:.3f}"), boy))) == [GrowthFound.ABOVE_CHART]
    assert _found(placed(places.weight(kg(f"{printed[-2] - 0.03:.3f}"), boy))) == [GrowthFound.BELOW_CHART]


def _standing(z: float, standard: Standard = Standard.CDC, measure: Measure = Measure.WEIGHT) -> Place:
    return Place(measure, standard, 20, z, z, at_months(60, "male").age)


@pytest.mark.parametrize(
    ("now", "before", "code"),
    [
        (1.35, 0, GrowthFound.CROSSED_UP),
        (1.34, 0, None),
        (1.5, 1.5, None),
        (-0.7, 0.7, GrowthFound.CROSSED_DOWN),
        (-1.35, 0, GrowthFound.CROSSED_DOWN),
        (0.5, 1.85, GrowthFound.CROSSED_DOWN),
    ],
)
def test_two_lines_crossed_are_told(now: float, before: float, code: str | None) -> None:
    assert _found(_standing(now), _standing(before)) == ([code] if code else [])


def test_two_charts_are_named_where_a_line_was_crossed_between_them() -> None:
    found = remarkable("weight", _standing(-1.4), _standing(0, Standard.WHO))
    assert [finding.detail for finding in found] == ["who cdc"]
    assert _found(_standing(-1.4), _standing(0, measure=Measure.HEAD)) == []


@pytest.mark.parametrize(
    ("now", "before", "asked"),
    [
        (cm("86.4", Posture.STANDING), cm("87.5", Posture.STANDING), True),
        (cm("86.5", Posture.STANDING), cm("87.5", Posture.STANDING), False),
        (cm("85.7", Posture.STANDING), cm("87.5", Posture.LYING), False),
        (cm("85.6", Posture.STANDING), cm("87.5", Posture.LYING), True),
        (cm("87.6"), cm("87.5"), False),
        (cm("86.4"), cm("87.5"), True),
    ],
)
def test_shrinking_is_asked_about_but_not_standing_up(now: Tall, before: Tall, asked: bool) -> None:
    assert (shrunk("length", now, before) is not None) == asked


def test_a_head_that_shrank_is_asked_about_in_any_unit() -> None:
    head = typed(Sign.HEAD, "44", "cm")
    assert head_shrunk("head", typed(Sign.HEAD, "42.9", "cm"), head)
    assert head_shrunk("head", typed(Sign.HEAD, "17", "[in_i]"), head) is None  # 43.18 cm
    assert head_shrunk("head", typed(Sign.HEAD, "16.9", "[in_i]"), head)  # 42.93 cm


# words and figures


@pytest.mark.parametrize(
    ("percentile", "words"),
    [
        (50.4, "50th"),
        (1, "1st"),
        (1.6, "2nd"),
        (3.2, "3rd"),
        (11.2, "11th"),
        (22.0, "22nd"),
        (0.96, "1st"),
        (0.44, "0.4th"),
        (0.09, "below 0.1"),
        (99.04, "99th"),
        (99.4, "99.4th"),
        (99.99, "above 99.9"),
        (84.6, "84.6th"),
        (94.97, "94.9th"),
        (4.6, "4.6th"),
        (5.0, "5th"),
        (5.4, "5th"),
        (95.0, "95th"),
    ],
)
def test_percentiles_in_words_never_round_a_category_away(percentile: float, words: str) -> None:
    assert percentile_words(percentile) == words


@given(st.floats(0, 100))
def test_a_percentile_as_shown_has_the_category_that_it_has(percentile: float) -> None:
    shown = float(percentile_text(percentile))
    least = [row.least for row in figures().child_bmi.category]
    assert [shown >= limit for limit in least] == [percentile >= limit for limit in least]


def _table() -> dict[str, Any]:
    return copy.deepcopy(resources.table("growth/charts.toml"))


def test_figures_that_contradict_themselves_are_refused() -> None:
    given_twice = _table()
    given_twice["chart"][0]["below_months"] = 25
    with pytest.raises(ValueError, match="weight: two charts"):
        checked(given_twice)
    turned = _table()
    turned["outside"]["who"] = [97, 3]
    with pytest.raises(ValueError, match="lowest is not below highest"):
        checked(turned)
    unsorted = _table()
    unsorted["child_bmi"]["category"].reverse()
    with pytest.raises(ValueError, match="child_bmi"):
        checked(unsorted)
