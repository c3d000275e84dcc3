"""The command box: type a patient, a page or a thing to do, and go there. It keeps up with each key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from maroom.ui.hits import Hit
from maroom.ui.live import mark_as, show_if
from maroom.ui.veil import Veil
from maroom.ui.widgets import STRETCH, Grow, Widgets

MOST = 8


class _Line(QFrame):
    """One line of what was found; made once, told anew at each key."""

    pressed = Signal(int)

    def __init__(self, widgets: Widgets, number: int) -> None:
        super().__init__()
        self.setObjectName("list_row")
        self._number = number
        self._image = widgets.image(role="accent", size="icon")
        self._title, self._about = widgets.line(kind="strong"), widgets.line(kind="caption")
        self._key = widgets.text(kind="key")
        words = widgets.stack(STRETCH, self._title, self._about, STRETCH)
        self.setLayout(widgets.across(self._image, Grow(words), self._key, gap="pad", sides="pad"))
        widgets.sized(self, high="row_step")
        self.hide()

    def become(self, hit: Hit | None, here: bool) -> None:
        if hit:
            self._image.become(hit.icon, "accent")
            self._title.say(hit.title)
            self._about.say(hit.about)
            self._key.say(hit.key)
            show_if(self._key, bool(hit.key))
            self.setAccessibleName(f"{hit.title}, {hit.about}")
            mark_as(self, state="here" if here else "last")
        show_if(self, hit is not None)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit(self._number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()


class CommandBox(Veil):
    """`look` is asked at each change of the text; it must answer within a few ms."""

    chosen = Signal(object)
    """The target of the hit that was taken."""

    def __init__(self, widgets: Widgets, look: Callable[[str], Sequence[Hit]]) -> None:
        super().__init__(widgets)
        self._look = look
        self._hits: tuple[Hit, ...] = ()
        self._here = 0
        self._field = widgets.field("command", self.tr("Find a patient, a page, a thing to do"), "quick")
        self._field.setPlaceholderText(self._field.accessibleName())
        self._field.textChanged.connect(self._changed)
        self._field.entered.connect(self._take_here)
        self._lines = [_Line(widgets, number) for number in range(MOST)]
        self._nothing = widgets.text(self.tr("Nothing found."), "quiet")
        self._lay_out()
        for line in self._lines:
            line.pressed.connect(self._take)

    def open_over(self, page: QWidget) -> None:
        self._field.clear()
        self._changed("")
        super().open_over(page)

    def hits(self) -> tuple[Hit, ...]:
        """What is listed now, at most eight."""
        return self._hits

    def here(self) -> int:
        return self._here

    def type_in(self, text: str) -> None:
        """As if typed: for the tour and for a search that begins elsewhere."""
        self._field.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MOST, Qt.Key.Key_PageUp: -MOST}
        if by := moves.get(Qt.Key(event.key())):
            self._here = min(max(self._here + by, 0), max(len(self._hits) - 1, 0))
            self._draw()
        else:
            super().keyPressEvent(event)

    def _changed(self, text: str) -> None:
        self._hits, self._here = tuple(self._look(text))[:MOST], 0
        self._draw()

    def _draw(self) -> None:
        for number, line in enumerate(self._lines):
            line.become(self._hits[number] if number < len(self._hits) else None, number == self._here)
        show_if(self._nothing, not self._hits and bool(self._field.text().strip()))
        said = f"{self._hits[self._here].title}, {self._hits[self._here].about}" if self._hits else ""
        self._field.setAccessibleDescription(said)

    def _take_here(self) -> None:
        self._take(self._here)

    def _take(self, number: int) -> None:
        if number < len(self._hits):
            target = self._hits[number].target
            self.put_away()
            self.chosen.emit(target)

    def _lay_out(self) -> None:
        widgets = self.widgets
        typed = widgets.across(widgets.image("search", "text_quiet", "icon"), Grow(self._field), sides="gap")
        inside = widgets.down(typed, widgets.rule(), *self._lines, self._nothing, gap="tight", pad="gap")
        box = widgets.sized(_Box(), wide="col_command")
        box.setLayout(inside)
        whole = widgets.down(widgets.across(STRETCH, box, STRETCH), STRETCH)
        whole.setContentsMargins(0, widgets.theme.px("banner"), 0, 0)
        self.setLayout(whole)


class _Box(QFrame):
    """Keeps touches on it from reaching the veil, which would close."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("command")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
