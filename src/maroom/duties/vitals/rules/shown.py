"""Values as they are shown: exactly as entered, and beside it converted to the other system, rounded once and only to show."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from maroom.core.quantity import Quantity, converted, feet_and_inches, pounds_and_ounces, rounded
from maroom.duties.vitals.model import HALVES, Absent, Coded, Component, Measurement, Sign
from maroom.duties.vitals.rules.entry import MOST_PLACES, said_in_two_units
from maroom.duties.vitals.rules.signs import scale, symbol

_OTHER = {"[degF]": "Cel", "Cel": "[degF]", "[lb_av]": "kg", "kg": "[lb_av]", "g": "[lb_av]", "[in_i]": "cm", "cm": "[in_i]"}
_OUNCES_BELOW_POUNDS = 44
"""below this many pounds (20 kg) families are told pounds and ounces"""


@dataclass(frozen=True)
class Shown:
    """`5' 7"` and `ft in`; `98.6` and `°F`. The unit is empty where the text says it."""

    text: str
    unit: str

    def __str__(self) -> str:
        return f"{self.text} {self.unit}".rstrip()


def shown(quantity: Quantity, sign: Sign, component: Component | None = None) -> Shown:
    """As entered, digit for digit; what another system sent with more digits than anybody types is rounded to the sign's."""
    value = quantity.value if quantity.entered else _fit(quantity.value, quantity.unit, sign, component)
    if sign is Sign.HEIGHT and quantity.unit == "[in_i]":
        return Shown(_feet(*_split(value, 12)) if quantity.entered else _feet(*feet_and_inches(value, "[in_i]")), "ft in")
    if quantity.unit == "[lb_av]" and said_in_two_units(quantity.entered):
        pounds, rest = _split(value, 1)
        return Shown(_pounds(pounds, short(rest * 16)), "")
    return Shown(plain(value), symbol(quantity.unit))


def as_shown(measurement: Measurement) -> Shown | Absent:
    """A whole measurement in one piece: `142/88` and `mmHg`, `142/-` where a half was not taken, or why there is none."""
    value = measurement.value
    if isinstance(value, Absent):
        return value
    if isinstance(value, Quantity):
        return shown(value, measurement.sign)
    if value is not None:
        return Shown(value.display if isinstance(value, Coded) else value.isoformat(), "")
    halves = [measurement.half(half) for half in HALVES]
    texts = [shown(half, measurement.sign, name).text if half else "-" for half, name in zip(halves, HALVES, strict=True)]
    return Shown("/".join(texts), symbol(next((half.unit for half in halves if half), "")))


def in_other_unit(quantity: Quantity, sign: Sign) -> Shown | None:
    """The same in the other system; None where there is but one."""
    unit = _OTHER.get(quantity.unit)
    if unit is None:
        return None
    if unit == "[in_i]" and sign is Sign.HEIGHT:
        return Shown(_feet(*feet_and_inches(quantity.value, quantity.unit)), "ft in")
    if unit == "[lb_av]":
        pounds, ounces = pounds_and_ounces(quantity.value, quantity.unit)
        if pounds < _OUNCES_BELOW_POUNDS:
            return Shown(_pounds(pounds, plain(ounces)), "")
    return Shown(plain(in_unit(quantity, unit, sign)), symbol(unit))


def in_unit(quantity: Quantity, unit: str, sign: Sign) -> Decimal:
    """Converted once, from the value as entered, to the places of the sign."""
    about = converted(quantity.value, quantity.unit, unit, 1)
    return converted(quantity.value, quantity.unit, unit, scale(sign).places_for(about, unit))


def plain(value: Decimal) -> str:
    """Every digit that the decimal has, never an exponent."""
    return f"{value:f}"


def short(value: Decimal) -> str:
    """The same without the zeros after the point that the value does not need."""
    return plain(value.to_integral_value()) if value == value.to_integral_value() else plain(value.normalize())


def _fit(value: Decimal, unit: str, sign: Sign, component: Component | None) -> Decimal:
    return value if value == round(value, MOST_PLACES) else rounded(value, scale(sign, component).places_for(value, unit))


def _split(value: Decimal, by: int) -> tuple[int, Decimal]:
    return int(value // by), value % by


def _feet(feet: int, inches: Decimal) -> str:
    return f"{feet}' {short(inches)}\""


def _pounds(pounds: int, ounces: str) -> str:
    return f"{pounds} lb {ounces} oz"
