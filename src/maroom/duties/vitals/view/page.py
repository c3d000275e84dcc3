"""The page itself: lays out the lines, the sign at hand and the sets, and hands what is wished to the presenter."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from maroom.core.clock import Clock, shown_in
from maroom.core.ports import Messages
from maroom.duties.vitals.model import Why
from maroom.duties.vitals.presenter import State, VitalsPresenter
from maroom.duties.vitals.presenter.rowing import QUICK
from maroom.duties.vitals.presenter.state import Saved
from maroom.duties.vitals.rules.asked import key_of
from maroom.duties.vitals.view import words
from maroom.duties.vitals.view.form_lines import FormLines
from maroom.duties.vitals.view.offered import OfferedLines
from maroom.duties.vitals.view.quick_line import QuickLine
from maroom.duties.vitals.view.sheets import Sheets
from maroom.duties.vitals.view.side import Side
from maroom.duties.vitals.view.sign_line import is_typed_in, row_of
from maroom.ui.dialogs import Answer, ChoiceSheet
from maroom.ui.labels import Tag
from maroom.ui.menu import Menu
from maroom.ui.page import Page
from maroom.ui.times import clock as time_words
from maroom.ui.widgets import Widgets

TAKE_BACK, OTHER = "back", "because"
TOLD, SERIES, TIME, ROW = "more-told", "more-series", "more-time", "more-row-"


class VitalsView(Page[State, VitalsPresenter]):
    """Quick line, rows, and the row at hand at the side."""

    def __init__(self, widgets: Widgets, clock: Clock, messages: Messages) -> None:
        super().__init__(widgets)
        self._clock, self._messages = clock, messages
        self._said: Saved | None = None
        self._quick, self._form, self._side = QuickLine(widgets), FormLines(widgets, self._wall), Side(widgets)
        self._menu, self._more = Menu(self), ChoiceSheet(widgets, "more-sheet")
        self._offered, self._sheets = OfferedLines(widgets), Sheets(widgets, clock, self, self._whose)
        self.body.addWidget(self._quick)
        self.body.addWidget(self._offered)
        self.body.addLayout(widgets.columns(self._form, self._side), 1)
        self._besides = self.foot.second(self.tr("More"), "ellipsis", name="more")
        self._not_taken = self.foot.second(self.tr("Not done or refused"), name="not-taken")
        self._save = self.foot.primary(self.tr("Save vitals"), "check", name="save")
        self._listen()

    def render(self, state: State) -> None:
        now = self._wall()
        self._show_head(state)
        self._quick.become(state.quick, words.example(state.tall))
        self._form.become(state.rows, state.here, now)
        self._side.become(state, now)
        self._save.setEnabled(state.may_save)
        self._offered.become(state.offered)
        self._sheets.become(state)
        if self._presenter is not None:
            self._sheets.show_series(self.presenter)
        if state.wanted:
            self._see_to(state)
        self._say_saved(state.saved, asked=state.telling is not None)

    def start(self) -> QWidget | None:
        return self._quick.field

    def _whose(self) -> VitalsPresenter:
        return self.presenter

    def _wall(self) -> datetime:
        """The time now, on the clinic's clock."""
        return shown_in(self._clock.now(), self._clock.zone)

    # drawn

    def _show_head(self, state: State) -> None:
        last = state.sets[0] if state.sets else None
        about = (
            self.tr("last taken {time} by {who}").format(time=time_words(last.at), who=words.person(last.by)) if last else ""
        )
        said = words.measured(state, self._wall())
        unsaved = Tag(said or self.tr("not saved yet"), "notice" if said else "outline", "clock" if said else "pen-line")
        self.head.show_words(self.tr("Vitals"), about, unsaved if state.may_save or said else None)

    def _see_to(self, state: State) -> None:
        """To the field that holds the page up, or to the button that lets an unusual value stand."""
        if state.wanted == QUICK:
            self._quick.see_to(state.quick)
            if not state.quick.marked:
                self._form.go_to(state.rows[0].key)
            return
        row = next((row for row in state.rows if row.key == key_of(state.wanted)), state.rows[0])
        if row.asks:
            self._form.line(row.key).keep.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._form.go_to(row.key, state.wanted)

    def _say_saved(self, saved: Saved | None, asked: bool) -> None:
        if saved and saved is not self._said:
            words_ = self.tr("Saved for {name}, {time}").format(name=saved.name, time=time_words(saved.at))
            self._messages.said(words_)
            if not asked and (start := self.start()):
                start.setFocus(Qt.FocusReason.OtherFocusReason)
        self._said = saved

    # wished

    def _listen(self) -> None:
        self._save.clicked.connect(self._saved)
        self._not_taken.clicked.connect(self._ask_why)
        self._menu.chosen.connect(self._why)
        self._besides.clicked.connect(self._ask_more)
        self._more.chosen.connect(self._more_wished)
        self._quick.typed.connect(self._quick_typed)
        self._quick.entered.connect(self._quick_entered)
        self._form.typed.connect(self._typed)
        self._form.entered.connect(self._entered)
        self._form.chosen.connect(self._chose)
        self._form.unit_wished.connect(self._unit_wished)
        self._form.right.connect(self._right)
        self._form.meant.connect(self._meant)
        self._form.taken.connect(self._taken_too)
        self._form.rest_wished.connect(self._rest_wished)
        self._side.corrected.connect(self._correct)
        for keys, act in (("Alt+Y", self._meant_here), ("Ctrl+L", self._to_the_line)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._offered.used.connect(self._reading_used)
        self._offered.put_aside.connect(self._reading_put_aside)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def _quick_typed(self, text: str) -> None:
        self.presenter.quick_typed(text)

    def _quick_entered(self) -> None:
        self.presenter.quick_entered()

    def _typed(self, field: str, text: str) -> None:
        self.presenter.typed(field, text)

    def _entered(self, field: str) -> None:
        """On to the next number; after the last one, to the button that saves."""
        if not self._form.go_on_from(field):
            self._save.setFocus(Qt.FocusReason.TabFocusReason)

    def _chose(self, key: str, qualifier: str, word: str) -> None:
        self.presenter.chose(key, qualifier, word)

    def _unit_wished(self, key: str, unit: str) -> None:
        self.presenter.unit_changed(key, unit)

    def _right(self, key: str) -> None:
        self.presenter.confirm(key)
        self._entered(self._form.line(key).fields[-1].objectName())

    def _meant(self, key: str) -> None:
        self.presenter.take_slip(key)
        self._entered(self._form.line(key).fields[-1].objectName())

    def _meant_here(self) -> None:
        """By its key: what was probably meant by the row at hand, or by the first row that is asked about."""
        state = self.presenter.state
        found = [row.key for row in (state.row, *state.rows) if row.slip]
        if found:
            self._meant(found[0])

    def _rest_wished(self, start: bool) -> None:
        self.presenter.start_rest() if start else self.presenter.end_rest()

    def _to_the_line(self) -> None:
        self._quick.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._quick.field.selectAll()

    # rows that are not asked of everybody

    def _ask_more(self) -> None:
        """What can be said about the set as a whole, and rows that are not asked of everybody."""
        state = self.presenter.state
        untold = [Answer(TOLD, self.tr("A critical value was told"))] if state.untold else []
        acts = (Answer(SERIES, self.tr("Pressure lying, sitting, standing")), Answer(TIME, self.tr("Measured at another time")))
        rows = [Answer(f"{ROW}{key}", words.key_whole(key), self.tr("one more row")) for key in state.more]
        self._more.ask(self, self.tr("More"), "", [*untold, *acts, *rows])

    def _more_wished(self, key: str) -> None:
        wished = {
            TOLD: self.presenter.ask_told,
            SERIES: self.presenter.series.open,
            TIME: self.presenter.ask_time,
        }.get(key)
        wished() if wished else self.presenter.ask_for(key.removeprefix(ROW))

    def _taken_too(self, key: str) -> None:
        self.presenter.ask_for(key)

    def _saved(self) -> None:
        self.presenter.save()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Qt tells it of the whole program."""
        if self._presenter is not None and now is not None and self.isVisible():
            key = row_of(now.objectName()) if self.isAncestorOf(now) else None
            self._presenter.focused(key, typing=key is not None and is_typed_in(now))

    def _reading_used(self, key: str) -> None:
        self.presenter.use_reading(key)

    def _reading_put_aside(self, key: str) -> None:
        self.presenter.not_this_patient(key)

    def _correct(self, key: str) -> None:
        line = next((line for line in self.presenter.state.sets if line.key == key), None)
        if line:
            self._sheets.ask_which(line)

    # why there is no value

    def _ask_why(self) -> None:
        row = self.presenter.state.row
        reasons = [Answer(why.value, f"{words.row_whole(row)}: {words.why(why)}") for why in Why]
        reasons.append(Answer(OTHER, self.tr("{sign}: could not obtain, because ...").format(sign=words.row_whole(row))))
        back = [Answer("", ""), Answer(TAKE_BACK, self.tr("Take this back"))] if row.absent else []
        self._menu.ask([*reasons, *back], self._not_taken)

    def _why(self, key: str) -> None:
        if key == OTHER:
            self.presenter.ask_reason(self.presenter.state.row.key, Why.NOT_OBTAINED)
            return
        self.presenter.not_taken(self.presenter.state.row.key, "" if key == TAKE_BACK else key)
