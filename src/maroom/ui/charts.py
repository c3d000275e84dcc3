"""Trend charts. Geometry in plain functions of values and spans, so that paper can draw the same; colour by role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from maroom.ui.theme import Theme

Pair = tuple[float, float]
ROWS_HIGH = 4
SIDES = {"right": 1.0, "middle": 0.5, "left": 0.0}


@dataclass(frozen=True)
class Axis:
    """A value range laid over a span of pixels."""

    low: float
    high: float
    start: float
    stop: float

    def at(self, value: float) -> float:
        """The middle of the span where the range is empty, as of a single point."""
        if self.high == self.low:
            return (self.start + self.stop) / 2
        return self.start + (value - self.low) / (self.high - self.low) * (self.stop - self.start)


@dataclass(frozen=True)
class Trace:
    """One line of a trend: its name at its end, a marker shape (disc or square), its points as (place in time, value)."""

    name: str
    shape: str
    points: tuple[Pair, ...]


@dataclass(frozen=True)
class Trend:
    """`spoken` gives the values as text. `times` are the marks below (place, words), `ticks` those at the left, lowest
    first; `limits` dashed lines (value, words); `bands` shaded spans (low, high, words)."""

    spoken: str
    times: tuple[tuple[float, str], ...]
    ticks: tuple[int, ...]
    traces: tuple[Trace, ...]
    limits: tuple[tuple[float, str], ...] = ()
    bands: tuple[tuple[float, float, str], ...] = ()

    def is_drawable(self) -> bool:
        return bool(self.times and self.ticks and any(trace.points for trace in self.traces))


class Chart(QWidget):
    """What all charts draw with."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px("row") * ROWS_HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px("ring"), self.theme.px("row") * ROWS_HIGH)

    def plot(self, right: float, widest: str = "000") -> QRectF:
        """The room inside the words at the left, below and (given) at the right."""
        words = QFontMetricsF(self.theme.font("type_caption"))
        left = words.horizontalAdvance(widest) + self.theme.px("gap")
        bottom = words.height() + self.theme.px("gap")
        return QRectF(self.rect()).adjusted(left, words.height() / 2, -right, -bottom)

    def start(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.theme.font("type_caption"))
        return painter

    def pen(self, role: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        pen = QPen(self.theme.colour(role), width, style)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def rows(self, painter: QPainter, plot: QRectF, axis: Axis, ticks: Sequence[int]) -> None:
        for tick in ticks:
            y = round(axis.at(tick)) + 0.5
            painter.setPen(self.pen("grid", 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            self.word(painter, QPointF(plot.left() - self.theme.px("gap"), y), str(tick), "right")

    def word(
        self, painter: QPainter, where: QPointF, words: str, side: str, role: str = "text_quiet", strong: bool = False
    ) -> None:
        """`side` is which end of the words stands at `where`: left, middle or right."""
        painter.setFont(self.theme.font("type_caption", strong))
        metrics = QFontMetricsF(painter.font())
        shift = metrics.horizontalAdvance(words) * SIDES[side]
        painter.setPen(self.theme.colour(role))
        painter.drawText(QPointF(where.x() - shift, where.y() + metrics.capHeight() / 2), words)

    def feet(self, painter: QPainter, plot: QRectF, places: Sequence[tuple[float, str]]) -> None:
        y = plot.bottom() + self.theme.px("pad") + 1
        for x, words in places:
            self.word(painter, QPointF(x, y), words, "middle")


class TrendChart(Chart):
    """One sign over the visits. With nothing to draw it keeps its place."""

    def __init__(self, theme: Theme, trend: Trend | None = None) -> None:
        super().__init__(theme)
        self._trend: Trend | None = None
        self.setAccessibleName(self.tr("Chart"))
        self.become(trend)

    def become(self, trend: Trend | None) -> None:
        self._trend = trend
        self.setAccessibleDescription(trend.spoken if trend else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._trend is None or not self._trend.is_drawable():
            return
        painter, trend, gap = self.start(), self._trend, self.theme.px("gap")
        names = QFontMetricsF(self.theme.font("type_caption", strong=True))
        plot = self.plot(max(names.horizontalAdvance(trace.name) for trace in trend.traces) + 2 * gap)
        times = Axis(trend.times[0][0], trend.times[-1][0], plot.left() + gap, plot.right() - gap)
        values = Axis(trend.ticks[0], trend.ticks[-1], plot.bottom(), plot.top())
        self._bands(painter, plot, values, trend)
        self.rows(painter, plot, values, trend.ticks)
        self._limits(painter, plot, values, trend)
        for trace in trend.traces:
            self._trace(painter, [QPointF(times.at(t), values.at(v)) for t, v in trace.points], trace, plot)
        self.feet(painter, plot, [(times.at(t), words) for t, words in trend.times])

    def _bands(self, painter: QPainter, plot: QRectF, values: Axis, trend: Trend) -> None:
        for low, high, words in trend.bands:
            top, bottom = values.at(high), values.at(low)
            painter.fillRect(QRectF(plot.left(), top, plot.width(), bottom - top), self.theme.colour("band"))
            where = QPointF(plot.right() - self.theme.px("tight"), top + self.theme.px("gap"))
            self.word(painter, where, words, "right", "on_ok_soft")

    def _limits(self, painter: QPainter, plot: QRectF, values: Axis, trend: Trend) -> None:
        for value, words in trend.limits:
            y = round(values.at(value)) + 0.5
            painter.setPen(self.pen("warn", 1.25, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            where = QPointF(plot.left() + self.theme.px("tight"), y - self.theme.px("gap"))
            self.word(painter, where, words, "left", "on_warn_soft")

    def _trace(self, painter: QPainter, spots: list[QPointF], trace: Trace, plot: QRectF) -> None:
        if not spots:
            return
        painter.setPen(self.pen("accent", 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(spots))
        for spot in spots[:-1]:
            self._spot(painter, spot, trace.shape, 3.5, filled=False)
        self._spot(painter, spots[-1], trace.shape, 5.5, filled=True)
        end = QPointF(plot.right() + self.theme.px("tight"), spots[-1].y())
        self.word(painter, end, trace.name, "left", "text", strong=True)

    def _spot(self, painter: QPainter, middle: QPointF, shape: str, reach: float, filled: bool) -> None:
        painter.setPen(self.pen("accent", 1.75))
        painter.setBrush(self.theme.colour("accent" if filled else "surface_raised"))
        if shape == "disc":
            painter.drawEllipse(middle, reach, reach)
        else:
            painter.drawRect(QRectF(middle.x() - reach * 0.9, middle.y() - reach * 0.9, reach * 1.8, reach * 1.8))
