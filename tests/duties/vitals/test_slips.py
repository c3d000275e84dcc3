"""A slip of the hand is seen and the likely value offered; what is likely as it stands is left alone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.core.findings import Severity
from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import HALVES, Component, Measurement, Sign, Subject
from maroom.duties.vitals.rules.ages import Age
from maroom.duties.vitals.rules.entry import read
from maroom.duties.vitals.rules.judged import judged
from maroom.duties.vitals.rules.signs import spec
from maroom.duties.vitals.rules.slips import About, Slip, SlipCode, pressure_slip, slip
from maroom.duties.vitals.rules.told import Circumstances
from tests.duties.vitals.build import ADULT, INFANT, NEWBORN, SCHOOLCHILD, TODAY, typed

FAHRENHEIT, CELSIUS, POUNDS, KILOGRAMS, INCHES, CENTIMETRES = "[degF]", "Cel", "[lb_av]", "kg", "[in_i]", "cm"
GROWN, CHILD = Age(20000, 650, 54), Age(3000, 100, 8)


def found(sign: Sign, text: str, unit: str, subject: Subject = ADULT, last: Quantity | None = None) -> Slip | None:
    return slip(sign, text, unit, About(subject, TODAY, last))


def meant(sign: Sign, text: str, unit: str, subject: Subject = ADULT, last: Quantity | None = None) -> tuple[str, str] | None:
    one = found(sign, text, unit, subject, last)
    return (one.suggested_text, one.suggested_unit) if one else None


def last(sign: Sign, text: str, unit: str) -> Quantity:
    return typed(sign, text, unit)


@pytest.mark.parametrize(
    ("sign", "text", "unit", "before", "suggested"),
    [
        # against the last visit
        (Sign.WEIGHT, "150", KILOGRAMS, "68.0 kg", ("150", POUNDS)),
        (Sign.WEIGHT, "68", POUNDS, "150 lb", ("68", KILOGRAMS)),
        (Sign.WEIGHT, "680", KILOGRAMS, "68.2 kg", ("68.0", KILOGRAMS)),
        (Sign.WEIGHT, "6.8", KILOGRAMS, "68.2 kg", ("68", KILOGRAMS)),
        (Sign.WEIGHT, "1865", POUNDS, "186 lb", ("186.5", POUNDS)),
        (Sign.WEIGHT, "8436", KILOGRAMS, "186 lb", ("84.36", KILOGRAMS)),
        (Sign.HEIGHT, "67", CENTIMETRES, "67 in", ("67", INCHES)),
        (Sign.HEIGHT, "170", INCHES, "170 cm", ("170", CENTIMETRES)),
        (Sign.HEIGHT, "1.70", CENTIMETRES, "170 cm", ("170", CENTIMETRES)),
        (Sign.HEIGHT, "1702", CENTIMETRES, "170 cm", ("170.2", CENTIMETRES)),
        (Sign.HEIGHT, "5.11", INCHES, "71 in", ("5'11\"", INCHES)),
        # without any before it
        (Sign.WEIGHT, "680", KILOGRAMS, "", ("68.0", KILOGRAMS)),
        (Sign.WEIGHT, "18.6", POUNDS, "", ("186", POUNDS)),
        (Sign.HEIGHT, "67", CENTIMETRES, "", ("67", INCHES)),
        (Sign.HEIGHT, "170", INCHES, "", ("170", CENTIMETRES)),
        (Sign.HEIGHT, "5.7", INCHES, "", ("5'7\"", INCHES)),
        (Sign.HEIGHT, "5,7", INCHES, "", ("5'7\"", INCHES)),
        (Sign.TEMPERATURE, "986", FAHRENHEIT, "", ("98.6", FAHRENHEIT)),
        (Sign.TEMPERATURE, "1045", FAHRENHEIT, "", ("104.5", FAHRENHEIT)),
        (Sign.TEMPERATURE, "9.86", FAHRENHEIT, "", ("98.6", FAHRENHEIT)),
        (Sign.TEMPERATURE, "370", CELSIUS, "", ("37.0", CELSIUS)),
        (Sign.TEMPERATURE, "98.6", CELSIUS, "", ("98.6", FAHRENHEIT)),
        (Sign.TEMPERATURE, "37.5", FAHRENHEIT, "", ("37.5", CELSIUS)),
        (Sign.TEMPERATURE, "386", FAHRENHEIT, "", ("38.6", CELSIUS)),
        (Sign.SPO2, "0.97", "%", "", ("97", "%")),
        (Sign.SPO2, ".97", "%", "", ("97", "%")),
    ],
)
def test_what_was_probably_meant(sign: Sign, text: str, unit: str, before: str, suggested: tuple[str, str]) -> None:
    earlier = last(sign, before, unit) if before else None
    assert meant(sign, text, unit, ADULT, earlier) == suggested


@pytest.mark.parametrize(
    ("sign", "text", "unit", "before"),
    [
        (Sign.WEIGHT, "610", KILOGRAMS, "605 kg"),
        (Sign.WEIGHT, "221", KILOGRAMS, "215 kg"),
        (Sign.WEIGHT, "68.0", KILOGRAMS, "84 kg"),
        (Sign.WEIGHT, "68.0", KILOGRAMS, ""),
        (Sign.WEIGHT, "186", POUNDS, "84.4 kg"),
        (Sign.WEIGHT, "7 lb 4 oz", POUNDS, "150 lb"),
        (Sign.WEIGHT, "0", KILOGRAMS, "68 kg"),
        (Sign.WEIGHT, "68", KILOGRAMS, "0 kg"),
        (Sign.HEIGHT, "5'7\"", INCHES, ""),
        (Sign.HEIGHT, "120", CENTIMETRES, "121 cm"),
        (Sign.TEMPERATURE, "28.0", CELSIUS, ""),
        (Sign.TEMPERATURE, "106.2", FAHRENHEIT, ""),
        (Sign.TEMPERATURE, "41.2", CELSIUS, ""),
        (Sign.SPO2, "97", "%", ""),
        (Sign.SPO2, "1", "%", ""),
        (Sign.PULSE, "720", "/min", ""),
        (Sign.PAIN, "30", "{score}", ""),
        (Sign.WEIGHT, "heavy", KILOGRAMS, "68 kg"),
    ],
)
def test_a_true_value_is_left_alone(sign: Sign, text: str, unit: str, before: str) -> None:
    assert found(sign, text, unit, ADULT, last(sign, before, unit) if before else None) is None


def test_the_codes_say_what_kind_of_slip_it_is() -> None:
    cases = [
        (Sign.WEIGHT, "150", KILOGRAMS, last(Sign.WEIGHT, "68", KILOGRAMS), SlipCode.OTHER_UNIT),
        (Sign.WEIGHT, "680", KILOGRAMS, None, SlipCode.DECIMAL_POINT),
        (Sign.HEIGHT, "5.7", INCHES, None, SlipCode.FEET),
        (Sign.SPO2, "0.97", "%", None, SlipCode.FRACTION),
    ]
    for sign, text, unit, before, code in cases:
        one = found(sign, text, unit, ADULT, before)
        assert one
        assert (one.field, one.code) == (sign.value, code)


@pytest.mark.parametrize(
    ("text", "suggested"), [("0.28", "28"), ("0,4", "40"), (".21", "21"), ("28", None), ("0.285", None), ("0", None)]
)
def test_oxygen_is_given_in_percent(text: str, suggested: str | None) -> None:
    one = slip(Sign.SPO2, text, "%", About(ADULT, TODAY), Component.OXYGEN_SHARE)
    assert (one.suggested_text if one else None) == suggested
    assert one is None or one.field == "spo2.oxygen_share"


# children: by their chart, without any history


@pytest.mark.parametrize(
    ("sign", "text", "unit", "subject", "suggested"),
    [
        (Sign.WEIGHT, "7.25", KILOGRAMS, NEWBORN, ("3.289", KILOGRAMS)),  # 7.25 lb
        (Sign.WEIGHT, "34", KILOGRAMS, NEWBORN, ("3.4", KILOGRAMS)),
        (Sign.WEIGHT, "340", KILOGRAMS, NEWBORN, ("3.40", KILOGRAMS)),
        (Sign.WEIGHT, "3400", KILOGRAMS, NEWBORN, ("3400", "g")),
        (Sign.WEIGHT, "3.4", "g", NEWBORN, ("3.4", KILOGRAMS)),
        (Sign.WEIGHT, "842", KILOGRAMS, INFANT, ("8.42", KILOGRAMS)),
        (Sign.WEIGHT, "18.5", KILOGRAMS, INFANT, ("8.391", KILOGRAMS)),  # 18.5 lb
        (Sign.LENGTH, "20", CENTIMETRES, NEWBORN, ("20", INCHES)),
        (Sign.LENGTH, "50", INCHES, NEWBORN, ("50", CENTIMETRES)),
        (Sign.LENGTH, "695", CENTIMETRES, INFANT, ("69.5", CENTIMETRES)),
        (Sign.HEAD, "441", CENTIMETRES, INFANT, ("44.1", CENTIMETRES)),
        (Sign.HEAD, "17.4", CENTIMETRES, INFANT, ("17.4", INCHES)),
        (Sign.HEIGHT, "50.5", CENTIMETRES, SCHOOLCHILD, ("50.5", INCHES)),
        (Sign.WEIGHT, "60.5", KILOGRAMS, SCHOOLCHILD, ("27.442", KILOGRAMS)),  # 60.5 lb
    ],
)
def test_children_are_held_against_their_chart(
    sign: Sign, text: str, unit: str, subject: Subject, suggested: tuple[str, str]
) -> None:
    """Kilograms only: pounds typed for kilograms come back as the kilograms that they are."""
    assert meant(sign, text, unit, subject) == suggested
    assert meant(sign, text, unit, Subject(subject.born, "unknown")) == suggested


@pytest.mark.parametrize(
    ("sign", "text", "unit", "subject"),
    [
        (Sign.WEIGHT, "3.289", KILOGRAMS, NEWBORN),
        (Sign.WEIGHT, "1.480", KILOGRAMS, NEWBORN),  # born early
        (Sign.WEIGHT, "5.1", KILOGRAMS, NEWBORN),
        (Sign.WEIGHT, "8.42", KILOGRAMS, INFANT),
        (Sign.LENGTH, "46.0", CENTIMETRES, NEWBORN),
        (Sign.WEIGHT, "38", KILOGRAMS, SCHOOLCHILD),
    ],
)
def test_small_and_heavy_children_are_left_alone(sign: Sign, text: str, unit: str, subject: Subject) -> None:
    assert found(sign, text, unit, subject) is None


def test_a_child_that_is_as_heavy_as_last_time_is_left_alone() -> None:
    """Eight years and 60 kg is far from all others, but so it was the last time."""
    assert found(Sign.WEIGHT, "60.5", KILOGRAMS, SCHOOLCHILD, last(Sign.WEIGHT, "57", KILOGRAMS)) is None


def test_a_teenager_is_held_against_the_last_value() -> None:
    """110 kg is possible at 14 years, but it was 48 kg half a year ago: 110 lb is 49.895 kg."""
    teen = Subject(date(2012, 6, 1), "male")
    assert meant(Sign.WEIGHT, "110", KILOGRAMS, teen, last(Sign.WEIGHT, "48", KILOGRAMS)) == ("49.895", KILOGRAMS)


def test_an_infant_may_double_its_weight() -> None:
    assert found(Sign.WEIGHT, "7.6", KILOGRAMS, INFANT, last(Sign.WEIGHT, "3.5", KILOGRAMS)) is None


def test_without_an_age_only_the_impossible_and_the_last_value_count() -> None:
    nobody = Subject(None)
    assert found(Sign.WEIGHT, "150", KILOGRAMS, nobody) is None
    assert meant(Sign.WEIGHT, "150", KILOGRAMS, nobody, last(Sign.WEIGHT, "68", KILOGRAMS)) == ("150", POUNDS)
    assert meant(Sign.TEMPERATURE, "986", FAHRENHEIT, nobody) == ("98.6", FAHRENHEIT)


_WEIGHTS = st.decimals(Decimal("0.3"), Decimal(699), places=1).map(str)


@given(st.sampled_from([ADULT, SCHOOLCHILD, INFANT, NEWBORN]), _WEIGHTS, st.none() | _WEIGHTS)
def test_what_is_offered_can_be_saved_at_once_and_is_no_slip_itself(subject: Subject, text: str, before: str | None) -> None:
    earlier = None if before is None else last(Sign.WEIGHT, before, KILOGRAMS)
    one = found(Sign.WEIGHT, text, KILOGRAMS, subject, earlier)
    if one:
        value = read(one.suggested_text, Sign.WEIGHT, one.suggested_unit)
        assert isinstance(value, Quantity)
        refused = [
            f for f in judged(Measurement(Sign.WEIGHT, value), Circumstances(subject, TODAY)) if f.severity is Severity.REFUSED
        ]
        assert refused == []
        again = found(Sign.WEIGHT, one.suggested_text, one.suggested_unit, subject, earlier)
        assert again is None or again.suggested_text != text


@given(_WEIGHTS)
def test_what_was_so_the_last_time_is_never_a_slip(text: str) -> None:
    if Decimal(text) >= 6:
        assert found(Sign.WEIGHT, text, KILOGRAMS, ADULT, last(Sign.WEIGHT, text, KILOGRAMS)) is None


@given(st.text(max_size=10), st.sampled_from(list(Sign)), st.integers(-20, 40000))
def test_nothing_that_is_typed_fails(text: str, sign: Sign, days: int) -> None:
    unit = (spec(sign).units or ("",))[0]
    born = TODAY - timedelta(days=days)
    if spec(sign).kind == "quantity" and not spec(sign).parts.keys() & set(HALVES):
        slip(sign, text, unit, About(Subject(born, "male"), TODAY))
    pressure_slip(text, text[::-1], CHILD)
    pressure_slip(text, "", None)


# pressures


@pytest.mark.parametrize(
    ("upper", "lower", "suggested", "code"),
    [
        ("80", "120", "120/80", SlipCode.REVERSED),
        ("88", "142", "142/88", SlipCode.REVERSED),
        ("12080", "", "120/80", SlipCode.RUN_TOGETHER),
        ("9060", "", "90/60", SlipCode.RUN_TOGETHER),
        ("142088", "", "142/88", SlipCode.RUN_TOGETHER),
        ("160100", "", "160/100", SlipCode.RUN_TOGETHER),
    ],
)
def test_turned_and_run_together_halves(upper: str, lower: str, suggested: str, code: SlipCode) -> None:
    assert pressure_slip(upper, lower, GROWN) == Slip("bp", suggested, "mm[Hg]", code)


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("120", "80"),
        ("80", "80"),
        ("30", "120"),  # 120/30 is no less strange
        ("12080", "80"),
        ("1208", ""),
        ("99999", ""),
        ("142", ""),
        ("", "120"),
        ("120/80", ""),
        ("12.80", ""),
        ("1420880", ""),
    ],
)
def test_other_halves_are_left_alone(upper: str, lower: str) -> None:
    assert pressure_slip(upper, lower, GROWN) is None


def test_a_childs_halves_are_put_apart_by_its_age() -> None:
    assert pressure_slip("10060", "", CHILD) == Slip("bp", "100/60", "mm[Hg]", SlipCode.RUN_TOGETHER)
    assert pressure_slip("190110", "", CHILD) is None
    assert pressure_slip("190110", "", GROWN)


@given(st.integers(85, 200), st.integers(45, 120))
def test_a_usual_pressure_is_found_again_however_it_was_typed(systolic: int, diastolic: int) -> None:
    if 20 <= systolic - diastolic <= 110:
        meant_so = f"{systolic}/{diastolic}"
        turned, together = (
            pressure_slip(str(diastolic), str(systolic), GROWN),
            pressure_slip(f"{systolic}{diastolic}", "", GROWN),
        )
        assert turned is not None
        assert turned.suggested_text == meant_so
        assert together is not None
        assert together.suggested_text == meant_so
        assert pressure_slip(str(systolic), str(diastolic), GROWN) is None
