"""Draws a laid-out chart: colour and width of each ink by role, shapes that tell without colour. Knows no child."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from maroom.core.plot import Dot, Drawn, Ink, Path, Plot, Room, Word
from maroom.core.plot_layout import laid_out
from maroom.ui.theme import Theme

ROWS_HIGH = 4
_STROKES = {
    Ink.GRID: ("grid", 1.0),
    Ink.CURVE: ("line_strong", 1.0),
    Ink.MEDIAN: ("text_quiet", 2.0),
    Ink.OWN: ("accent", 2.5),
    Ink.PLATE: ("accent", 1.0),
}
_RING = 3.0
"""px between the value that is being typed and the ring around it"""


class GrowthChart(QWidget):
    """With nothing to draw it keeps its place. What a screen reader says of it is the plot's own words."""

    def __init__(self, theme: Theme, plot: Plot | None = None) -> None:
        super().__init__()
        self._theme, self._plot = theme, plot
        self.setAccessibleName(self.tr("Growth chart"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px("row") * ROWS_HIGH)
        self.become(plot)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px("ring"), self._theme.px("row") * ROWS_HIGH)

    def become(self, plot: Plot | None) -> None:
        self._plot = plot
        self.setAccessibleDescription(plot.spoken if plot else "")
        self.update()

    def drawn(self) -> Drawn | None:
        """What is drawn, at the size that it has now."""
        if self._plot is None:
            return None
        plain, strong = (QFontMetricsF(self._theme.font("type_caption", bold)) for bold in (False, True))
        room = Room(
            self.width(), self.height(), plain.height(), lambda text, bold: (strong if bold else plain).horizontalAdvance(text)
        )
        return laid_out(self._plot, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        drawn = self.drawn()
        if drawn is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for path in drawn.paths:
            self._path(painter, path)
        for dot in drawn.dots:
            self._dot(painter, dot)
        for word in drawn.words:
            self._word(painter, word)

    def _path(self, painter: QPainter, path: Path) -> None:
        shape = QPolygonF([QPointF(*point) for point in path.points])
        if path.closed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("band"))
            painter.drawPolygon(shape)
            return
        role, width = _STROKES[path.ink]
        painter.setPen(self._pen(role, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(shape)

    def _dot(self, painter: QPainter, dot: Dot) -> None:
        painter.setPen(self._pen("accent", 2.0))
        painter.setBrush(self._theme.colour("accent" if dot.full else "surface_raised"))
        painter.drawEllipse(QPointF(*dot.at), dot.radius, dot.radius)
        if dot.typed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(*dot.at), dot.radius + _RING, dot.radius + _RING)

    def _word(self, painter: QPainter, word: Word) -> None:
        box = QRectF(word.box.left, word.box.top, word.box.wide, word.box.high)
        if word.plate:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawRoundedRect(box, self._theme.px("tight"), self._theme.px("tight"))
        painter.setFont(self._theme.font("type_caption", word.strong))
        painter.setPen(self._theme.colour("on_accent" if word.plate else "text" if word.strong else "text_quiet"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), word.text)

    def _pen(self, role: str, width: float) -> QPen:
        pen = QPen(self._theme.colour(role), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen
