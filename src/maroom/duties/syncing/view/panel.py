"""The card at the side: the record at hand, why it stands where it stands, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QWidget

from maroom.duties.syncing.presenter.state import Detail, Linking, Refused, State, Versions
from maroom.duties.syncing.view.linking import linking
from maroom.duties.syncing.view.looked import looked, refused
from maroom.duties.syncing.view.parts import Body, Deed, Parts
from maroom.duties.syncing.view.versions import versions
from maroom.duties.syncing.view.words import records as words
from maroom.ui.dialogs import Answer
from maroom.ui.menu import Menu
from maroom.ui.scroll import Scroll
from maroom.ui.touch import Press
from maroom.ui.widgets import STRETCH, Grow, Item, Widgets

BESIDE = 2
"""buttons that a narrow window has room for in one line"""
MORE = "record-more"


class Panel(QFrame):
    """Made anew when what it shows changes; the focus stays with the button of the same name."""

    wished = Signal(str, str)
    """A deed, and which one of several is meant."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self.setObjectName("card")
        self._widgets = widgets
        self._shown: tuple[Detail | None, bool] | None = None
        self._inside: QWidget | None = None
        self._menu = Menu(self)
        self._menu.chosen.connect(self._chosen)
        self._box = widgets.down(gap="")
        self.setLayout(self._box)

    def become(self, state: State, zone: ZoneInfo) -> None:
        if (state.detail, state.may_sync) == self._shown:
            return
        self._shown = state.detail, state.may_sync
        at = QApplication.focusWidget()
        name = at.objectName() if at is not None and self.isAncestorOf(at) else ""
        old, self._inside = self._inside, self._made(state, zone)
        self._box.addWidget(self._inside)
        if name and (same := self._inside.findChild(QWidget, name)) is not None:
            same.setFocus(Qt.FocusReason.OtherFocusReason)
        if old is not None:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _made(self, state: State, zone: ZoneInfo) -> QWidget:
        if state.detail is None:
            return self._nothing()
        parts = Parts(self._widgets, zone, state.now, state.names, self._wish, state.may_sync)
        return self._card(state.detail, _body(state.detail, parts), parts)

    def _nothing(self) -> QWidget:
        quiet = self._widgets.text(self.tr("Touch a record to see why it stands where it stands."), "quiet", wrap=True)
        return self._padded(quiet, STRETCH)

    def _card(self, shown: Detail, body: Body, parts: Parts) -> QWidget:
        widgets, record = self._widgets, shown.record
        tag = words.stands(record)
        title = widgets.line(words.title(record, parts.zone), "section")
        head = widgets.across(Grow(title), widgets.chip(tag.words, tag.tone, tag.icon))
        about = widgets.line(words.about(record, parts.names, parts.zone, parts.now), "caption")
        promise = widgets.text(body.promise, "caption", wrap=True) if body.promise else None
        buttons = self._buttons(body, parts) if body.buttons else None
        inside = self._inside_of(widgets.down(*body.items, STRETCH, gap="pad"))
        return self._padded(head, about, Grow(inside), promise, buttons)

    def _inside_of(self, items: QLayout) -> QWidget:
        """What is long is moved within the card. In a narrow window all of it is in sight and the page is moved instead, or too
        little would be seen of what is to be chosen from."""
        inside = Scroll(items)
        if self._widgets.narrow:
            inside.setMinimumHeight(items.sizeHint().height())
        return inside

    def _buttons(self, body: Body, parts: Parts) -> QWidget:
        """Side by side; many of them in a narrow window in two columns. What is done seldom is behind the first of them."""
        if body.more:
            return self._widgets.holder(STRETCH, self._more(body.more, parts), *body.buttons)
        if self._widgets.narrow and len(body.buttons) > BESIDE:
            return self._widgets.grid(body.buttons, BESIDE)
        return self._widgets.holder(STRETCH, *body.buttons)

    def _more(self, answers: Sequence[Answer], parts: Parts) -> Press:
        button = self._widgets.button(self.tr("More"), name=MORE)
        button.setEnabled(parts.on)
        button.clicked.connect(lambda: self._menu.ask(answers, button))
        return button

    def _chosen(self, deed: str) -> None:
        self.wished.emit(deed, "")

    def _padded(self, *items: Item) -> QWidget:
        holder = QWidget()
        holder.setLayout(self._widgets.down(*items, gap="gap", pad="gutter"))
        return holder

    def _wish(self, deed: Deed, which: str) -> None:
        self.wished.emit(deed, which)


def _body(shown: Detail, parts: Parts) -> Body:
    match shown:
        case Refused():
            return refused(shown, parts)
        case Versions():
            return versions(shown, parts)
        case Linking():
            return linking(shown, parts)
        case _:
            return looked(shown, parts)
