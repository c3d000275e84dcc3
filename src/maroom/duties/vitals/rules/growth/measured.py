"""What of a child's readings stands on growth charts: taken together by days, and placed measure by measure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Reading, Sign
from maroom.duties.vitals.rules.growth import places
from maroom.duties.vitals.rules.growth.figures import Measure
from maroom.duties.vitals.rules.growth.places import Child, NoPlace, Place, Posture, Tall


@dataclass(frozen=True)
class Measured:
    """Of one day; what was not measured is None."""

    day: date
    weight: Quantity | None = None
    tall: Tall | None = None
    head: Quantity | None = None


def by_days(readings: Iterable[Reading]) -> tuple[Measured, ...]:
    """The earliest day first; of two readings of a day the later one counts, and none that was taken back."""
    days: dict[date, Measured] = {}
    for reading in sorted(readings, key=lambda one: one.measured):
        quantity, day = reading.measurement.quantity, reading.measured.local().date()
        if quantity is not None and not reading.retracted:
            days[day] = with_sign(days.get(day, Measured(day)), reading.sign, quantity)
    return tuple(days[day] for day in sorted(days) if days[day] != Measured(day))


def with_sign(there: Measured, sign: Sign, quantity: Quantity) -> Measured:
    """The same day with this value; signs that stand on no chart change nothing."""
    if sign is Sign.WEIGHT:
        return replace(there, weight=quantity)
    if sign is Sign.HEAD:
        return replace(there, head=quantity)
    if sign in (Sign.LENGTH, Sign.HEIGHT):
        return replace(there, tall=Tall(quantity, Posture.LYING if sign is Sign.LENGTH else Posture.STANDING))
    return there


def place_of(measure: Measure, there: Measured, who: Child) -> Place | NoPlace:
    """NO_VALUE where the day has not all that the measure takes."""
    if measure is Measure.HEAD:
        return places.head(there.head, who) if there.head else NoPlace.NO_VALUE
    if measure is Measure.LENGTH:
        return places.length(there.tall, who) if there.tall else NoPlace.NO_VALUE
    if there.weight is None:
        return NoPlace.NO_VALUE
    if measure is Measure.WEIGHT:
        return places.weight(there.weight, who)
    if there.tall is None:
        return NoPlace.NO_VALUE
    return (places.mass if measure is Measure.BMI else places.weight_for_length)(there.weight, there.tall, who)
