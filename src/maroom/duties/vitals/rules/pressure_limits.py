"""The shape of the limits of a pressure: its categories, what is low, children's, and those in pregnancy."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from maroom.core.findings import Severity
from maroom.duties.vitals.rules.ages import Age


@dataclass(frozen=True)
class Category:
    """Of a pressure from 13 years on: reached by either half."""

    name: str
    severity: Severity
    systolic: Decimal | None = None
    diastolic: Decimal | None = None

    def reached(self, systolic: Decimal | None, diastolic: Decimal | None) -> bool:
        return _reaches(systolic, self.systolic) or _reaches(diastolic, self.diastolic)


def _reaches(value: Decimal | None, limit: Decimal | None) -> bool:
    return value is not None and limit is not None and value >= limit


@dataclass(frozen=True)
class Pair:
    """A limit of either half of a pressure."""

    systolic: Decimal
    diastolic: Decimal

    def under(self, systolic: Decimal | None, diastolic: Decimal | None) -> bool:
        """Whether either half is."""
        return (systolic is not None and systolic < self.systolic) or (diastolic is not None and diastolic < self.diastolic)

    def reached(self, systolic: Decimal | None, diastolic: Decimal | None) -> bool:
        """Whether either half is at it or above."""
        return _reaches(systolic, self.systolic) or _reaches(diastolic, self.diastolic)


@dataclass(frozen=True)
class Pregnancy:
    severe: Pair
    high: Pair


@dataclass(frozen=True)
class ChildLow:
    """A child's systolic is low below `under` + `per_year` a completed year."""

    under: int
    from_days: int = 0
    from_years: int = 0
    per_year: int = 0

    def limit(self, age: Age) -> int:
        return self.under + self.per_year * age.years


@dataclass(frozen=True)
class ChildLows:
    rows: tuple[ChildLow, ...]


@dataclass(frozen=True)
class Screen:
    """Completed years > (boys' systolic, boys' diastolic, girls' systolic, girls' diastolic) to look closer at."""

    from_years: int
    rows: tuple[tuple[int, Decimal, Decimal, Decimal, Decimal], ...]

    def limits(self, age: Age, sex: str) -> tuple[Decimal, Decimal] | None:
        """Systolic and diastolic; the lower of both sexes where it is neither male nor female."""
        row = next((row for row in reversed(self.rows) if age.years >= row[0]), None)
        if row is None:
            return None
        boys, girls = (row[1], row[2]), (row[3], row[4])
        return {"male": boys, "female": girls}.get(sex, (min(boys[0], girls[0]), min(boys[1], girls[1])))


@dataclass(frozen=True)
class Pressure:
    from_years: int
    category: tuple[Category, ...]
    low: Pair
    child: Screen
    child_low: ChildLows
    pregnancy: Pregnancy
