"""What a weight says against the weights before it. It is told to be looked at by the clinician, and holds up nothing.

Units mixed up, and an unlikely change, are asked about by `told` before the weight is saved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache

import msgspec

from maroom.core import resources
from maroom.core.findings import Finding, Severity
from maroom.core.quantity import Quantity, exact, rounded
from maroom.duties.vitals.model import Sign, field_of
from maroom.duties.vitals.rules.ages import age_on


class WeightFound(StrEnum):
    """`limit` is the figure that was reached, `detail` the change in its unit."""

    NEWBORN_LOSS = "newborn_loss"
    NOT_REGAINED = "birth_weight_not_regained"
    INFANT_NO_GAIN = "infant_no_gain"
    """`limit` in g/d"""
    HEART_FAILURE_GAIN = "heart_failure_gain"
    """`limit` in [lb_av]"""
    LOSS = "weight_loss"
    """`limit` in %"""


@dataclass(frozen=True)
class Weighed:
    """A weight and the day it was taken on."""

    quantity: Quantity
    day: date


@dataclass(frozen=True)
class Person:
    """Whose weight it is, as far as it is known."""

    born: date | None
    birth_weight: Quantity | None = None
    heart_failure: bool = False
    """on the problem list"""


@dataclass(frozen=True)
class _LossRow:
    days: int
    percent: Decimal


@dataclass(frozen=True)
class _Loss:
    from_years: int
    rows: tuple[_LossRow, ...]


@dataclass(frozen=True)
class _HeartRow:
    days: int
    pounds: Decimal


@dataclass(frozen=True)
class _Heart:
    rows: tuple[_HeartRow, ...]


@dataclass(frozen=True)
class _Newborn:
    percent: Decimal
    percent_below_days: int
    regained_days: int
    until_days: int


@dataclass(frozen=True)
class _Infant:
    below_months: int
    grams_a_day: Decimal
    days: int
    counted_from_days: int


@dataclass(frozen=True)
class Figures:
    loss: _Loss
    heart_failure: _Heart
    newborn: _Newborn
    infant: _Infant


@cache
def figures() -> Figures:
    return msgspec.convert(resources.table("vitals/weight_changes.toml"), Figures)


def weight_changes(now: Weighed, before: Sequence[Weighed], who: Person) -> tuple[Finding, ...]:
    """The most urgent first. `before` in any order; what is of a later day is left out."""
    earlier = sorted((one for one in before if one.day <= now.day), key=lambda one: one.day)
    return (*_newborn(now, who), *_infant(now, earlier, who), *_heart(now, earlier, who), *_loss(now, earlier, who))


def _newborn(now: Weighed, who: Person) -> Iterator[Finding]:
    given = figures().newborn
    if who.born is None or who.birth_weight is None or not 0 <= (now.day - who.born).days < given.until_days:
        return
    days, percent = (now.day - who.born).days, _lost_percent(who.birth_weight, now.quantity)
    if days < given.percent_below_days and percent > given.percent:
        yield _found(WeightFound.NEWBORN_LOSS, Severity.CRITICAL, given.percent, "%", percent)
    if days >= given.regained_days and percent > 0:
        yield _found(WeightFound.NOT_REGAINED, Severity.CRITICAL, None, "%", percent)


def _infant(now: Weighed, earlier: Sequence[Weighed], who: Person) -> Iterator[Finding]:
    given = figures().infant
    if who.born is None or age_on(now.day, who.born).months >= given.below_months:
        return
    counted = who.born + timedelta(days=given.counted_from_days)
    old = [one for one in earlier if one.day >= counted and (now.day - one.day).days >= given.days]
    if old:
        days = (now.day - old[-1].day).days
        gain = (_in(now.quantity, "g") - _in(old[-1].quantity, "g")) / days
        if gain < given.grams_a_day:
            yield _found(WeightFound.INFANT_NO_GAIN, Severity.ASK, given.grams_a_day, "g/d", gain)


def _heart(now: Weighed, earlier: Sequence[Weighed], who: Person) -> Iterator[Finding]:
    if who.heart_failure:
        for row in figures().heart_failure.rows:
            least = min((_in(one.quantity, "[lb_av]") for one in _within(now, earlier, row.days)), default=None)
            gain = Fraction(0) if least is None else _in(now.quantity, "[lb_av]") - least
            if gain > row.pounds:
                yield _found(WeightFound.HEART_FAILURE_GAIN, Severity.ASK, row.pounds, "[lb_av]", gain, row.days)
                return


def _loss(now: Weighed, earlier: Sequence[Weighed], who: Person) -> Iterator[Finding]:
    given = figures().loss
    if who.born is None or age_on(now.day, who.born).years < given.from_years:
        return
    for row in given.rows:
        losses = [_lost_percent(one.quantity, now.quantity) for one in _within(now, earlier, row.days)]
        if losses and max(losses) >= row.percent:
            yield _found(WeightFound.LOSS, Severity.ASK, row.percent, "%", max(losses), row.days)
            return


def _within(now: Weighed, earlier: Sequence[Weighed], days: int) -> list[Weighed]:
    return [one for one in earlier if (now.day - one.day).days <= days]


def _lost_percent(before: Quantity, now: Quantity) -> Fraction:
    """Positive for a loss; 0 where there was no weight to lose."""
    kilograms = _in(before, "kg")
    return 100 * (kilograms - _in(now, "kg")) / kilograms if kilograms else Fraction(0)


def _in(quantity: Quantity, unit: str) -> Fraction:
    return exact(quantity.value, quantity.unit, unit)


def _found(
    code: WeightFound, severity: Severity, limit: Decimal | None, unit: str, change: Fraction, days: int | None = None
) -> Finding:
    """`detail`: the change to 0.1 and, where it has one, its span: `5.2 30d`."""
    detail = f"{rounded(change, 1)}" if days is None else f"{rounded(change, 1)} {days}d"
    return Finding(field_of(Sign.WEIGHT), code, severity, limit, unit, detail)
