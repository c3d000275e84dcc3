"""The lines of a growth chart, for the page and for paper alike: values at percentiles along an age or a length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maroom.duties.vitals.rules.growth.extended import extended_value
from maroom.duties.vitals.rules.growth.figures import Chart, Measure, figures
from maroom.duties.vitals.rules.growth.lms import Lms, z_of
from maroom.duties.vitals.rules.growth.tables import Standard, Table, table


@dataclass(frozen=True)
class Line:
    """One percentile; `points` are (x, value) in the chart's units, from its first row to its last."""

    percentile: float
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Axes:
    """`by`: days, months or cm along the chart; `unit` (UCUM) of the values."""

    by: str
    unit: str


def axes(chart: Chart) -> Axes:
    found = table(chart.table)
    return Axes(found.by, found.unit)


def lines(chart: Chart, sex: str, steps: int = 120) -> tuple[Line, ...]:
    """The percentiles that its publisher draws, each by about so many points."""
    found = table(chart.table)
    xs = _thinned(found.sex[sex].at, steps)
    return tuple(
        Line(percentile, tuple((x, value_at(chart, sex, x, percentile) or 0.0) for x in xs))
        for percentile in figures().lines(found.standard, chart.measure)
    )


def value_at(chart: Chart, sex: str, x: float, percentile: float) -> float | None:
    """The value at a percentile (above 0, below 100), `x` in days, months or cm as the table goes; None outside the table."""
    found = table(chart.table)
    lms = found.sex[sex].lms_at(x)
    return None if lms is None else _value(found, chart, lms, sex, x, percentile)


def _value(found: Table, chart: Chart, lms: Lms, sex: str, x: float, percentile: float) -> float:
    if chart.measure is Measure.BMI and found.standard is Standard.CDC:
        return extended_value(lms, z_of(percentile), sex, x)
    return found.value(lms, z_of(percentile))


def _thinned(xs: Sequence[float], steps: int) -> tuple[float, ...]:
    """Every so manieth row, the last one always among them."""
    by = max(1, len(xs) // steps)
    return (*xs[: len(xs) - 1 : by], xs[-1])
