"""One line-icon set, tinted by role: Lucide, drawn from look/icons/.

An icon that is not in that folder is taken from python-lucide, whose import costs about 80 ms; copy its SVG there.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from maroom.core import resources
from maroom.ui.theme import Theme

STROKE = 1.75


@cache
def drawing(name: str) -> str:
    """The SVG text of one icon, its colour still `currentColor`."""
    try:
        return resources.text(f"look/icons/{name}.svg")
    except FileNotFoundError:
        import lucide

        return lucide.lucide_icon(name, stroke_width=STROKE)


class Icons:
    """Icons in the colours and sizes of one theme; each is drawn once. `ratio` is the screen's device pixel ratio."""

    def __init__(self, theme: Theme, ratio: float = 1.0) -> None:
        self._theme = theme
        self._ratio = ratio
        self._drawn: dict[tuple[str, str, str], QPixmap] = {}

    def pixmap(self, name: str, role: str = "text", size: str = "icon") -> QPixmap:
        wanted = (name, role, size)
        if wanted not in self._drawn:
            self._drawn[wanted] = self._draw(*wanted)
        return self._drawn[wanted]

    def _draw(self, name: str, role: str, size: str) -> QPixmap:
        edge = self._theme.px(size)
        picture = self._empty(edge, edge)
        painter = QPainter(picture)
        tinted = drawing(name).replace("currentColor", self._theme.roles[role])
        QSvgRenderer(QByteArray(tinted.encode())).render(painter, QRectF(0, 0, edge, edge))
        painter.end()
        return picture

    def icon(self, name: str, role: str = "text", size: str = "icon", off: str = "text_off") -> QIcon:
        """For buttons: with air at its right, as a styled QPushButton has no gap of its own to set."""
        icon = QIcon(self._with_air(self.pixmap(name, role, size)))
        icon.addPixmap(self._with_air(self.pixmap(name, off, size)), QIcon.Mode.Disabled)
        return icon

    def bare(self, name: str, role: str = "text", size: str = "icon", off: str = "text_off") -> QIcon:
        """For buttons with no word beside the icon."""
        icon = QIcon(self.pixmap(name, role, size))
        icon.addPixmap(self.pixmap(name, off, size), QIcon.Mode.Disabled)
        return icon

    def room(self, size: str = "icon") -> QSize:
        return QSize(self._theme.px(size) + self._theme.px("tight"), self._theme.px(size))

    def _with_air(self, picture: QPixmap) -> QPixmap:
        edge = round(picture.height() / self._ratio)
        wide = self._empty(edge + self._theme.px("tight"), edge)
        painter = QPainter(wide)
        painter.drawPixmap(0, 0, picture)
        painter.end()
        return wide

    def _empty(self, wide: int, high: int) -> QPixmap:
        picture = QPixmap(round(wide * self._ratio), round(high * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        return picture
