"""Small questions asked in the window: a sheet over the page, with no loop of its own, answered by touch or keyboard.

Not for what belongs on a page, and not for bad news: that is said in the strip.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from maroom.ui.forms import FieldState, Form, FormLine
from maroom.ui.live import show_if
from maroom.ui.touch import Press
from maroom.ui.veil import Veil
from maroom.ui.widgets import STRETCH, Widgets


class _Card(QFrame):
    """Keeps touches on it from reaching the veil, which would close."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()


class Sheet(Veil):
    """A card in the middle: a title, quietly what about, the question, and the buttons at its foot."""

    def __init__(self, widgets: Widgets, name: str, wide: str = "col_proof") -> None:
        super().__init__(widgets)
        self.setObjectName(name)
        self._title, self._about = widgets.text(kind="section"), widgets.text(kind="quiet", wrap=True)
        self._away = widgets.icon_button("x", self.tr("Close"), name="close")
        self._away.clicked.connect(self.drop)
        self.body = widgets.down(gap="gap")
        self.buttons = widgets.across(STRETCH, gap="pad")
        head = widgets.across(self._title, STRETCH, self._away)
        self._card = widgets.sized(_Card("sheet"), wide=wide)
        self._card.setLayout(widgets.down(head, self._about, self.body, self.buttons, gap="pad", pad="gutter"))
        self.setLayout(widgets.down(STRETCH, widgets.across(STRETCH, self._card, STRETCH), STRETCH))

    def show_words(self, title: str, about: str = "") -> None:
        self._title.say(title)
        self._about.say(about)
        show_if(self._about, bool(about))
        self._card.setAccessibleName(title)

    def button(self, words: str, kind: str = "secondary", name: str = "") -> Press:
        button = self.widgets.button(words, kind, build="tall", name=name)
        self.buttons.addWidget(button)
        return button


@dataclass(frozen=True)
class Answer:
    """One thing to choose; `about` stands quietly at its right end."""

    key: str
    words: str
    about: str = ""
    on: bool = True


class ChoiceSheet(Sheet):
    """Choose one of a few: Up and Down, Enter, or a touch. It goes when an answer is chosen."""

    chosen = Signal(str)

    def __init__(self, widgets: Widgets, name: str, wide: str = "col_proof") -> None:
        super().__init__(widgets, name, wide)
        self._answers: tuple[Answer, ...] = ()
        self._buttons: list[Press] = []

    def ask(self, page: QWidget, title: str, about: str, answers: Sequence[Answer]) -> None:
        self.show_words(title, about)
        if tuple(answers) != self._answers:
            self._rebuild(tuple(answers))
        self.open_over(page)
        if first := next((button for button in self._buttons if button.isEnabled()), None):
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _rebuild(self, answers: tuple[Answer, ...]) -> None:
        for button in self._buttons:
            self.body.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._answers = answers
        self._buttons = [self._made(answer) for answer in answers]
        for button in self._buttons:
            self.body.addWidget(button)

    def _made(self, answer: Answer) -> Press:
        button = self.widgets.button(answer.words, "choice", name=answer.key)
        button.setEnabled(answer.on)
        button.setAccessibleDescription(answer.about)
        about = self.widgets.text(answer.about, "quiet")
        about.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        button.setLayout(self.widgets.across(STRETCH, about, sides="pad"))
        button.clicked.connect(self._pressed)
        return self.widgets.at_least(button, high="row")

    def _pressed(self) -> None:
        key = self.sender().objectName()
        self.put_away()
        self.chosen.emit(key)


class FormSheet(Sheet):
    """Ask for a few named things, such as a reason. What is typed goes up as from any form; the presenter holds it."""

    answered = Signal()

    def __init__(self, widgets: Widgets, name: str, lines: Sequence[FormLine], done: str, wide: str = "col_conflict") -> None:
        super().__init__(widgets, name, wide)
        self.form = Form(widgets, lines)
        self.body.addWidget(self.form)
        self.done = self.button(done, "primary", name=f"{name}-done")
        self.done.clicked.connect(self.answered)

    def become(self, title: str, about: str, states: Mapping[str, FieldState], may: bool = True) -> None:
        self.show_words(title, about)
        self.form.become(states)
        self.done.setEnabled(may)

    def press_primary(self) -> bool:
        self.done.click()
        return True
