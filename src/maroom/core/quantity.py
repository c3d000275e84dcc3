"""Numbers as people type them, units as UCUM writes them. A value is kept as entered; it is converted to show and to judge.

Factors are exact by definition (international pound and inch, Celsius and Fahrenheit).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_KG = {"kg": Fraction(1), "g": Fraction(1, 1000), "[lb_av]": Fraction("0.45359237"), "[oz_av]": Fraction("0.028349523125")}
_CM = {"cm": Fraction(1), "mm": Fraction(1, 10), "m": Fraction(100), "[in_i]": Fraction("2.54"), "[ft_i]": Fraction("30.48")}
_SCALES = (_KG, _CM)
_DEGREES = ("Cel", "[degF]")
_MOST_DIGITS = 12


@dataclass(frozen=True)
class Quantity:
    """`value` and `unit` (UCUM) as sent, and `entered`, the text as it was typed."""

    value: Decimal
    unit: str
    entered: str = ""


def parse_number(text: str) -> Decimal | None:
    """A plain decimal with point or comma, in any script's digits, spaces around it allowed; else None.

    Signs, exponents, group separators and more than one separator are no number here: `1e2`, `1,234.5` give None.
    """
    plain = "".join(_plain(letter) for letter in text.strip())
    if not plain or len(plain) > _MOST_DIGITS or plain.count(".") > 1:
        return None
    if not plain.replace(".", "").isascii() or not plain.replace(".", "").isdigit():
        return None
    return Decimal(plain)


def _plain(letter: str) -> str:
    if letter in ",\u066b":
        return "."
    digit = unicodedata.digit(letter, None) if unicodedata.category(letter) == "Nd" else None
    return letter if digit is None else str(digit)


def exact(value: Decimal, unit: str, to: str) -> Fraction:
    """The value in another unit of the same dimension, without any rounding. Other pairs raise ValueError."""
    number = Fraction(value)
    if unit == to:
        return number
    if unit in _DEGREES and to in _DEGREES:
        return (number - 32) * Fraction(5, 9) if unit == "[degF]" else number * Fraction(9, 5) + 32
    for scale in _SCALES:
        if unit in scale and to in scale:
            return number * scale[unit] / scale[to]
    raise ValueError(f"{unit} does not convert to {to}")


def rounded(number: Fraction | Decimal, places: int) -> Decimal:
    """Half away from zero, for showing and for tables printed to so many decimals."""
    fraction = Fraction(number)
    scaled = fraction * 10**places
    whole = int(abs(scaled) + Fraction(1, 2))
    return Decimal(-whole if fraction < 0 else whole).scaleb(-places).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def converted(value: Decimal, unit: str, to: str, places: int) -> Decimal:
    """The value in another unit, rounded once, for showing beside the entry."""
    return rounded(exact(value, unit, to), places)


def feet_and_inches(value: Decimal, unit: str) -> tuple[int, Decimal]:
    """Whole feet and inches to 0.1; 12.0 in rolls over to the next foot."""
    inches = rounded(exact(value, unit, "[in_i]"), 1)
    feet = int(inches // 12)
    return feet, inches - 12 * feet


def pounds_and_ounces(value: Decimal, unit: str) -> tuple[int, Decimal]:
    """Whole pounds and ounces to 0.1; 16.0 oz rolls over to the next pound."""
    ounces = rounded(exact(value, unit, "[oz_av]"), 1)
    pounds = int(ounces // 16)
    return pounds, ounces - 16 * pounds
