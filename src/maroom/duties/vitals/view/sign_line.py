"""One sign as one line of fixed columns. Its widgets stay; a drawing touches only what is new."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from maroom.duties.vitals.model import Sign
from maroom.duties.vitals.presenter.state import Cell, Question, Row
from maroom.duties.vitals.rules.shown import Shown
from maroom.duties.vitals.rules.signs import offered
from maroom.duties.vitals.view import words
from maroom.ui.fields import Choice, Field, Option
from maroom.ui.live import show_if
from maroom.ui.widgets import CENTRE, RIGHT, STRETCH, Column, Grow, Widgets

APART = ":"
"""between the sign and what a widget of its line is for, in object names: `bp:site`"""
UNIT, KEEP = f"{APART}unit", f"{APART}keep"
AROUND = 10
"""letters' worth of air and arrow around the word of a choice"""


class SignLine(QObject):
    """Signals carry what is wished of this sign. Fields are named as their fields in the presenter."""

    typed = Signal(str, str)
    entered = Signal(str)
    chosen = Signal(object, str, str)
    """Sign, qualifier, word"""
    unit_wished = Signal(object, str)
    right = Signal(object)

    def __init__(self, widgets: Widgets, row: Row) -> None:
        super().__init__()
        self.sign = row.sign
        self._widgets, self._units, self._unit = widgets, row.units, row.unit
        self.fields = [self._field(cell, row) for cell in row.cells]
        self._choices = {question.name: self._choice(question) for question in row.questions}
        self._finding = widgets.finding(kind="strong")
        self.keep = widgets.button(words.tr("Keep"), "quiet", name=f"{row.sign}{KEEP}")
        self.keep.clicked.connect(self._kept)
        self._last = widgets.text(align=RIGHT), widgets.text(kind="caption", align=RIGHT)
        self._unit_words = widgets.text(), widgets.text(kind="caption")
        self._name = widgets.text(words.sign(row.sign))

    @staticmethod
    def columns() -> tuple[Column, ...]:
        tr = words.tr
        return (
            Column(tr("Sign"), "col_sign"),
            Column(tr("Today"), "col_value", RIGHT),
            Column("", "col_unit"),
            Column(tr("How"), "col_how"),
            Column(tr("Finding"), share=1),
            Column(tr("Last"), "col_last", RIGHT),
        )

    def cells(self) -> tuple[QWidget, ...]:
        widgets = self._widgets
        how = widgets.holder(*(Grow(choice, self._share(name)) for name, choice in self._choices.items()), gap="tight")
        finding = widgets.holder(Grow(self._finding), self.keep, gap="tight")
        return (self._name, self._value(), self._unit_cell(), how, finding, widgets.stack(STRETCH, *self._last, STRETCH))

    def become(self, row: Row, here: bool, now: datetime) -> None:
        self._unit = row.unit
        self._name.say(words.sign(row.sign), kind="strong" if here else "body")
        found = self._found(row)
        for field, cell in zip(self.fields, row.cells, strict=True):
            field.become(cell.text, cell.severity, spoken=found)
        self._show_unit(row)
        for question in row.questions:
            options = [Option(word, words.choice(word)) for word in question.choices]
            self._choices[question.name].become(options, question.chosen, words.asked(question.name))
        show_if(self.keep, row.asks is not None)
        self._show_last(row, now)

    # made once

    def _field(self, cell: Cell, row: Row) -> Field:
        field = self._widgets.field(cell.field, self._spoken(cell, row), "figure", align=RIGHT)
        field.typed.connect(self.typed)
        field.entered.connect(self.entered)
        return self._widgets.sized(field, wide="col_slot" if len(row.cells) > 1 else "col_slot_one")

    def _spoken(self, cell: Cell, row: Row) -> str:
        halves = {row.cells[0].field: words.tr("upper"), row.cells[-1].field: words.tr("lower")} if len(row.cells) > 1 else {}
        return " ".join(filter(None, (words.whole(row.sign), halves.get(cell.field, ""))))

    def _choice(self, question: Question) -> Choice:
        spoken = f"{words.whole(self.sign)}: {words.spoken(question.name)}"
        choice = self._widgets.choice(f"{self.sign}{APART}{question.name}", spoken)
        choice.chosen.connect(self._chose)
        return choice

    def _share(self, qualifier: str) -> int:
        """Of the room for all choices: by the longest word, and the room around it."""
        return max(len(words.choice(word)) for word in offered(self.sign)[qualifier]) + AROUND

    def _value(self) -> QWidget:
        if len(self.fields) == 1:
            return self._widgets.holder(STRETCH, self.fields[0])
        upper, lower = self.fields
        return self._widgets.holder(upper, Grow(self._widgets.text("/", "figure", align=CENTRE)), lower, gap="")

    def _unit_cell(self) -> QWidget:
        """Where there is another unit, a button that changes to it."""
        if len(self._units) == 1:
            return self._unit_words[0]
        self._turn = self._widgets.button("", "quiet", name=f"{self.sign}{UNIT}")
        self._turn.setLayout(self._widgets.down(STRETCH, *self._unit_words, STRETCH, gap=""))
        for part in self._unit_words:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._turn.clicked.connect(self._turned)
        return self._turn

    # drawn

    def _found(self, row: Row) -> str:
        """What stands at the end of the line, also said with the field."""
        if row.absent:
            said = words.absent(row.absent)
            self._finding.become("", said)
        elif row.finding and row.asks:
            said = words.advice(row.asks)
            self._finding.become(row.finding.severity, words.finding(row.asks))
        elif row.finding and not (row.finding.severity == "ok" and row.remark):
            said = words.finding(row.finding)
            self._finding.become(row.finding.severity, said)
        else:
            said = words.remark(row.remark) if row.remark else ""
            self._finding.become("", said)
        return said

    def _show_unit(self, row: Row) -> None:
        """Below the unit the value in the other system, and until there is one, the unit that can be had instead."""
        upper, lower = self._unit_words
        turns = len(self._units) > 1
        upper.say(words.unit(row.unit, row.sign), tone="accent" if turns else "")
        lower.say(self._beside(row.other) if row.other else words.tr("or {unit}").format(unit=self._instead()) if turns else "")
        if turns:
            spoken = words.tr("{sign} in {unit}. Change to {other}")
            unit = words.unit(row.unit, row.sign)
            self._turn.setAccessibleName(spoken.format(sign=words.whole(row.sign), unit=unit, other=self._instead()))

    def _beside(self, other: Shown) -> str:
        return other.text if other.unit == "ft in" else str(other)

    def _instead(self) -> str:
        return words.unit(self._next_unit(), self.sign)

    def _show_last(self, row: Row, now: datetime) -> None:
        upper, lower = self._last
        upper.say(row.last.text if row.last else "")
        lower.say(words.last_day(row.last, now) if row.last else "")

    # wished

    def _next_unit(self) -> str:
        at = self._units.index(self._unit) if self._unit in self._units else -1
        return self._units[(at + 1) % len(self._units)]

    def _turned(self) -> None:
        self.unit_wished.emit(self.sign, self._next_unit())

    def _chose(self, name: str, word: str) -> None:
        self.chosen.emit(self.sign, name.partition(APART)[2], word)

    def _kept(self) -> None:
        self.right.emit(self.sign)


def sign_of(name: str) -> Sign | None:
    """The sign that a widget of a line belongs to, by its object name."""
    word = name.replace(APART, ".").partition(".")[0]
    return Sign(word) if word in set(Sign) else None


def is_typed_in(widget: QWidget) -> bool:
    """Whether it is a field of a line, and not one of its choices or buttons."""
    return isinstance(widget, Field) and sign_of(widget.objectName()) is not None
