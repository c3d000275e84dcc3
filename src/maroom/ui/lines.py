"""A list whose rows stay: a card of rows under fixed columns, filled once. The eye goes down one column at a time.

For rows that come and go (visits, results) take table.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from maroom.ui.boxes import Boxes
from maroom.ui.labels import LEFT, Text

ROW_GROWS = 1.3
ROW_SHARE = 100


@dataclass(frozen=True)
class Column:
    """One column of a list. Where `width` names no size, it takes `share` of what is left."""

    title: str
    width: str = ""
    align: Qt.AlignmentFlag = LEFT
    share: int = 1


def filled(boxes: Boxes, columns: Sequence[Column], cells: Sequence[QWidget]) -> QHBoxLayout:
    """One row: each cell as wide as its column says."""
    row = boxes.across(sides="pad")
    for column, cell in zip(columns, cells, strict=True):
        if column.width:
            boxes.sized(cell, wide=column.width)
        row.addWidget(cell, 0 if column.width else column.share)
    return row


def heading(boxes: Boxes, columns: Sequence[Column]) -> QFrame:
    titles = [Text(column.title, "head", align=column.align) for column in columns]
    return boxes.sized(boxes.frame("list_head", filled(boxes, columns, titles)), high="icon_big")


class Lines(QFrame):
    def __init__(self, boxes: Boxes, columns: Sequence[Column], head: bool = True) -> None:
        super().__init__()
        self.setObjectName("card")
        self._boxes = boxes
        self._columns = columns
        self._box = boxes.down(gap="")
        self.setLayout(self._box)
        self._before = int(head)
        if head:
            self._box.addWidget(heading(boxes, columns))

    def add(
        self, cells: Sequence[QWidget], state: str = "", height: str = "row", least: str = "", at: int | None = None
    ) -> QFrame:
        """Rows have one height, and grow a little, together, where the window is tall; they give way down to `least` where it
        is not. `at` is the place among the rows. The row's state may be changed later by `live.mark_as(row, state=...)`:
        here, last, refused, notice."""
        line = self._boxes.frame("list_row", filled(self._boxes, self._columns, cells), state=state)
        self._boxes.at_least(line, high=least or height)
        line.setMaximumHeight(round(self._boxes.theme.px(height) * ROW_GROWS))
        self._box.insertWidget(-1 if at is None else self._before + at, line, ROW_SHARE)
        return line

    def place(self, line: QFrame, at: int) -> None:
        """Moves a row to a place among the rows."""
        if self._box.indexOf(line) != self._before + at:
            self._box.removeWidget(line)
            self._box.insertWidget(self._before + at, line, ROW_SHARE)

    def take_out(self, line: QFrame) -> None:
        """A row that is wanted no more."""
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()

    def end(self) -> None:
        self._box.addStretch(1)
