"""Patients to take one of, by touch or by Enter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from maroom.duties.board.model import Found
from maroom.duties.board.view import words
from maroom.ui.live import show_if
from maroom.ui.touch import Press
from maroom.ui.widgets import STRETCH, Grow, Widgets


class Hits(QWidget):
    """`name` begins the object names of its buttons: name-0, name-1, ..."""

    taken = Signal(str)

    def __init__(self, widgets: Widgets, name: str) -> None:
        super().__init__()
        self._widgets, self._name = widgets, name
        self._shown: tuple[Found, ...] = ()
        self._buttons: list[Press] = []
        self._box = widgets.down(gap="tight")
        self.setLayout(self._box)

    def become(self, found: Sequence[Found]) -> None:
        show_if(self, bool(found))
        if tuple(found) != self._shown:
            self._replace(tuple(found))

    def first(self) -> QWidget | None:
        return self._buttons[0] if self._buttons else None

    def only(self) -> str:
        """The one there is, empty where there are none or several."""
        return self._shown[0].key if len(self._shown) == 1 else ""

    def _replace(self, found: tuple[Found, ...]) -> None:
        for button in self._buttons:
            self._box.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._shown = found
        self._buttons = [self._made(number, one) for number, one in enumerate(found)]
        for button in self._buttons:
            self._box.addWidget(button)

    def _made(self, number: int, found: Found) -> Press:
        widgets = self._widgets
        button = widgets.button("", "choice", name=f"{self._name}-{number}")
        button.setAccessibleName(f"{found.name}, {words.about(found)}")
        button.setLayout(card(widgets, found))
        for part in button.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        button.clicked.connect(partial(self.taken.emit, found.key))
        return button


def card(widgets: Widgets, found: Found) -> QHBoxLayout:
    """Who it is, and quietly what tells her from another."""
    name, about = widgets.line(found.name, "strong"), widgets.line(words.about(found), "caption")
    sign = widgets.image("user-round", "accent", "icon")
    return widgets.across(sign, Grow(widgets.stack(STRETCH, name, about, STRETCH)), gap="pad", sides="pad")
