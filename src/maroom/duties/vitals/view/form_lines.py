"""The rows of the form as one card. Rows come and go; those that stay keep their widgets, and with them focus and cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from maroom.duties.vitals.presenter.state import Row
from maroom.duties.vitals.view.sign_line import SignLine
from maroom.ui.live import mark_as
from maroom.ui.widgets import ROW_SHARE, Grow, Widgets


class FormLines(QWidget):
    """Signals are those of its lines."""

    typed = Signal(str, str)
    entered = Signal(str)
    chosen = Signal(str, str, str)
    unit_wished = Signal(str, str)
    right = Signal(str)
    meant = Signal(str)
    taken = Signal(str)
    rest_wished = Signal(bool)

    def __init__(self, widgets: Widgets, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._widgets, self._now = widgets, now
        self._card = widgets.lines(SignLine.columns())
        self._shapes: dict[str, tuple[object, ...]] = {}
        self._lines: dict[str, SignLine] = {}
        self._frames: dict[str, QFrame] = {}
        layout = widgets.down(Grow(self._card, ROW_SHARE), gap="")
        layout.addStretch(1)
        self.setLayout(layout)

    def become(self, rows: Sequence[Row], here: str, now: datetime) -> None:
        self._arrange(rows)
        for row in rows:
            self._lines[row.key].become(row, row.key == here, now)
            last = "last" if row is rows[-1] else ""
            mark_as(self._frames[row.key], state="here" if row.key == here else last)

    def line(self, key: str) -> SignLine:
        return self._lines[key]

    def go_to(self, key: str, field: str = "") -> None:
        """To a field of a row, the first one where none is named."""
        fields = self._lines[key].fields
        at = next((each for each in fields if each.objectName() == field), next(iter(fields), None))
        if at is not None:
            at.setFocus(Qt.FocusReason.OtherFocusReason)
            at.selectAll()

    def go_on_from(self, field: str) -> bool:
        """To the next number that can be typed; false after the last one."""
        fields = [each for line in self._lines.values() for each in line.fields if each.isVisible()]
        at = next((number for number, each in enumerate(fields) if each.objectName() == field), len(fields))
        following = fields[at + 1] if at + 1 < len(fields) else None
        if following is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason)
            following.selectAll()
        return following is not None

    # rows come and go

    def _arrange(self, rows: Sequence[Row]) -> None:
        """A row whose units or questions are others than before is made anew."""
        shapes = {row.key: _shape(row) for row in rows}
        if shapes == self._shapes and list(shapes) == list(self._shapes):
            return
        for key in [key for key, shape in self._shapes.items() if shapes.get(key) != shape]:
            self._drop(key)
        for at, row in enumerate(rows):
            if row.key not in self._lines:
                self._lines[row.key] = self._made(row)
                self._frames[row.key] = self._card.add(
                    self._lines[row.key].cells(), least="" if self._widgets.narrow else "row_least", at=at
                )
            self._card.place(self._frames[row.key], at)
        self._lines = {row.key: self._lines[row.key] for row in rows}
        self._shapes = shapes
        chain = [each for line in self._lines.values() for each in line.chain()]
        for one, following in pairwise(chain):
            QWidget.setTabOrder(one, following)

    def _drop(self, key: str) -> None:
        """The focus goes nowhere with it: who typed in it says where to."""
        frame, at = self._frames.pop(key), self.focusWidget()
        if at is not None and frame.isAncestorOf(at):
            at.clearFocus()
        self._card.take_out(frame)
        self._lines.pop(key)

    def _made(self, row: Row) -> SignLine:
        line = SignLine(self._widgets, row, self._now)
        line.typed.connect(self.typed)
        line.entered.connect(self.entered)
        line.chosen.connect(self.chosen)
        line.unit_wished.connect(self.unit_wished)
        line.right.connect(self.right)
        line.meant.connect(self.meant)
        line.taken.connect(self.taken)
        line.rest_wished.connect(self.rest_wished)
        return line


def _shape(row: Row) -> tuple[object, ...]:
    """What a line is made for; the rest of it changes in place."""
    return row.units, row.part, tuple((question.name, question.choices) for question in row.questions)
