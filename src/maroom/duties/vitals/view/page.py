"""The page itself: lays out the lines, the sign at hand and the sets, and hands what is wished to the presenter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from maroom.core.clock import Clock, shown_in
from maroom.core.ports import Messages
from maroom.duties.vitals.model import Sign, Why
from maroom.duties.vitals.presenter import State, VitalsPresenter
from maroom.duties.vitals.presenter.state import Row, Saved
from maroom.duties.vitals.view import words
from maroom.duties.vitals.view.record import RIGHT, VALUE, WHY, CorrectionSheet, Sets, WhichReading
from maroom.duties.vitals.view.side import Side
from maroom.duties.vitals.view.sign_line import SignLine, is_typed_in, sign_of
from maroom.ui.dialogs import Answer
from maroom.ui.labels import Tag
from maroom.ui.lines import Lines
from maroom.ui.live import mark_as
from maroom.ui.menu import Menu
from maroom.ui.page import Page
from maroom.ui.times import clock as time_words
from maroom.ui.widgets import STRETCH, Widgets

TAKE_BACK = "back"


class VitalsView(Page[State, VitalsPresenter]):
    """The lines are made anew only where another age asks for other signs."""

    def __init__(self, widgets: Widgets, clock: Clock, messages: Messages) -> None:
        super().__init__(widgets)
        self._clock, self._messages = clock, messages
        self._asked: tuple[object, ...] = ()
        self._lines: dict[Sign, SignLine] = {}
        self._frames: dict[Sign, QWidget] = {}
        self._card: Lines | None = None
        self._said: Saved | None = None
        self._side, self._sets = Side(widgets), Sets(widgets)
        self._which, self._correction, self._menu = WhichReading(widgets), CorrectionSheet(widgets), Menu(self)
        self._main = widgets.stack(self._sets, STRETCH, gap="gutter")
        self.body.addLayout(widgets.columns(self._main, self._side), 1)
        self._not_taken = self.foot.second(self.tr("Not done or refused"), name="not-taken")
        self._save = self.foot.primary(self.tr("Save vitals"), "check", name="save")
        self._listen()

    def render(self, state: State) -> None:
        now = shown_in(self._clock.now(), self._clock.zone)
        self._show_head(state)
        self._show_lines(state, now)
        self._side.become(state, now)
        self._sets.become(state.sets)
        self._save.setEnabled(state.may_save)
        self._correction.show_correction(self, state.correction)
        if state.wanted:
            self._see_to(state)
        self._say_saved(state.saved)

    def start(self) -> QWidget | None:
        return next((line.fields[0] for line in self._lines.values()), None)

    # drawn

    def _show_head(self, state: State) -> None:
        last = state.sets[0] if state.sets else None
        about = (
            self.tr("last taken {time} by {who}").format(time=time_words(last.at), who=words.person(last.by)) if last else ""
        )
        unsaved = Tag(self.tr("not saved yet"), "outline", "pen-line") if state.may_save else None
        self.head.show_words(self.tr("Vitals"), about, unsaved)

    def _show_lines(self, state: State, now: datetime) -> None:
        asked = tuple((row.sign, row.units) for row in state.rows)
        if asked != self._asked:
            self._asked = asked
            self._lay_out(state.rows)
        for row in state.rows:
            here = row.sign is state.here
            self._lines[row.sign].become(row, here, now)
            last = "last" if row is state.rows[-1] else ""
            mark_as(self._frames[row.sign], state="here" if here else last)

    def _lay_out(self, rows: Sequence[Row]) -> None:
        if self._card is not None:
            self._card.hide()
            self._card.deleteLater()
        self._card = self.widgets.lines(SignLine.columns())
        self._lines = {row.sign: self._line(row) for row in rows}
        self._frames = {sign: self._card.add(line.cells()) for sign, line in self._lines.items()}
        layout = self._main.layout()
        assert layout is not None
        layout.insertWidget(0, self._card)  # type: ignore[attr-defined]

    def _line(self, row: Row) -> SignLine:
        line = SignLine(self.widgets, row)
        line.typed.connect(self._typed)
        line.entered.connect(self._entered)
        line.chosen.connect(self._chose)
        line.unit_wished.connect(self._unit_wished)
        line.right.connect(self._right)
        return line

    def _see_to(self, state: State) -> None:
        """To the field that holds the page up, or to the button that lets an unusual value stand."""
        sign = sign_of(state.wanted)
        row = next(row for row in state.rows if row.sign is sign)
        line = self._lines[row.sign]
        field = next(field for field in line.fields if field.objectName() == state.wanted)
        if row.asks:
            line.keep.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()

    def _say_saved(self, saved: Saved | None) -> None:
        if saved and saved is not self._said:
            words_ = self.tr("Saved for {name}, {time}").format(name=saved.name, time=time_words(saved.at))
            self._messages.said(words_)
            if start := self.start():
                start.setFocus(Qt.FocusReason.OtherFocusReason)
        self._said = saved

    # wished

    def _listen(self) -> None:
        self._save.clicked.connect(self._saved)
        self._not_taken.clicked.connect(self._ask_why)
        self._menu.chosen.connect(self._why)
        self._sets.stepped.connect(self._correct)
        self._sets.opened.connect(self._correct)
        self._which.chosen.connect(self._which_chosen)
        self._correction.form.typed.connect(self._retyped)
        self._correction.form.chosen.connect(self._looked_again)
        self._correction.answered.connect(self._amended)
        self._correction.voided.connect(self._voided)
        self._correction.closed.connect(self._left_alone)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def _typed(self, field: str, text: str) -> None:
        self.presenter.typed(field, text)

    def _entered(self, field: str) -> None:
        """On to the next number; after the last one, to the button that saves."""
        self._go_on_from(field)

    def _go_on_from(self, field: str) -> None:
        fields = [each for line in self._lines.values() for each in line.fields]
        at = next(number for number, each in enumerate(fields) if each.objectName() == field)
        following = fields[at + 1] if at + 1 < len(fields) else None
        if following is None:
            self._save.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            following.setFocus(Qt.FocusReason.TabFocusReason)
            following.selectAll()

    def _chose(self, sign: Sign, qualifier: str, word: str) -> None:
        self.presenter.chose(sign, qualifier, word)

    def _unit_wished(self, sign: Sign, unit: str) -> None:
        self.presenter.unit_changed(sign, unit)

    def _right(self, sign: Sign) -> None:
        self.presenter.confirm(sign)
        self._go_on_from(self._lines[sign].fields[-1].objectName())

    def _saved(self) -> None:
        self.presenter.save()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Qt tells it of the whole program."""
        if self._presenter is not None and now is not None and self.isVisible():
            sign = sign_of(now.objectName()) if self.isAncestorOf(now) else None
            self._presenter.focused(sign, typing=sign is not None and is_typed_in(now))

    # why there is no value

    def _ask_why(self) -> None:
        row = self.presenter.state.row
        reasons = [Answer(why.value, f"{words.whole(row.sign)}: {words.why(why)}") for why in Why]
        back = [Answer("", ""), Answer(TAKE_BACK, self.tr("Take this back"))] if row.absent else []
        self._menu.ask([*reasons, *back], self._not_taken)

    def _why(self, key: str) -> None:
        self.presenter.not_taken(self.presenter.state.here, "" if key == TAKE_BACK else key)

    # putting right

    def _correct(self, key: str) -> None:
        line = next((line for line in self.presenter.state.sets if line.key == key), None)
        if line:
            self._which.ask_of(self, line)

    def _which_chosen(self, reading: str) -> None:
        self.presenter.correct(reading)

    def _retyped(self, field: str, text: str) -> None:
        if field == VALUE:
            self.presenter.retype(text)
        elif field == WHY:
            self.presenter.explain(text)

    def _looked_again(self, field: str, key: str) -> None:
        if field == RIGHT:
            self.presenter.new_value_is_right(bool(key))

    def _amended(self) -> None:
        self.presenter.amend()

    def _voided(self) -> None:
        self.presenter.void()

    def _left_alone(self) -> None:
        self.presenter.leave_correction()
