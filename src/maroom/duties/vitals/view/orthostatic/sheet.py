"""The sheet over the page: the clocks, how all is measured, a line a step, and what it comes to."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget

from maroom.core.clock import Clock, shown_in
from maroom.duties.vitals.model import Why
from maroom.duties.vitals.presenter.orthostatic import MINUTES, NO_SYMPTOM, OrthostaticPresenter, State
from maroom.duties.vitals.rules.orthostatic import Position
from maroom.duties.vitals.rules.steps import steps
from maroom.duties.vitals.view import words as page_words
from maroom.duties.vitals.view.orthostatic.clock_line import ClockLine
from maroom.duties.vitals.view.orthostatic.step_line import KEEP, StepLine
from maroom.duties.vitals.view.words import orthostatic as words
from maroom.duties.vitals.view.words.plain import tr
from maroom.ui.dialogs import Answer, Sheet
from maroom.ui.fields import Choice, Option
from maroom.ui.live import show_if
from maroom.ui.menu import Menu
from maroom.ui.widgets import STRETCH, Grow, Widgets

NAME = "orthostatic"
TAKE_BACK = "back"


class OrthostaticSheet(Sheet):
    """Opens, follows and goes as the series says that it is shown; Esc leaves it with all that was typed."""

    def __init__(self, widgets: Widgets, clock: Clock) -> None:
        super().__init__(widgets, NAME, wide="sheet_wide")
        self._clock = clock
        self._series: OrthostaticPresenter | None = None
        self._asked = ""
        self._rest = ClockLine(widgets, "lies-down", tr("Lies down now"), tr("lying"), self._now)
        self._stood = ClockLine(widgets, "stands-up", tr("Stands up now"), tr("standing"), self._now)
        self._how: dict[str, Choice] = {}
        self._lines: dict[str, StepLine] = {}
        self._table = widgets.lines(StepLine.columns(widgets.narrow))
        self._result, self._advice = widgets.finding(kind="strong"), widgets.text(kind="quiet", wrap=True)
        self._stop = widgets.button(tr("Stop: patient cannot stand on"), build="tall", name="stop-standing")
        self._stop.clicked.connect(self._stopped)
        self._menu = Menu(self)
        self._menu.chosen.connect(self._why)
        self._save = self.button(tr("Save series"), "primary", name="save-series")
        self.buttons.insertWidget(0, self._stop)
        self._save.clicked.connect(self._saved)
        self.closed.connect(self._left)
        self._rest.pressed.connect(self._lay_down)
        self._stood.pressed.connect(self._stood_up)
        self._made = False

    def become(self, page: QWidget, series: OrthostaticPresenter) -> None:
        """`page` is what it opens over."""
        self._series, state = series, series.state
        if not state.is_open:
            self.put_away()
            return
        if not self._made:
            self._lay_out(state)
        self._draw(state)
        if not self.is_open():
            self.open_over(page)
            self._go_to(_first(state))
        if state.wanted:
            self._see_to(state)

    def press_primary(self) -> bool:
        if self._save.isEnabled():
            self._save.click()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        for each in (self._rest, self._stood):
            each.rest()
        super().hideEvent(event)

    # made once

    def _lay_out(self, state: State) -> None:
        self._made = True
        widgets = self.widgets
        for asked in state.how:
            choice = widgets.choice(f"{NAME}:{asked.name}", page_words.spoken(asked.name))
            choice.chosen.connect(self._chose)
            self._how[asked.name] = widgets.sized(choice, wide="col_value")
        for line in state.lines:
            self._lines[line.key] = self._line(StepLine(widgets, line))
            state_word = "last" if line is state.lines[-1] else ""
            self._table.add(self._lines[line.key].cells(), state_word, "row" if widgets.narrow else "row_step")
        for item in (self._clocks(), self._table, widgets.holder(Grow(self._result)), self._advice):
            self.body.addLayout(item) if isinstance(item, QLayout) else self.body.addWidget(item)

    def _clocks(self) -> QLayout:
        clocks = self.widgets.stack(self._rest, self._stood, gap="tight")
        how = self.widgets.stack(*self._how.values(), STRETCH, gap="gap")
        return self.widgets.across(Grow(clocks), how, gap="gutter")

    def _line(self, line: StepLine) -> StepLine:
        line.typed.connect(self._typed)
        line.entered.connect(self._entered)
        line.left.connect(self._field_left)
        line.felt.connect(self._felt)
        line.asked_why.connect(self._ask_why)
        line.right.connect(self._right)
        return line

    # drawn

    def _draw(self, state: State) -> None:
        about = tr("Cuff at the height of the heart, arm held. Stay beside the patient.")
        self.show_words(tr("Pressure lying and standing"), "" if self.widgets.narrow else about)
        standing = [line for line in state.lines if line.position is Position.STANDING]
        self._rest.become(state.rest, [line for line in state.lines if line.position is Position.LYING])
        self._stood.become(state.stood, standing)
        for asked in state.how:
            options = [Option(word, page_words.choice(word)) for word in asked.choices]
            self._how[asked.name].become(options, asked.chosen, page_words.asked(asked.name))
        for line in state.lines:
            self._lines[line.key].become(line, state.symptoms)
        self._show_result(state)
        self._save.setEnabled(state.may_save)

    def _show_result(self, state: State) -> None:
        """Its place is kept while there is nothing to say."""
        first = next(iter(state.found), None)
        said = ", ".join(words.finding(one) for one in state.found)
        if state.stop:
            felt = next(words.symptom(line.symptom) for line in state.lines if line.symptom not in ("", NO_SYMPTOM))
            self._result.become("critical", ", ".join(filter(None, (tr("stop: {symptom}").format(symptom=felt), said))))
        elif first:
            self._result.become(first.severity, said)
        else:
            self._result.become("ok" if state.positive is False else "", words.verdict(state.positive))
        sit = tr("Let the patient sit or lie down, stay beside, and tell the clinician now.")
        self._advice.say(sit if state.stop else words.advice(first) if first else "")
        show_if(self._stop, state.stop)

    def _see_to(self, state: State) -> None:
        """To the field that holds it up, or to the button that lets an unusual value stand."""
        line = next(line for line in state.lines if line.key == state.wanted.partition(".")[0])
        self._go_to(f"{line.key}:{KEEP}" if line.asks else state.wanted)

    def _go_to(self, name: str) -> None:
        found = self.findChild(QWidget, name)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(found, QLineEdit):
                found.selectAll()

    def _now(self) -> datetime:
        return shown_in(self._clock.now(), self._clock.zone)

    # wished

    @property
    def _of(self) -> OrthostaticPresenter:
        assert self._series is not None
        return self._series

    def _typed(self, field: str, text: str) -> None:
        self._of.typed(field, text)

    def _entered(self, field: str) -> None:
        """On to the next number; over a step that is taken only if wanted, and after the last one to the button that saves."""
        here = field.partition(".")[0]
        fields = [each.objectName() for line in self._lines.values() for each in (*line.fields, line.minutes)]
        after = [name.partition(".") for name in fields[fields.index(field) + 1 :]]
        planned = {step.key for step in steps() if step.minutes is not None}
        following = [step + dot + part for step, dot, part in after if part != MINUTES and (step == here or step in planned)]
        self._go_to(following[0] if following else "save-series")

    def _field_left(self, step: str) -> None:
        if self.is_open():
            self._of.left(step)

    def _chose(self, name: str, word: str) -> None:
        self._of.chose(name.partition(":")[2], word)

    def _felt(self, step: str, word: str) -> None:
        self._of.felt(step, word)

    def _right(self, step: str) -> None:
        self._of.confirm(step)

    def _lay_down(self) -> None:
        self._of.lies_down()

    def _stood_up(self) -> None:
        self._of.stands_up()
        self._go_to(next(step.key for step in steps() if step.position is Position.STANDING) + ".systolic")

    def _stopped(self) -> None:
        self._of.stop()

    def _saved(self) -> None:
        self._of.save()

    def _left(self) -> None:
        self._of.leave()

    def _ask_why(self, step: str) -> None:
        self._asked = step
        line = next(line for line in self._of.state.lines if line.key == step)
        back = [Answer("", ""), Answer(TAKE_BACK, tr("Take this back"))] if line.absent else []
        self._menu.ask([*(Answer(why.value, page_words.why(why)) for why in Why), *back], self._lines[step].why)

    def _why(self, key: str) -> None:
        self._of.not_taken(self._asked, "" if key == TAKE_BACK else key)


def _first(state: State) -> str:
    """The field that is to be typed next."""
    line = next((line for line in state.lines if line.planned and not line.is_taken and not line.absent), state.lines[0])
    return line.systolic.field
