"""What the card at the side is made of: words, and buttons that each ask for one deed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QWidget

from maroom.core.clock import Moment
from maroom.ui.dialogs import Answer
from maroom.ui.labels import Tag
from maroom.ui.touch import Press
from maroom.ui.widgets import Item, Widgets


class Deed(StrEnum):
    """What a button asks for; those that are about one of several carry which."""

    CORRECT = "correct"
    RETRY = "retry"
    VOID = "void"
    KEEP = "keep"
    SAVE = "save"
    BY_HAND = "by-hand"
    LINK = "link"
    NONE_THERE = "none-there"
    MINE = "mine"
    THEIRS = "theirs"
    SETTLE = "settle"
    KEEP_BOTH = "keep-both"
    GIVE_UP = "give-up"
    INSIST = "insist"
    SEND_AGAIN = "send-again"


@dataclass(frozen=True)
class Body:
    """Of the card: what stands in it, what it promises above its buttons, and the buttons from left to right."""

    items: Sequence[Item]
    buttons: Sequence[Press] = ()
    promise: str = ""
    more: Sequence[Answer] = ()
    """what can be done besides, by deed: in a menu before the buttons"""
    chip: Tag | None = None


class Version(Press):
    """A button that holds as many lines as it needs."""

    def sizeHint(self) -> QSize:
        inside = self.layout()
        return inside.sizeHint() if inside else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        inside = self.layout()
        return inside.minimumSize() if inside else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inside = self.layout()
        return inside.heightForWidth(width) if inside else super().heightForWidth(width)


@dataclass(frozen=True)
class Parts:
    """`wish` is told a deed and which one is meant; `on`: this person may do what the buttons ask for."""

    widgets: Widgets
    zone: ZoneInfo
    now: Moment
    names: Mapping[str, str]
    wish: Callable[[Deed, str], None]
    on: bool

    def button(self, words: str, deed: Deed, which: str = "", kind: str = "secondary") -> Press:
        button = self.widgets.button(words, kind, name=f"{deed}-{which}" if which else deed)
        button.setEnabled(self.on)
        button.clicked.connect(partial(self.asked, deed, which))
        return button

    def asked(self, deed: Deed, which: str, _checked: bool = False) -> None:
        self.wish(deed, which)

    def say(self, words: str, kind: str = "body", tone: str = "") -> QWidget | None:
        return self.widgets.text(words, kind, tone, wrap=True) if words else None

    def table(self, heads: Sequence[QWidget], rows: Sequence[Sequence[QWidget]]) -> QWidget:
        """The first column names what stands in the others."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.widgets.theme.px("gap"))
        grid.setVerticalSpacing(self.widgets.theme.px("tight"))
        for number, row in enumerate((heads, *rows)):
            for column, cell in enumerate(row):
                grid.addWidget(cell, number, column)
        for column in range(len(heads)):
            grid.setColumnStretch(column, 3 if column else 2)
        holder = QWidget()
        holder.setLayout(grid)
        return holder
