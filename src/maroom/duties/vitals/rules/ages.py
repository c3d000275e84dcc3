"""How old somebody was on a day, as clinical tables count it, and which row of a table that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from maroom.visits.rules.age import completed_months, completed_years


@dataclass(frozen=True)
class Age:
    """Completed days, months and years."""

    days: int
    months: int
    years: int


def age_on(day: date, born: date) -> Age:
    """Negative for a day before birth, which no table has a row for."""
    return Age((day - born).days, completed_months(born, day), completed_years(born, day))


class Row(Protocol):
    """A row of a table by age: it begins at so many completed days, or years, and ends where the next one begins."""

    @property
    def from_days(self) -> int: ...

    @property
    def from_years(self) -> int: ...


R = TypeVar("R", bound=Row)


def row_for(age: Age, rows: Sequence[R]) -> R | None:
    """The last row that has begun; None before the first."""
    return next((row for row in reversed(rows) if _begun(row, age)), None)


def _begun(row: Row, age: Age) -> bool:
    return age.years >= row.from_years and age.days >= row.from_days


def in_order(rows: Sequence[Row]) -> bool:
    """Whether each row begins after the one before it, so that none is hidden and no age has two."""
    begins = [(row.from_years, row.from_days) for row in rows]
    return begins == sorted(set(begins))
