"""CDC's extension of the index of body mass above the 95th percentile, where its plain z-scores cannot grow any more.

Wei et al., Annals of Human Biology 2020;47:514-521: above the 95th percentile the index is spread half-normally.
"""

from __future__ import annotations

import math

from maroom.duties.vitals.rules.growth.figures import figures
from maroom.duties.vitals.rules.growth.lms import Lms, percentile_of, z_of

_LEAST = 1e-16
"""a share of children above, below which CDC's program no longer tells a percentile from 100"""


def sigma(sex: str, months: float) -> float:
    """The spread of the half-normal distribution above the 95th percentile, in kg/m2."""
    given, years = figures().extended, months / 12
    constant, linear, square = given.male if sex == "male" else given.female
    return constant + linear * years + square * years * years


def extended_z(lms: Lms, index: float, sex: str, months: float) -> float:
    """Below the 95th percentile the plain z; from there on CDC's extended one, at most what its program gives."""
    given = figures().extended
    edge = lms.value(z_of(given.from_percentile))
    if index < edge:
        return lms.z(index)
    above = (index - edge) / sigma(sex, months)
    left = (100 - given.from_percentile) / 100 * math.erfc(above / math.sqrt(2))
    return min(-z_of(100 * left) if left > _LEAST else given.most_z, given.most_z)


def extended_value(lms: Lms, z: float, sex: str, months: float) -> float:
    """The index at so many standard deviations, in kg/m2: the way back from `extended_z`."""
    given = figures().extended
    edge = z_of(given.from_percentile)
    if z <= edge:
        return lms.value(z)
    left = (100 - percentile_of(z)) / (100 - given.from_percentile)
    return lms.value(edge) - sigma(sex, months) * z_of(100 * left / 2)
