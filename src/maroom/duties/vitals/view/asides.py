"""Sheets beside the form: when and by whom it was measured, whom a critical value was told, and why there is no value."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from maroom.duties.vitals.presenter.sheets import Reason, Telling, Timing
from maroom.duties.vitals.view import words
from maroom.ui.dialogs import FormSheet
from maroom.ui.fields import Option
from maroom.ui.forms import FieldState, FormLine
from maroom.ui.widgets import Widgets

DAY, TIME, WHO = "measured-day", "measured-time", "measured-by"
WHOM, WHEN, BACK = "told-whom", "told-when", "told-back"
REASON = "reason-text"


class TimingSheet(FormSheet):
    """Nothing is charted ahead of its time: what is refused says so beside its field."""

    def __init__(self, widgets: Widgets) -> None:
        lines = (
            FormLine(DAY, words.tr("Day"), wide="col_value", hint=words.tr("today")),
            FormLine(TIME, words.tr("Time"), wide="col_value", hint="9:15"),
            FormLine(WHO, words.tr("Measured by"), "choice", wide="col_how"),
        )
        super().__init__(widgets, "timing", lines, words.tr("Set the time"), wide="col_paper")

    def show_timing(self, page: QWidget, timing: Timing | None) -> None:
        if timing is None:
            self.put_away()
            return
        myself = Option("", words.tr("whoever types this"))
        self.form.offer(WHO, (myself, *(Option(one.id, one.name) for one in timing.people)))
        about = words.tr("For a set that was taken before, after an outage or by somebody else. It is charted as entered late.")
        self.become(words.tr("Measured at another time"), about, self._fields(timing), timing.may)
        if not self.is_open():
            self.open_over(page)
            self.form.go_to(TIME)

    def _fields(self, timing: Timing) -> dict[str, FieldState]:
        found = timing.finding
        severity, said = (found.severity, words.advice(found)) if found else ("", "")
        day, time = FieldState(timing.day), FieldState(timing.time)
        if found and found.field == DAY:
            day = FieldState(timing.day, severity, said)
        elif found:
            time = FieldState(timing.time, severity, said)
        return {DAY: day, TIME: time, WHO: FieldState(timing.who)}


class TellingSheet(FormSheet):
    """Leaving it leaves the notice open: it stands in the banner until it was told."""

    def __init__(self, widgets: Widgets) -> None:
        lines = (
            FormLine(WHOM, words.tr("Told whom"), wide="col_how", hint=words.tr("name of the clinician")),
            FormLine(WHEN, words.tr("At"), "figure", wide="col_slot_one"),
            FormLine(BACK, words.tr("Was read back"), "tick"),
        )
        super().__init__(widgets, "telling", lines, words.tr("Told"))
        self._later = widgets.button(words.tr("Later"), build="tall", name="telling-later")
        self.buttons.insertWidget(1, self._later)
        self._later.clicked.connect(self.drop)

    def show_telling(self, page: QWidget, telling: Telling | None) -> None:
        if telling is None:
            self.put_away()
            return
        title = words.tr("Tell the clinician now")
        self.become(title, "\n".join(telling.findings), self._fields(telling), telling.may)
        if not self.is_open():
            self.open_over(page)
            self.form.go_to(WHOM)

    def _fields(self, telling: Telling) -> dict[str, FieldState]:
        found = telling.finding
        return {
            WHOM: FieldState(telling.whom),
            WHEN: FieldState(telling.time, found.severity if found else "", words.finding(found) if found else ""),
            BACK: FieldState("yes" if telling.read_back else ""),
        }


class ReasonSheet(FormSheet):
    """Why a value could not be had, in words."""

    def __init__(self, widgets: Widgets) -> None:
        line = FormLine(REASON, words.tr("Why"), wide="col_how", hint=words.tr("would not hold still"))
        super().__init__(widgets, "reason", (line,), words.tr("Keep the reason"))

    def show_reason(self, page: QWidget, reason: Reason | None) -> None:
        if reason is None:
            self.put_away()
            return
        title = words.tr("{sign}: {why}").format(sign=words.whole(reason.sign), why=words.why(reason.why))
        self.become(title, "", {REASON: FieldState(reason.text)}, bool(reason.text.strip()))
        if not self.is_open():
            self.open_over(page)
            self.form.go_to(REASON)
