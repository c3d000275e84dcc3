"""A child's growth as a chart with words, what a screen reader says of it, and the card that it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from maroom.core.plot import Line, Plot
from maroom.core.quantity import rounded
from maroom.duties.vitals.rules.growth.drawing import Curve, Drawing, Spot
from maroom.duties.vitals.rules.growth.places import NoPlace
from maroom.duties.vitals.rules.growth.words import percentile_words
from maroom.duties.vitals.rules.shown import short
from maroom.duties.vitals.rules.signs import symbol
from maroom.duties.vitals.view.words import growth as words
from maroom.duties.vitals.view.words.plain import tr
from maroom.ui.growth_chart import GrowthChart
from maroom.ui.labels import Text
from maroom.ui.live import show_if
from maroom.ui.widgets import Grow, Widgets

MEDIAN = 50.0
_SHADED = (25.0, 75.0)
_RANKS = (MEDIAN, 97.7, 97.0, 2.3, 3.0, 75.0, 25.0, 90.0, 10.0, 95.0, 5.0, 85.0)
"""Of curves whose names do not all have room the first of these are named."""
_PLACES = {"kg": 2}


def plot(drawing: Drawing) -> Plot:
    """The chart as values and words, for the screen and for paper."""
    percentiles = [curve.percentile for curve in drawing.curves]
    return Plot(
        spoken=spoken(drawing),
        span=drawing.span,
        across=tuple(_across(drawing)),
        ticks=tuple(_ticks(drawing)),
        lines=tuple(_line(curve) for curve in drawing.curves),
        own=tuple((spot.x, spot.value) for spot in drawing.spots),
        label=value(drawing, drawing.spots[-1]) if drawing.spots else "",
        shaded=(percentiles.index(_SHADED[0]), percentiles.index(_SHADED[1])),
        typed=bool(drawing.spots) and drawing.spots[-1].typed,
    )


def _line(curve: Curve) -> Line:
    rank = _RANKS.index(curve.percentile) if curve.percentile in _RANKS else len(_RANKS)
    return Line(words.curve_name(curve.percentile), curve.points, rank, strong=curve.percentile == MEDIAN)


def _across(drawing: Drawing) -> Iterator[tuple[float, str]]:
    """The last mark says what the axis counts."""
    unit = "cm" if drawing.by == "cm" else tr("y") if drawing.in_years else tr("mo")
    for number, place in enumerate(drawing.across):
        text = short(Decimal(str(place / 12 if drawing.in_years else place)))
        last = number == len(drawing.across) - 1
        yield place, tr("{value} {unit}").format(value=text, unit=unit) if last else text


def _ticks(drawing: Drawing) -> Iterator[tuple[float, str]]:
    for tick in drawing.ticks:
        yield tick, short(Decimal(str(tick)))


def value(drawing: Drawing, spot: Spot) -> str:
    """`8.42 kg`, as it was placed."""
    return f"{short(rounded(Decimal(str(spot.value)), _PLACES.get(drawing.unit, 1)))} {symbol(drawing.unit)}"


def spoken(drawing: Drawing) -> str:
    """The newest value first, then those before it, then what was assumed."""
    title = words.chart_title(drawing.measure, drawing.standard, drawing.sex)
    newest, *before = [_said(drawing, spot) for spot in reversed(drawing.spots)] or [tr("no value yet")]
    parts = [f"{title}: {newest}"]
    if before:
        parts.append(tr("Before: {values}").format(values="; ".join(before)))
    return ". ".join([*parts, *map(begun, assumptions(drawing))]) + "."


def _said(drawing: Drawing, spot: Spot) -> str:
    said = tr("{value} at {age}, {percentile} percentile")
    return said.format(value=value(drawing, spot), age=spot.age, percentile=percentile_words(spot.percentile))


def assumptions(drawing: Drawing) -> list[str]:
    """What was done to the values before they were placed, and what could not be."""
    found = [words.assumed(one, drawing.early // 7) for one in drawing.assumed]
    if drawing.left_out:
        found.append(tr("earlier values on other charts: {count}").format(count=drawing.left_out))
    return found


class GrowthCard(QWidget):
    """The chart under its title, above what was assumed. Told a drawing, or why there is none."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._title, self._unit = widgets.line(kind="strong"), widgets.text(kind="caption")
        self._place = widgets.text(kind="body", wrap=True)
        self._chart = GrowthChart(widgets.theme)
        self._none, self._assumed = widgets.text(kind="quiet", wrap=True), widgets.text(kind="caption", wrap=True)
        head = widgets.across(Grow(self._title), self._unit)
        self.setLayout(widgets.down(head, self._place, self._none, Grow(self._chart), self._assumed))

    def become(self, drawing: Drawing | NoPlace) -> None:
        found = None if isinstance(drawing, NoPlace) else drawing
        self._chart.become(plot(found) if found else None)
        self._say(self._none, words.no_place(drawing) if isinstance(drawing, NoPlace) else "")
        self._say(self._place, _where(found) if found and found.spots else "")
        self._say(self._assumed, begun(", ".join(assumptions(found))) if found else "")
        self._title.say(words.chart_title(found.measure, found.standard, found.sex) if found else tr("Growth"))
        self._unit.say(axes(found) if found else "")

    def _say(self, text: Text, said: str) -> None:
        text.say(said)
        show_if(text, bool(said))


def _where(drawing: Drawing) -> str:
    return _said(drawing, drawing.spots[-1])


def axes(drawing: Drawing) -> str:
    by = tr("cm") if drawing.by == "cm" else tr("years") if drawing.in_years else tr("months")
    return tr("{unit} by {axis}").format(unit=symbol(drawing.unit), axis=by)


def begun(words_: str) -> str:
    """With a capital letter."""
    return words_[:1].upper() + words_[1:]
