"""The card at the side: the record at hand, why it stands where it stands, and what can be done about it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from maroom.duties.syncing.presenter.state import Detail, Linking, Refused, State, Versions
from maroom.duties.syncing.view.linking import linking
from maroom.duties.syncing.view.looked import looked, refused
from maroom.duties.syncing.view.parts import Body, Deed, Parts
from maroom.duties.syncing.view.versions import versions
from maroom.duties.syncing.view.words import records as words
from maroom.ui.scroll import Scroll
from maroom.ui.widgets import STRETCH, Grow, Item, Widgets

BESIDE = 2
"""buttons that a narrow window has room for in one line"""


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
        buttons = self._buttons(body) if body.buttons else None
        inside = Scroll(widgets.down(*body.items, STRETCH, gap="pad"))
        return self._padded(head, about, Grow(inside), promise, buttons)

    def _buttons(self, body: Body) -> QWidget:
        """Side by side; many of them in a narrow window in two columns."""
        if self._widgets.narrow and len(body.buttons) > BESIDE:
            return self._widgets.grid(body.buttons, BESIDE)
        return self._widgets.holder(STRETCH, *body.buttons)

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
