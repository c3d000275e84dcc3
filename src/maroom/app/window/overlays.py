"""What may lie over the page: the command box, the list of keys, all the allergies.

Each is imported and made at its first use: the first window needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from maroom.app.window.states import RailEntry
from maroom.ui.hits import Hit
from maroom.ui.veil import Veil, open_veil
from maroom.ui.widgets import Widgets


class Overlays(QObject):
    """One at a time; they belong to one look and go with it."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, widgets: Widgets, search: Callable[[str], Sequence[Hit]]) -> None:
        super().__init__(window)
        self._window = window
        self._widgets = widgets
        self._search = search
        self._veils: dict[str, Veil] = {}

    def open(self) -> Veil | None:
        """Whatever lies over the window now, also what a page has opened."""
        return open_veil(self._window)

    def find(self, text: str) -> None:
        from maroom.ui.command import CommandBox

        if self.open() is not None:
            return
        box = self._veils.get("command")
        if not isinstance(box, CommandBox):
            box = CommandBox(self._widgets, self._search)
            box.chosen.connect(self.chosen)
            self._keep("command", box)
        box.open_over(self._window)
        box.type_in(text)

    def show_keys(self, entries: Sequence[RailEntry]) -> None:
        from maroom.app.window.key_sheet import KeySheet

        if self.open() is None:
            self._keep("keys", KeySheet(self._widgets, entries)).open_over(self._window)

    def show_words(self, title: str, words: str) -> None:
        from maroom.ui.dialogs import Sheet

        if self.open() is None:
            sheet = Sheet(self._widgets, "words")
            sheet.show_words(title, words)
            self._keep("words", sheet).open_over(self._window)

    def let_go(self) -> None:
        for veil in self._veils.values():
            veil.put_away()
            veil.deleteLater()
        self._veils.clear()
        self.deleteLater()

    def _keep(self, name: str, veil: Veil) -> Veil:
        """The one of this name before is not needed any more."""
        if old := self._veils.pop(name, None):
            old.deleteLater()
        self._veils[name] = veil
        return veil
