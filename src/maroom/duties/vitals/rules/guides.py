"""What a trend is read against: usual bands and limits, from the same figures that findings come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from maroom.duties.vitals.model import Sign
from maroom.duties.vitals.rules.ages import Age
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.limits import limits


@dataclass(frozen=True)
class Band:
    """A usual range, in the sign's own unit. `upper` and `lower` are those of the halves of a pressure."""

    low: Decimal
    high: Decimal
    of: str = ""


@dataclass(frozen=True)
class Line:
    """A figure from which on something is told."""

    at: Decimal
    code: Found


def span(sign: Sign) -> tuple[Decimal, ...]:
    """The ends of a scale that is always drawn whole: a score."""
    return limits().plausible.range[sign].refused_outside(None) if sign is Sign.PAIN else ()


def bands(sign: Sign, age: Age | None) -> tuple[Band, ...]:
    return tuple(_bands(sign, age))


def lines(sign: Sign, age: Age | None) -> tuple[Line, ...]:
    return tuple(_lines(sign, age))


def _bands(sign: Sign, age: Age | None) -> Iterator[Band]:
    usual = limits().usual_at(age) if age else None
    if sign is Sign.BP and _by_category(age):
        low, category = limits().pressure.low, {row.name: row for row in limits().pressure.category}
        yield Band(low.systolic, category["elevated"].systolic or low.systolic, "upper")
        yield Band(low.diastolic, category["stage_1"].diastolic or low.diastolic, "lower")
    elif sign is Sign.PULSE and usual:
        yield Band(*usual.pulse)
    elif sign is Sign.BREATHING and usual:
        yield Band(*usual.breathing)
    elif sign is Sign.SPO2:
        yield Band(limits().spo2.low + 1, Decimal(100))


def _lines(sign: Sign, age: Age | None) -> Iterator[Line]:
    if sign is Sign.BP and _by_category(age):
        stage_2 = next(row for row in limits().pressure.category if row.name == Found.STAGE_2)
        yield from (Line(at, Found.STAGE_2) for at in (stage_2.systolic, stage_2.diastolic) if at is not None)
    elif sign is Sign.PAIN:
        yield Line(limits().pain.severe, Found.SEVERE_PAIN)


def _by_category(age: Age | None) -> bool:
    return age is not None and age.years >= limits().pressure.from_years
