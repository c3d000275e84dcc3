"""What lies over a whole window: it shades the page, keeps the focus within itself and goes at Esc."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from maroom.ui.widgets import Widgets

SHADE = 110
CLOSE = "close"
"""Object name of the button that drops it: the focus does not begin there."""


class Veil(QWidget):
    """Lies over all of a window, keeps the focus within itself, and goes at Esc or at a touch beside it."""

    closed = Signal()
    """It has gone without an answer."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self.widgets = widgets
        self._back: QWidget | None = None
        self._over: QWidget | None = None
        self.hide()

    def open_over(self, page: QWidget) -> None:
        """Over the whole window `page` stands in. The focus goes back to where it was when it closes."""
        if not self.isHidden():
            return
        window = page.window()
        self._back = QApplication.focusWidget()
        if self.parentWidget() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        stops = self._stops()
        if first := next((stop for stop in stops if stop.objectName() != CLOSE), next(iter(stops), None)):
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_open(self) -> bool:
        return not self.isHidden()

    def press_primary(self) -> bool:
        """Ctrl+S and Ctrl+Enter; False where the veil has nothing to confirm."""
        return False

    def put_away(self) -> None:
        """Answered or not, it goes; nothing is told."""
        if self.isHidden():
            return
        self.hide()
        back, self._back = self._back, None
        if back is not None and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """Goes unanswered."""
        if not self.isHidden():
            self.put_away()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
        event.accept()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.drop()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second half of the double click that opened it does not close it."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        shade = QColor(self.widgets.theme.colour("shade"))
        shade.setAlpha(SHADE)
        QPainter(self).fillRect(self.rect(), shade)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        window = self.parentWidget()
        if event.type() == QEvent.Type.Resize and window is not None and watched is window:
            self.setGeometry(window.rect())
        return False

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes round within the veil."""
        stops, at = self._stops(), QApplication.focusWidget()
        if stops:
            here = stops.index(at) if at in stops else -1
            reason = Qt.FocusReason.TabFocusReason if onward else Qt.FocusReason.BacktabFocusReason
            stops[(here + (1 if onward else -1)) % len(stops)].setFocus(reason)
        return True

    def _stops(self) -> list[QWidget]:
        every = [w for w in self.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return [w for w in every if w.isEnabled() and w.isVisibleTo(self)]


def open_veil(window: QWidget) -> Veil | None:
    """The veil that lies over this window now, the topmost if there are several."""
    veils = [child for child in window.children() if isinstance(child, Veil) and child.is_open()]
    return veils[-1] if veils else None
