"""Severity as a shape: disc, triangle, diamond, cross. Always beside a word."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from maroom.ui.theme import Theme

MARKED = ("ok", "warn", "critical", "refused")


class Mark(QWidget):
    def __init__(self, theme: Theme, severity: str = "ok") -> None:
        super().__init__()
        self._theme = theme
        self._severity = severity
        self.setFixedSize(theme.px("mark") + 2, theme.px("mark") + 2)

    def become(self, severity: str) -> None:
        if severity != self._severity:
            self._severity = severity
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw(QPainter(self), self._theme, self._severity, self.rect())


def draw(painter: QPainter, theme: Theme, severity: str, place: QRect) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("critical" if severity == "refused" else severity))
    shape = {"warn": _triangle, "critical": _diamond, "refused": _cross}.get(severity, _disc)
    shape(painter, QRectF(place).adjusted(1, 1, -1, -1))


def _disc(painter: QPainter, box: QRectF) -> None:
    painter.drawEllipse(box.center(), box.width() / 3, box.height() / 3)


def _triangle(painter: QPainter, box: QRectF) -> None:
    painter.drawPolygon(QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]))


def _diamond(painter: QPainter, box: QRectF) -> None:
    middle = box.center()
    top, bottom = QPointF(middle.x(), box.top()), QPointF(middle.x(), box.bottom())
    left, right = QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y())
    painter.drawPolygon(QPolygonF([top, right, bottom, left]))


def _cross(painter: QPainter, box: QRectF) -> None:
    pen = QPen(painter.brush().color(), box.width() / 5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    inner = box.adjusted(1, 1, -1, -1)
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())
