"""Fields that stay while the page is drawn again: told a text and a state, they touch only what is new, so that focus,
cursor and selection survive. What was typed goes up as (name, text) and is read by the presenter: nothing is parsed here.

No validators and no spin boxes: no wheel and no arrow changes a number, and a field can be left empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy

from maroom.ui.icons import Icons
from maroom.ui.labels import LEFT
from maroom.ui.live import mark_as
from maroom.ui.theme import Theme
from maroom.ui.touch import Press, QuietChoice

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SHOWN_STATES = ("warn", "critical", "refused", "focus")
STAYS = ("quick", "scan")
NOTE_LINES = 3


@dataclass(frozen=True)
class Option:
    """One of the values of a choice."""

    key: str
    words: str


class Field(QLineEdit):
    """One line. Enter goes on to the next field, but for the kinds quick and scan, where it is the owner's to answer."""

    typed = Signal(str, str)
    entered = Signal(str)
    left = Signal(str)

    def __init__(self, name: str, spoken: str, kind: str = "", hint: str = "", align: Qt.AlignmentFlag = LEFT) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setPlaceholderText(hint)
        self.setAlignment(align)
        self.setProperty("kind", kind)
        self.setProperty("state", "")
        if kind == "secret":
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._left)

    def become(self, text: str, state: str = "", on: bool = True, spoken: str = "") -> None:
        """`state` is a severity or nothing; `spoken` adds what a reader should say of it, such as the finding."""
        if text != self.text():
            cursor = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(cursor, len(text)) if self.hasFocus() else len(text))
        mark_as(self, state=state if state in SHOWN_STATES else "")
        if on != self.isEnabled():
            self.setEnabled(on)
        if spoken != self.accessibleDescription():
            self.setAccessibleDescription(spoken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in ENTERS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.accept()
            self.entered.emit(self.objectName())
            if self.property("kind") not in STAYS and self.hasFocus():
                self.focusNextChild()

    def _typed(self, text: str) -> None:
        self.typed.emit(self.objectName(), text)

    def _left(self) -> None:
        self.left.emit(self.objectName())


class Choice(QuietChoice):
    """One of a list. Where `ask` is given ("site?") it stands first and means that nobody has said so."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme, icons: Icons, name: str, spoken: str, kind: str = "soft") -> None:
        super().__init__(theme, icons)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setProperty("kind", kind)
        self.setProperty("state", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._options: tuple[Option, ...] = ()
        self.activated.connect(self._activated)

    def become(self, options: Sequence[Option], chosen: str = "", ask: str = "", on: bool = True) -> None:
        """`chosen` is the key of an option; one that is not among them is shown as not said."""
        shown = (Option("", ask), *options) if ask else tuple(options)
        if shown != self._options:
            self._options = shown
            self.clear()
            self.addItems([option.words for option in shown])
        at = next((number for number, option in enumerate(shown) if option.key == chosen), 0 if ask else -1)
        if at != self.currentIndex():
            self.setCurrentIndex(at)
        mark_as(self, state="empty" if at < 0 or not shown[at].key else "")
        if on != self.isEnabled():
            self.setEnabled(on)

    def key(self) -> str:
        return self._options[self.currentIndex()].key if 0 <= self.currentIndex() < len(self._options) else ""

    def _activated(self, at: int) -> None:
        self.chosen.emit(self.objectName(), self._options[at].key)


class Segments(QFrame):
    """One of a few, all in sight."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName("well")
        self.setAccessibleName(spoken)
        self.name = name
        self._spoken = spoken
        self._options: tuple[Option, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._pressed)
        self._box = QHBoxLayout(self)
        self._box.setSpacing(theme.px("tight"))
        self._box.setContentsMargins(*(theme.px("tight_half"),) * 4)

    def become(self, options: Sequence[Option], chosen: str = "", on: bool = True) -> None:
        if tuple(options) != self._options:
            self._rebuild(tuple(options))
        for number, option in enumerate(self._options):
            self._group.button(number).setChecked(option.key == chosen)
        if on != self.isEnabled():
            self.setEnabled(on)

    def _rebuild(self, options: tuple[Option, ...]) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._options = options
        for number, option in enumerate(options):
            button = Press(option.words)
            button.setObjectName(f"{self.name}-{option.key}")
            button.setAccessibleName(f"{self._spoken}: {option.words}")
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            self._group.addButton(button, number)
            self._box.addWidget(button)

    def _pressed(self, number: int) -> None:
        self.chosen.emit(self.name, self._options[number].key)


class Note(QPlainTextEdit):
    """A few lines of words; Tab goes on to the next field."""

    typed = Signal(str, str)

    def __init__(self, theme: Theme, name: str, spoken: str, hint: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setProperty("state", "")
        self.setFixedHeight(NOTE_LINES * self.fontMetrics().lineSpacing() + 2 * theme.px("pad"))
        self._told = False
        self.textChanged.connect(self._changed)

    def become(self, text: str, state: str = "", on: bool = True) -> None:
        if text != self.toPlainText():
            self._told = True
            self.setPlainText(text)
            self._told = False
        mark_as(self, state=state if state in SHOWN_STATES else "")
        if on != self.isEnabled():
            self.setEnabled(on)

    def _changed(self) -> None:
        if not self._told:
            self.typed.emit(self.objectName(), self.toPlainText())
