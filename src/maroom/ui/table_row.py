"""One row of a table: reachable by keyboard, with its next step and its further steps at the right end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QWidget

from maroom.ui.lines import ROW_GROWS, Column, filled
from maroom.ui.scroll import bring_into_sight
from maroom.ui.touch import Press
from maroom.ui.widgets import Widgets

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Step:
    """The one next step of a row. `lead`: it is mine to do now (tinted); else it can wait (outlined)."""

    words: str
    lead: bool = False
    icon: str = ""
    on: bool = True


class RowFrame(QFrame):
    """Tells the table what is wished; each signal carries the row's key."""

    opened = Signal(str)
    stepped = Signal(str)
    more = Signal(str)
    focused = Signal(str)

    def __init__(self, widgets: Widgets, key: str, height: str) -> None:
        """It stands there empty, in its height, until it is filled."""
        super().__init__()
        self.setObjectName("list_row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widgets.at_least(self, high=height)
        self.setMaximumHeight(round(widgets.theme.px(height) * ROW_GROWS))
        self.key = key
        self._widgets = widgets
        self._touched = False
        self._step: Press | None = None
        self._more: Press | None = None

    @property
    def is_filled(self) -> bool:
        return self.layout() is not None

    def fill(self, columns: Sequence[Column], cells: Sequence[QWidget]) -> None:
        self.setLayout(filled(self._widgets, columns, cells))
        self.setAccessibleName(", ".join(label.text() for label in self.findChildren(QLabel) if label.text()))

    def with_step(self, step: Step | None) -> QWidget:
        """The cell of the next step, empty where there is none."""
        if step is None:
            return QWidget()
        kind = "tinted" if step.lead else "secondary"
        self._step = self._widgets.button(step.words, kind, step.icon, "row", name="step")
        self._step.setEnabled(step.on)
        self._step.clicked.connect(self._stepped)
        return self._step

    def with_more(self, spoken: str) -> QWidget:
        self._more = self._widgets.icon_button("ellipsis", spoken, build="row", name="more")
        self._more.clicked.connect(self._more_wished)
        return self._more

    def reach(self, by_tab: bool) -> None:
        """Only the current row and its buttons are stops of Tab; the others are reached by Up and Down."""
        policy = Qt.FocusPolicy.StrongFocus if by_tab else Qt.FocusPolicy.ClickFocus
        for each in (self, *self.findChildren(QAbstractButton)):
            each.setFocusPolicy(policy)

    def follow(self, before: QWidget) -> None:
        """Comes after `before` in the order of Tab, and its buttons after it. Qt orders only what can have the focus."""
        policy = before.focusPolicy()
        before.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        last = before
        for each in (self, *self.findChildren(QAbstractButton)):
            QWidget.setTabOrder(last, each)
            last = each
        before.setFocusPolicy(policy)

    def come_into_sight(self) -> None:
        bring_into_sight(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTERS and not event.isAutoRepeat():
            self._enter()
        elif event.key() == Qt.Key.Key_Space:
            self.opened.emit(self.key)
        elif event.key() == Qt.Key.Key_Menu and self._more:
            self._more_wished()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self._step is None:
            self.opened.emit(self.key)
        else:
            self._step.click()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._touched = event.button() == Qt.MouseButton.LeftButton
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second half of a double click: the first may have brought this row under the finger."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        touched, self._touched = self._touched, False
        if touched and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.key)

    def contextMenuEvent(self, _event: QContextMenuEvent) -> None:
        if self._more:
            self._more_wished()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self.key)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring is painted inside the row: as a border it would move the words."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        theme = self._widgets.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus"), theme.px("ring_line")))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), theme.px("radius"), theme.px("radius"))

    def _stepped(self) -> None:
        self.stepped.emit(self.key)

    def _more_wished(self) -> None:
        self.more.emit(self.key)
