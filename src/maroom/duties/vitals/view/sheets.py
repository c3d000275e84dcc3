"""The sheets over the page: each shows its part of the state, and hands on what is said in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from maroom.core.clock import Clock
from maroom.duties.vitals.presenter import State, VitalsPresenter
from maroom.duties.vitals.presenter.state import SetLine
from maroom.duties.vitals.view import asides
from maroom.duties.vitals.view.asides import ReasonSheet, TellingSheet, TimingSheet
from maroom.duties.vitals.view.orthostatic import OrthostaticSheet
from maroom.duties.vitals.view.record import RIGHT, VALUE, WHY, CorrectionSheet, WhichReading
from maroom.ui.widgets import Widgets

_TIMING = {asides.DAY: "day", asides.TIME: "time", asides.WHO: "who"}
_TELLING = {asides.WHOM: "whom", asides.WHEN: "time"}


class Sheets(QObject):
    """`presenter` gives the one that the page belongs to now."""

    def __init__(self, widgets: Widgets, clock: Clock, page: QWidget, presenter: Callable[[], VitalsPresenter]) -> None:
        super().__init__(page)
        self._page, self._presenter = page, presenter
        self._which, self._correction = WhichReading(widgets), CorrectionSheet(widgets)
        self._timing, self._telling, self._reason = TimingSheet(widgets), TellingSheet(widgets), ReasonSheet(widgets)
        self._series = OrthostaticSheet(widgets, clock)
        self._listen()

    def become(self, state: State) -> None:
        self._correction.show_correction(self._page, state.correction)
        self._timing.show_timing(self._page, state.timing)
        self._reason.show_reason(self._page, state.reason)
        self._telling.show_telling(self._page, state.telling)

    def show_series(self, presenter: VitalsPresenter) -> None:
        self._series.become(self._page, presenter.series)

    def ask_which(self, line: SetLine) -> None:
        """Which reading of a set is to be put right."""
        self._which.ask_of(self._page, line)

    def _listen(self) -> None:
        forms = (
            (self._timing.form, self._time_said),
            (self._telling.form, self._told_said),
            (self._reason.form, self._reason_said),
            (self._correction.form, self._correction_said),
        )
        for form, act in forms:
            form.typed.connect(act)
            form.chosen.connect(act)
        sheets = (
            (self._timing, self._time_set, self._time_left),
            (self._telling, self._told, self._told_later),
            (self._reason, self._reason_given, self._reason_left),
            (self._correction, self._amended, self._left_alone),
        )
        for sheet, done, left in sheets:
            sheet.answered.connect(done)
            sheet.closed.connect(left)
        self._correction.voided.connect(self._voided)
        self._which.chosen.connect(self._which_chosen)

    # when and by whom

    def _time_said(self, name: str, text: str) -> None:
        self._presenter().time_typed(**{_TIMING[name]: text})

    def _time_set(self) -> None:
        self._presenter().set_time()

    def _time_left(self) -> None:
        self._presenter().leave_time()

    # told whom

    def _told_said(self, name: str, text: str) -> None:
        if name == asides.BACK:
            self._presenter().told_typed(read_back=bool(text))
        else:
            self._presenter().told_typed(**{_TELLING[name]: text})

    def _told(self) -> None:
        self._presenter().told()

    def _told_later(self) -> None:
        self._presenter().told_later()

    # why there is no value

    def _reason_said(self, _name: str, text: str) -> None:
        self._presenter().reason_typed(text)

    def _reason_given(self) -> None:
        self._presenter().give_reason()

    def _reason_left(self) -> None:
        self._presenter().leave_reason()

    # putting right

    def _which_chosen(self, reading: str) -> None:
        self._presenter().correct(reading)

    def _correction_said(self, name: str, text: str) -> None:
        if name == VALUE:
            self._presenter().retype(text)
        elif name == WHY:
            self._presenter().explain(text)
        elif name == RIGHT:
            self._presenter().new_value_is_right(bool(text))

    def _amended(self) -> None:
        self._presenter().amend()

    def _voided(self) -> None:
        self._presenter().void()

    def _left_alone(self) -> None:
        self._presenter().leave_correction()
