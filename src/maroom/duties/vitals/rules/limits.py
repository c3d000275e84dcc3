"""The figures that vital signs are judged by, read once from `resources/vitals/limits.toml` and refused where they contradict
themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

import msgspec

from maroom.duties.vitals.rules import own
from maroom.duties.vitals.rules.ages import Age, in_order, row_for
from maroom.duties.vitals.rules.pressure_limits import ChildLow, Pressure

Range = tuple[Decimal, Decimal]
"""Lowest and highest, both still inside."""

PerUnit = Mapping[str, Decimal]
"""UCUM unit > the figure in it; tables print both, and rounding one into the other would move the limit."""


@dataclass(frozen=True)
class Plausible:
    """`hard` is refused outside, `soft` asked about outside; in `unit`, one range for all or one for each band of age."""

    unit: str
    hard: Range | Mapping[str, Range]
    soft: Mapping[str, Range] = field(default_factory=dict[str, Range])
    slips: bool = False

    def refused_outside(self, band: str | None) -> Range:
        """The range of a band; that of all bands together where the age is not known."""
        if isinstance(self.hard, tuple):
            return self.hard
        return self.hard[band] if band else (min(r[0] for r in self.hard.values()), max(r[1] for r in self.hard.values()))

    def asked_outside(self, band: str | None) -> Range | None:
        return self.soft.get(band) if band else None


@dataclass(frozen=True)
class PlausibleTable:
    """`bands`: name > the completed years that it begins with. `range`: what is judged > its ranges."""

    bands: dict[str, int]
    range: Mapping[str, Plausible]

    def band(self, age: Age | None) -> str | None:
        """The band of age that ranges go by; None where the age is not known."""
        if age is None:
            return None
        return next((name for name, years in reversed(self.bands.items()) if age.years >= years), None)


@dataclass(frozen=True)
class Usual:
    """Usual ranges, awake and at rest, from an age on."""

    name: str
    pulse: Range
    breathing: Range
    from_days: int = 0
    from_years: int = 0


@dataclass(frozen=True)
class YoungInfant:
    below_days: int
    fever: PerUnit
    cold: PerUnit


@dataclass(frozen=True)
class High:
    at: PerUnit


@dataclass(frozen=True)
class Cold:
    from_years: int
    below: PerUnit


@dataclass(frozen=True)
class Fever:
    """`site` > limit; `any` where no site was said."""

    site: Mapping[str, PerUnit]

    def limit(self, site: str, unit: str) -> Decimal:
        return self.site.get(site, self.site["any"])[unit]


@dataclass(frozen=True)
class Temperature:
    fever: Fever
    young_infant: YoungInfant
    high: High
    low: Cold


@dataclass(frozen=True)
class Oxygen:
    low: Decimal
    very_low: Decimal


@dataclass(frozen=True)
class Pain:
    severe: Decimal


@dataclass(frozen=True)
class Change:
    """Against the last weight: a factor that looks like pounds for kilograms, or a change in percent."""

    swap: tuple[Range, ...]
    swap_from_years: int
    recent_days: int
    recent_percent: Decimal
    any_percent: Decimal
    from_years: int


@dataclass(frozen=True)
class Weight:
    pounds_from_years: int
    change: Change


@dataclass(frozen=True)
class Length:
    lying_below_months: int


@dataclass(frozen=True)
class BodyMass:
    """An adult category begins at `least` kg/m2."""

    name: str
    least: Decimal


@dataclass(frozen=True)
class BodyMassIndex:
    from_years: int
    category: tuple[BodyMass, ...]


@dataclass(frozen=True)
class Times:
    """How far a time may lie ahead, from when on a set counts as entered late, and a last period as long ago."""

    drift_minutes: int
    late_hours: int
    last_period_days: int


@dataclass(frozen=True)
class Limits:
    plausible: PlausibleTable
    usual: tuple[Usual, ...]
    pressure: Pressure
    temperature: Temperature
    spo2: Oxygen
    pain: Pain
    weight: Weight
    length: Length
    bmi: BodyMassIndex
    time: Times

    def usual_at(self, age: Age) -> Usual | None:
        return row_for(age, self.usual)


def limits() -> Limits:
    """With the clinic's own figures. ValueError for figures that contradict themselves."""
    return _limits(own.own())


@lru_cache(maxsize=4)
def _limits(mine: own.Own) -> Limits:
    return checked(own.table("limits", mine))


def checked(table: Mapping[str, Any]) -> Limits:
    """The table as limits. ValueError names what is wrong with it."""
    found = msgspec.convert(table, Limits)
    for wrong in _contradictions(found):
        raise ValueError(f"vitals/limits.toml: {wrong}")
    return found


def _contradictions(found: Limits) -> Iterator[str]:
    for name, row in found.plausible.range.items():
        yield from (f"{name}: lowest is not below highest" for low, high in _ranges(row) if low >= high)
    for usual in found.usual:
        yield from (
            f"usual, {usual.name}: lowest is not below highest" for low, high in (usual.pulse, usual.breathing) if low >= high
        )
    years = list(found.plausible.bands.values())
    if years[:1] != [0] or any(one >= other for one, other in pairwise(years)):
        yield "bands: they do not follow each other from birth on"
    yield from _out_of_order("usual", found.usual)
    yield from _out_of_order("child_low", found.pressure.child_low.rows)


def _ranges(row: Plausible) -> Sequence[Range]:
    hard = [row.hard] if isinstance(row.hard, tuple) else list(row.hard.values())
    return [*hard, *row.soft.values()]


def _out_of_order(name: str, rows: Sequence[Usual | ChildLow]) -> Iterator[str]:
    if not in_order(rows) or (rows[0].from_years, rows[0].from_days) != (0, 0):
        yield f"{name}: rows do not follow each other from birth on"
