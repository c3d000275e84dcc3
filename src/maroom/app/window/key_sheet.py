"""The list of keys (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from maroom.app.window.keys import BACK, HELP, LOCK
from maroom.app.window.states import RailEntry
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.ui.dialogs import Sheet
from maroom.ui.widgets import STRETCH, Widgets

ALWAYS = (
    (HELP, QT_TRANSLATE_NOOP("Keys", "This list")),
    (LOCK, QT_TRANSLATE_NOOP("Keys", "Lock")),
    ("Ctrl K", QT_TRANSLATE_NOOP("Keys", "Find a patient, a page, a thing to do")),
    ("Ctrl S", QT_TRANSLATE_NOOP("Keys", "The filled button of the page")),
    (BACK, QT_TRANSLATE_NOOP("Keys", "Back, or close what lies over the page")),
    ("Tab", QT_TRANSLATE_NOOP("Keys", "On to the next field or button")),
    ("Enter", QT_TRANSLATE_NOOP("Keys", "In a list the next step of the row, in a field on to the next")),
    ("Space", QT_TRANSLATE_NOOP("Keys", "In a list: open the row")),
)


class KeySheet(Sheet):
    def __init__(self, widgets: Widgets, entries: Sequence[RailEntry]) -> None:
        super().__init__(widgets, "keys", wide="col_conflict")
        self.show_words(self.tr("Keys"))
        pages = [(entry.shortcut, entry.title) for entry in entries if entry.shortcut]
        always = _translated(ALWAYS)
        own = _translated([each for entry in entries for each in entry.keys])
        for key, words in (*always[:1], *pages, *always[1:], *own):
            shown = widgets.sized(widgets.holder(widgets.text(key, "key"), STRETCH), wide="col_slot_one")
            self.body.addLayout(widgets.across(shown, widgets.text(words), STRETCH))


def _translated(keys: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, QCoreApplication.translate("Keys", words)) for key, words in keys]
