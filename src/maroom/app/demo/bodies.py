"""Bodies that grow, gain and age: what a person measures on a day. Children keep to their centile."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from maroom.app.demo.people import Person
from maroom.app.demo.seed import table

_MONTHS_A_YEAR = 12
_GROWN = 20.0
_SHRINKS_FROM = 60.0
_CM_LOST_A_YEAR = 0.12
_GAINS_UNTIL = 65.0
_MOST_OXYGEN = 100.0
_LEAST_BETWEEN = 20.0
_LEAST_BMI, _MOST_BMI = 17.5, 43.0


@dataclass(frozen=True)
class Body:
    """`tall` and `heavy` are standard deviations from the middle, `gain` kilograms a grown year."""

    person: Person
    tall: float
    heavy: float
    gain: float

    @classmethod
    def of(cls, person: Person, rng: Random) -> Body:
        tall = _within(rng.gauss(0, 0.9), 2.0)
        return cls(person, tall, _within(0.5 * tall + rng.gauss(0.2, 0.7), 2.2), rng.uniform(-0.1, 0.7))

    def height(self, day: date) -> float:
        """In cm."""
        age = self.person.age(day)
        lost = max(age - _SHRINKS_FROM, 0.0) * _CM_LOST_A_YEAR
        return self._grown("height", age, self.tall) - lost

    def weight(self, day: date) -> float:
        """In kg."""
        age = self.person.age(day)
        gained = max(min(age, _GAINS_UNTIL) - _GROWN, 0.0) * self.gain
        weight = self._grown("weight", age, self.heavy) + gained
        if age < _GROWN:
            return weight
        square = (self.height(day) / 100) ** 2
        return min(max(weight, _LEAST_BMI * square), _MOST_BMI * square)

    def head(self, day: date) -> float:
        """Around the head, in cm; the table ends at three years."""
        return self._grown("head", self.person.age(day), 0.6 * self.tall)

    def usual(self, sign: str, day: date, treated: float) -> float:
        """The middle of a sign of `bodies.toml` for the age, with what the person's problems add; `treated` runs from 0
        (just found) to 1 (treated for years)."""
        bodies = table("bodies")
        added = sum(bodies["with"].get(problem, {}).get(sign, 0) for problem in self.person.problems)
        return _along(bodies[sign]["middle"], self.person.age(day)) + added * (1 - treated / 2)

    def strayed(self, sign: str, day: date, treated: float, rng: Random) -> float:
        """A single reading, as it strays from the usual."""
        value = rng.gauss(self.usual(sign, day, treated), table("bodies")[sign]["stray"])
        return min(value, _MOST_OXYGEN) if sign == "oxygen" else value

    def pressure(self, day: date, treated: float, rng: Random) -> tuple[float, float]:
        """Both halves, never too near to each other."""
        upper = self.strayed("systolic", day, treated, rng)
        return upper, min(self.strayed("diastolic", day, treated, rng), upper - _LEAST_BETWEEN)

    def _grown(self, what: str, age: float, z: float) -> float:
        growth = table("growth")
        places: Sequence[Sequence[float]] = growth[self.person.sex][what]
        months = growth["months"][: len(places)]
        power, middle, spread = (
            _along([(month, place[part]) for month, place in zip(months, places, strict=True)], age * _MONTHS_A_YEAR)
            for part in range(3)
        )
        return middle * (1 + power * spread * z) ** (1 / power)


def _along(points: Sequence[Sequence[float]], x: float) -> float:
    """On the line through the points; flat before the first and after the last."""
    after = bisect([point[0] for point in points], x)
    if after in (0, len(points)):
        return points[min(after, len(points) - 1)][1]
    (x0, y0), (x1, y1) = points[after - 1], points[after]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def _within(value: float, limit: float) -> float:
    return min(max(value, -limit), limit)
