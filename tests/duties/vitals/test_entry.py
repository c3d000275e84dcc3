"""What was typed becomes exactly that quantity, or is refused; nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.core.quantity import Quantity, feet_and_inches, pounds_and_ounces
from maroom.duties.vitals.model import Component, Sign
from maroom.duties.vitals.rules.entry import halves, read, runs_together
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.shown import in_other_unit, shown

FAHRENHEIT, CELSIUS, POUNDS, KILOGRAMS, INCHES, CENTIMETRES = "[degF]", "Cel", "[lb_av]", "kg", "[in_i]", "cm"


@pytest.mark.parametrize(
    ("text", "sign", "chosen", "value", "unit"),
    [
        ("98.6", Sign.TEMPERATURE, FAHRENHEIT, "98.6", FAHRENHEIT),
        ("98,6", Sign.TEMPERATURE, FAHRENHEIT, "98.6", FAHRENHEIT),
        ("98.60", Sign.TEMPERATURE, FAHRENHEIT, "98.60", FAHRENHEIT),
        ("37 c", Sign.TEMPERATURE, FAHRENHEIT, "37", CELSIUS),
        ("98.6°F", Sign.TEMPERATURE, CELSIUS, "98.6", FAHRENHEIT),
        ("٣٧٫٥", Sign.TEMPERATURE, CELSIUS, "37.5", CELSIUS),
        ("३७.५", Sign.TEMPERATURE, CELSIUS, "37.5", CELSIUS),
        ("\u00a084.25\u2009\t", Sign.WEIGHT, KILOGRAMS, "84.25", KILOGRAMS),
        ("186#", Sign.WEIGHT, KILOGRAMS, "186", POUNDS),
        ("8.42kg", Sign.WEIGHT, POUNDS, "8.42", KILOGRAMS),
        ("4210 g", Sign.WEIGHT, KILOGRAMS, "4210", "g"),
        ("7 lb 4 oz", Sign.WEIGHT, KILOGRAMS, "7.25", POUNDS),
        ("7lb4oz", Sign.WEIGHT, POUNDS, "7.25", POUNDS),
        ("7 4.1", Sign.WEIGHT, POUNDS, "7.25625", POUNDS),
        ("12 oz", Sign.WEIGHT, POUNDS, "0.75", POUNDS),
        ("5'7\"", Sign.HEIGHT, CENTIMETRES, "67", INCHES),
        ("5’7”", Sign.HEIGHT, INCHES, "67", INCHES),
        ("5'7''", Sign.HEIGHT, INCHES, "67", INCHES),
        ("5 7", Sign.HEIGHT, INCHES, "67", INCHES),
        ("5 ft 7.5 in", Sign.HEIGHT, CENTIMETRES, "67.5", INCHES),
        ("5 ft", Sign.HEIGHT, INCHES, "60", INCHES),
        ("67", Sign.HEIGHT, INCHES, "67", INCHES),
        ("72 bpm", Sign.PULSE, "/min", "72", "/min"),
        ("0", Sign.PAIN, "{score}", "0", "{score}"),
    ],
)
def test_is_read_exactly(text: str, sign: Sign, chosen: str, value: str, unit: str) -> None:
    found = read(text, sign, chosen)
    assert isinstance(found, Quantity)
    assert (str(found.value), found.unit, found.entered) == (value, unit, " ".join(text.split()))


@pytest.mark.parametrize(
    ("text", "sign", "chosen", "why"),
    [
        ("", Sign.WEIGHT, KILOGRAMS, Found.NO_NUMBER),
        ("-5", Sign.PULSE, "/min", Found.NO_NUMBER),
        ("1e2", Sign.PULSE, "/min", Found.NO_NUMBER),
        ("1,234.5", Sign.WEIGHT, KILOGRAMS, Found.NO_NUMBER),
        ("84 5", Sign.WEIGHT, KILOGRAMS, Found.NO_NUMBER),
        ("5 7", Sign.HEIGHT, CENTIMETRES, Found.NO_NUMBER),
        ("142/88", Sign.PULSE, "/min", Found.NO_NUMBER),
        ("70 kg 5 oz", Sign.WEIGHT, KILOGRAMS, Found.NO_NUMBER),
        ("98.6 kg", Sign.TEMPERATURE, FAHRENHEIT, Found.OTHER_UNIT),
        ("12 st", Sign.WEIGHT, POUNDS, Found.OTHER_UNIT),
        ("72.5", Sign.PULSE, "/min", Found.NOT_WHOLE),
        ("7.5 lb 3 oz", Sign.WEIGHT, POUNDS, Found.NOT_WHOLE),
        ("98.6001", Sign.TEMPERATURE, FAHRENHEIT, Found.TOO_FINE),
        ("11 lb 16 oz", Sign.WEIGHT, POUNDS, Found.OUNCES),
        ("5'12\"", Sign.HEIGHT, INCHES, Found.INCHES),
    ],
)
def test_is_refused(text: str, sign: Sign, chosen: str, why: Found) -> None:
    assert read(text, sign, chosen) == why


@pytest.mark.parametrize(
    ("text", "parts"),
    [("142/88", ("142", "88")), (" 142 / 88 ", ("142", "88")), ("142", None), ("142/", None), ("/88", None), ("1/2/3", None)],
)
def test_a_pressure_is_split_at_its_one_stroke(text: str, parts: tuple[str, str] | None) -> None:
    assert halves(text) == parts


@pytest.mark.parametrize(
    ("text", "together"), [("12080", True), ("9060", True), ("142088", True), ("142", False), ("12.80", False)]
)
def test_halves_run_together_are_noticed(text: str, together: bool) -> None:
    assert runs_together(text) is together


@given(st.text(max_size=12))
def test_reading_never_fails_and_never_invents(text: str) -> None:
    """Every digit of the value was typed, in that order, and nothing else was."""
    found = read(text, Sign.BP, "mm[Hg]", Component.SYSTOLIC)
    if isinstance(found, Quantity):
        digits = "".join(str(int(letter)) for letter in text if letter.isdigit())
        assert str(found.value).replace(".", "").lstrip("0") == digits.lstrip("0")


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_stroke_splits_what_stands_beside_it(upper: int, lower: int) -> None:
    assert halves(f"{upper}/{lower}") == (str(upper), str(lower))


# the rounding table: what was entered is shown again exactly, in every unit at the resolution of entry


def _steps(start: str, stop: str, step: str = "0.1") -> list[str]:
    low, high, by = Decimal(start), Decimal(stop), Decimal(step)
    return [f"{low + by * n:f}" for n in range(int((high - low) / by) + 1)]


@pytest.mark.parametrize(
    ("sign", "unit", "entries"),
    [
        (Sign.TEMPERATURE, FAHRENHEIT, _steps("80.0", "115.0")),
        (Sign.TEMPERATURE, CELSIUS, _steps("26.0", "45.0")),
        (Sign.WEIGHT, POUNDS, _steps("0.1", "700.0")),
        (Sign.WEIGHT, KILOGRAMS, _steps("0.001", "9.999", "0.001")),
        (Sign.LENGTH, CENTIMETRES, _steps("20.0", "150.0")),
        (Sign.LENGTH, INCHES, _steps("8.0", "60.0")),
    ],
)
def test_what_was_entered_is_shown_digit_for_digit(sign: Sign, unit: str, entries: list[str]) -> None:
    for text in entries:
        found = read(text, sign, unit)
        assert isinstance(found, Quantity)
        assert shown(found, sign).text == text


def test_pounds_and_ounces_are_shown_as_entered() -> None:
    for pounds in range(1, 41):
        for ounces in range(16):
            found = read(f"{pounds} lb {ounces} oz", Sign.WEIGHT, KILOGRAMS)
            assert isinstance(found, Quantity)
            assert str(shown(found, Sign.WEIGHT)) == f"{pounds} lb {ounces} oz"


def test_feet_and_inches_are_shown_as_entered() -> None:
    for feet in range(1, 8):
        for tenths in range(120):
            inches = f"{Decimal(tenths) / 10:f}"
            found = read(f"{feet}'{inches}\"", Sign.HEIGHT, CENTIMETRES)
            assert isinstance(found, Quantity)
            assert shown(found, Sign.HEIGHT).text == f"{feet}' {inches}\""


def test_beside_the_entry_no_foot_has_twelve_inches_and_no_pound_sixteen_ounces() -> None:
    for text in _steps("90.0", "200.0"):
        feet, inches = feet_and_inches(Decimal(text), CENTIMETRES)
        assert inches < 12, text
        assert in_other_unit(Quantity(Decimal(text), CENTIMETRES, text), Sign.HEIGHT).text.startswith(f"{feet}' ")  # type: ignore[union-attr]
    for text in _steps("0.500", "19.999", "0.001"):
        assert pounds_and_ounces(Decimal(text), KILOGRAMS)[1] < 16, text


@pytest.mark.parametrize(
    ("text", "sign", "unit", "beside"),
    [
        ("98.6", Sign.TEMPERATURE, FAHRENHEIT, "37.0 °C"),
        ("38.0", Sign.TEMPERATURE, CELSIUS, "100.4 °F"),
        ("186", Sign.WEIGHT, POUNDS, "84.4 kg"),
        ("8.42", Sign.WEIGHT, KILOGRAMS, "18 lb 9.0 oz"),
        ("7 lb 4 oz", Sign.WEIGHT, POUNDS, "3.289 kg"),
        ("5'7\"", Sign.HEIGHT, INCHES, "170.2 cm"),
        ("177", Sign.HEIGHT, CENTIMETRES, "5' 9.7\" ft in"),
        ("120.7", Sign.HEIGHT, CENTIMETRES, "3' 11.5\" ft in"),
        ("69.5", Sign.LENGTH, CENTIMETRES, "27.4 in"),
    ],
)
def test_the_other_system_stands_beside_it(text: str, sign: Sign, unit: str, beside: str) -> None:
    found = read(text, sign, unit)
    assert isinstance(found, Quantity)
    assert str(in_other_unit(found, sign)) == beside


def test_what_another_system_sent_is_rounded_to_be_shown_and_kept_as_sent() -> None:
    sent = Quantity(Decimal("178.331296135521"), CENTIMETRES)
    assert str(shown(sent, Sign.HEIGHT)) == "178.3 cm"
    assert str(shown(Quantity(Decimal("72.10"), KILOGRAMS), Sign.WEIGHT)) == "72.10 kg"
