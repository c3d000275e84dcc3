"""Blood pressure taken again: when, after how long, and the average that readings make. Each reading stays one of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import msgspec

from maroom.core.quantity import rounded
from maroom.duties.vitals.rules import own
from maroom.duties.vitals.rules.ages import Age
from maroom.duties.vitals.rules.limits import limits

Pressure = tuple[Decimal, Decimal]
"""Systolic and diastolic, mmHg."""


@dataclass(frozen=True)
class Halves:
    systolic: Decimal
    diastolic: Decimal


@dataclass(frozen=True)
class Rest:
    """Minutes before the first reading; of a child from and to."""

    grown: int
    child: tuple[int, int]


@dataclass(frozen=True)
class Wait:
    """Minutes between two readings; `first` is what the timer is set to."""

    least: int
    most: int
    first: int


@dataclass(frozen=True)
class ChildReadings:
    readings: int


@dataclass(frozen=True)
class Averaging:
    readings: int
    third_over: Halves
    child: ChildReadings


@dataclass(frozen=True)
class Arms:
    systolic: Decimal


@dataclass(frozen=True)
class Repeats:
    rest: Rest
    again: Halves
    wait: Wait
    average: Averaging
    arms: Arms


def repeats() -> Repeats:
    """With the clinic's own figures."""
    return _repeats(own.own())


@lru_cache(maxsize=4)
def _repeats(mine: own.Own) -> Repeats:
    return msgspec.convert(own.table("repeats", mine), Repeats)


def wanted_again(pressure: Pressure, age: Age | None, sex: str) -> bool:
    """Whether a first reading is taken again; a child by the screen for its age, an infant never by a figure."""
    screen = limits().pressure
    if age is None or age.years >= screen.from_years:
        again = repeats().again
        return pressure[0] >= again.systolic or pressure[1] >= again.diastolic
    limit = screen.child.limits(age, sex)
    return limit is not None and (pressure[0] >= limit[0] or pressure[1] >= limit[1])


def readings_wanted(age: Age | None) -> int:
    """Of how many readings the average of a repeated pressure is, the first one among them."""
    child = age is not None and age.years < limits().pressure.from_years
    return repeats().average.child.readings if child else repeats().average.readings


def third_wanted(first: Pressure, second: Pressure) -> bool:
    """Two readings are so far apart that a third is taken."""
    over = repeats().average.third_over
    return abs(first[0] - second[0]) > over.systolic or abs(first[1] - second[1]) > over.diastolic


def average(readings: Sequence[Pressure]) -> Pressure | None:
    """The mean of the readings kept for it, in whole mmHg, half away from zero; None of fewer than two."""
    if len(readings) < repeats().average.readings:
        return None
    systolic, diastolic = (rounded(Fraction(sum(half)) / len(half), 0) for half in zip(*readings, strict=True))
    return systolic, diastolic


def higher_arm(left: Pressure, right: Pressure) -> str:
    """`left_arm` or `right_arm` where the systolics are so far apart that the higher is used from then on; else empty."""
    if abs(left[0] - right[0]) < repeats().arms.systolic:
        return ""
    return "left_arm" if left[0] > right[0] else "right_arm"
