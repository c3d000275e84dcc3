"""The intents of a series. Embedded in the presenter of the page, of whose visit and person it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from maroom.core.clock import Clock
from maroom.core.findings import Severity
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import Entry, Sign, Subject, Why
from maroom.duties.vitals.presenter.orthostatic import drawing
from maroom.duties.vitals.presenter.orthostatic.drawing import Around
from maroom.duties.vitals.presenter.orthostatic.form import LOWER, UPPER, Form, name, step_of
from maroom.duties.vitals.presenter.orthostatic.state import Asked, Running, State
from maroom.duties.vitals.rules import entry
from maroom.duties.vitals.rules.found import ASKED
from maroom.duties.vitals.rules.orthostatic import Position, figures
from maroom.duties.vitals.rules.problem_list import sites_left
from maroom.duties.vitals.rules.signs import offered, qualifiers
from maroom.duties.vitals.rules.steps import minutes_since, steps
from maroom.store.timers import Timer, Timers

RESTING, STANDING = "vitals.orthostatic.rest", "vitals.orthostatic.stood"
"""the keys of the kept timers; they are about the visit"""
_ONCE = ("site", "cuff")
NO_SYMPTOM = "none"


class OrthostaticPresenter:
    """`record` puts the set on record and says whether it is; `draw` is called after every change of `state`."""

    def __init__(
        self,
        visit: VisitRef,
        subject: Subject,
        clock: Clock,
        timers: Timers,
        record: Callable[[Entry], bool],
        draw: Callable[[], None],
    ) -> None:
        self._visit, self._subject, self._clock, self._timers = visit, subject, clock, timers
        self._record, self._told = record, draw
        self._form, self._held, self._open = Form(), "", False
        self._rest, self._stood = self._kept(RESTING), self._kept(STANDING)
        self.state = self._drawn()

    # opening and leaving

    def open(self) -> None:
        self._open = True
        self._draw()

    def leave(self) -> None:
        """What was typed stays, and so do its timers."""
        self._open, self._held = False, ""
        self._draw()

    # timers

    def lies_down(self) -> None:
        """Also for who sits, where nobody can lie. The rest before the first reading is counted from now on."""
        self._rest = self._started(RESTING, figures().procedure.lying)
        self._draw()

    def stands_up(self) -> None:
        self._stood = self._started(STANDING, figures().procedure.standing[-1])
        self._draw()

    # typing

    def typed(self, field_name: str, text: str) -> None:
        """A stroke after the upper number leads to the lower one, and a pasted `142/88` is shared out."""
        step, now = step_of(field_name), self._clock.now()
        upper, lower = name(step, UPPER), name(step, LOWER)
        pressure = field_name in (upper, lower)
        two = entry.halves(text) if pressure else None
        leads_on = field_name == upper and text.strip().endswith("/")
        minutes = self._minutes(step, now.utc)
        if two:
            self._form = self._form.typed(upper, two[0], now, minutes).typed(lower, two[1], now, minutes)
        else:
            self._form = self._form.typed(field_name, text.strip().rstrip("/") if leads_on else text, now, minutes)
        self._held = step
        self._draw(lower if two or leads_on else "")

    def left(self, step: str) -> None:
        """It is no longer typed in, and judged in full."""
        if step == self._held:
            self._held = ""
            self._draw()

    def chose(self, qualifier: str, word: str) -> None:
        """Arm and cuff, told once for all readings; an empty word takes it back."""
        self._form = self._form.qualified(qualifier, word)
        self._draw()

    def felt(self, step: str, symptom: str) -> None:
        """What the patient feels standing; `none` where she asked and there was nothing."""
        self._form = self._form.with_symptom(step, symptom)
        self._draw()

    def not_taken(self, step: str, why: str) -> None:
        self._form, self._held = self._form.not_taken(step, why), ""
        self._draw()

    def stop(self) -> None:
        """Nobody stands on: every step that is still to be taken standing could not be obtained."""
        left = [line.key for line in self.state.lines if line.position is Position.STANDING and not line.is_taken]
        for step in left:
            self._form = self._form.not_taken(step, Why.NOT_OBTAINED)
        self._held = ""
        self._draw()

    def confirm(self, step: str) -> None:
        """Its unusual values were looked at again and are right."""
        self._form, self._held = self._form.right(step), ""
        self._draw()

    # saving

    def save(self) -> None:
        """Once, whatever is pressed. What is wrong or unusual is shown, and the first such field is wanted."""
        self._held = ""
        made = self.entry()
        if wanted := self._not_ready():
            self._draw(wanted)
        elif made and self._record(made):
            self._done()

    def entry(self) -> Entry | None:
        """All readings of the series as one set."""
        measurements = tuple(drawing.measurements(self._form))
        return Entry(self._visit, measurements, id=self._form.set_id) if measurements else None

    def _not_ready(self) -> str:
        for step in steps():
            for found in drawing.found(self._form, step, self._around()):
                if found.severity is Severity.REFUSED or found.code in ASKED:
                    return found.field
        return ""

    def _done(self) -> None:
        for key in (RESTING, STANDING):
            self._timers.stop(key, self._visit.visit)
        self._form, self._rest, self._stood, self._open = Form(), None, None, False
        self._draw()

    # drafts

    def draft(self) -> bytes | None:
        """None where nothing was typed. The timers are kept by themselves."""
        return None if self._form.is_empty else msgspec.json.encode(_Draft(self._form, self._open))

    def restore(self, draft: bytes, recorded: frozenset[str] = frozenset()) -> None:
        """A draft of another shape, or of a set that is among the `recorded` ones, is left alone."""
        try:
            kept = msgspec.json.decode(draft, type=_Draft)
        except msgspec.DecodeError:
            return
        if kept.form.set_id not in recorded:
            self._form, self._open = kept.form, kept.is_open
            self._draw()

    # drawing

    def _draw(self, wanted: str = "") -> None:
        self.state = self._drawn(wanted)
        self._told()

    def _drawn(self, wanted: str = "") -> State:
        around, form = self._around(), self._form
        series = drawing.result(form, around)
        lines = tuple(drawing.line(form, step, around, series, held=step.key == self._held) for step in steps())
        return State(
            lines=lines,
            how=tuple(self._asked(one) for one in _ONCE),
            symptoms=tuple(qualifiers()["symptom"].choice),
            is_open=self._open,
            rest=self._shown(self._rest),
            stood=self._shown(self._stood),
            found=series.findings if series else (),
            positive=series.positive if series else None,
            stop=any(word != NO_SYMPTOM for word in form.symptom.values()),
            may_save=form.has_values,
            wanted=wanted,
        )

    def _asked(self, qualifier: str) -> Asked:
        choices = sites_left(offered(Sign.BP)[qualifier], Sign.BP, self._subject)
        return Asked(qualifier, choices, self._form.how.get(qualifier, ""))

    def _around(self) -> Around:
        return Around(self._subject, self._clock.today(), self._shown(self._rest), self._shown(self._stood))

    def _minutes(self, key: str, at: datetime) -> Decimal | None:
        step = next(step for step in steps() if step.key == key)
        return minutes_since(step, self._around().began(step), at)

    def _kept(self, key: str) -> Running | None:
        timer = self._timers.find(key, self._visit.visit)
        return Running(timer.started, timer.due) if timer else None

    def _started(self, key: str, minutes: int) -> Running:
        now = self._clock.now().utc
        running = Running(now, now + timedelta(minutes=minutes))
        self._timers.start(Timer(key, self._visit.visit, running.started, running.due))
        return running

    def _shown(self, running: Running | None) -> Running | None:
        zone = self._clock.zone
        return Running(running.started.astimezone(zone), running.due.astimezone(zone)) if running else None


class _Draft(msgspec.Struct):
    form: Form
    is_open: bool = False
