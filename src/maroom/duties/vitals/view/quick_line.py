"""The quick line: one field for a whole set, and below it what it says, piece by piece, before anything is saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from maroom.duties.vitals.presenter.rowing import QUICK
from maroom.duties.vitals.presenter.state import Chip, Quick
from maroom.duties.vitals.view import words
from maroom.ui.chips import ChipLines
from maroom.ui.labels import Tag
from maroom.ui.live import show_if
from maroom.ui.widgets import STRETCH, Grow, Widgets

MOST_CHIPS = 24


class QuickLine(QWidget):
    """`typed` carries each keystroke, `entered` comes with Enter."""

    typed = Signal(str)
    entered = Signal()

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._widgets = widgets
        self.field = widgets.field(QUICK, words.tr("Quick line"), QUICK)
        self.field.typed.connect(self._typed)
        self.field.entered.connect(self._entered)
        self._chips = [widgets.chip() for _ in range(MOST_CHIPS)]
        for chip in self._chips:
            chip.hide()
        self._echo = ChipLines(widgets, self._chips)
        self._key, self._key_words = widgets.text(words.tr("Enter"), "key"), widgets.text(kind="caption")
        keys = widgets.holder(self._key, self._key_words, gap="tight")
        keys.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        beside = widgets.stack(widgets.sized(keys, high="chip"), STRETCH)
        self.setLayout(widgets.down(self.field, widgets.across(Grow(self._echo), beside, gap="gutter")))

    def become(self, quick: Quick, example: str) -> None:
        tags = [_tag(chip) for chip in quick.chips[:MOST_CHIPS]]
        for chip, tag in zip(self._chips, tags, strict=False):
            chip.become(tag)
        for at, chip in enumerate(self._chips):
            show_if(chip, at < len(tags))
        wrong = any(chip.why and not chip.unfinished for chip in quick.chips)
        self.field.setPlaceholderText(example)
        said = "; ".join(tag.words for tag in tags)
        self.field.become(quick.text, "refused" if wrong else "", spoken=said)
        self._key_words.say(words.key(quick))
        self._echo.fit()

    def see_to(self, quick: Quick) -> None:
        """To the first piece that is not understood."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if quick.marked:
            start, end = quick.marked.at
            self.field.setSelection(start, end - start)

    def _typed(self, _name: str, text: str) -> None:
        self.typed.emit(text)

    def _entered(self, _name: str) -> None:
        self.entered.emit()


def _tag(chip: Chip) -> Tag:
    tone = {"ok": "outline", "": "outline", "refused": "critical"}.get(chip.severity, chip.severity)
    return Tag(words.chip(chip), tone, mark="" if chip.unfinished else chip.severity or "ok")
