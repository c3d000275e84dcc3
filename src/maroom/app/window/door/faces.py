"""What a face is, and the two light ones: waiting, and the choice at the first start."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from maroom.app.door import Face, State
from maroom.ui.touch import Press
from maroom.ui.widgets import STRETCH, Grow, Item, Widgets


class Faced(QWidget):
    """One face of the door. It is told the state and tells what was typed and what is wished."""

    typed = Signal(str, str)
    wished = Signal(str)

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self.widgets = widgets

    def become(self, state: State) -> None:
        raise NotImplementedError

    def first(self) -> QWidget | None:
        """Where the focus begins."""
        return None

    def lay_out(self, title: str, about: str, *items: Item) -> None:
        """What this is, quietly what about, then the rest."""
        self.title, self.about = self.widgets.text(title, "big"), self.widgets.text(about, "quiet", wrap=True)
        head = self.widgets.stack(self.title, self.about, gap="tight")
        self.setLayout(self.widgets.down(head, *items, gap="pad"))
        self.about.setHidden(not about)

    def button(self, words: str, wish: str, kind: str = "secondary", icon: str = "") -> Press:
        button = self.widgets.button(words, kind, icon, "tall", wish)
        button.clicked.connect(partial(self.wished.emit, wish))
        return button


class Waiting(Faced):
    """The store is being opened or made."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self.lay_out("", self.tr("Its pages are checked, then you can sign in."), STRETCH)

    def become(self, state: State) -> None:
        making = state.face is Face.MAKING
        self.title.say(self.tr("Making the clinic") if making else self.tr("Opening the store"))
        self.about.setHidden(making)


class FirstStart(Faced):
    """Two large choices."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self._new = self._choice(
            "new",
            "building-complex",
            self.tr("A new clinic"),
            self.tr(
                "Its name and time zone, you as the first administrator, and the passphrase that opens the store if need be."
            ),
        )
        demo = self._choice(
            "demo",
            "flask-conical",
            self.tr("The demo clinic"),
            self.tr(
                "A day of forty invented patients, to try everything with. Everybody's PIN is 1234. Real people are refused."
            ),
        )
        about = self.tr("There is no clinic in this data folder yet. What should be made?")
        choices = widgets.grid([self._new, demo], 1 if widgets.narrow else 2, "gutter")
        self.lay_out(self.tr("Welcome to maroom"), about, STRETCH, choices, STRETCH, STRETCH)

    def become(self, state: State) -> None:
        del state

    def first(self) -> QWidget | None:
        return self._new

    def _choice(self, wish: str, icon: str, title: str, about: str) -> Press:
        widgets = self.widgets
        choice = widgets.button("", "tile", build="tall", name=wish)
        choice.setAccessibleName(title)
        choice.setAccessibleDescription(about)
        words = widgets.stack(widgets.text(title, "title"), widgets.text(about, "quiet", wrap=True), STRETCH, gap="gap")
        sign = widgets.stack(widgets.image(icon, "accent", "icon_hero"), STRETCH)
        choice.setLayout(widgets.across(sign, Grow(words), gap="gutter", pad="page"))
        for part in choice.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        choice.clicked.connect(partial(self.wished.emit, wish))
        return choice
