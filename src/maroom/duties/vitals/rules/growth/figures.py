"""Our conventions of growth, read once from `resources/growth/charts.toml`: the switch of charts, corrections, limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec

from maroom.core import resources
from maroom.duties.vitals.rules.growth.tables import Standard

Pair = tuple[float, float]
"""Lowest and highest."""


class Measure(StrEnum):
    """What is placed on a chart. `LENGTH` is measured lying or standing, as its chart wants it."""

    WEIGHT = "weight"
    LENGTH = "length"
    HEAD = "head"
    BMI = "bmi"
    WEIGHT_FOR_LENGTH = "weight_for_length"


@dataclass(frozen=True)
class AgeFigures:
    days_in_month: float
    switch_months: int
    end_years: int


@dataclass(frozen=True)
class Premature:
    """Weeks of gestation at birth; the age is corrected until so many completed months."""

    below_weeks: int
    term_weeks: int
    until_months: int


@dataclass(frozen=True)
class Chart:
    """A table of a measure and the completed months of age at which it is the one to use."""

    table: str
    measure: Measure
    from_months: int
    below_months: int
    shown: bool = True


@dataclass(frozen=True)
class Curves:
    """Percentiles that are drawn; `cdc_bmi` for the index of body mass."""

    who: tuple[float, ...]
    cdc: tuple[float, ...]
    cdc_bmi: tuple[float, ...]


@dataclass(frozen=True)
class Extended:
    """Coefficients of CDC's sigma by years of age, for an index at or above `from_percentile`."""

    from_percentile: float
    male: tuple[float, float, float]
    female: tuple[float, float, float]
    most_z: float


@dataclass(frozen=True)
class MassCategory:
    """Begins at a percentile; where given also at a share of the 95th percentile (%), or at an index (kg/m2)."""

    name: str
    least: float
    share: float = 0
    index: float = 0


@dataclass(frozen=True)
class ChildMass:
    category: tuple[MassCategory, ...]


@dataclass(frozen=True)
class MoreThan:
    more_than: float


@dataclass(frozen=True)
class Lying:
    """Centimetres that a child is longer lying than standing."""

    who: float
    cdc: float


@dataclass(frozen=True)
class Extreme:
    """Standard deviations outside which a value is asked about."""

    who: Mapping[Measure, Pair]
    cdc: Mapping[Measure, Pair]


@dataclass(frozen=True)
class Outside:
    """Percentiles outside which a value is told."""

    who: Pair
    cdc: Pair


@dataclass(frozen=True)
class Figures:
    age: AgeFigures
    premature: Premature
    lying: Lying
    chart: tuple[Chart, ...]
    curves: Curves
    extended: Extended
    child_bmi: ChildMass
    extreme: Extreme
    outside: Outside
    crossing: MoreThan
    shrinking: MoreThan

    def longer_lying(self, standard: Standard) -> float:
        return self.lying.who if standard is Standard.WHO else self.lying.cdc

    def asked_outside(self, standard: Standard, measure: Measure) -> Pair:
        return (self.extreme.who if standard is Standard.WHO else self.extreme.cdc)[measure]

    def told_outside(self, standard: Standard) -> Pair:
        return self.outside.who if standard is Standard.WHO else self.outside.cdc

    def lines(self, standard: Standard, measure: Measure) -> tuple[float, ...]:
        """The percentiles that a chart draws."""
        if standard is Standard.WHO:
            return self.curves.who
        return self.curves.cdc_bmi if measure is Measure.BMI else self.curves.cdc


@cache
def figures() -> Figures:
    """ValueError for figures that contradict themselves."""
    return checked(resources.table("growth/charts.toml"))


def checked(table: Mapping[str, Any]) -> Figures:
    """The table as figures. ValueError names what is wrong with it."""
    found = msgspec.convert(table, Figures)
    for wrong in _contradictions(found):
        raise ValueError(f"growth/charts.toml: {wrong}")
    return found


def _contradictions(found: Figures) -> Iterator[str]:
    for measure in Measure:
        ages = sorted((row.from_months, row.below_months) for row in found.chart if row.measure is measure)
        if any(one[1] > other[0] for one, other in pairwise(ages)):
            yield f"{measure}: two charts at one age"
    ranges = [*found.extreme.who.values(), *found.extreme.cdc.values(), found.outside.who, found.outside.cdc]
    yield from (f"{low}, {high}: lowest is not below highest" for low, high in ranges if low >= high)
    least = [row.least for row in found.child_bmi.category]
    if least[0] != 0 or least != sorted(least):
        yield "child_bmi: categories do not follow each other from nothing on"
