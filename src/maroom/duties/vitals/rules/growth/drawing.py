"""A growth chart of one child in the chart's own figures: which part of it, its curves, and the child's own points.

No words and no pixels: the view says it, `core.plot` lays it out, and screen and paper draw the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from maroom.duties.vitals.model import Subject
from maroom.duties.vitals.rules.growth.curves import axes, value_at
from maroom.duties.vitals.rules.growth.figures import Chart, Measure, figures
from maroom.duties.vitals.rules.growth.measured import Measured, place_of
from maroom.duties.vitals.rules.growth.places import Assumed, Child, NoPlace, Place, as_charted, chart_of, child
from maroom.duties.vitals.rules.growth.tables import Standard, table
from maroom.duties.vitals.rules.growth.ticks import MOST, round_ticks
from maroom.visits.rules.age import age_words

Pair = tuple[float, float]
STEPS = 60
"""parts of a curve"""
AHEAD = 1.08
"""how far beyond the child's last point the part that is drawn reaches at least"""
_YEARS_FROM = 36
"""months from which an axis is marked in years"""
_SPANS = {
    "who_weight_for_length": (75, 90, 110),
    "cdc_head": (36,),
    "cdc": (72, 120, 240),
    "who": (6, 12, 24),
}
"""Where the drawn part may end: cm, or months of age."""


@dataclass(frozen=True)
class Curve:
    """One percentile along the drawn part."""

    percentile: float
    points: tuple[Pair, ...]


@dataclass(frozen=True)
class Spot:
    """A value of the child: `x` as the chart goes, `value` as it was placed; `typed` while it is not on record."""

    x: float
    value: float
    percentile: float
    z: float
    day: date
    age: str
    """as clinicians say it, counted from birth: `8 mo`"""
    typed: bool = False


@dataclass(frozen=True)
class Drawing:
    """`by` is months or cm; the part that is drawn, `span`, and the marks `across` are in it, and are said in years where
    `in_years`. `unit` (UCUM) is that of values and `ticks`. `assumed` is what was done to any of the spots; `left_out` counts
    values that have no place on this chart."""

    measure: Measure
    standard: Standard
    sex: str
    by: str
    unit: str
    span: Pair
    across: tuple[float, ...]
    ticks: tuple[float, ...]
    curves: tuple[Curve, ...]
    spots: tuple[Spot, ...]
    in_years: bool = False
    assumed: tuple[Assumed, ...] = ()
    left_out: int = 0
    early: int = 0
    """days that the last age was corrected by"""


def drawing(
    measure: Measure,
    subject: Subject,
    day: date,
    before: Sequence[Measured],
    now: Measured | None = None,
    gestation: int | None = None,
) -> Drawing | NoPlace:
    """The chart that is the one to use on `day`, with all values that stand on it; `now` is being typed.

    NO_CHART where there is none at this age; a chart without a single value of the child is drawn all the same.
    """
    who = child(subject, day, gestation)
    if isinstance(who, NoPlace):
        return who
    chart = chart_of(measure, who.age)
    if chart is None:
        return NoPlace.NO_CHART
    found = [_placed(chart, subject, one, one is now, gestation) for one in (*before, *((now,) if now else ()))]
    placed = [one for one in found if isinstance(one, tuple)]
    return _drawn(chart, who, placed, left_out=sum(one is _LOST for one in found))


_Placed = tuple[Spot, Place]
_LOST = NoPlace.OFF_THE_TABLE


def _placed(chart: Chart, subject: Subject, there: Measured, typed: bool, gestation: int | None) -> _Placed | NoPlace:
    """NO_VALUE where nothing was measured; OFF_THE_TABLE for a value that this chart cannot show."""
    who = child(subject, there.day, gestation)
    place = place_of(chart.measure, there, who) if isinstance(who, Child) else who
    if place is NoPlace.NO_VALUE:
        return place
    if (
        subject.born is None
        or isinstance(place, NoPlace)
        or isinstance(who, NoPlace)
        or chart_of(chart.measure, who.age) != chart
    ):
        return _LOST
    age = age_words(subject.born, there.day)
    return Spot(_x(chart, there, who), place.value, place.percentile, place.z, there.day, age, typed), place


def _x(chart: Chart, there: Measured, who: Child) -> float:
    """Of a place: where it stands along the chart, in months or cm."""
    if chart.measure is Measure.WEIGHT_FOR_LENGTH and there.tall is not None:
        return as_charted(there.tall, table(chart.table).standard)[0]
    return who.age.months


def _drawn(chart: Chart, who: Child, placed: Sequence[_Placed], left_out: int) -> Drawing:
    spots = tuple(spot for spot, _ in placed)
    low, high = _part(chart, [spot.x for spot in spots] or [_somewhere(chart, who)])
    curves = _curves(chart, who.sex, low, high)
    values = [value for curve in curves for _, value in curve.points] + [spot.value for spot in spots]
    in_years = axes(chart).by != "cm" and high > _YEARS_FROM
    assumed = (one for _, place in placed for one in place.assumed)
    return Drawing(
        measure=chart.measure,
        standard=table(chart.table).standard,
        sex=who.sex,
        by="cm" if axes(chart).by == "cm" else "months",
        unit=axes(chart).unit,
        span=(low, high),
        across=tuple(_across(low, high, axes(chart).by, in_years)),
        ticks=round_ticks(min(values), max(values)),
        curves=curves,
        spots=spots,
        in_years=in_years,
        assumed=tuple(dict.fromkeys(assumed)),
        left_out=left_out,
        early=who.age.early,
    )


def _part(chart: Chart, xs: Sequence[float]) -> Pair:
    """The shortest part of the chart that has all of the child's points and a little ahead of them."""
    standard = table(chart.table).standard.value
    ends = _SPANS.get(chart.table, _SPANS[standard])
    end = next((end for end in ends if max(xs) * AHEAD <= end), ends[-1])
    return _begin(chart), float(end)


def _begin(chart: Chart) -> float:
    found = table(chart.table)
    return found.sex["male"].at[0] if found.by != "days" else 0.0


def _somewhere(chart: Chart, who: Child) -> float:
    """Where a child without a value on the chart would stand."""
    return _begin(chart) if axes(chart).by == "cm" else who.age.months


@lru_cache(maxsize=32)
def _curves(chart: Chart, sex: str, low: float, high: float) -> tuple[Curve, ...]:
    standard = table(chart.table).standard
    return tuple(
        Curve(percentile, tuple(_points(chart, sex, percentile, low, high)))
        for percentile in figures().lines(standard, chart.measure)
    )


def _points(chart: Chart, sex: str, percentile: float, low: float, high: float) -> Iterator[Pair]:
    """As far as the table goes: WHO's has no row of the second birthday itself."""
    found = table(chart.table)
    factor = figures().age.days_in_month if found.by == "days" else 1.0
    last = found.sex[sex].at[-1]
    for step in range(STEPS + 1):
        x = min((low + (high - low) * step / STEPS) * factor, last)
        value = value_at(chart, sex, x, percentile)
        if value is not None:
            yield x / factor, value


def _across(low: float, high: float, by: str, in_years: bool) -> Iterator[float]:
    """Whole years, months by which a year is counted, or round centimetres; the end is always marked."""
    if by == "cm":
        yield from (tick for tick in round_ticks(low, high) if low <= tick <= high)
        return
    steps = _YEAR_STEPS if in_years else _MONTH_STEPS
    step = next(step for step in steps if (high - low) / step <= MOST + 1)
    yield from (float(month) for month in range(round(low), round(high) + 1, step))


_MONTH_STEPS = (1, 2, 3, 4, 6, 12)
_YEAR_STEPS = (12, 24, 36)
