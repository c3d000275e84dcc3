"""What cannot be is refused, what is unusual is asked about once, what matters is told; by age on the day of measuring."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.core import resources
from maroom.core.clock import Moment
from maroom.core.findings import Finding, Severity
from maroom.duties.vitals.model import (
    Absent,
    Component,
    Measurement,
    Performer,
    Reading,
    Sign,
    Status,
    Subject,
    Why,
)
from maroom.duties.vitals.rules.ages import age_on, row_for
from maroom.duties.vitals.rules.body_mass import body_mass_category, body_mass_index
from maroom.duties.vitals.rules.found import ASKED, Found
from maroom.duties.vitals.rules.judged import judged, judged_time
from maroom.duties.vitals.rules.limits import checked, limits
from maroom.duties.vitals.rules.told import Circumstances
from tests.duties.vitals.build import ADULT, INFANT, NEWBORN, SCHOOLCHILD, TODAY, VISIT, measured, pressure, typed

NOBODY = Subject(None)


def codes(measurement: Measurement, subject: Subject = ADULT, last: Reading | None = None) -> list[Found]:
    return [Found(finding.code) for finding in judged(measurement, Circumstances(subject, TODAY, last))]


def first(measurement: Measurement, subject: Subject = ADULT) -> Finding:
    return judged(measurement, Circumstances(subject, TODAY))[0]


# ages


@pytest.mark.parametrize(
    ("born", "day", "days", "months", "years"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), 0, 0, 0),
        (date(2026, 10, 31), date(2026, 11, 30), 30, 0, 0),
        (date(2026, 10, 31), date(2026, 12, 1), 31, 1, 0),
        (date(2020, 2, 29), date(2026, 2, 28), 2191, 71, 5),
        (date(2020, 2, 29), date(2026, 3, 1), 2192, 72, 6),
        (date(2020, 2, 29), date(2024, 2, 29), 1461, 48, 4),
        (date(2013, 11, 25), TODAY, 4747, 155, 12),
        (date(2013, 11, 24), TODAY, 4748, 156, 13),
    ],
)
def test_ages_are_completed(born: date, day: date, days: int, months: int, years: int) -> None:
    age = age_on(day, born)
    assert (age.days, age.months, age.years) == (days, months, years)


@given(st.dates(date(1900, 1, 1), TODAY))
def test_every_age_has_exactly_one_row_of_every_table(born: date) -> None:
    age = age_on(TODAY, born)
    assert limits().usual_at(age) is not None
    assert row_for(age, limits().pressure.child_low.rows) is not None
    assert limits().plausible.band(age) in limits().plausible.bands


def test_before_birth_there_is_no_row() -> None:
    assert limits().usual_at(age_on(TODAY, TODAY + timedelta(days=1))) is None


def _table() -> dict[str, Any]:
    return copy.deepcopy(resources.table("vitals/limits.toml"))


def test_limits_that_contradict_themselves_are_refused() -> None:
    table = _table()
    table["plausible"]["range"]["pulse"]["soft"]["grown"] = [140, 40]
    with pytest.raises(ValueError, match="pulse: lowest is not below highest"):
        checked(table)


def test_rows_out_of_order_or_not_from_birth_on_are_refused() -> None:
    table = _table()
    table["usual"][1]["from_days"] = 0
    with pytest.raises(ValueError, match="usual: rows"):
        checked(table)
    table = _table()
    table["plausible"]["bands"]["child"] = 12
    with pytest.raises(ValueError, match="bands"):
        checked(table)


# what cannot be, and what is asked about


@pytest.mark.parametrize(
    ("measurement", "subject", "code", "limit", "unit"),
    [
        (measured(Sign.SPO2, "101"), ADULT, Found.TOO_HIGH, "100", "%"),
        (measured(Sign.WEIGHT, "10000", "kg"), ADULT, Found.TOO_HIGH, "699", "kg"),
        (measured(Sign.TEMPERATURE, "46", "Cel"), ADULT, Found.TOO_HIGH, "45.0", "Cel"),
        (measured(Sign.TEMPERATURE, "76.9"), ADULT, Found.TOO_LOW, "77.0", "[degF]"),
        (measured(Sign.WEIGHT, "26", "kg"), INFANT, Found.TOO_HIGH, "25", "kg"),
        (measured(Sign.HEIGHT, "10", "[in_i]"), ADULT, Found.TOO_LOW, "17.7", "[in_i]"),
        (measured(Sign.PAIN, "11"), ADULT, Found.TOO_HIGH, "10", "{score}"),
        (pressure(310, 88), ADULT, Found.TOO_HIGH, "300", "mm[Hg]"),
        (pressure(290, 30), ADULT, Found.FAR_APART, "250", "mm[Hg]"),
    ],
)
def test_the_impossible_is_refused_in_the_unit_typed(
    measurement: Measurement, subject: Subject, code: Found, limit: str, unit: str
) -> None:
    found = first(measurement, subject)
    assert (found.code, found.severity, found.limit, found.unit) == (code, Severity.REFUSED, Decimal(limit), unit)


@pytest.mark.parametrize(
    ("measurement", "subject"),
    [
        (measured(Sign.WEIGHT, "610", "kg"), ADULT),
        (measured(Sign.TEMPERATURE, "28.0", "Cel"), ADULT),
        (measured(Sign.TEMPERATURE, "41.2", "Cel"), Subject(date(2025, 8, 20), "male")),
        (measured(Sign.PULSE, "32"), ADULT),
        (pressure(205, 88), ADULT),
        (pressure(130, 122), ADULT),
    ],
)
def test_the_unusual_may_stand_once_it_is_said_to_be_right(measurement: Measurement, subject: Subject) -> None:
    found = judged(measurement, Circumstances(subject, TODAY))
    assert not [finding for finding in found if finding.severity is Severity.REFUSED]
    assert [finding for finding in found if finding.code in ASKED]


@pytest.mark.parametrize(
    ("text", "unit", "meant"),
    [("38", "[degF]", "Cel"), ("98.6", "Cel", "[degF]"), ("77", "Cel", "[degF]"), ("45", "[degF]", "Cel")],
)
def test_a_slip_of_the_unit_of_temperature_is_named(text: str, unit: str, meant: str) -> None:
    found = first(measured(Sign.TEMPERATURE, text, unit))
    assert (found.code, found.severity, found.unit) == (Found.UNIT_SLIP, Severity.REFUSED, meant)


def test_a_pressure_the_wrong_way_round_is_refused_with_the_right_one() -> None:
    found = first(pressure(80, 120))
    assert (found.field, found.code, found.detail) == ("bp", Found.REVERSED, "120/80")
    assert codes(pressure(120, 120)) == [Found.EQUAL]


def test_a_half_may_be_missing_only_with_a_reason() -> None:
    alone = Measurement(Sign.BP, parts={Component.SYSTOLIC: typed(Sign.BP, "142", component=Component.SYSTOLIC)})
    assert [(f.field, f.code) for f in judged(alone, Circumstances(ADULT, TODAY))] == [("bp.diastolic", Found.HALF_MISSING)]
    assert codes(pressure(142, Absent(Why.NOT_OBTAINED, "faint"))) == [Found.STAGE_2]
    assert codes(Measurement(Sign.BP, Absent(Why.DECLINED))) == []


def test_every_field_is_judged_not_the_first_alone() -> None:
    assert {finding.field for finding in judged(pressure(301, 201), Circumstances(ADULT, TODAY))} == {
        "bp.systolic",
        "bp.diastolic",
    }


@pytest.mark.parametrize("subject", [INFANT, SCHOOLCHILD, Subject(date(2008, 11, 25), "male")])
def test_pounds_under_eighteen_are_refused_with_the_kilograms(subject: Subject) -> None:
    found = first(measured(Sign.WEIGHT, "7 lb 4 oz"), subject)
    assert (found.code, found.severity, found.limit, found.unit) == (Found.POUNDS, Severity.REFUSED, Decimal("3.289"), "kg")


def test_pounds_from_the_eighteenth_birthday_on_are_taken() -> None:
    assert Found.POUNDS not in codes(measured(Sign.WEIGHT, "186"), Subject(date(2008, 11, 24), "male"))
    assert Found.POUNDS not in codes(measured(Sign.WEIGHT, "186"), NOBODY)


# what is told


@pytest.mark.parametrize(
    ("systolic", "diastolic", "code", "severity"),
    [
        (119, 79, Found.NORMAL, Severity.OK),
        (120, 79, Found.ELEVATED, Severity.OK),
        (129, 79, Found.ELEVATED, Severity.OK),
        (119, 80, Found.STAGE_1, Severity.ASK),
        (130, 79, Found.STAGE_1, Severity.ASK),
        (139, 89, Found.STAGE_1, Severity.ASK),
        (140, 89, Found.STAGE_2, Severity.ASK),
        (139, 90, Found.STAGE_2, Severity.ASK),
        (180, 120, Found.STAGE_2, Severity.ASK),
        (181, 80, Found.SEVERE, Severity.CRITICAL),
        (150, 121, Found.SEVERE, Severity.CRITICAL),
        (89, 62, Found.LOW_PRESSURE, Severity.ASK),
        (100, 59, Found.LOW_PRESSURE, Severity.ASK),
    ],
)
def test_the_higher_category_applies(systolic: int, diastolic: int, code: Found, severity: Severity) -> None:
    found = first(pressure(systolic, diastolic))
    assert (found.field, found.code, found.severity) == ("bp", code, severity)


def test_a_told_category_is_never_asked_about() -> None:
    assert not ASKED & set(codes(pressure(142, 88)))


@pytest.mark.parametrize(
    ("born", "sex", "systolic", "diastolic", "code"),
    [
        (date(2016, 11, 25), "male", 107, 69, Found.CHILD_HIGH),
        (date(2016, 11, 25), "male", 106, 69, Found.USUAL),
        (date(2016, 11, 25), "male", 106, 70, Found.CHILD_HIGH),
        (date(2016, 11, 25), "female", 107, 70, Found.USUAL),
        (date(2016, 11, 25), "other", 107, 69, Found.CHILD_HIGH),
        (date(2013, 11, 25), "female", 114, 60, Found.CHILD_HIGH),
        (date(2013, 11, 24), "female", 114, 60, Found.NORMAL),
        (date(2018, 11, 24), "male", 85, 50, Found.CHILD_LOW),
        (date(2018, 11, 24), "male", 86, 50, Found.USUAL),
    ],
)
def test_children_are_screened_by_their_own_table(born: date, sex: str, systolic: int, diastolic: int, code: Found) -> None:
    """AAP 2017 table 6 for boys of 9 (107/70) and girls of 12 (114/75); PALS: 70 + 2 x 8 years."""
    assert codes(pressure(systolic, diastolic), Subject(born, sex))[0] == code


@pytest.mark.parametrize(
    ("sign", "text", "subject", "code"),
    [
        (Sign.PULSE, "59", ADULT, Found.BELOW_USUAL),
        (Sign.PULSE, "60", ADULT, Found.USUAL),
        (Sign.PULSE, "101", ADULT, Found.ABOVE_USUAL),
        (Sign.PULSE, "128", INFANT, Found.USUAL),
        (Sign.PULSE, "190", NEWBORN, Found.USUAL),
        (Sign.BREATHING, "21", ADULT, Found.ABOVE_USUAL),
        (Sign.BREATHING, "34", INFANT, Found.USUAL),
        (Sign.SPO2, "95", ADULT, Found.USUAL),
        (Sign.SPO2, "94", ADULT, Found.LOW_OXYGEN),
        (Sign.SPO2, "91", ADULT, Found.UNUSUALLY_LOW),
        (Sign.SPO2, "90", ADULT, Found.VERY_LOW_OXYGEN),
        (Sign.PAIN, "7", ADULT, Found.SEVERE_PAIN),
    ],
)
def test_usual_ranges_go_by_age(sign: Sign, text: str, subject: Subject, code: Found) -> None:
    assert codes(measured(sign, text), subject)[0] == code


@pytest.mark.parametrize(
    ("text", "unit", "site", "subject", "code"),
    [
        ("99.9", "[degF]", "mouth", ADULT, Found.USUAL),
        ("100.0", "[degF]", "mouth", ADULT, Found.FEVER),
        ("37.8", "Cel", "mouth", ADULT, Found.FEVER),
        ("98.9", "[degF]", "armpit", ADULT, Found.USUAL),
        ("99.0", "[degF]", "armpit", ADULT, Found.FEVER),
        ("37.2", "Cel", "armpit", ADULT, Found.FEVER),
        ("100.3", "[degF]", "ear", ADULT, Found.USUAL),
        ("100.4", "[degF]", "ear", ADULT, Found.FEVER),
        ("100.3", "[degF]", "", ADULT, Found.USUAL),
        ("38.0", "Cel", "", ADULT, Found.FEVER),
        ("100.4", "[degF]", "rectum", NEWBORN, Found.INFANT_FEVER),
        ("36.4", "Cel", "rectum", NEWBORN, Found.INFANT_COLD),
        ("104.0", "[degF]", "ear", ADULT, Found.HIGH_FEVER),
        ("94.9", "[degF]", "mouth", ADULT, Found.COLD),
    ],
)
def test_fever_goes_by_site_and_by_the_unit_typed(text: str, unit: str, site: str, subject: Subject, code: Found) -> None:
    """98.9 F in the armpit is no fever although it rounds to 37.2 C, which is one."""
    assert codes(measured(Sign.TEMPERATURE, text, unit, **({"site": site} if site else {})), subject)[0] == code


def test_a_young_infant_is_one_until_the_ninetieth_day() -> None:
    fever = measured(Sign.TEMPERATURE, "38.1", "Cel", site="rectum")
    assert codes(fever, Subject(TODAY - timedelta(days=89), "male"))[0] == Found.INFANT_FEVER
    assert codes(fever, Subject(TODAY - timedelta(days=90), "male"))[0] == Found.FEVER


# against the last weight


def _last(text: str, unit: str, days: int) -> Reading:
    at = Moment(datetime(2026, 11, 24, 15, tzinfo=UTC) - timedelta(days=days))
    return Reading("r", 1, Status.FINAL, VISIT, "s", at, Performer("", ""), measured(Sign.WEIGHT, text, unit), at)


@pytest.mark.parametrize(
    ("text", "unit", "last", "days", "code"),
    [
        ("186", "kg", ("84.4", "kg"), 200, Found.UNITS_SWAPPED),
        ("84.4", "[lb_av]", ("186", "[lb_av]"), 200, Found.UNITS_SWAPPED),
        ("186", "[lb_av]", ("84.4", "kg"), 200, None),
        ("94", "kg", ("84", "kg"), 20, Found.WEIGHT_CHANGED),
        ("94", "kg", ("84", "kg"), 40, None),
        ("102", "kg", ("84", "kg"), 400, Found.WEIGHT_CHANGED),
    ],
)
def test_a_weight_is_held_against_the_last_one(
    text: str, unit: str, last: tuple[str, str], days: int, code: Found | None
) -> None:
    found = [one for one in codes(measured(Sign.WEIGHT, text, unit), last=_last(*last, days)) if one in ASKED]
    assert (found[:1] or [None])[0] == code


def test_an_infant_may_double_its_weight() -> None:
    assert codes(measured(Sign.WEIGHT, "7.6", "kg"), INFANT, _last("3.5", "kg", 120)) == []


# body mass, time


def test_body_mass_is_named_by_the_figure_shown() -> None:
    weight, height = typed(Sign.WEIGHT, "186"), typed(Sign.HEIGHT, "5'7\"")
    assert body_mass_index(weight, height) == Decimal("29.1")
    grown = age_on(TODAY, date(1968, 2, 2))
    assert body_mass_category(Decimal("24.9"), grown) == "healthy"
    assert body_mass_category(Decimal("25.0"), grown) == "overweight"
    assert body_mass_category(Decimal("17.0"), age_on(TODAY, date(2006, 11, 25))) == ""


@pytest.mark.parametrize(
    ("minutes", "code"),
    [(6, Found.FUTURE), (5, None), (-60, None), (-24 * 60 - 1, Found.LATE)],
)
def test_a_time_is_never_ahead_and_late_ones_are_told(minutes: int, code: Found | None) -> None:
    now = Moment(datetime(2026, 11, 24, 15, 42, tzinfo=UTC))
    found = judged_time(Moment(now.utc + timedelta(minutes=minutes)), now, date(1968, 2, 2))
    assert (found.code if found else None) == code


def test_nothing_is_measured_before_birth() -> None:
    now = Moment(datetime(2026, 11, 24, 15, 42, tzinfo=UTC))
    found = judged_time(Moment(now.utc - timedelta(days=3)), now, date(2026, 11, 22))
    assert found
    assert (found.code, found.severity) == (Found.BEFORE_BIRTH, Severity.REFUSED)
