"""Where widgets stand: boxes, grids, cards and columns, with air by size name. Knows the window's width, no page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from maroom.ui.flow import Flow
from maroom.ui.icons import Icons
from maroom.ui.theme import Theme

STRETCH = "stretch"
NARROW_BELOW = 1270
WIDE_FROM = 1600
WIDE_SHARE, SIDE_SHARE = 5, 4
W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True)
class Grow:
    """An item that takes what is left."""

    item: QWidget
    share: int = 1


Item = QWidget | QLayout | Grow | str | None


class Boxes:
    """`width` is the window's, and decides whether it is narrow or wide for its type size."""

    def __init__(self, theme: Theme, icons: Icons, width: int) -> None:
        self.theme = theme
        self.icons = icons
        self.narrow, self.wide = breadth(width, theme.factor)

    def across(self, *items: Item, gap: str = "gap", pad: str = "", sides: str = "") -> QHBoxLayout:
        """`pad` goes all round, `sides` left and right only; both and `gap` are size names."""
        box = QHBoxLayout()
        self._fill(box, items, (gap, pad, sides))
        return box

    def down(self, *items: Item, gap: str = "gap", pad: str = "", sides: str = "") -> QVBoxLayout:
        box = QVBoxLayout()
        self._fill(box, items, (gap, pad, sides))
        return box

    def _fill(self, box: QBoxLayout, items: Iterable[Item], air: tuple[str, str, str]) -> None:
        gap, pad, sides = (self.theme.px(size) if size else 0 for size in air)
        box.setContentsMargins(sides or pad, pad, sides or pad, pad)
        box.setSpacing(gap)
        for item in items:
            put(box, item)

    def grid(self, widgets: Sequence[QWidget], across: int, gap: str = "gap") -> QWidget:
        """Columns of one width, filled row by row."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self.theme.px(gap))
        for number, widget in enumerate(widgets):
            grid.addWidget(widget, number // across, number % across)
            grid.setColumnStretch(number % across, 1)
        return holder

    def flow(self, *widgets: QWidget, gap: str = "tight") -> QWidget:
        """Side by side, and on into a next line where there is no room."""
        holder = QWidget()
        Flow(holder, self.theme.px(gap), widgets)
        return holder

    def frame(self, name: str, inside: QLayout, tone: str = "", state: str = "") -> QFrame:
        """A frame the sheet knows by `name`: card, well, tile, list_row, strip, table, ..."""
        frame = QFrame()
        frame.setObjectName(name)
        frame.setProperty("tone", tone)
        frame.setProperty("state", state)
        frame.setLayout(inside)
        return frame

    def card(self, *items: Item, gap: str = "gap", pad: str = "gutter") -> QFrame:
        return self.frame("card", self.down(*items, gap=gap, pad=pad))

    def rule(self) -> QFrame:
        line = QFrame()
        line.setObjectName("line")
        line.setFixedHeight(self.theme.px("hair"))
        return line

    def holder(self, *items: Item, gap: str = "gap", sides: str = "") -> QWidget:
        """Items side by side, as one widget."""
        widget = QWidget()
        widget.setLayout(self.across(*items, gap=gap, sides=sides))
        return widget

    def stack(self, *items: Item, gap: str = "") -> QWidget:
        """Items one above the other, as one widget."""
        widget = QWidget()
        widget.setLayout(self.down(*items, gap=gap))
        return widget

    def columns(self, main: QWidget, side: QWidget, width: str = "col_side") -> QBoxLayout:
        """The page body: two columns, or one above the other in a narrow window."""
        if self.narrow:
            return self.down(main, side, gap="gutter")
        if not self.wide:
            side.setFixedWidth(self.theme.px(width))
            return self.across(Grow(main), side, gap="gutter")
        side.setMinimumWidth(self.theme.px(width))
        return self.across(Grow(main, WIDE_SHARE), Grow(side, SIDE_SHARE), gap="gutter")

    def sized(self, widget: W, wide: str = "", high: str = "") -> W:
        """Fixes the width, the height or both to a size of the theme."""
        if wide:
            widget.setFixedWidth(self.theme.px(wide))
        if high:
            widget.setFixedHeight(self.theme.px(high))
        return widget

    def at_least(self, widget: W, wide: str = "", high: str = "") -> W:
        """For widgets without a layout: on a box with a layout it would replace the layout's own minimum."""
        if wide:
            widget.setMinimumWidth(self.theme.px(wide))
        if high:
            widget.setMinimumHeight(self.theme.px(high))
        return widget


def breadth(width: int, factor: float) -> tuple[bool, bool]:
    """Whether a window `width` px wide is narrow, and whether it is wide, for this type size."""
    return width / factor < NARROW_BELOW, width / factor >= WIDE_FROM


def put(box: QBoxLayout, item: Item) -> None:
    if isinstance(item, Grow):
        box.addWidget(item.item, item.share)
    elif isinstance(item, str):
        box.addStretch(1)
    elif isinstance(item, QLayout):
        box.addLayout(item)
    elif item is not None:
        box.addWidget(item)
