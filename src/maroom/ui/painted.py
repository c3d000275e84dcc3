"""Things drawn by hand: PIN dots. Colour by role."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from maroom.ui.theme import Theme


class Dots(QWidget):
    """How many figures of the PIN are in; never which."""

    def __init__(self, theme: Theme, total: int) -> None:
        super().__init__()
        self._theme = theme
        self._total = total
        self._filled = 0
        self.setFixedSize(theme.px("icon_hero") * total, theme.px("icon_hero"))
        self.become(0)

    def become(self, filled: int) -> None:
        self._filled = filled
        self.setAccessibleName(self.tr("{filled} of {total} figures").format(filled=filled, total=self._total))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, reach = self.width() / self._total, self._theme.px("gap")
        for number in range(self._total):
            full = number < self._filled
            painter.setPen(QPen(self._theme.colour("accent" if full else "line_strong"), self._theme.px("ring_line")))
            painter.setBrush(self._theme.colour("accent") if full else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(step * (number + 0.5), self.height() / 2), reach, reach)
