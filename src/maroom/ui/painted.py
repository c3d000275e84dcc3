"""Things drawn by hand: PIN dots. Colour by role."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from maroom.ui.theme import Theme


class Dots(QWidget):
    """How many figures of the PIN are in; never which, and never how long it is: rings stand for the `least` there can be."""

    def __init__(self, theme: Theme, least: int) -> None:
        super().__init__()
        self._theme = theme
        self._least = least
        self._filled = 0
        self.setMinimumWidth(theme.px("icon_hero") * least)
        self.setFixedHeight(theme.px("icon_big"))
        self.become(0)

    def become(self, filled: int) -> None:
        self._filled = filled
        self.setAccessibleName(self.tr("{filled} figures typed").format(filled=filled))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total = max(self._least, self._filled)
        step, reach = min(self.width() / total, self._theme.px("icon_hero")), self._theme.px("gap")
        start = (self.width() - step * total) / 2
        for number in range(total):
            full = number < self._filled
            painter.setPen(QPen(self._theme.colour("accent" if full else "line_strong"), self._theme.px("ring_line")))
            painter.setBrush(self._theme.colour("accent") if full else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(start + step * (number + 0.5), self.height() / 2), reach, reach)
