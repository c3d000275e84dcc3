"""A form as a table of fields: a label, the field, its unit, and at the end of the line what is found about it.

For pages and sheets that ask for named things (a clinic, a person). A page with columns of its own, such as the vital
signs, puts fields into Lines itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from maroom.ui.fields import Choice, Field, Note, Option, Segments
from maroom.ui.labels import FindingLine
from maroom.ui.touch import Tick
from maroom.ui.widgets import RIGHT, STRETCH, Widgets

Control = Field | Choice | Segments | Note | Tick


@dataclass(frozen=True)
class FormLine:
    """One line of the table. `wide` is a size name; none takes the room there is, up to that of a long line."""

    name: str
    label: str
    kind: Literal["text", "figure", "secret", "note", "choice", "segments", "tick"] = "text"
    unit: str = ""
    wide: str = "col_side"
    hint: str = ""
    options: tuple[Option, ...] = ()
    ask: str = ""


@dataclass(frozen=True)
class FieldState:
    """What one field is told: text or key of an option ("yes" for a tick), severity and words of its finding."""

    text: str = ""
    severity: str = ""
    words: str = ""
    on: bool = True


EMPTY = FieldState()


class Form(QWidget):
    """Signals carry the field's name: `typed` each keystroke, `chosen` an option's key, or "yes" and "" for a tick."""

    typed = Signal(str, str)
    chosen = Signal(str, str)
    entered = Signal(str)

    def __init__(self, widgets: Widgets, lines: Sequence[FormLine], labels: str = "") -> None:
        """`labels` is the size name of the least width of the labels, so that forms one above the other align."""
        super().__init__()
        self._widgets = widgets
        self._controls: dict[str, Control] = {}
        self._findings: dict[str, FindingLine] = {}
        self._lines = {line.name: line for line in lines}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(widgets.theme.px("pad"))
        self._grid.setVerticalSpacing(widgets.theme.px("gap"))
        self._grid.setColumnMinimumWidth(0, widgets.theme.px(labels) if labels else 0)
        self._grid.setColumnStretch(2, 1)
        for row, line in enumerate(lines):
            self._add(row, line)
        self._grid.setRowStretch(len(lines), 1)

    def become(self, states: Mapping[str, FieldState]) -> None:
        """A field that is not named is shown empty."""
        for name in self._lines:
            self._tell(name, states.get(name, EMPTY))

    def names(self) -> tuple[str, ...]:
        return tuple(self._lines)

    def control(self, name: str) -> Control:
        return self._controls[name]

    def go_to(self, name: str) -> None:
        control = self._controls[name]
        control.setFocus()
        if isinstance(control, Field):
            control.selectAll()

    def offer(self, name: str, options: tuple[Option, ...]) -> None:
        """New options for a choice; they are shown at the next `become`."""
        line = self._lines[name]
        self._lines[name] = FormLine(line.name, line.label, line.kind, line.unit, line.wide, line.hint, options, line.ask)

    def _add(self, row: int, line: FormLine) -> None:
        control, finding = self._made(line), self._widgets.finding()
        label = self._widgets.text("" if line.kind == "tick" else line.label)
        label.setBuddy(control)
        self._controls[line.name], self._findings[line.name] = control, finding
        if line.wide and line.kind not in ("tick", "segments"):
            self._widgets.sized(control, wide=line.wide)
        unit = self._widgets.text(line.unit, "quiet") if line.unit else None
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(self._widgets.holder(control, unit, STRETCH), row, 1)
        self._grid.addWidget(finding, row, 2)

    def _made(self, line: FormLine) -> Control:
        maker = {"choice": self._choice, "segments": self._segments, "tick": self._tick, "note": self._note}
        return maker.get(line.kind, self._field)(line)

    def _field(self, line: FormLine) -> Control:
        spoken = f"{line.label}, {line.unit}" if line.unit else line.label
        kind = "" if line.kind == "text" else line.kind
        field = self._widgets.field(line.name, spoken, kind, line.hint, *((RIGHT,) if kind == "figure" else ()))
        field.typed.connect(self.typed)
        field.entered.connect(self.entered)
        return field

    def _choice(self, line: FormLine) -> Control:
        choice = self._widgets.choice(line.name, line.label, "tall")
        choice.chosen.connect(self.chosen)
        return choice

    def _segments(self, line: FormLine) -> Control:
        segments = self._widgets.segments(line.name, line.label)
        segments.chosen.connect(self.chosen)
        return segments

    def _note(self, line: FormLine) -> Control:
        note = self._widgets.note(line.name, line.label, line.hint)
        note.typed.connect(self.typed)
        return note

    def _tick(self, line: FormLine) -> Control:
        tick = self._widgets.tick(line.name, line.label)
        tick.clicked.connect(self._ticked)
        return tick

    def _ticked(self, on: bool) -> None:
        tick = self.sender()
        self.chosen.emit(tick.objectName(), "yes" if on else "")

    def _tell(self, name: str, state: FieldState) -> None:
        control, line = self._controls[name], self._lines[name]
        if isinstance(control, Field):
            control.become(state.text, state.severity, state.on, state.words)
        elif isinstance(control, Note):
            control.become(state.text, state.severity, state.on)
        elif isinstance(control, Choice):
            control.become(line.options, state.text, line.ask, state.on)
        elif isinstance(control, Segments):
            control.become(line.options, state.text, state.on)
        else:
            control.setChecked(bool(state.text))
            control.setEnabled(state.on)
        self._findings[name].become(state.severity, state.words)
