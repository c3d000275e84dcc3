"""What is told about a possible value: categories, usual ranges by age, alarms. It informs; it never diagnoses or holds up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from maroom.core.findings import Finding, Severity
from maroom.core.quantity import Quantity, exact
from maroom.duties.vitals.model import HALVES, Component, Measurement, Reading, Sign, Subject, field_of
from maroom.duties.vitals.rules.ages import Age, age_on, row_for
from maroom.duties.vitals.rules.child_pressure import child_pressure, child_pressure_found
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.limits import Range, limits
from maroom.duties.vitals.rules.problem_list import spared_sites


@dataclass(frozen=True)
class Circumstances:
    """Of whom and when a value is, the last one of the same sign before it, and how tall a child is, which its pressure is
    held against."""

    subject: Subject
    day: date
    last: Reading | None = None
    height: Quantity | None = None

    @property
    def age(self) -> Age | None:
        return age_on(self.day, self.subject.born) if self.subject.born else None


def told(measurement: Measurement, around: Circumstances) -> Iterator[Finding]:
    """What stands beside the field, the most urgent first. Nothing for a sign that we have no figures for."""
    teller = _TELLERS.get(measurement.sign)
    if teller and measurement.absent is None:
        yield from teller(measurement, around)


def _pressure(measurement: Measurement, around: Circumstances) -> Iterator[Finding]:
    systolic, diastolic = _value(measurement, Component.SYSTOLIC), _value(measurement, Component.DIASTOLIC)
    spared = spared_sites(around.subject).get(measurement.qualifiers.get("site", ""))
    if spared:
        yield Finding(_BP, Found.SPARED_ARM, Severity.ASK, detail=spared.why)
    if around.age is None or around.age.years >= limits().pressure.from_years:
        yield from _category(systolic, diastolic, around.subject.pregnant)
    else:
        yield from _child_pressure(systolic, diastolic, around)


def _value(measurement: Measurement, component: Component) -> Decimal | None:
    half = measurement.half(component)
    return half.value if half else None


def _category(systolic: Decimal | None, diastolic: Decimal | None, pregnant: bool) -> Iterator[Finding]:
    figures = limits().pressure
    if figures.low.under(systolic, diastolic):
        yield Finding(_BP, Found.LOW_PRESSURE, Severity.ASK)
    if pregnant and figures.pregnancy.severe.reached(systolic, diastolic):
        yield Finding(_BP, Found.PREGNANT_SEVERE, Severity.CRITICAL)
    elif pregnant and figures.pregnancy.high.reached(systolic, diastolic):
        yield Finding(_BP, Found.PREGNANT_HIGH, Severity.CRITICAL)
    reached = next((row for row in figures.category if row.reached(systolic, diastolic)), None)
    if reached:
        yield Finding(_BP, Found(reached.name), reached.severity)


_BP = field_of(Sign.BP)


def _child_pressure(systolic: Decimal | None, diastolic: Decimal | None, around: Circumstances) -> Iterator[Finding]:
    """Among children of its height where that is known, else by the screen that suits any height."""
    age = around.age
    low = row_for(age, limits().pressure.child_low.rows) if age else None
    if age and low and systolic is not None and systolic < low.limit(age):
        yield Finding(_BP, Found.CHILD_LOW, Severity.CRITICAL, Decimal(low.limit(age)), "mm[Hg]")
    values = zip(HALVES, (systolic, diastolic), strict=True)
    halves = {half: value for half, value in values if value is not None}
    among = child_pressure(halves, around.height, age, around.subject.sex) if age and around.height else None
    if among:
        yield child_pressure_found(among)
    elif age:
        yield from _screened(halves, age, around.subject.sex)


def _screened(halves: Mapping[Component, Decimal], age: Age, sex: str) -> Iterator[Finding]:
    screen = limits().pressure.child.limits(age, sex)
    if screen is None:
        return
    high = any(halves.get(half, Decimal(0)) >= limit for half, limit in zip(HALVES, screen, strict=True))
    yield Finding(_BP, Found.CHILD_HIGH if high else Found.USUAL, Severity.ASK if high else Severity.OK)


def _rate(measurement: Measurement, around: Circumstances) -> Iterator[Finding]:
    usual = limits().usual_at(around.age) if around.age else None
    if usual and measurement.quantity:
        inside = usual.pulse if measurement.sign is Sign.PULSE else usual.breathing
        yield _within(measurement.sign, measurement.quantity, inside)


def _within(sign: Sign, quantity: Quantity, usual: Range) -> Finding:
    low, high = usual
    if quantity.value < low:
        return Finding(field_of(sign), Found.BELOW_USUAL, Severity.ASK, low, quantity.unit)
    if quantity.value > high:
        return Finding(field_of(sign), Found.ABOVE_USUAL, Severity.ASK, high, quantity.unit)
    return Finding(field_of(sign), Found.USUAL, Severity.OK)


def _temperature(measurement: Measurement, around: Circumstances) -> Iterator[Finding]:
    if measurement.quantity:
        site = measurement.qualifiers.get("site", "any")
        yield from _fevers(measurement.quantity, site, around.age)
        yield _told_of(Sign.TEMPERATURE, Found.USUAL, Severity.OK)


def _fevers(quantity: Quantity, site: str, age: Age | None) -> Iterator[Finding]:
    figures, value, unit = limits().temperature, quantity.value, quantity.unit
    young = age is not None and age.days < figures.young_infant.below_days
    if young and value >= figures.young_infant.fever[unit]:
        yield _told_of(Sign.TEMPERATURE, Found.INFANT_FEVER, Severity.CRITICAL)
    if young and value < figures.young_infant.cold[unit]:
        yield _told_of(Sign.TEMPERATURE, Found.INFANT_COLD, Severity.CRITICAL)
    if value >= figures.high.at[unit]:
        yield _told_of(Sign.TEMPERATURE, Found.HIGH_FEVER, Severity.CRITICAL)
    if age is not None and age.years >= figures.low.from_years and value < figures.low.below[unit]:
        yield _told_of(Sign.TEMPERATURE, Found.COLD, Severity.CRITICAL)
    if value >= figures.fever.limit(site, unit):
        yield _told_of(Sign.TEMPERATURE, Found.FEVER, Severity.ASK)


def _told_of(sign: Sign, code: Found, severity: Severity) -> Finding:
    return Finding(field_of(sign), code, severity)


def _oxygen(measurement: Measurement, around: Circumstances) -> Iterator[Finding]:
    del around
    figures = limits().spo2
    if quantity := measurement.quantity:
        if quantity.value <= figures.very_low:
            yield _told_of(Sign.SPO2, Found.VERY_LOW_OXYGEN, Severity.CRITICAL)
        elif quantity.value <= figures.low:
            yield _told_of(Sign.SPO2, Found.LOW_OXYGEN, Severity.ASK)
        else:
            yield _told_of(Sign.SPO2, Found.USUAL, Severity.OK)


def _pain(measurement: Measurement, around: Circumstances) -> Iterator[Finding]:
    del around
    if measurement.quantity and measurement.quantity.value >= limits().pain.severe:
        yield _told_of(Sign.PAIN, Found.SEVERE_PAIN, Severity.ASK)


def _weight(measurement: Measurement, around: Circumstances) -> Iterator[Finding]:
    last = around.last.measurement.quantity if around.last else None
    if around.age is None or around.last is None or last is None or measurement.quantity is None or not last.value:
        return
    ratio = _kilograms(measurement.quantity) / _kilograms(last)
    days = (around.day - around.last.measured.local().date()).days
    yield from _changed(ratio, days, around.age, measurement.quantity.unit)


def _changed(ratio: Fraction, days: int, age: Age, unit: str) -> Iterator[Finding]:
    figures = limits().weight.change
    if age.years >= figures.swap_from_years and any(low <= ratio <= high for low, high in figures.swap):
        other = "kg" if unit == "[lb_av]" else "[lb_av]"
        yield Finding(field_of(Sign.WEIGHT), Found.UNITS_SWAPPED, Severity.ASK, None, other)
        return
    percent = (ratio - 1) * 100
    most = figures.recent_percent if days <= figures.recent_days else figures.any_percent
    if age.years >= figures.from_years and abs(percent) > most:
        yield Finding(field_of(Sign.WEIGHT), Found.WEIGHT_CHANGED, Severity.ASK, Decimal(round(percent)), "%")


def _kilograms(quantity: Quantity) -> Fraction:
    return exact(quantity.value, quantity.unit, "kg")


_TELLERS: dict[Sign, Callable[[Measurement, Circumstances], Iterator[Finding]]] = {
    Sign.BP: _pressure,
    Sign.PULSE: _rate,
    Sign.BREATHING: _rate,
    Sign.TEMPERATURE: _temperature,
    Sign.SPO2: _oxygen,
    Sign.WEIGHT: _weight,
    Sign.PAIN: _pain,
}
