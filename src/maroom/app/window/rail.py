"""The rail: icon over word, the page we are on by a bar and weight, a count where work waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy

from maroom.app.window.states import LOCK, RailEntry
from maroom.ui.widgets import STRETCH, Widgets

MOST_COUNTED = 99
BADGE_AT = 0.6


class RailItem(QAbstractButton):
    """A button drawn by hand: a sheet cannot put a count on it."""

    pressed_for = Signal(str)

    def __init__(self, widgets: Widgets, entry: RailEntry) -> None:
        super().__init__()
        self._widgets = widgets
        self._theme = widgets.theme
        self.entry = entry
        self._here = False
        self._count = 0
        self.setObjectName(f"rail-{entry.key}")
        self.setText(entry.title)
        self.setAccessibleName(entry.title)
        whose = self.tr("{page}, of the open patient").format(page=entry.title) if entry.needs_visit else entry.title
        self.setToolTip(f"{whose} ({entry.shortcut})" if entry.shortcut else whose)
        self.setEnabled(entry.enabled)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(self._theme.px("rail_item"))
        self.clicked.connect(self._pressed)

    def become(self, here: bool, count: int) -> None:
        if (here, count) == (self._here, self._count):
            return
        self._here, self._count = here, count
        said = ((self.tr("this page"), here), (self.tr("{count} waiting").format(count=count), count > 0))
        self.setAccessibleDescription(", ".join(words for words, true in said if true))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px("rail"), self._theme.px("rail_item"))

    def minimumSizeHint(self) -> QSize:
        """Where many pages share a low window they come closer, never below a touch target."""
        return QSize(self._theme.px("rail"), self._theme.px("row"))

    def word_room(self) -> tuple[float, float]:
        """Width of the word and the width there is for it, in px."""
        metrics = QFontMetricsF(self._theme.font("type_caption", strong=True))
        return metrics.horizontalAdvance(self.text()), self.width() - 2.0 * self._theme.px("tight")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def _pressed(self) -> None:
        self.pressed_for.emit(self.entry.key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter)
        self._word(painter)
        if self._count:
            self._badge(painter)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), self._theme.px("ring_line")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(6, 2, -3, -2), self._theme.px("radius"), self._theme.px("radius")
            )

    def _ground(self, painter: QPainter) -> None:
        if self._here:
            painter.fillRect(self.rect(), self._theme.colour("surface_raised"))
            painter.fillRect(0, 0, self._theme.px("tight"), self.height(), self._theme.colour("accent"))
        elif self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), self._theme.colour("surface_sunk"))

    def _word(self, painter: QPainter) -> None:
        off = not self.isEnabled()
        icon = self._widgets.icons.pixmap(self.entry.icon, "text_off" if off else "accent" if self._here else "text_quiet")
        painter.setFont(self._theme.font("type_caption", strong=self._here))
        metrics, edge, gap = QFontMetricsF(painter.font()), self._theme.px("icon"), self._theme.px("tight")
        top = (self.height() - edge - gap - metrics.height()) / 2
        painter.drawPixmap(QPointF(round((self.width() - edge) / 2), round(top)), icon)
        painter.setPen(self._theme.colour("text_off" if off else "on_accent_soft" if self._here else "text_quiet"))
        left = (self.width() - metrics.horizontalAdvance(self.text())) / 2
        painter.drawText(QPointF(left, top + edge + gap + metrics.ascent()), self.text())

    def _badge(self, painter: QPainter) -> None:
        words = str(self._count) if self._count <= MOST_COUNTED else f"{MOST_COUNTED}+"
        painter.setFont(self._theme.font("type_caption", strong=True))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 2 * self._theme.px("radius")
        box = QRectF(
            self.width() * BADGE_AT, self._top_of_badge(), max(wide, self._theme.px("icon")), self._theme.px("icon_small")
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("inverse"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(self._theme.colour("on_inverse"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _top_of_badge(self) -> float:
        return min(self._theme.px("gap"), (self.height() - self._theme.px("row")) / 2 + self._theme.px("tight"))


class Rail(QFrame):
    """Pages at the top, what ends the day or the session at the foot."""

    pressed = Signal(str)
    """Key of a page, or `lock`."""

    def __init__(self, widgets: Widgets, entries: Sequence[RailEntry]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Pages"))
        lock = RailEntry(LOCK, self.tr("Lock"), "lock", "F9", at_end=True)
        self._items = [RailItem(widgets, entry) for entry in (*entries, lock)]
        inside = widgets.down(*self._part(at_end=False), STRETCH, *self._part(at_end=True), gap="")
        air = widgets.theme.px("gap")
        inside.setContentsMargins(0, air, 0, air)
        self.setLayout(inside)
        widgets.sized(self, wide="rail")
        for item in self._items:
            item.pressed_for.connect(self.pressed)

    def become(self, page: str, counts: Mapping[str, int]) -> None:
        for item in self._items:
            item.become(item.entry.key == page, counts.get(item.entry.key, 0))

    def items(self) -> Sequence[RailItem]:
        return tuple(self._items)

    def _part(self, at_end: bool) -> list[RailItem]:
        return [item for item in self._items if item.entry.at_end == at_end]
