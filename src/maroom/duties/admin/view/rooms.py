"""The rooms of the clinic in their order: renamed in place, moved, removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from maroom.core.findings import Finding
from maroom.core.settings import Room
from maroom.duties.admin.view import words
from maroom.ui.touch import Press
from maroom.ui.widgets import Grow, Widgets


class RoomLine(QWidget):
    named = Signal(str, str)
    moved = Signal(str, int)
    removed = Signal(str)

    def __init__(self, widgets: Widgets, key: str) -> None:
        super().__init__()
        self.key = key
        self.field = widgets.sized(widgets.field(f"room-{key}", self.tr("Name of the room")), wide="col_how")
        self.field.typed.connect(self._typed)
        self._finding = widgets.finding()
        self._up = self._button(widgets, "chevron-up", self.tr("Move up"), "up", self._went_up)
        self._down = self._button(widgets, "chevron-down", self.tr("Move down"), "down", self._went_down)
        self._away = self._button(widgets, "trash", self.tr("Remove the room"), "remove", self._removed)
        self.setLayout(widgets.across(self.field, self._up, self._down, self._away, Grow(self._finding)))

    def become(self, room: Room, finding: Finding | None, ends: tuple[bool, bool]) -> None:
        """`ends`: whether it is the first, and the last."""
        said = words.sentence(finding) if finding else ""
        self.field.become(room.name, finding.severity if finding else "", spoken=said)
        self._finding.become(finding.severity if finding else "", said)
        self._up.setEnabled(not ends[0])
        self._down.setEnabled(not ends[1])

    def _button(self, widgets: Widgets, icon: str, spoken: str, what: str, deed) -> Press:  # type: ignore[no-untyped-def]
        button = widgets.icon_button(icon, spoken, name=f"room-{self.key}-{what}")
        button.clicked.connect(deed)
        return button

    def _typed(self, _name: str, text: str) -> None:
        self.named.emit(self.key, text)

    def _went_up(self) -> None:
        self.moved.emit(self.key, -1)

    def _went_down(self) -> None:
        self.moved.emit(self.key, 1)

    def _removed(self) -> None:
        self.removed.emit(self.key)


class RoomLines(QWidget):
    """A line stays as long as its room does, wherever it is moved to."""

    named = Signal(str, str)
    moved = Signal(str, int)
    removed = Signal(str)

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._widgets = widgets
        self._lines: dict[str, RoomLine] = {}
        self._box = widgets.down(gap="tight")
        self.setLayout(self._box)

    def become(self, rooms: Sequence[Room], shown: Mapping[str, Finding]) -> None:
        for key in [key for key in self._lines if key not in {room.id for room in rooms}]:
            self._drop(self._lines.pop(key))
        for number, room in enumerate(rooms):
            line = self._line(room.id)
            if self._box.indexOf(line) != number:
                self._box.removeWidget(line)
                self._box.insertWidget(number, line)
            line.become(room, shown.get(room.id), (number == 0, number == len(rooms) - 1))

    def go_to(self, key: str) -> None:
        self._lines[key].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, key: str) -> RoomLine:
        if key not in self._lines:
            self._lines[key] = line = RoomLine(self._widgets, key)
            line.named.connect(self.named)
            line.moved.connect(self.moved)
            line.removed.connect(self.removed)
        return self._lines[key]

    def _drop(self, line: RoomLine) -> None:
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()
