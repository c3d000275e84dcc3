"""What follows from readings and is a reading itself: averages, indices, percentiles, a rhythm, a score. Each can be worked
out anew from its sources when one of them was put right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from maroom.core.clock import Moment
from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import HALVES, Component, Measurement, Sign, Subject
from maroom.duties.vitals.rules import repeats
from maroom.duties.vitals.rules.ages import age_on
from maroom.duties.vitals.rules.body_mass import body_mass_index
from maroom.duties.vitals.rules.growth import places
from maroom.duties.vitals.rules.growth.figures import Measure
from maroom.duties.vitals.rules.growth.measured import Measured, place_of, with_sign
from maroom.duties.vitals.rules.growth.places import Child, NoPlace, Place
from maroom.duties.vitals.rules.growth.words import percentile_text
from maroom.duties.vitals.rules.limits import limits
from maroom.duties.vitals.rules.news2 import Observed, score
from maroom.duties.vitals.rules.signs import scale

TALL = (Sign.LENGTH, Sign.HEIGHT)
PERCENTILES = (Sign.HEAD_PERCENTILE, Sign.BMI_PERCENTILE, Sign.WEIGHT_FOR_LENGTH_PERCENTILE)
Values = Mapping[Sign, Quantity]


@dataclass(frozen=True)
class Timed:
    """A measurement and when it was taken."""

    measurement: Measurement
    at: Moment


# pressures


def halves(measurement: Measurement) -> repeats.Pressure | None:
    """Both, or nothing where one was not taken."""
    upper, lower = (measurement.half(half) for half in HALVES)
    return (upper.value, lower.value) if upper and lower else None


def average(readings: Sequence[Timed]) -> Measurement | None:
    """Of two or more readings, with how many they were and the time from the first to the last."""
    whole = [(one, pair) for one in readings if (pair := halves(one.measurement))]
    mean = repeats.average([pair for _, pair in whole])
    if mean is None:
        return None
    parts = {half: Quantity(value, "mm[Hg]") for half, value in zip(HALVES, mean, strict=True)}
    times = [one.at for one, _ in whole]
    count = Quantity(Decimal(len(whole)), scale(Sign.BP_AVERAGE, Component.COUNT).units[0])
    return Measurement(Sign.BP_AVERAGE, parts={**parts, Component.COUNT: count}, at=min(times), until=max(times))


# indices and percentiles


def indices(values: Values, subject: Subject, day: date) -> Iterator[tuple[Measurement, tuple[Sign, ...]]]:
    """Whatever can be calculated from the values of one set, each with the signs that it comes from."""
    tall = next((sign for sign in TALL if sign in values), None)
    if Sign.WEIGHT in values and tall and (index := _index(values, subject, day)):
        yield index, (Sign.WEIGHT, tall)
    for sign in PERCENTILES:
        found = _percentile(sign, values, subject, day)
        if found:
            of = (Sign.HEAD,) if sign is Sign.HEAD_PERCENTILE else (Sign.WEIGHT, *((tall,) if tall else ()))
            yield found, of


def _index(values: Values, subject: Subject, day: date) -> Measurement | None:
    """None for who is measured lying, whose weight is held against the length instead."""
    height = values.get(Sign.HEIGHT)
    lying = subject.born is not None and age_on(day, subject.born).months < limits().length.lying_below_months
    if height is None or not height.value or lying or Sign.WEIGHT not in values:
        return None
    return Measurement(Sign.BMI, Quantity(body_mass_index(values[Sign.WEIGHT], height), "kg/m2"))


def place(measure: Measure, values: Values, subject: Subject, day: date) -> Place | NoPlace:
    """Where the values of one set stand on a chart of the child's age."""
    who = places.child(subject, day)
    if not isinstance(who, Child):
        return who
    there = Measured(day)
    for sign, quantity in values.items():
        there = with_sign(there, sign, quantity)
    return place_of(measure, there, who)


_MEASURES = {
    Sign.HEAD_PERCENTILE: Measure.HEAD,
    Sign.BMI_PERCENTILE: Measure.BMI,
    Sign.WEIGHT_FOR_LENGTH_PERCENTILE: Measure.WEIGHT_FOR_LENGTH,
}


def _percentile(sign: Sign, values: Values, subject: Subject, day: date) -> Measurement | None:
    if sign is Sign.BMI_PERCENTILE and _index(values, subject, day) is None:
        return None
    found = place(_MEASURES[sign], values, subject, day)
    if not isinstance(found, Place):
        return None
    return Measurement(sign, Quantity(Decimal(percentile_text(found.percentile)), "%"))


# worked out anew


def again(old: Measurement, sources: Sequence[Timed], subject: Subject) -> Measurement | None:
    """What stands after one of its sources was put right or taken back; `sources` are those that still count. None where it
    follows no more."""
    worker = _WORKERS.get(old.sign)
    if worker is None or not sources:
        return None
    new = worker(old, sources, subject)
    return replace(new, qualifiers=old.qualifiers, note=old.note, derived_from=old.derived_from, at=None) if new else None


def _average_again(_old: Measurement, sources: Sequence[Timed], _subject: Subject) -> Measurement | None:
    return average(sources)


def _same(old: Measurement, sources: Sequence[Timed], _subject: Subject) -> Measurement | None:
    return old if any(one.measurement.quantity for one in sources) else None


def _index_again(old: Measurement, sources: Sequence[Timed], subject: Subject) -> Measurement | None:
    values = {one.measurement.sign: one.measurement.quantity for one in sources if one.measurement.quantity}
    found = (new for new, _ in indices(values, subject, sources[0].at.local().date()) if new.sign is old.sign)
    return next(found, None)


def _score_again(old: Measurement, sources: Sequence[Timed], _subject: Subject) -> Measurement | None:
    """By what is on record; whether oxygen was given stands with the saturation."""
    of = {one.measurement.sign: one.measurement for one in sources}
    value = {sign: one.quantity.value for sign, one in of.items() if one.quantity}
    pressure, spo2, temperature = of.get(Sign.BP), of.get(Sign.SPO2), of.get(Sign.TEMPERATURE)
    systolic = pressure.half(Component.SYSTOLIC) if pressure else None
    air, alert = spo2.qualifiers.get("oxygen") if spo2 else None, old.qualifiers.get("consciousness")
    total = score(
        Observed(
            breathing=value.get(Sign.BREATHING),
            spo2=value.get(Sign.SPO2),
            on_oxygen=None if not air else air != "room_air",
            systolic=systolic.value if systolic else None,
            pulse=value.get(Sign.PULSE),
            alert=None if not alert else alert == "alert",
            temperature=temperature.quantity if temperature else None,
        )
    )
    return Measurement(Sign.NEWS2, Quantity(Decimal(total.total), "{score}")) if total else None


_WORKERS: dict[Sign, Callable[[Measurement, Sequence[Timed], Subject], Measurement | None]] = {
    Sign.BP_AVERAGE: _average_again,
    Sign.RHYTHM: _same,
    Sign.BMI: _index_again,
    Sign.NEWS2: _score_again,
    **dict.fromkeys(PERCENTILES, _index_again),
}
