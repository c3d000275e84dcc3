"""The published tables of L, M and S, each in its own file of `resources/growth/`, read when first needed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Literal

import msgspec

from maroom.core import resources
from maroom.duties.vitals.rules.growth.lms import Lms


class Standard(StrEnum):
    """Who published a table."""

    WHO = "who"
    CDC = "cdc"


@dataclass(frozen=True)
class _File:
    """`by`: what the rows go by; `restricted`: whether its z-scores are WHO's restricted ones."""

    standard: Standard
    by: Literal["days", "months", "cm"]
    unit: str
    restricted: bool
    basis: str
    male: str
    female: str


@dataclass(frozen=True)
class Rows:
    """The rows of one sex; `at` rises from row to row."""

    at: tuple[float, ...]
    lms: tuple[Lms, ...]

    def lms_at(self, x: float) -> Lms | None:
        """Between two rows L, M and S are interpolated linearly, as CDC's program does; None outside the table."""
        if not self.at[0] <= x <= self.at[-1]:
            return None
        after = min(bisect_right(self.at, x), len(self.at) - 1)
        low, high = self.lms[after - 1], self.lms[after]
        share = (x - self.at[after - 1]) / (self.at[after] - self.at[after - 1])
        return Lms(*(_between(getattr(low, name), getattr(high, name), share) for name in Lms.__match_args__))


def _between(low: float, high: float, share: float) -> float:
    return low + (high - low) * share if share else low


@dataclass(frozen=True)
class Table:
    """One measure of one publisher, in `unit` (UCUM)."""

    standard: Standard
    by: str
    unit: str
    restricted: bool
    sex: dict[str, Rows]

    def z(self, lms: Lms, value: float) -> float:
        """As the publisher reckons it."""
        return lms.restricted_z(value) if self.restricted else lms.z(value)

    def value(self, lms: Lms, z: float) -> float:
        return lms.restricted_value(z) if self.restricted else lms.value(z)


@cache
def table(name: str) -> Table:
    """`who_weight`, `cdc_bmi`, ... ValueError where its rows do not rise."""
    found = msgspec.convert(resources.table(f"growth/{name}.toml"), _File)
    sexes = {sex: _rows(text) for sex, text in (("male", found.male), ("female", found.female))}
    if any(one >= other for rows in sexes.values() for one, other in pairwise(rows.at)):
        raise ValueError(f"growth/{name}.toml: a row does not stand above the one before it")
    return Table(found.standard, found.by, found.unit, found.restricted, sexes)


def _rows(text: str) -> Rows:
    numbers = [[float(word) for word in line.split()] for line in text.splitlines()]
    return Rows(tuple(row[0] for row in numbers), tuple(Lms(*row[1:]) for row in numbers))
