"""Body mass index: computed from the values as entered, rounded once, and named by that rounded figure, so that both agree."""

from __future__ import annotations

from decimal import Decimal

from maroom.core.quantity import Quantity, exact, rounded
from maroom.duties.vitals.rules.ages import Age
from maroom.duties.vitals.rules.limits import limits


def body_mass_index(weight: Quantity, height: Quantity) -> Decimal:
    """kg/m2 to one place. ZeroDivisionError for a height of nothing, which no form lets through."""
    metres = exact(height.value, height.unit, "m")
    return rounded(exact(weight.value, weight.unit, "kg") / (metres * metres), 1)


def body_mass_category(index: Decimal, age: Age | None) -> str:
    """The adult category by name; empty below 20 years, where percentiles say it."""
    figures = limits().bmi
    if age is None or age.years < figures.from_years:
        return ""
    return next(row.name for row in reversed(figures.category) if index >= row.least)
