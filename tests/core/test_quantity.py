"""Numbers as typed, units as converted: exact, half away from zero, and rolled over."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from maroom.core.quantity import converted, exact, feet_and_inches, parse_number, pounds_and_ounces, rounded


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("98.6", "98.6"), ("98,6", "98.6"), (" 72 ", "72"), ("٩٨٫٦", "98.6"), ("7２", "72"), ("72.10", "72.10"), (".5", "0.5"),
        ("120.", "120"), ("0", "0"),
    ],
)  # fmt: skip
def test_what_is_a_number(typed: str, value: str) -> None:
    number = parse_number(typed)
    assert number is not None
    assert number == Decimal(value)


def test_digits_are_kept_as_typed() -> None:
    assert str(parse_number("72.10")) == "72.10"


@pytest.mark.parametrize(
    "typed", ["", " ", ".", "-5", "+5", "1e2", "1,234.5", "12 34", "NaN", "Infinity", "1_000", "½", "²", "9" * 13]
)
def test_what_is_none(typed: str) -> None:
    assert parse_number(typed) is None


@pytest.mark.parametrize(
    ("value", "unit", "to", "places", "shown"),
    [
        ("98.6", "[degF]", "Cel", 1, "37.0"),
        ("37", "Cel", "[degF]", 1, "98.6"),
        ("186", "[lb_av]", "kg", 2, "84.37"),
        ("67", "[in_i]", "cm", 1, "170.2"),
        ("1", "[ft_i]", "[in_i]", 0, "12"),
        ("3289", "g", "kg", 3, "3.289"),
        ("100.4", "[degF]", "Cel", 1, "38.0"),
    ],
)
def test_conversions(value: str, unit: str, to: str, places: int, shown: str) -> None:
    assert str(converted(Decimal(value), unit, to, places)) == shown


def test_units_of_different_things_do_not_convert() -> None:
    with pytest.raises(ValueError, match="does not convert"):
        exact(Decimal(1), "kg", "cm")


@pytest.mark.parametrize(
    ("number", "places", "shown"), [("0.25", 1, "0.3"), ("-0.25", 1, "-0.3"), ("2.5", 0, "3"), ("0.349", 1, "0.3")]
)
def test_halves_go_away_from_zero(number: str, places: int, shown: str) -> None:
    assert str(rounded(Fraction(number), places)) == shown


def test_no_height_is_three_feet_twelve() -> None:
    assert feet_and_inches(Decimal("121.9"), "cm") == (4, Decimal("0.0"))
    assert all(feet_and_inches(Decimal(tenth) / 10, "cm")[1] < 12 for tenth in range(300, 2800))


def test_no_weight_is_sixteen_ounces() -> None:
    assert pounds_and_ounces(Decimal("3.289"), "kg") == (7, Decimal("4.0"))
    assert all(pounds_and_ounces(Decimal(grams), "g")[1] < 16 for grams in range(500, 15000, 7))
