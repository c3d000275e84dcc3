"""The LMS method: what a value is in standard deviations, and what value so many standard deviations are.

Cole and Green, Statistics in Medicine 1992;11:1305-1319. Restricted z-scores: WHO Child Growth Standards, methods and
development, 2006. Modified z-scores: CDC, "Modified z-scores in the CDC growth charts".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

_NORMAL = NormalDist()
_TAIL = 3


@dataclass(frozen=True)
class Lms:
    """The power, the median and the coefficient of variation of a measure at one age or length."""

    power: float
    median: float
    variation: float

    def z(self, value: float) -> float:
        """Standard deviations from the median. ValueError for a value that is not above nothing."""
        ratio = value / self.median
        if self.power == 0:
            return math.log(ratio) / self.variation
        return (ratio**self.power - 1) / (self.power * self.variation) if value > 0 else _no_value(value)

    def value(self, z: float) -> float:
        """The value at so many standard deviations; ValueError beyond what the power can reach (over 3 on any CDC chart)."""
        if self.power == 0:
            return self.median * math.exp(self.variation * z)
        base = 1 + self.power * self.variation * z
        return self.median * base ** (1 / self.power) if base > 0 else _no_value(z)

    def restricted_z(self, value: float) -> float:
        """As WHO reckons weights: beyond 3 in steps of the distance between 2 and 3 on that side."""
        plain = self.z(value)
        if abs(plain) <= _TAIL:
            return plain
        side = math.copysign(1, plain)
        third, second = self.value(side * _TAIL), self.value(side * (_TAIL - 1))
        return side * (_TAIL + abs(value - third) / abs(third - second))

    def restricted_value(self, z: float) -> float:
        """The value at so many of WHO's restricted standard deviations."""
        if abs(z) <= _TAIL:
            return self.value(z)
        side = math.copysign(1, z)
        third, second = self.value(side * _TAIL), self.value(side * (_TAIL - 1))
        return third + (abs(z) - _TAIL) * (third - second)

    def modified_z(self, value: float) -> float:
        """As CDC looks for mistakes: in halves of the distance between the median and 2 on that side."""
        away = value - self.median
        return away / (abs(self.value(math.copysign(2, away)) - self.median) / 2)


def percentile_of(z: float) -> float:
    """0 to 100, by the normal distribution."""
    return 50 * (1 + math.erf(z / math.sqrt(2)))


def z_of(percentile: float) -> float:
    """Of a percentile above 0 and below 100. statistics.StatisticsError outside."""
    return _NORMAL.inv_cdf(percentile / 100)


def _no_value(number: float) -> float:
    raise ValueError(f"{number} has no place on the chart")
