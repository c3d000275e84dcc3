"""The PIN: whose, as many dots as figures, one sentence about it, and keys for a gloved hand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from maroom.duties.signin.presenter import State, Told
from maroom.ui.live import show_if
from maroom.ui.painted import Dots
from maroom.ui.touch import Press
from maroom.ui.widgets import CENTRE, STRETCH, Widgets

ACROSS = 3
LEAST = 4


class PinPad(QFrame):
    typed = Signal(str)
    taken_back = Signal()
    cleared = Signal()
    confirmed = Signal()

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self.setObjectName("card")
        self._widgets = widgets
        self._whose, self._dots = widgets.line(kind="section"), Dots(widgets.theme, LEAST)
        self._whose.setAlignment(CENTRE)
        self._mark, self._told = widgets.mark("refused"), widgets.text()
        said = widgets.sized(widgets.holder(STRETCH, self._mark, self._told, STRETCH), high="icon_big")
        self._keys = [*(self._figure(figure) for figure in "123456789"), self._clear(), self._figure("0"), self._back()]
        self._enter = widgets.button(self.tr("Sign in"), "primary", "log-in", "tall", "sign-in")
        self._enter.clicked.connect(self.confirmed)
        keys = widgets.grid(self._keys, ACROSS)
        self.setLayout(widgets.down(self._whose, self._dots, said, keys, self._enter, gap="gap", pad="gutter"))
        widgets.sized(self, wide="col_pin")

    def become(self, state: State) -> None:
        name = state.chosen.name if state.chosen else ""
        self._whose.say(self.tr("PIN of {name}").format(name=name) if name else self.tr("Touch your name first"))
        self._dots.become(state.filled)
        self._say(state)
        for key in self._keys:
            key.setEnabled(state.chosen is not None and state.told is not Told.CHECKING)
        self._enter.setEnabled(state.may_try)

    def _say(self, state: State) -> None:
        loud = state.told in (Told.WRONG, Told.WAIT, Told.NO_PIN)
        show_if(self._mark, loud)
        self._told.say(self._sentence(state), "strong" if loud else "quiet", "critical" if loud else "")

    def _sentence(self, state: State) -> str:
        left = f"{state.wait // 60}:{state.wait % 60:02}"
        return {
            Told.NOTHING: "",
            Told.CHECKING: self.tr("Looking at it"),
            Told.WRONG: self.tr("Not the right PIN. Try again."),
            Told.WAIT: self.tr("Not the right PIN. Next try in {left}").format(left=left),
            Told.NO_PIN: self.tr("No PIN is set. Ask a lead."),
        }[state.told]

    def _figure(self, figure: str) -> Press:
        key = self._key(figure, f"key-{figure}")
        key.clicked.connect(partial(self.typed.emit, figure))
        return key

    def _clear(self) -> Press:
        key = self._key(self.tr("Clear"), "key-clear", "word")
        key.clicked.connect(self.cleared)
        return key

    def _back(self) -> Press:
        key = self._key("", "key-back")
        self._widgets.put_icon(key, "delete", "icon_big")
        key.setAccessibleName(self.tr("Take the last figure back"))
        key.clicked.connect(self.taken_back)
        return key

    def _key(self, words: str, name: str, build: str = "") -> Press:
        """A touch leaves the focus where it was, so that Enter afterwards signs in."""
        key = self._widgets.button(words, "key", build=build or ("low" if self._widgets.narrow else ""), name=name)
        key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return key
