"""Slips of the hand, and what was probably meant: the other unit, a lost decimal point, halves of a pressure turned or run
together. What is offered is never more than an offer, and a value that is likely as it stands gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from maroom.core.quantity import Quantity, converted, parse_number
from maroom.duties.vitals.model import HALVES, Component, Sign, Subject, field_of
from maroom.duties.vitals.rules.ages import Age, age_on
from maroom.duties.vitals.rules.asked import units_offered
from maroom.duties.vitals.rules.entry import halves, read, said_in_two_units
from maroom.duties.vitals.rules.likely import Judge, SlipFigures, slip_figures
from maroom.duties.vitals.rules.limits import limits


class SlipCode(StrEnum):
    OTHER_UNIT = "other_unit"
    DECIMAL_POINT = "decimal_point"
    FEET = "feet"
    """feet and inches typed with a point between"""
    FRACTION = "fraction"
    """a share of 1 for percent"""
    REVERSED = "reversed"
    RUN_TOGETHER = "run_together"


@dataclass(frozen=True)
class Slip:
    """What was probably meant, as it would be typed: `suggested_text` in `suggested_unit` (UCUM). Of a pressure `field` is
    the whole of it, and the text has both halves."""

    field: str
    suggested_text: str
    suggested_unit: str
    code: SlipCode


@dataclass(frozen=True)
class About:
    """Of whom and when a value is, and the last one of the same sign."""

    subject: Subject
    day: date
    last: Quantity | None = None

    @property
    def age(self) -> Age | None:
        return age_on(self.day, self.subject.born) if self.subject.born else None


@dataclass(frozen=True)
class _Candidate:
    quantity: Quantity
    code: SlipCode


def slip(sign: Sign, text: str, unit: str, about: About, component: Component | None = None) -> Slip | None:
    """What was probably meant by the text of a field while `unit` was chosen; None where it is likely as it stands."""
    field, figures = field_of(sign, component), slip_figures()
    if figures.is_share(component.value if component else sign.value):
        return _share(field, text, unit)
    typed = read(text, sign, unit, component)
    how = figures.sign.get(sign)
    if how is None or not isinstance(typed, Quantity) or said_in_two_units(text):
        return None
    judge = Judge(sign, about.subject, about.day, about.age, about.last)
    if not judge.suspicious(typed):
        return None
    best = next((one for one in _candidates(sign, typed, about.age, figures) if judge.fits(one.quantity)), None)
    return Slip(field, best.quantity.entered, best.quantity.unit, best.code) if best else None


def _share(field: str, text: str, unit: str) -> Slip | None:
    number = parse_number(text.replace("%", ""))
    if number is None or not 0 < number < 1:
        return None
    percent = number.scaleb(2)
    return Slip(field, f"{percent:f}", unit, SlipCode.FRACTION) if not percent % 1 else None


def _candidates(sign: Sign, typed: Quantity, age: Age | None, figures: SlipFigures) -> Iterator[_Candidate]:
    """In the order in which they are probable: the first that is likely is offered."""
    how = figures.sign[sign]
    if how.feet:
        yield from (_Candidate(one, SlipCode.FEET) for one in _feet(typed))
    if how.units:
        yield from (_Candidate(one, SlipCode.OTHER_UNIT) for one in _other_units(sign, typed, age))
    moved = [one for places in how.moves for one in _moved(typed, places)]
    yield from (_Candidate(one, SlipCode.DECIMAL_POINT) for one in moved)
    if how.units:
        others = (other for one in moved for other in _other_units(sign, one, age))
        yield from (_Candidate(one, SlipCode.DECIMAL_POINT) for one in others)


_FEET = re.compile(r"(\d)[.,](\d{1,2})(?=\D|$)")


def _feet(typed: Quantity) -> Iterator[Quantity]:
    found = _FEET.match(typed.entered)
    if found and int(found[2]) < _INCHES:
        text = f"{int(found[1])}'{int(found[2])}\""
        yield Quantity(Decimal(int(found[1]) * _INCHES + int(found[2])), "[in_i]", text)


_INCHES = 12


def _other_units(sign: Sign, typed: Quantity, age: Age | None) -> Iterator[Quantity]:
    """Who is not weighed in pounds is offered the kilograms that they are."""
    offered = units_offered(sign, age)
    yield from (_meant(typed.value, unit) for unit in offered if unit != typed.unit)
    if sign is Sign.WEIGHT and "[lb_av]" not in offered and typed.unit == "kg":
        yield _meant(converted(typed.value, "[lb_av]", "kg", 3), "kg")


def _moved(typed: Quantity, places: int) -> Iterator[Quantity]:
    """A point can only be lost where none was typed, and only stand wrong where one was."""
    has_point = bool(typed.value.as_tuple().exponent)
    if has_point == (places > 0) and typed.value:
        yield _meant(typed.value.scaleb(places), typed.unit)


def _meant(value: Decimal, unit: str) -> Quantity:
    return Quantity(value, unit, f"{value:f}")


# pressures


def pressure_slip(upper: str, lower: str, age: Age | None) -> Slip | None:
    """Of both fields as they are: halves the wrong way round, or both in the first field without their stroke."""
    field, unit = field_of(Sign.BP), limits().plausible.range["pulse_pressure"].unit
    turned = _turned(upper, lower, age)
    if turned:
        return Slip(field, turned, unit, SlipCode.REVERSED)
    apart = _apart(upper, age) if not lower.strip() else ""
    return Slip(field, apart, unit, SlipCode.RUN_TOGETHER) if apart else None


def _turned(upper: str, lower: str, age: Age | None) -> str:
    systolic, diastolic = parse_number(upper), parse_number(lower)
    if systolic is None or diastolic is None or systolic >= diastolic:
        return ""
    return f"{diastolic}/{systolic}" if _possible(diastolic, systolic, age) else ""


def _apart(text: str, age: Age | None) -> str:
    digits = text.strip()
    if halves(digits) or not (digits.isascii() and digits.isdigit()) or len(digits) not in _SPLIT:
        return ""
    at = _SPLIT[len(digits)]
    systolic, diastolic = Decimal(digits[:at]), Decimal(digits[at:])
    return f"{systolic}/{diastolic}" if _possible(systolic, diastolic, age) else ""


_SPLIT = {4: 2, 5: 3, 6: 3}
"""digits > how many of them are systolic, which never has fewer than the diastolic"""


def _possible(systolic: Decimal, diastolic: Decimal, age: Age | None) -> bool:
    """Whether both halves and what is between them are usual at the age, or possible where it is not known."""
    table = limits().plausible
    values = {half.value: value for half, value in zip(HALVES, (systolic, diastolic), strict=True)}
    band = table.band(age)
    ranges = ((table.range[name], value) for name, value in {**values, "pulse_pressure": systolic - diastolic}.items())
    allowed = ((row.asked_outside(band) or row.refused_outside(band), value) for row, value in ranges)
    return all(low <= value <= high for (low, high), value in allowed)
