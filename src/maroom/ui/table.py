"""A list whose rows come and go: told a tuple of frozen rows with keys, it makes only those anew that changed, and fills only
those that were in sight: a row is a dozen widgets, and each costs 25 kB and a millisecond.

Focus stays with its row. Tab reaches the list once, Up and Down go through it, Enter presses the row's next step.
For rows that always stand there (vital signs) take lines.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QScrollBar, QWidget

from maroom.ui.boxes import STRETCH, Grow, Item
from maroom.ui.lines import ROW_SHARE, Column, heading
from maroom.ui.live import mark_as, show_if
from maroom.ui.scroll import Scroll
from maroom.ui.table_row import RowFrame, Step
from maroom.ui.widgets import Widgets

_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -(10**6), Qt.Key.Key_End: 10**6}
AHEAD = 4


class Keyed(Protocol):
    """A frozen row. `key` is the id of what it is about, so that it is known again at the next render."""

    @property
    def key(self) -> str: ...


R = TypeVar("R", bound=Keyed)


class Table(QFrame, Generic[R]):
    """Each signal but the last carries the key of its row."""

    opened = Signal(str)
    """The row was touched, or Space pressed on it."""
    stepped = Signal(str)
    """Its step was pressed, or Enter on the row."""
    more_wished = Signal(str)
    """Its three dots were pressed, or the menu key, or the right button."""
    rest_wished = Signal()
    """The line below the rows was pressed."""

    def __init__(
        self,
        widgets: Widgets,
        columns: Sequence[Column],
        cells: Callable[[R], Sequence[QWidget]],
        step: Callable[[R], Step | None] | None = None,
        *,
        step_title: str = "",
        more: str = "",
        state: Callable[[R], str] | None = None,
        row: str = "row",
        scrolls: bool = False,
        empty: str = "",
    ) -> None:
        """`cells` makes the widgets of one row; `step` says its next step; `more` is what the three dots are called to
        readers, none without it; `state` may name a look of the row (refused, notice); `row` is a size name; `scrolls`:
        within itself, not with the page; `empty` is said where there are no rows."""
        super().__init__()
        self.setObjectName("card")
        self._widgets, self._cells, self._step, self._more, self._state = widgets, cells, step, more, state
        self._height = row
        ends = ((Column(step_title, "col_next"), bool(step)), (Column("", "button_row"), bool(more)))
        self._columns = (*columns, *(column for column, wanted in ends if wanted))
        self._shown: tuple[R, ...] = ()
        self._filled_down_to = self.screen().size().height() // widgets.theme.px(row) + 1
        self._frames: dict[str, RowFrame] = {}
        self._current = ""
        self._box = widgets.down(gap="")
        self._empty = widgets.text(empty, "quiet")
        self._rest = widgets.button("", "rest", name="rest")
        self._lay_out(scrolls)

    def become(self, rows: Sequence[R], here: str = "", rest: str = "") -> None:
        """`here` is the key of the row to mark as the one at hand; `rest` the words of the line below the rows."""
        if tuple(rows) != self._shown:
            self.setUpdatesEnabled(False)
            self._replace(tuple(rows))
            self.setUpdatesEnabled(True)
        self._mark(here, bool(rest))
        self._rest.setText(rest)
        show_if(self._rest_line, bool(rest))
        show_if(self._empty_line, not rows and bool(self._empty.text()))

    def keys(self) -> tuple[str, ...]:
        return tuple(row.key for row in self._shown)

    def row(self, key: str) -> RowFrame:
        """The row as drawn now; KeyError where there is none."""
        frame = self._frames[key]
        self._fill_down_to(self.keys().index(key) + 1)
        return frame

    def current(self) -> str:
        """The key of the row that Tab would reach; empty where there are no rows."""
        return self._current

    def go_to(self, key: str) -> None:
        self.row(key).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no row took for itself."""
        by, keys = _MOVES.get(Qt.Key(event.key())), self.keys()
        if by is None or not keys:
            super().keyPressEvent(event)
        else:
            self.go_to(keys[min(max(keys.index(self._current) + by, 0), len(keys) - 1)])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for bar in self._bars():
            bar.valueChanged.connect(self._look_down, Qt.ConnectionType.UniqueConnection)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look_down()

    # which rows are filled
    def _fill_down_to(self, number: int) -> None:
        """All of them for who has them read out."""
        self._filled_down_to = max(self._filled_down_to, len(self._shown) if QAccessible.isActive() else number)
        for row in self._shown[: self._filled_down_to]:
            if not self._frames[row.key].is_filled:
                self._fill(row)

    def _look_down(self) -> None:
        """A few more than have come into sight, so that none is seen empty."""
        below = range(self._filled_down_to, len(self._shown))
        seen = [number for number in below if not self._frames[self._shown[number].key].visibleRegion().isEmpty()]
        if seen:
            self._fill_down_to(seen[-1] + 1 + AHEAD)

    def _bars(self) -> Iterator[QScrollBar]:
        """Of every area around the rows."""
        around = self._anchor.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                yield around.verticalScrollBar()
            around = around.parentWidget()

    def _fill(self, row: R) -> None:
        frame = self._frames[row.key]
        step = (frame.with_step(self._step(row)),) if self._step else ()
        more = (frame.with_more(self._more),) if self._more else ()
        frame.fill(self._columns, (*self._cells(row), *step, *more))
        frame.reach(by_tab=row.key == self._current)

    # rows
    def _replace(self, rows: tuple[R, ...]) -> None:
        before, known = self.keys(), {row.key: row for row in self._shown}
        gone = {key: self._frames.pop(key) for key in before if key not in {row.key for row in rows}}
        for number, row in enumerate(rows):
            if known.get(row.key) != row:
                self._renew(row, number)
            self._stand(self._frames[row.key], number)
        self._shown = rows
        self._fill_down_to(self._filled_down_to)
        self._choose_current(before)
        for frame in gone.values():
            self._drop(frame)

    def _renew(self, row: R, number: int) -> None:
        """The new row stands and has the focus before the old one goes."""
        old, new = self._frames.get(row.key), self._made(row)
        self._frames[row.key] = new
        if old is not None and old.is_filled:
            self._fill(row)
        self._stand(new, number)
        if old is not None:
            self._hand_on_focus(old, new)
            self._drop(old)

    def _made(self, row: R) -> RowFrame:
        frame = RowFrame(self._widgets, row.key, self._height)
        mark_as(frame, state=self._state(row) if self._state else "")
        frame.opened.connect(self.opened)
        frame.stepped.connect(self.stepped)
        frame.more.connect(self.more_wished)
        frame.focused.connect(self._focused)
        return frame

    def _stand(self, frame: RowFrame, number: int) -> None:
        if self._box.indexOf(frame) != number:
            self._box.removeWidget(frame)
            self._box.insertWidget(number, frame, ROW_SHARE)
            frame.show()

    def _drop(self, frame: RowFrame) -> None:
        frame.blockSignals(True)
        self._box.removeWidget(frame)
        frame.hide()
        frame.deleteLater()

    # focus
    def _hand_on_focus(self, old: RowFrame, new: RowFrame) -> None:
        at = QApplication.focusWidget()
        if at is None or not (at is old or old.isAncestorOf(at)):
            return
        same = None if at is old or not at.objectName() else new.findChild(QWidget, at.objectName())
        (same if same is not None and same.isEnabled() else new).setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_current(self, before: tuple[str, ...]) -> None:
        """The row at hand stays it; where it has gone, the one that took its place."""
        keys = self.keys()
        if self._current not in self._frames:
            lost, at = self._has_focus(), before.index(self._current) if self._current in before else 0
            self._current = keys[min(at, len(keys) - 1)] if keys else ""
            if lost and keys:
                self.go_to(self._current)
        self._reach()

    def _has_focus(self) -> bool:
        at = QApplication.focusWidget()
        return at is not None and self.isAncestorOf(at)

    def _focused(self, key: str) -> None:
        self._current = key
        self._reach()
        self._frames[key].come_into_sight()

    def _reach(self) -> None:
        """Tab comes to one row only; what was made last would else come last of all in the window."""
        for key, frame in self._frames.items():
            frame.reach(by_tab=key == self._current)
        if self._current:
            self._frames[self._current].follow(self._anchor)

    def _mark(self, here: str, more_below: bool) -> None:
        for row in self._shown:
            own = self._state(row) if self._state else ""
            last = row is self._shown[-1] and not more_below
            mark_as(self._frames[row.key], state="here" if here == row.key else own or ("last" if last else ""))

    # layout
    def _lay_out(self, scrolls: bool) -> None:
        sized, holder = self._widgets.sized, self._widgets.holder
        self._rest.clicked.connect(self.rest_wished)
        self._rest_line = holder(self._widgets.image("chevron-down"), self._rest, STRETCH, sides="pad")
        self._empty_line = sized(holder(self._empty, STRETCH, sides="pad"), high="row")
        self._anchor = QWidget()
        inner = self._widgets.down(self._anchor, self._box, self._empty_line, self._rest_line, STRETCH, gap="")
        body: Item = Grow(Scroll(inner)) if scrolls else inner
        self.setLayout(self._widgets.down(heading(self._widgets, self._columns), body, gap=""))
        for line in (self._rest_line, self._empty_line):
            line.hide()
