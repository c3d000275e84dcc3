"""What cannot be, and what is asked about once. Compared exactly in the unit of the table, told in the unit that was typed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from maroom.core.findings import Finding, Severity
from maroom.core.quantity import Quantity, converted, exact
from maroom.duties.vitals.model import HALVES, Measurement, Sign, field_of
from maroom.duties.vitals.rules.ages import Age
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.limits import Plausible, limits
from maroom.duties.vitals.rules.shown import shown

_SLIP = {"Cel": "[degF]", "[degF]": "Cel"}


def implausible(measurement: Measurement, age: Age | None) -> Iterator[Finding]:
    """Findings that refuse or ask, of every value that the measurement carries."""
    band = limits().plausible.band(age)
    sign = measurement.sign
    if measurement.quantity:
        yield from _out_of_range(field_of(sign), sign.value, measurement.quantity, band)
    for component, part in measurement.parts.items():
        if isinstance(part, Quantity):
            yield from _out_of_range(field_of(sign, component), component.value, part, band)
    if sign is Sign.BP and measurement.absent is None:
        yield from _halves(measurement, band)


def pounds_of_a_child(measurement: Measurement, age: Age | None) -> Iterator[Finding]:
    """Doses go by kilograms: pounds are refused with what they are in kilograms."""
    quantity = measurement.quantity
    if measurement.sign is not Sign.WEIGHT or quantity is None or quantity.unit != "[lb_av]" or age is None:
        return
    if age.years < limits().weight.pounds_from_years:
        kilograms = converted(quantity.value, quantity.unit, "kg", 3)
        said = str(shown(quantity, Sign.WEIGHT))
        yield Finding(field_of(Sign.WEIGHT), Found.POUNDS, Severity.REFUSED, kilograms, "kg", said)


def _out_of_range(field: str, what: str, quantity: Quantity, band: str | None) -> Iterator[Finding]:
    row = limits().plausible.range.get(what)
    if row is None:
        return
    value = exact(quantity.value, quantity.unit, row.unit)
    low, high = row.refused_outside(band)
    if not low <= value <= high:
        yield _slip(field, row, quantity) or _refused(field, value < low, low if value < low else high, row, quantity)
        return
    asked = row.asked_outside(band)
    if asked and not asked[0] <= value <= asked[1]:
        below = value < asked[0]
        code = Found.UNUSUALLY_LOW if below else Found.UNUSUALLY_HIGH
        yield Finding(field, code, Severity.ASK, _told(asked[0] if below else asked[1], row, quantity.unit), quantity.unit)


def _refused(field: str, below: bool, limit: Decimal, row: Plausible, quantity: Quantity) -> Finding:
    code = Found.TOO_LOW if below else Found.TOO_HIGH
    return Finding(field, code, Severity.REFUSED, _told(limit, row, quantity.unit), quantity.unit)


def _slip(field: str, row: Plausible, quantity: Quantity) -> Finding | None:
    other = _SLIP.get(quantity.unit) if row.slips else None
    if other is None:
        return None
    low, high = row.refused_outside(None)
    meant = low <= exact(quantity.value, other, row.unit) <= high
    return Finding(field, Found.UNIT_SLIP, Severity.REFUSED, None, other) if meant else None


def _told(limit: Decimal, row: Plausible, unit: str) -> Decimal:
    return limit if unit == row.unit else converted(limit, row.unit, unit, 1)


def _halves(measurement: Measurement, band: str | None) -> Iterator[Finding]:
    for component in HALVES:
        if component not in measurement.parts:
            yield Finding(field_of(Sign.BP, component), Found.HALF_MISSING, Severity.REFUSED)
    systolic, diastolic = (measurement.half(component) for component in HALVES)
    if systolic and diastolic:
        yield from _apart(systolic.value, diastolic.value, band)


def _apart(systolic: Decimal, diastolic: Decimal, band: str | None) -> Iterator[Finding]:
    row = limits().plausible.range["pulse_pressure"]
    difference = Fraction(systolic - diastolic)
    least, most = row.refused_outside(band)
    if difference < least:
        yield _in_order(systolic, diastolic)
    elif difference > most:
        yield Finding(_BP, Found.FAR_APART, Severity.REFUSED, most, row.unit)
    elif (asked := row.asked_outside(band)) and not asked[0] <= difference <= asked[1]:
        close = difference < asked[0]
        code = Found.UNUSUALLY_CLOSE if close else Found.UNUSUALLY_APART
        yield Finding(_BP, code, Severity.ASK, asked[0] if close else asked[1], row.unit)


_BP = field_of(Sign.BP)


def _in_order(systolic: Decimal, diastolic: Decimal) -> Finding:
    if systolic == diastolic:
        return Finding(_BP, Found.EQUAL, Severity.REFUSED)
    return Finding(_BP, Found.REVERSED, Severity.REFUSED, detail=f"{diastolic}/{systolic}")
