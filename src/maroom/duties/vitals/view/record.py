"""What is on record of this visit: its sets, and the sheets by which a reading is put right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from maroom.core.findings import Severity
from maroom.duties.vitals.presenter.state import Correction, SetLine
from maroom.duties.vitals.view import words
from maroom.ui.dialogs import Answer, ChoiceSheet, FormSheet
from maroom.ui.forms import FieldState, FormLine
from maroom.ui.table import Table
from maroom.ui.table_row import Step
from maroom.ui.times import clock
from maroom.ui.widgets import STRETCH, Column, Widgets

VALUE, RIGHT, WHY = "new-value", "new-right", "new-reason"


class Sets(Table[SetLine]):
    """The newest first; the step of a set leads to its readings."""

    def __init__(self, widgets: Widgets) -> None:
        columns = (
            Column(words.tr("Taken"), "col_time"),
            Column(words.tr("By"), "col_who"),
            Column(words.tr("On record in this visit")),
        )
        super().__init__(widgets, columns, self._line, self._correct, empty=words.tr("No set in this visit yet."))

    def _line(self, line: SetLine) -> tuple[QWidget, ...]:
        widgets = self._widgets
        upper, lower = words.readings(line.values)
        quiet = (widgets.line(lower, "caption"),) if lower else ()
        values = widgets.stack(STRETCH, widgets.line(upper), *quiet, STRETCH)
        return (widgets.text(clock(line.at)), widgets.line(words.person(line.by), "quiet"), values)

    def _correct(self, line: SetLine) -> Step | None:
        return Step(words.tr("Correct")) if any(not value.retracted for value in line.values) else None


class WhichReading(ChoiceSheet):
    """Which of a set is to be put right."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets, "which-reading")

    def ask_of(self, page: QWidget, line: SetLine) -> None:
        title = words.tr("Which value is to be corrected?")
        about = words.tr("Taken {time} by {who}").format(time=clock(line.at), who=line.by)
        self.ask(page, title, about, self._readings(line))

    def _readings(self, line: SetLine) -> Sequence[Answer]:
        return [
            Answer(
                value.id,
                words.value_line(value),
                words.tr("in error") if value.retracted else words.changed(value),
                not value.retracted,
            )
            for value in line.values
        ]


class CorrectionSheet(FormSheet):
    """A new value with its reason, or the mark that it was entered in error. What was is said above."""

    voided = Signal()

    def __init__(self, widgets: Widgets) -> None:
        lines = (
            FormLine(VALUE, words.tr("New value"), "figure", wide="col_value"),
            FormLine(RIGHT, words.tr("Look again: it is right"), "tick"),
            FormLine(WHY, words.tr("Why"), "text", wide="col_how", hint=words.tr("typed the wrong number")),
        )
        super().__init__(widgets, "correction", lines, words.tr("Correct it"))
        self._void = widgets.button(words.tr("Entered in error"), build="tall", name="correction-void")
        self.buttons.insertWidget(1, self._void)
        self._void.clicked.connect(self.voided)

    def show_correction(self, page: QWidget, correction: Correction | None) -> None:
        """Opens, follows or goes, as the state says."""
        if correction is None:
            self.put_away()
            return
        value = correction.value
        about = "\n".join(words.before(old, value.sign) for old in value.before)
        self.become(words.correcting(value), about, self._fields(correction), correction.may_amend)
        self._void.setEnabled(correction.may_void)
        if not self.is_open():
            self.open_over(page)
            self.form.go_to(VALUE)

    def _fields(self, correction: Correction) -> dict[str, FieldState]:
        found = correction.finding
        severity = found.severity if found and found.severity != Severity.OK else ""
        return {
            VALUE: FieldState(correction.text, severity, words.finding(found) if found and severity else ""),
            RIGHT: FieldState("yes" if correction.kept else "", on=correction.asks or correction.kept),
            WHY: FieldState(correction.reason),
        }
