"""A curve of values as a chart: places in time, round ticks, and what a screen reader says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from math import ceil, floor

from maroom.duties.vitals.presenter.state import Curve, Point
from maroom.duties.vitals.rules.shown import short
from maroom.duties.vitals.view import words
from maroom.ui.charts import Trace, Trend
from maroom.ui.times import day

_MOST_TICKS = 6
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_ABOVE = 0.01
"""a limit has room for its words above it"""
_ABOUT_A_YEAR = 300
"""from so many days on, marks name the year instead of the day"""


def drawn(curve: Curve, now: datetime) -> Trend | None:
    """None where there is nothing to draw."""
    if not curve.points:
        return None
    return Trend(
        spoken=_spoken(curve),
        times=tuple(_times(curve.points, now)),
        ticks=_ticks(curve),
        traces=tuple(_traces(curve.points)),
        limits=tuple((float(line.at), words.from_limit(line)) for line in curve.lines),
        bands=tuple((float(band.low), float(band.high), words.band(band)) for band in curve.bands),
    )


def _spoken(curve: Curve) -> str:
    first, last = (day(point.at.date()) for point in (curve.points[0], curve.points[-1]))
    values = ", ".join(_value(point) for point in curve.points)
    said = words.tr("{sign} in {unit}, {first} to {last}: {values}")
    unit = words.unit(curve.unit, curve.sign)
    return said.format(sign=words.whole(curve.sign), unit=unit, first=first, last=last, values=values)


def _value(point: Point) -> str:
    return short(point.value) if point.lower is None else f"{short(point.value)}/{short(point.lower)}"


def _times(points: Sequence[Point], now: datetime) -> Iterator[tuple[float, str]]:
    """The first day, one in the middle where there is room for it, and the last."""
    start, end = points[0].at, points[-1].at
    span = end - start
    if span >= timedelta(days=1):
        yield _place(start), _mark(start.date(), now, span)
        middle = start + span / 2
        if span >= timedelta(days=_MOST_TICKS):
            yield _place(middle), _mark(middle.date(), now, span)
    yield _place(end), _mark(end.date(), now, span)


def _place(at: datetime) -> float:
    return at.timestamp()


def _mark(on: date, now: datetime, span: timedelta) -> str:
    if on == now.date():
        return words.tr("today")
    parts = day(on).split()
    return " ".join(parts[1:] if span.days >= _ABOUT_A_YEAR else parts[:2])


def _ticks(curve: Curve) -> tuple[int, ...]:
    """Round numbers around all that is drawn, at most six of them."""
    values = [float(value) for point in curve.points for value in (point.value, point.lower) if value is not None]
    values += [float(line.at) + _ABOVE for line in curve.lines]
    values += map(float, curve.span)
    values += [float(edge) for band in curve.bands for edge in (band.low, band.high)]
    low, high = min(values), max(values)
    step = next((step for step in _STEPS if _count(low, high, step) <= _MOST_TICKS), _STEPS[-1])
    start, stop = floor(low / step) * step, ceil(high / step) * step
    return tuple(range(start, max(stop, start + step) + 1, step))


def _count(low: float, high: float, step: int) -> int:
    return ceil(high / step) - floor(low / step) + 1


def _traces(points: Sequence[Point]) -> Iterator[Trace]:
    yield Trace(short(points[-1].value), "disc", tuple((_place(one.at), float(one.value)) for one in points))
    lower = [(one, one.lower) for one in points if one.lower is not None]
    if lower:
        yield Trace(short(lower[-1][1]), "square", tuple((_place(one.at), float(value)) for one, value in lower))
