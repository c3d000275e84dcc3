"""NEWS2 of the Royal College of Physicians, for acutely unwell adults, where the clinic has it switched on.

There is a total of all seven or none at all; what is missing is named instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

import msgspec

from maroom.core import resources
from maroom.core.quantity import Quantity, converted, rounded
from maroom.duties.vitals.rules.ages import Age

Row = tuple[Decimal, int]
"""From this value on, so many points."""


class Part(StrEnum):
    """The seven."""

    BREATHING = "breathing"
    SPO2 = "spo2"
    OXYGEN = "oxygen"
    SYSTOLIC = "systolic"
    PULSE = "pulse"
    ALERT = "alert"
    TEMPERATURE = "temperature"


class Band(StrEnum):
    LOW = "low"
    LOW_MEDIUM = "low_medium"
    """one of the seven alone has three points: urgent review"""
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True)
class Figures:
    from_years: int
    places: int
    temperature_places: int
    breathing: tuple[Row, ...]
    systolic: tuple[Row, ...]
    pulse: tuple[Row, ...]
    temperature: tuple[Row, ...]
    spo2: tuple[Row, ...]
    spo2_target_on_air: tuple[Row, ...]
    spo2_target_on_oxygen: tuple[Row, ...]
    on_oxygen: int
    not_alert: int
    single: int
    band: tuple[tuple[int, Band], ...]

    def saturation(self, on_oxygen: bool, target: bool) -> tuple[Row, ...]:
        if not target:
            return self.spo2
        return self.spo2_target_on_oxygen if on_oxygen else self.spo2_target_on_air


@dataclass(frozen=True)
class Observed:
    """None is what was not observed. `target`: a clinician has set 88 to 92 % as the aim of saturation."""

    breathing: Decimal | None = None
    spo2: Decimal | None = None
    on_oxygen: bool | None = None
    systolic: Decimal | None = None
    pulse: Decimal | None = None
    alert: bool | None = None
    temperature: Quantity | None = None
    target: bool = False


@dataclass(frozen=True)
class Score:
    """`parts`: the points of each of the seven."""

    total: int
    band: Band
    parts: Mapping[Part, int]


def applies(age: Age | None, pregnant: bool = False) -> bool:
    """From 16 years on and not in pregnancy."""
    return age is not None and age.years >= figures().from_years and not pregnant


def missing(observed: Observed) -> tuple[Part, ...]:
    """What there is no total without."""
    values = (
        (Part.BREATHING, observed.breathing),
        (Part.SPO2, observed.spo2),
        (Part.OXYGEN, observed.on_oxygen),
        (Part.SYSTOLIC, observed.systolic),
        (Part.PULSE, observed.pulse),
        (Part.ALERT, observed.alert),
        (Part.TEMPERATURE, observed.temperature),
    )
    return tuple(part for part, value in values if value is None)


def score(observed: Observed) -> Score | None:
    """None unless all seven were observed."""
    if missing(observed):
        return None
    parts = _parts(observed, figures())
    total = sum(parts.values())
    return Score(total, _band(total, max(parts.values()), figures()), parts)


def _parts(observed: Observed, given: Figures) -> dict[Part, int]:
    temperature, on_oxygen = observed.temperature, bool(observed.on_oxygen)
    celsius = converted(temperature.value, temperature.unit, "Cel", given.temperature_places) if temperature else Decimal(0)
    return {
        Part.BREATHING: _points(given.breathing, _whole(observed.breathing)),
        Part.SPO2: _points(given.saturation(on_oxygen, observed.target), _whole(observed.spo2)),
        Part.OXYGEN: given.on_oxygen if on_oxygen else 0,
        Part.SYSTOLIC: _points(given.systolic, _whole(observed.systolic)),
        Part.PULSE: _points(given.pulse, _whole(observed.pulse)),
        Part.ALERT: 0 if observed.alert else given.not_alert,
        Part.TEMPERATURE: _points(given.temperature, celsius),
    }


def _whole(value: Decimal | None) -> Decimal:
    return rounded(value or Decimal(0), figures().places)


def _points(rows: Sequence[Row], value: Decimal) -> int:
    return next((points for lowest, points in reversed(rows) if value >= lowest), rows[0][1])


def _band(total: int, most: int, given: Figures) -> Band:
    band = next(band for lowest, band in reversed(given.band) if total >= lowest)
    return Band.LOW_MEDIUM if band is Band.LOW and most >= given.single else band


@cache
def figures() -> Figures:
    """ValueError for rows that do not rise."""
    return checked(resources.table("vitals/news2.toml"))


def checked(table: Mapping[str, Any]) -> Figures:
    """The table as figures. ValueError names the rows that are wrong."""
    found = msgspec.convert(table, Figures)
    for name, rows in _tables(found):
        lowest = [row[0] for row in rows]
        if lowest[0] != 0 or lowest != sorted(set(lowest)):
            raise ValueError(f"vitals/news2.toml: {name}: rows do not rise from nothing on")
    return found


def _tables(found: Figures) -> Iterator[tuple[str, tuple[Row, ...]]]:
    yield from (("breathing", found.breathing), ("systolic", found.systolic), ("pulse", found.pulse))
    yield from (("temperature", found.temperature), ("spo2", found.spo2))
    yield from (("spo2_target_on_air", found.spo2_target_on_air), ("spo2_target_on_oxygen", found.spo2_target_on_oxygen))
    yield "band", tuple((Decimal(total), 0) for total, _ in found.band)
