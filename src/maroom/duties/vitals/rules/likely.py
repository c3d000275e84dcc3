"""Whether a value is likely: at its age, on the child's growth chart, and beside the last one. Slips are judged by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

import msgspec

from maroom.core import resources
from maroom.core.quantity import Quantity, exact
from maroom.duties.vitals.model import Sign, Subject
from maroom.duties.vitals.rules.ages import Age
from maroom.duties.vitals.rules.growth import places
from maroom.duties.vitals.rules.growth.places import Child, NoPlace, Place, Posture, Tall, child
from maroom.duties.vitals.rules.limits import limits


@dataclass(frozen=True)
class _Chart:
    """Standard deviations."""

    far: float
    near: float


@dataclass(frozen=True)
class _Last:
    from_years: int
    grown_from_years: int


@dataclass(frozen=True)
class SignFigures:
    """`moves` of the decimal point; `ratio` to the last value that is looked at; `near` in percent, grown and child."""

    units: bool = False
    moves: tuple[int, ...] = ()
    ratio: Decimal | None = None
    near: tuple[Decimal, Decimal] | None = None
    feet: bool = False
    impossible_only: bool = False


@dataclass(frozen=True)
class SlipFigures:
    chart: _Chart
    last: _Last
    sign: Mapping[Sign, SignFigures]
    fraction: Mapping[str, bool]

    def is_share(self, what: str) -> bool:
        """Whether a value of this is in percent, so that a share of 1 is a slip."""
        return self.fraction.get(what, False)


@cache
def slip_figures() -> SlipFigures:
    return msgspec.convert(resources.table("vitals/slips.toml"), SlipFigures)


@dataclass(frozen=True)
class Judge:
    """Of one sign of one person on a day; `last` is the value before it."""

    sign: Sign
    subject: Subject
    day: date
    age: Age | None
    last: Quantity | None

    def suspicious(self, quantity: Quantity) -> bool:
        """Impossible, or unlikely and not near the last value either."""
        if not self._possible(quantity):
            return True
        if self._figures.impossible_only or self._near_last(quantity):
            return False
        return not self._usual(quantity) or self._deviation(quantity, slip_figures().chart.far) or self._far_from_last(quantity)

    def fits(self, quantity: Quantity) -> bool:
        """Likely enough to be offered instead."""
        if not self._possible(quantity):
            return False
        if self._figures.impossible_only or self._near_last(quantity):
            return True
        if self._comparable and not self._on_chart:
            return False
        return self._usual(quantity) and not self._deviation(quantity, slip_figures().chart.near)

    @property
    def _figures(self) -> SignFigures:
        return slip_figures().sign[self.sign]

    @property
    def _comparable(self) -> bool:
        old_enough = self.age is None or self.age.years >= slip_figures().last.from_years
        return self._figures.near is not None and old_enough and self.last is not None and self.last.value > 0

    def _ratio(self, quantity: Quantity) -> Fraction:
        """To the last value, whichever is the larger: 1 and above. Of a value of nothing as if it were a thousandth."""
        last = self.last or quantity
        value = exact(quantity.value, quantity.unit, last.unit) or Fraction(1, 1000)
        ratio = value / Fraction(last.value)
        return max(ratio, 1 / ratio)

    def _near_last(self, quantity: Quantity) -> bool:
        near = self._figures.near
        if not self._comparable or near is None:
            return False
        grown = self.age is None or self.age.years >= slip_figures().last.grown_from_years
        return self._ratio(quantity) <= 1 + Fraction(near[0] if grown else near[1]) / 100

    def _far_from_last(self, quantity: Quantity) -> bool:
        ratio = self._figures.ratio
        return self._comparable and ratio is not None and self._ratio(quantity) > Fraction(ratio)

    def _possible(self, quantity: Quantity) -> bool:
        row = limits().plausible.range[self.sign.value]
        low, high = row.refused_outside(limits().plausible.band(self.age))
        return low <= exact(quantity.value, quantity.unit, row.unit) <= high

    def _usual(self, quantity: Quantity) -> bool:
        row = limits().plausible.range[self.sign.value]
        usual = row.asked_outside(limits().plausible.band(self.age))
        return usual is None or usual[0] <= exact(quantity.value, quantity.unit, row.unit) <= usual[1]

    @property
    def _on_chart(self) -> bool:
        return self._place(Quantity(Decimal(1), "kg" if self.sign is Sign.WEIGHT else "cm"), "female") is not None

    def _deviation(self, quantity: Quantity, most: float) -> bool:
        """Whether it is further away than that on the chart of its sex, or of both where that is not known."""
        sexes = (self.subject.sex,) if self.subject.sex in _SEXES else _SEXES
        found = [place for sex in sexes if (place := self._place(quantity, sex))]
        return bool(found) and all(abs(place.error_z) > most for place in found)

    def _place(self, quantity: Quantity, sex: str) -> Place | None:
        who = child(replace(self.subject, sex=sex), self.day)
        found = _placed(self.sign, quantity, who) if isinstance(who, Child) else who
        return found if isinstance(found, Place) else None


_SEXES = ("male", "female")


def _placed(sign: Sign, quantity: Quantity, who: Child) -> Place | NoPlace:
    if sign is Sign.WEIGHT:
        return places.weight(quantity, who)
    if sign is Sign.HEAD:
        return places.head(quantity, who)
    if sign in (Sign.LENGTH, Sign.HEIGHT):
        return places.length(Tall(quantity, Posture.LYING if sign is Sign.LENGTH else Posture.STANDING), who)
    return NoPlace.NO_CHART
