"""Widgets made safe for gloves: a button that answers in all of its row, a choice no wheel and no stray arrow changes, a
tick that is drawn large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QStyledItemDelegate, QStyleOptionButton

from maroom.ui.icons import Icons
from maroom.ui.theme import Theme

_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Press(QPushButton):
    """QSS margins make the drawn box smaller than the row; Qt would then answer inside the box only. Enter presses it;
    arrows are left to the list around it."""

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click is one press: by its second half another button may have come under the finger, such as the next step
        of a row. The keys of a pad are pressed fast."""
        if self.property("kind") == "key":
            super().mouseDoubleClickEvent(event)
        else:
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in _ENTERS and plain and not event.isAutoRepeat():
            self.click()
        elif event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class QuietChoice(QComboBox):
    """Wheel and arrows leave it as it is: they open the list, where a choice is seen before it is made."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self.setItemDelegate(QStyledItemDelegate(self))  # without it the sheet cannot set the height of rows
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*_STEPS, *_ENTERS) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        edge, air = self._theme.px("icon_small"), self._theme.px("gap")
        role = "text_quiet" if self.isEnabled() else "text_off"
        place = QPoint(self.width() - edge - air, (self.height() - edge) // 2)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.setX(air)
        QPainter(self).drawPixmap(place, self._icons.pixmap("chevron-down", role, "icon_small"))


class Tick(QCheckBox):
    """A box large enough for a glove; its whole line answers. The sheet colours the box, the tick is drawn here."""

    def __init__(self, theme: Theme, icons: Icons, words: str = "") -> None:
        super().__init__(words)
        self._theme = theme
        self._icons = icons

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(self._theme.px("check"), self._theme.px("row")))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.checkState() == Qt.CheckState.Unchecked:
            return
        name = "check" if self.checkState() == Qt.CheckState.Checked else "minus"
        box, edge = self._box(), self._theme.px("icon_small")
        picture = self._icons.pixmap(name, "on_accent" if self.isEnabled() else "text_off", "icon_small")
        QPainter(self).drawPixmap(box.center() - QPoint(edge // 2 - 1, edge // 2 - 1), picture)

    def _box(self) -> QRect:
        from PySide6.QtWidgets import QStyle  # costs 7 ms, and the first window has no tick

        option = QStyleOptionButton()
        self.initStyleOption(option)
        return self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()
