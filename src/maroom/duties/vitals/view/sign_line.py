"""One row of the form as one line of fixed columns. Its widgets stay; a drawing touches only what is new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from maroom.duties.vitals.model import Sign
from maroom.duties.vitals.presenter.state import Cell, Question, Row
from maroom.duties.vitals.rules.asked import key_of
from maroom.duties.vitals.view import words
from maroom.duties.vitals.view.rest_line import RestLine
from maroom.ui.fields import Choice, Field, Option
from maroom.ui.live import mark_as, show_if
from maroom.ui.widgets import CENTRE, RIGHT, ROW_SHARE, STRETCH, Column, Grow, Widgets

APART = ":"
"""between the sign and what a widget of its line is for, in object names: `bp:site`"""
UNIT, KEEP, SLIP, TAKE = f"{APART}unit", f"{APART}keep", f"{APART}meant", f"{APART}take"
AROUND = 10
"""letters' worth of air and arrow around the word of a choice"""


class SignLine(QObject):
    """Signals carry what is wished of this row, by its key. Fields are named as their fields in the presenter."""

    typed = Signal(str, str)
    entered = Signal(str)
    chosen = Signal(str, str, str)
    """key, qualifier, word"""
    unit_wished = Signal(str, str)
    right = Signal(str)
    meant = Signal(str)
    """what was offered instead is what was meant"""
    taken = Signal(str)
    """a sign that is not routine is taken all the same"""
    rest_wished = Signal(bool)
    """to be started, or to be over"""

    def __init__(self, widgets: Widgets, row: Row, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.key, self.sign, self._whole = row.key, row.sign, words.row_whole(row)
        self._widgets, self._units, self._unit = widgets, row.units, row.unit
        self.fields = [self._field(cell, row) for cell in row.cells]
        self.slip = widgets.button("", "tinted", name=f"{row.key}{SLIP}")
        self.keep = widgets.button(words.tr("Keep"), "quiet", name=f"{row.key}{KEEP}")
        self._take = widgets.button(words.tr("Take it"), "quiet", name=f"{row.key}{TAKE}")
        self._shares: dict[str, int] = {}
        self._choices = {question.name: self._choice(question) for question in row.questions}
        self._finding = widgets.finding(kind="strong")
        self._rest = [RestLine(widgets, row.key, now)] if row.sign is Sign.BP else []  # only a pressure is rested for
        self._last = widgets.text(align=RIGHT), widgets.text(kind="caption", align=RIGHT)
        self._unit_words = widgets.text(), widgets.text(kind="caption")
        self._name = widgets.text(words.row_name(row))
        self._instead = widgets.text(kind="quiet")
        self._offer = widgets.holder(widgets.text(words.tr("Did you mean")), self.slip, STRETCH, gap="gap")
        self._listen()

    def _listen(self) -> None:
        self.keep.clicked.connect(self._kept)
        self.slip.clicked.connect(self._was_meant)
        self._take.clicked.connect(self._is_taken)
        for rest in self._rest:
            rest.wished.connect(self.rest_wished)

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
        choices = (Grow(choice, self._share(name)) for name, choice in self._choices.items())
        self._asked, self._number = widgets.holder(*choices, gap="tight"), self._value()
        rests = (Grow(rest.line) for rest in self._rest)
        how = widgets.holder(Grow(self._asked), *rests, Grow(self._instead), self._offer, gap="")
        acts = (self.keep, self._take, *(rest.button for rest in self._rest))
        finding = widgets.holder(Grow(self._finding, ROW_SHARE), *acts, STRETCH, gap="tight")
        number = widgets.holder(Grow(self._number), gap="")
        return (self._name, number, self._unit_cell(), how, finding, widgets.stack(STRETCH, *self._last, STRETCH))

    def chain(self) -> tuple[QWidget, ...]:
        """In the order of Tab: what is offered about a value comes right behind it."""
        turn = (self._turn,) if len(self._units) > 1 else ()
        rests = (rest.button for rest in self._rest)
        return (*self.fields, self.slip, self.keep, self._take, *rests, *self._choices.values(), *turn)

    def become(self, row: Row, here: bool, now: datetime) -> None:
        self._unit = row.unit
        self._name.say(words.row_name(row), kind="strong" if here else "body")
        found = self._found(row)
        self._show_instead(row)
        for field, cell in zip(self.fields, row.cells, strict=True):
            field.become(cell.text, cell.severity, spoken=found)
        self._show_unit(row)
        for question in row.questions:
            options = [Option(word, words.choice(word)) for word in question.choices]
            self._choices[question.name].become(options, question.chosen, words.asked(question.name))
        show_if(self.keep, row.asks is not None)
        show_if(self._offer, row.slip is not None)
        if row.slip:
            self.slip.setText(words.slip(row.slip, row.sign))
            self.slip.setAccessibleName(words.did_you_mean(row.slip, row.sign))
        self._show_last(row, now)

    # made once

    def _field(self, cell: Cell, row: Row) -> Field:
        field = self._widgets.field(cell.field, self._spoken(cell, row), "figure", words.hint(row.sign), align=RIGHT)
        mark_as(field, build="" if self._widgets.narrow else "low")
        field.typed.connect(self.typed)
        field.entered.connect(self.entered)
        return self._widgets.sized(field, wide="col_slot" if len(row.cells) > 1 else "col_slot_said")

    def _spoken(self, cell: Cell, row: Row) -> str:
        halves = {row.cells[0].field: words.tr("upper"), row.cells[-1].field: words.tr("lower")} if len(row.cells) > 1 else {}
        return " ".join(filter(None, (self._whole, halves.get(cell.field, ""))))

    def _choice(self, question: Question) -> Choice:
        spoken = f"{self._whole}: {words.spoken(question.name)}"
        choice = self._widgets.choice(f"{self.key}{APART}{question.name}", spoken)
        self._shares[question.name] = max(len(words.choice(word)) for word in question.choices) + AROUND
        choice.chosen.connect(self._chose)
        return choice

    def _share(self, qualifier: str) -> int:
        """Of the room for all choices: by the longest word, and the room around it."""
        return self._shares[qualifier]

    def _value(self) -> QWidget:
        if len(self.fields) < 2:
            return self._widgets.holder(STRETCH, *self.fields)
        upper, lower = self.fields
        return self._widgets.holder(upper, Grow(self._widgets.text("/", "figure", align=CENTRE)), lower, gap="")

    def _unit_cell(self) -> QWidget:
        """Where there is another unit, a button that changes to it."""
        if len(self._units) == 1:
            return self._unit_words[0]
        self._turn = self._widgets.button("", "quiet", name=f"{self.key}{UNIT}")
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

    def _show_instead(self, row: Row) -> None:
        """The rest before a pressure is taken again, or why a sign is not asked."""
        show_if(self._number, row.from_years is None)
        show_if(self._take, row.from_years is not None)
        show_if(self._instead, row.from_years is not None)
        usual = row.from_years is None and row.rest is None
        show_if(self._asked, usual and row.slip is None)
        show_if(self._finding, usual)
        for rest in self._rest:
            rest.become(row.rest)
        if row.from_years is not None:
            self._instead.say(words.tr("not routine before {years} y").format(years=row.from_years))
            self._take.setAccessibleName(words.tr("{sign}: take it all the same").format(sign=self._whole))

    def _show_unit(self, row: Row) -> None:
        """Below the unit the value in the other system, and until there is one, the unit that can be had instead."""
        upper, lower = self._unit_words
        turns = len(self._units) > 1
        upper.say(words.unit(row.unit, row.sign), tone="accent" if turns else "")
        lower.say(
            words.beside(row.other) if row.other else words.tr("or {unit}").format(unit=self._other_unit()) if turns else ""
        )
        if turns:
            spoken = words.tr("{sign} in {unit}. Change to {other}")
            unit = words.unit(row.unit, row.sign)
            self._turn.setAccessibleName(spoken.format(sign=self._whole, unit=unit, other=self._other_unit()))

    def _other_unit(self) -> str:
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
        self.unit_wished.emit(self.key, self._next_unit())

    def _chose(self, name: str, word: str) -> None:
        self.chosen.emit(self.key, name.partition(APART)[2], word)

    def _kept(self) -> None:
        self.right.emit(self.key)

    def _was_meant(self) -> None:
        self.meant.emit(self.key)

    def _is_taken(self) -> None:
        self.taken.emit(self.key)


def row_of(name: str) -> str | None:
    """The key of the row that a widget of a line belongs to, by its object name."""
    head = name.partition(APART)[0]
    sign = head.partition(".")[0].partition("#")[0]
    return key_of(head) if sign in set(Sign) else None


def is_typed_in(widget: QWidget) -> bool:
    """Whether it is a field of a line, and not one of its choices or buttons."""
    return isinstance(widget, Field) and row_of(widget.objectName()) is not None
