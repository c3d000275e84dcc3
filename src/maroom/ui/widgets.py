"""What a view is handed: words, buttons, chips, fields, rows and cards, all taking their look from one theme.

Knows no page and no patient. Live fields stand in fields.py, whole forms in forms.py, lists in lines.py and table.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from maroom.ui.boxes import STRETCH, Boxes, Grow, Item
from maroom.ui.fields import Choice, Field, Note, Segments
from maroom.ui.labels import CENTRE, LEFT, RIGHT, Chip, Elided, FindingLine, Image, Tag, Text
from maroom.ui.lines import ROW_SHARE, Column, Lines
from maroom.ui.live import mark_as
from maroom.ui.marks import Mark
from maroom.ui.touch import Press, Tick

__all__ = ["CENTRE", "LEFT", "RIGHT", "ROW_SHARE", "STRETCH", "Column", "Grow", "Item", "Lines", "Tag", "Widgets"]

_ICON_ROLES = {"primary": "on_accent", "quiet": "accent", "tinted": "on_accent_soft"}


class Widgets(Boxes):
    """Makes small widgets. What may change later is changed by the widget's own `say` or `become`."""

    # words and marks
    def text(
        self, words: str = "", kind: str = "body", tone: str = "", align: Qt.AlignmentFlag = LEFT, wrap: bool = False
    ) -> Text:
        label = Text(words, kind, tone, align)
        label.setWordWrap(wrap)
        return label

    def line(self, words: str = "", kind: str = "body", tone: str = "") -> Elided:
        """Words of any length, such as a name: shortened with dots before anything else gives way."""
        return Elided(words, kind, tone)

    def heading(self, words: str, *right: Item, kind: str = "strong") -> QHBoxLayout:
        """The first line of a card: what it is, and at its right end what is true of it now."""
        return self.across(self.text(words, kind), STRETCH, *right)

    def two(self, upper: str, lower: str, kind: str = "body", align: Qt.AlignmentFlag = LEFT) -> QWidget:
        """A word and, quiet under it, what it is about: the body of most rows."""
        return self.stack(STRETCH, self.text(upper, kind, align=align), self.text(lower, "caption", align=align), STRETCH)

    def image(self, icon: str = "", role: str = "text_quiet", size: str = "icon_small") -> Image:
        return Image(self.theme, self.icons, icon, role, size)

    def mark(self, severity: str = "ok") -> Mark:
        return Mark(self.theme, severity)

    def finding(self, severity: str = "", words: str = "", kind: str = "body") -> FindingLine:
        """Shape and word; with nothing to say it keeps its place."""
        return FindingLine(self.theme, severity, words, kind)

    def chip(self, words: str = "", tone: str = "plain", icon: str = "", mark: str = "") -> Chip:
        return Chip(self.theme, self.icons, Tag(words, tone, icon, mark))

    # things to act on
    def button(self, words: str, kind: str = "secondary", icon: str = "", build: str = "", name: str = "") -> Press:
        """Kinds: primary, secondary, tinted, quiet, key, choice. Builds: row (in a list), tall (at the foot). `name` is its
        object name, by which tests and the tour find it."""
        button = Press(words)
        button.setObjectName(name)
        button.setProperty("kind", kind)
        button.setProperty("build", build)
        if icon:
            self.put_icon(button, icon)
        return button

    def icon_button(self, icon: str, spoken: str, kind: str = "quiet", build: str = "", name: str = "") -> Press:
        """A button with no word on it; `spoken` is its accessible name and its tool tip."""
        button = self.button("", kind, icon, build, name)
        button.setAccessibleName(spoken)
        button.setToolTip(spoken)
        return button

    def put_icon(self, button: QPushButton, icon: str, size: str = "icon") -> None:
        role = _ICON_ROLES.get(str(button.property("kind")), "text")
        if button.text():
            button.setIcon(self.icons.icon(icon, role, size))
            button.setIconSize(self.icons.room(size))
        else:
            button.setIcon(self.icons.bare(icon, role, size))
            button.setIconSize(QSize(self.theme.px(size), self.theme.px(size)))

    def restyle(self, button: QPushButton, kind: str) -> None:
        mark_as(button, kind=kind)

    def field(self, name: str, spoken: str, kind: str = "", hint: str = "", align: Qt.AlignmentFlag = LEFT) -> Field:
        """Kinds: none, figure (a measured number), quick (the quick line), scan, secret. `spoken` is said by readers."""
        return Field(name, spoken, kind, hint, align)

    def choice(self, name: str, spoken: str, kind: str = "soft") -> Choice:
        """Kinds: soft (a qualifier in a row), tall (in a form)."""
        return Choice(self.theme, self.icons, name, spoken, kind)

    def segments(self, name: str, spoken: str) -> Segments:
        """One of a few, all in sight."""
        return Segments(self.theme, name, spoken)

    def note(self, name: str, spoken: str, hint: str = "") -> Note:
        return Note(self.theme, name, spoken, hint)

    def tick(self, name: str, words: str = "") -> Tick:
        box = Tick(self.theme, self.icons, words)
        box.setObjectName(name)
        return box

    def progress(self, spoken: str, done: int = 0, total: int = 1, tone: str = "") -> QProgressBar:
        bar = QProgressBar()
        bar.setAccessibleName(spoken)
        bar.setRange(0, total)
        bar.setValue(done)
        bar.setTextVisible(False)
        bar.setProperty("tone", tone)
        return bar

    # lists
    def lines(self, columns: Sequence[Column], head: bool = True) -> Lines:
        return Lines(self, columns, head)
