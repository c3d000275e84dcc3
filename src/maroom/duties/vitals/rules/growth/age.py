"""How old a child is on a growth chart: days and fractions of months, corrected for an early birth where its weeks are known.

Days divided by 30.4375 as CDC reckons them. A child born on 29 February has its birthday on 1 March of a common year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maroom.duties.vitals.rules.ages import age_on
from maroom.duties.vitals.rules.growth.figures import figures

_WEEK = 7


@dataclass(frozen=True)
class ChartAge:
    """`completed` months counted from birth decide which chart it is; `days` and `months` are looked up on it, corrected by
    `early` days, which is 0 for a child born at term, of unknown gestation, or past the age of correction."""

    completed: int
    days: int
    months: float
    early: int = 0


def chart_age(born: date, day: date, gestation: int | None = None) -> ChartAge:
    """`gestation`: completed days at birth (34 weeks 3 days: 241), None where it is not known. Negative before term."""
    age, given = age_on(day, born), figures()
    early = _early(gestation) if age.months < given.premature.until_months else 0
    days = age.days - early
    months = days / given.age.days_in_month
    switch = given.age.switch_months
    return ChartAge(age.months, days, max(months, float(switch)) if age.months >= switch else months, early)


def _early(gestation: int | None) -> int:
    """Days that were missing to term; 0 from 37 weeks on."""
    given = figures().premature
    if gestation is None or gestation >= given.below_weeks * _WEEK:
        return 0
    return given.term_weeks * _WEEK - gestation
