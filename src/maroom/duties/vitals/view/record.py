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
from maroom.ui.live import show_if
from maroom.ui.scroll import Scroll
from maroom.ui.times import clock
from maroom.ui.widgets import STRETCH, Grow, Widgets

VALUE, RIGHT, WHY = "new-value", "new-right", "new-reason"


class SetEntry(QWidget):
    """When and by whom, the values, and the button by which one of them is put right."""

    corrected = Signal(str)

    def __init__(self, widgets: Widgets, name: str) -> None:
        super().__init__()
        self._key = ""
        self._head, self._about = widgets.line(kind="strong"), widgets.line(kind="caption")
        self._values = widgets.text(kind="quiet", wrap=True)
        self._step = widgets.button(words.tr("Correct"), "secondary", build="row", name=name)
        self._step.clicked.connect(self._pressed)
        said = widgets.stack(STRETCH, self._head, self._about, STRETCH)
        self.setLayout(widgets.down(widgets.across(Grow(said), self._step), self._values, gap="tight"))

    def become(self, line: SetLine) -> None:
        self._key = line.key
        self._head.say(words.taken(line))
        self._about.say(words.late(line))
        show_if(self._about, bool(words.late(line)))
        self._values.say(words.readings(line.values))
        self._step.setAccessibleName(words.tr("Correct what was taken {time}").format(time=clock(line.at)))
        show_if(self._step, any(value.correctable for value in line.values))

    def _pressed(self) -> None:
        self.corrected.emit(self._key)


class Newest(QWidget):
    """The newest set in two short lines, always in sight; nothing before there is one."""

    corrected = Signal(str)

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._key = ""
        self._head, self._values = widgets.line(kind="strong"), widgets.line(kind="caption")
        self._step = widgets.button(words.tr("Correct"), "secondary", build="row", name="step")
        self._step.clicked.connect(self._pressed)
        said = widgets.stack(STRETCH, self._head, self._values, STRETCH)
        self.setLayout(widgets.down(widgets.rule(), widgets.across(Grow(said), self._step), gap="gap"))

    def become(self, line: SetLine | None) -> None:
        show_if(self, line is not None)
        if line:
            self._key = line.key
            self._head.say(words.taken(line))
            self._values.say(words.readings(line.values))
            show_if(self._step, any(value.correctable for value in line.values))

    def _pressed(self) -> None:
        self.corrected.emit(self._key)


class Sets(QWidget):
    """All sets of the visit, the newest first."""

    corrected = Signal(str)

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._widgets = widgets
        self._entries: list[SetEntry] = []
        self._box = widgets.down(gap="pad")
        inside = widgets.down(gap="")
        inside.addLayout(self._box)
        inside.addStretch(1)
        self.setLayout(widgets.down(Grow(Scroll(inside))))

    def become(self, lines: Sequence[SetLine]) -> None:
        while len(self._entries) < len(lines):
            entry = SetEntry(self._widgets, f"step:{len(self._entries)}")
            entry.corrected.connect(self.corrected)
            self._entries.append(entry)
            self._box.addWidget(entry)
        for at, entry in enumerate(self._entries):
            show_if(entry, at < len(lines))
        for entry, line in zip(self._entries, lines, strict=False):
            entry.become(line)


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
                value.correctable,
            )
            for value in line.values
            if not value.derived
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
