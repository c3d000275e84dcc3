"""One step of the series as one line: pressure, pulse, minutes, how far it moved, what the patient feels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from maroom.core.findings import Severity
from maroom.duties.vitals.presenter.orthostatic.state import Cell, Line
from maroom.duties.vitals.rules.orthostatic import Position
from maroom.duties.vitals.rules.shown import short
from maroom.duties.vitals.view import words as page_words
from maroom.duties.vitals.view.words import orthostatic as words
from maroom.duties.vitals.view.words.plain import tr
from maroom.ui.fields import Field, Option
from maroom.ui.live import show_if
from maroom.ui.touch import Press
from maroom.ui.widgets import CENTRE, RIGHT, STRETCH, Column, Grow, Widgets

FELT, WHY, KEEP = "felt", "why", "keep"
LOUD = (Severity.REFUSED, Severity.CRITICAL)


class StepLine(QObject):
    """Fields are named as in the presenter; buttons `lying:why`, `lying:keep`, the choice `standing-1:felt`."""

    typed = Signal(str, str)
    entered = Signal(str)
    left = Signal(str)
    felt = Signal(str, str)
    asked_why = Signal(str)
    right = Signal(str)

    def __init__(self, widgets: Widgets, line: Line) -> None:
        super().__init__()
        self.key, self._widgets = line.key, widgets
        spoken = words.step(line)
        self.fields = [
            self._field(cell, f"{spoken}: {part}", "figure")
            for cell, part in zip(line.cells, (tr("upper"), tr("lower"), tr("pulse")), strict=True)
        ]
        self.minutes = self._field(line.minutes, f"{spoken}: {tr('minutes')}", "")
        self._finding = widgets.finding()
        self._keep = widgets.button(tr("Keep"), "quiet", name=f"{line.key}:{KEEP}")
        self._keep.setAccessibleName(f"{spoken}: {tr('Keep')}")
        self._keep.clicked.connect(self._kept)
        self._felt = widgets.choice(f"{line.key}:{FELT}", f"{spoken}: {tr('what the patient feels')}")
        self._felt.chosen.connect(self._chose)
        self.why = self._reason(f"{spoken}: {tr('not done, or refused')}", f"{line.key}:{WHY}")
        self.why.clicked.connect(self._asks_why)
        self._named = widgets.two(words.position(line.position), words.when(line))
        self._stands = line.position is Position.STANDING

    @staticmethod
    def columns(narrow: bool) -> tuple[Column, ...]:
        numbers = (
            Column("", "col_sign"),
            Column(tr("BP"), "col_value", RIGHT),
            Column(tr("Pulse"), "col_slot", RIGHT),
            Column(tr("Minutes"), "col_slot", RIGHT),
        )
        felt = Column(tr("Feels"), "col_value")
        return (*numbers, Column(tr("Against lying"), share=1), felt, Column("", "icon_big" if narrow else "col_check"))

    def cells(self) -> tuple[QWidget, ...]:
        widgets = self._widgets
        upper, lower, pulse = self.fields
        pressure = widgets.holder(upper, Grow(widgets.text("/", "figure", align=CENTRE)), lower, gap="")
        found = widgets.holder(Grow(self._finding), self._keep, gap="tight")
        felt = widgets.holder(Grow(self._felt)) if self._stands else widgets.holder(STRETCH)
        if not self._stands:
            self._felt.setParent(felt)
            self._felt.hide()
        numbers = (self._named, pressure, widgets.holder(STRETCH, pulse), widgets.holder(STRETCH, self.minutes))
        return (*numbers, found, felt, self.why)

    def become(self, line: Line, symptoms: Sequence[str]) -> None:
        severity, said = self._found(line)
        for field, cell in zip(self.fields, line.cells, strict=True):
            field.become(cell.text, cell.severity, spoken=said)
        self.minutes.become(line.minutes.text, line.minutes.severity)
        self.minutes.setPlaceholderText(_minutes(line))
        self._finding.become(severity, said)
        show_if(self._keep, line.asks is not None)
        if self._stands:
            self._felt.become([Option(word, words.symptom(word)) for word in symptoms], line.symptom, tr("feels?"))

    # drawn

    def _found(self, line: Line) -> tuple[str, str]:
        """What must be seen to comes first, then how far it moved, then what is told about the pressure itself."""
        finding = line.finding
        if line.absent:
            return "", page_words.why(line.absent)
        if line.asks:
            return line.asks.severity, page_words.finding(line.asks)
        if finding and (finding.severity in LOUD or line.change is None):
            return finding.severity, page_words.finding(finding)
        return Severity.ASK if line.fell else "", words.change(line.change) if line.change else ""

    def _field(self, cell: Cell, spoken: str, kind: str) -> Field:
        field = self._widgets.field(cell.field, spoken, kind, align=RIGHT)
        field.typed.connect(self.typed)
        field.entered.connect(self.entered)
        field.left.connect(self._left)
        return self._widgets.sized(field, wide="col_slot")

    def _reason(self, spoken: str, name: str) -> Press:
        """Where there is little room it has no word on it."""
        if self._widgets.narrow:
            return self._widgets.icon_button("circle-x", spoken, name=name)
        button = self._widgets.button(tr("Not done"), "quiet", name=name)
        button.setAccessibleName(spoken)
        return button

    # wished

    def _left(self, _field: str) -> None:
        self.left.emit(self.key)

    def _chose(self, _name: str, word: str) -> None:
        self.felt.emit(self.key, word)

    def _asks_why(self) -> None:
        self.asked_why.emit(self.key)

    def _kept(self) -> None:
        self.right.emit(self.key)


def _minutes(line: Line) -> str:
    """By the clock, in grey; asked for where a value stands and nobody knows."""
    if line.counted is not None:
        return short(line.counted)
    return tr("min?") if line.is_taken and line.position is Position.STANDING else ""
