"""A child's blood pressure among children of its sex, age and height: AAP 2017, 1 to 12 years. A range, not a diagnosis.

The tables are read at the nearest of their seven heights; of two that are equally near the shorter one, which has the lower
limits, is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec

from maroom.core import resources
from maroom.core.findings import Finding, Severity
from maroom.core.quantity import Quantity, exact
from maroom.duties.vitals.model import Component, Sign, field_of
from maroom.duties.vitals.rules.ages import Age
from maroom.duties.vitals.rules.found import Found

Seven = tuple[Decimal, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal]
"""One figure for each column of height."""


@dataclass(frozen=True)
class _Year:
    """Heights in cm; percentile of pressure > mmHg at each of them."""

    height: Seven
    systolic: Mapping[int, Seven]
    diastolic: Mapping[int, Seven]

    def column(self, centimetres: Decimal) -> int:
        return min(range(len(self.height)), key=lambda at: (abs(self.height[at] - centimetres), at))


@dataclass(frozen=True)
class _Category:
    """Reached at a percentile plus `over`, or at the figure of adults (mmHg) where that is lower."""

    name: Found
    percentile: int
    over: int
    systolic: Decimal
    diastolic: Decimal
    severity: Severity


@dataclass(frozen=True)
class Tables:
    from_years: int
    below_years: int
    heights: tuple[int, int, int, int, int, int, int]
    category: tuple[_Category, ...]
    male: Mapping[int, _Year]
    female: Mapping[int, _Year]


@dataclass(frozen=True)
class Among:
    """A half of the pressure among the percentiles (50, 90, 95 > mmHg) of its column."""

    value: Decimal
    limits: Mapping[int, Decimal]

    @property
    def reached(self) -> int:
        """The highest of the percentiles that it is at or above; 0 below all."""
        return max((percentile for percentile, limit in self.limits.items() if self.value >= limit), default=0)


@dataclass(frozen=True)
class ChildPressure:
    """`height` is the percentile of height whose column was read; `beyond` where the child is shorter or taller than all."""

    name: Found
    severity: Severity
    height: int
    beyond: bool
    halves: Mapping[Component, Among]


def child_pressure(halves: Mapping[Component, Decimal], height: Quantity, age: Age, sex: str) -> ChildPressure | None:
    """Of the halves that were taken, mmHg. None outside the ages of the tables, or where the sex is neither male nor female."""
    found = tables()
    years = {"male": found.male, "female": found.female}.get(sex)
    if years is None or not halves or not found.from_years <= age.years < found.below_years:
        return None
    year = years[age.years]
    exactly = exact(height.value, height.unit, "cm")
    centimetres = Decimal(exactly.numerator) / exactly.denominator
    column = year.column(centimetres)
    among = {half: Among(value, _limits(year, half, column)) for half, value in halves.items()}
    name, severity = _category(found.category, among)
    beyond = not year.height[0] <= centimetres <= year.height[-1]
    return ChildPressure(name, severity, found.heights[column], beyond, among)


def child_pressure_found(pressure: ChildPressure) -> Finding:
    """What is told about the pressure as a whole."""
    return Finding(field_of(Sign.BP), pressure.name, pressure.severity)


def _limits(year: _Year, half: Component, column: int) -> dict[int, Decimal]:
    rows = year.systolic if half is Component.SYSTOLIC else year.diastolic
    return {percentile: figures[column] for percentile, figures in rows.items()}


def _category(rows: tuple[_Category, ...], among: Mapping[Component, Among]) -> tuple[Found, Severity]:
    for row in rows:
        if any(one.value >= _from(row, half, one.limits) for half, one in among.items()):
            return row.name, row.severity
    return Found.NORMAL, Severity.OK


def _from(row: _Category, half: Component, limits: Mapping[int, Decimal]) -> Decimal:
    grown = row.systolic if half is Component.SYSTOLIC else row.diastolic
    return min(limits[row.percentile] + row.over, grown)


@cache
def tables() -> Tables:
    """ValueError for tables that contradict themselves."""
    return checked(resources.table("vitals/child_pressure.toml"))


def checked(table: Mapping[str, Any]) -> Tables:
    """The table as tables. ValueError names the year that is wrong or missing."""
    found = msgspec.convert(table, Tables, strict=False)
    ages = set(range(found.from_years, found.below_years))
    for sex, years in (("male", found.male), ("female", found.female)):
        if set(years) != ages:
            raise ValueError(f"vitals/child_pressure.toml: {sex}: years are missing or too many")
        for age, year in years.items():
            if not _rises(year):
                raise ValueError(f"vitals/child_pressure.toml: {sex}, {age}: figures do not rise")
    return found


def _rises(year: _Year) -> bool:
    by_percentile = [rows[percentile] for rows in (year.systolic, year.diastolic) for percentile in sorted(rows)]
    across = all(one <= other for row in by_percentile for one, other in pairwise(row))
    up = all(rows[50][at] < rows[90][at] < rows[95][at] for rows in (year.systolic, year.diastolic) for at in range(7))
    return across and up and all(one < other for one, other in pairwise(year.height))
