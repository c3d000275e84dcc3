"""The sections at the left, the one that is shown at the right; its filled button stands at the foot of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from maroom.duties.admin.presenter.sections import AdminPresenter, Entry, State
from maroom.ui.live import show_if
from maroom.ui.page import Attached, Page
from maroom.ui.touch import Press
from maroom.ui.widgets import STRETCH, Grow, Widgets


class AdminView(Page[State, AdminPresenter]):
    """`section_view` gives the view of a section by its key."""

    def __init__(self, widgets: Widgets, section_view: Callable[[str], QWidget]) -> None:
        super().__init__(widgets)
        self._section_view = section_view
        self._entries: tuple[Entry, ...] = ()
        self._buttons: dict[str, Press] = {}
        self._shown: dict[str, QWidget] = {}
        self._here = ""
        self._list, self._place = widgets.down(gap="tight"), widgets.down(gap="")
        side = widgets.stack(widgets.frame("card", self._list), STRETCH)
        self._list.setContentsMargins(*(widgets.theme.px("gap"),) * 4)
        self.body.addLayout(
            widgets.across(widgets.sized(side, wide="col_stands"), Grow(widgets.stack(self._place, STRETCH)), gap="gutter")
        )

    def detach(self) -> None:
        for view in self._shown.values():
            if isinstance(view, Attached):
                view.detach()
        super().detach()

    def render(self, state: State) -> None:
        if state.entries != self._entries:
            self._list_anew(state.entries)
        for key, button in self._buttons.items():
            button.setChecked(key == state.here)
        title = next((entry.title for entry in state.entries if entry.key == state.here), "")
        self.head.show_words(self.tr("Settings"), QCoreApplication.translate("Section", title))
        if state.here:
            self._show(state.here)

    def start(self) -> QWidget | None:
        return self._buttons.get(self._here)

    def _show(self, here: str) -> None:
        view = self._section_view(here)
        if self._shown.get(here) is not view:
            self._shown[here] = view
            self._place.addWidget(view)
        self._here = here
        for key, each in self._shown.items():
            show_if(each, key == here)
        button = getattr(view, "primary", None)
        self.foot.lend(button if isinstance(button, Press) else None)

    def _list_anew(self, entries: Sequence[Entry]) -> None:
        for button in self._buttons.values():
            self._list.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._entries = tuple(entries)
        self._buttons = {entry.key: self._button(entry) for entry in entries}
        for button in self._buttons.values():
            self._list.addWidget(button)

    def _button(self, entry: Entry) -> Press:
        button = self.widgets.button(QCoreApplication.translate("Section", entry.title), "choice", name=f"section-{entry.key}")
        button.setCheckable(True)
        button.clicked.connect(partial(self._chosen, entry.key))
        return button

    def _chosen(self, key: str) -> None:
        self._buttons[key].setChecked(True)
        self.presenter.choose(key)
