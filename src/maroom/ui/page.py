"""The frame of every page: head, body, foot at the same place, and the one presenter the page belongs to.

A page knows nothing of windows: it can be shown and tried alone. Which page is shown is the window's to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from maroom.core.presenter import Presenter
from maroom.ui.labels import Tag
from maroom.ui.live import show_if
from maroom.ui.scroll import Scroll
from maroom.ui.strip import Strip
from maroom.ui.touch import Press
from maroom.ui.widgets import Grow, Widgets

S = TypeVar("S")
P = TypeVar("P", bound=Presenter[Any])


@dataclass(frozen=True)
class Place:
    """Where on a page somebody was: the object name of a field and the cursor in it."""

    field: str = ""
    cursor: int = 0


class Attached(QWidget, Generic[S, P]):
    """Holds its presenter, as PySide6 keeps only a weak hold of a plain-Python receiver: a view that does not store its
    presenter loses it, and its buttons silently do nothing."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self.widgets = widgets
        self._presenter: P | None = None
        self._placed = False

    @property
    def presenter(self) -> P:
        """Whom this page belongs to now. A page that belongs to nobody is off, so nothing on it can ask."""
        if self._presenter is None:
            raise LookupError("this page belongs to nobody")
        return self._presenter

    def attach(self, presenter: P) -> None:
        """From here on the page draws this presenter's state. The one before is closed and can reach the page no more."""
        self.detach()
        self._presenter = presenter
        self._placed = False
        self.setEnabled(True)
        presenter.attach(self)
        if self.isVisible():
            self.enter()

    def detach(self) -> None:
        """Closes the presenter; what it still gets back is drawn nowhere."""
        held, self._presenter = self._presenter, None
        self.setEnabled(False)
        if held is not None:
            held.close()

    def render(self, state: S) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  # hides QWidget.render
        """Draws the state and does nothing else."""
        raise NotImplementedError

    def start(self) -> QWidget | None:
        """Which widget is focused when the page is shown: the first field, unless the page knows better."""
        return first_field(self)

    def place(self) -> Place:
        """For the draft: where the person was."""
        at = self.focusWidget()
        if at is None or at is self:
            return Place()
        return Place(at.objectName(), at.cursorPosition() if isinstance(at, QLineEdit) else 0)

    def go_to(self, place: Place) -> None:
        """Back to where the draft says; it holds also where the page is shown later."""
        found = self.findChild(QWidget, place.field) if place.field else None
        if found is None:
            return
        self._placed = True
        found.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(found, QLineEdit):
            found.setCursorPosition(place.cursor)

    def enter(self) -> None:
        """Called when the page is shown, or opened for somebody else while it is shown."""
        at = self.focusWidget() if self._placed else self.start()
        self._placed = False
        if at is not None:
            at.setFocus(Qt.FocusReason.OtherFocusReason)


class Head(QWidget):
    """Title, quietly what about, and at the right end a chip with the state of the page."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._title, self._about = widgets.text(kind="title"), widgets.line(kind="quiet")
        self._chip = widgets.chip()
        self._chip.hide()
        self.setLayout(widgets.across(self._title, Grow(self._about), self._chip, gap="gutter", sides=edge(widgets)))
        widgets.sized(self, high="head")

    def show_words(self, title: str, about: str = "", chip: Tag | None = None) -> None:
        self._title.say(title)
        self._about.say(about)
        if chip:
            self._chip.become(chip)
        show_if(self._chip, chip is not None)


class Foot(QFrame):
    """What happened at the left, what to do next at the right: secondary buttons, then the one primary."""

    acted = Signal()
    """One of its buttons was pressed; told before the button's own receivers are."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._widgets = widgets
        self.strip = Strip(widgets)
        self.primary_button: Press | None = None
        self._buttons = widgets.across(gap="pad")
        inside = widgets.across(Grow(widgets.holder(Grow(self.strip))), self._buttons, gap="pad", sides=edge(widgets))
        air = widgets.theme.px("gap")
        inside.setContentsMargins(inside.contentsMargins().left(), air, inside.contentsMargins().right(), air)
        inside.addStrut(widgets.theme.px("button_tall") + widgets.theme.px("ring_line"))
        self.setLayout(inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def second(self, words: str, icon: str = "", name: str = "") -> Press:
        """Another button, left of the primary, in the order of asking."""
        button = self._widgets.button(words, "secondary", icon, "tall", name)
        button.clicked.connect(self.acted)
        at = self._buttons.count() - (1 if self.primary_button else 0)
        self._buttons.insertWidget(at, button)
        return button

    def primary(self, words: str, icon: str = "", name: str = "primary") -> Press:
        """The one filled button, also pressed by Ctrl+S and Ctrl+Enter. Off while it is not possible, never away."""
        self.primary_button = self._widgets.button(words, "primary", icon, "tall", name)
        self.primary_button.clicked.connect(self.acted)
        self._buttons.addWidget(self.primary_button)
        return self.primary_button

    def lend(self, button: Press | None) -> None:
        """The filled button of the part that is shown, where a page has parts of their own; the one before is put away."""
        if self.primary_button is not None:
            self.primary_button.hide()
        self.primary_button = button
        if button is None:
            return
        if self._buttons.indexOf(button) < 0:
            button.clicked.connect(self.acted)
            self._buttons.addWidget(button)
        button.show()


class Page(Attached[S, P]):
    """A page of the rail. `body` is its layout; `head.show_words` and the buttons of `foot` are its frame."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self.head, self.foot = Head(widgets), Foot(widgets)
        self.strip = self.foot.strip
        self.body = widgets.down(gap="gutter")
        side = widgets.theme.px(edge(widgets))
        self.body.setContentsMargins(side, 0, side, widgets.theme.px("pad"))
        self.setLayout(widgets.down(self.head, Grow(Scroll(self.body)), self.foot, gap=""))
        self.setEnabled(False)

    def primary(self) -> QPushButton | None:
        return self.foot.primary_button

    def press_primary(self) -> bool:
        """False where there is none, or where it is off."""
        button = self.primary()
        if button is None or not button.isEnabled() or button.isHidden():
            return False
        button.click()
        return True


class Cover(Attached[S, P]):
    """A page over everything, with no patient on it: sign in, first start. `body` takes all of the window."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self.strip = Strip(widgets)
        self.body = widgets.down(gap="gutter")
        narrow = widgets.narrow
        side, above = (widgets.theme.px(size) for size in (("page", "page") if narrow else ("edge", "edge_top")))
        self.body.setContentsMargins(side, above, side, above)
        self.setLayout(widgets.down(Grow(Scroll(self.body)), self.strip, gap=""))
        self.setEnabled(False)

    def go_back(self) -> None:
        """Escape: yours, where there is something to take back."""

    def event(self, event: QEvent) -> bool:
        """Escape is the cover's own; the window's shortcut would take it first."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)


def edge(widgets: Widgets) -> str:
    """The size of the air at a page's left and right."""
    return "gutter" if widgets.narrow else "page"


def first_field(page: QWidget) -> QWidget | None:
    """The first field that can be typed in; none where the page has only buttons, as Enter should press none by chance."""
    fields = [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    return next((field for field in fields if field.isEnabled() and field.isVisibleTo(page)), None)
