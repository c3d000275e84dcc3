"""What the intents of the page share: whose page it is, what it works with, its form, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from maroom.core.clock import Clock, Moment, shown_in
from maroom.core.people import Opening
from maroom.core.ports import Messages
from maroom.core.presenter import Presenter
from maroom.core.problems import Problem
from maroom.devices.instruments import Instruments
from maroom.duties.vitals.model import Component, Entry, Sign, Subject
from maroom.duties.vitals.presenter import correcting, drawing, filling, growing, quick, rowing, saving, telling, timing
from maroom.duties.vitals.presenter.around import Around, Wishes
from maroom.duties.vitals.presenter.correcting import Rewrite
from maroom.duties.vitals.presenter.drawing import Names
from maroom.duties.vitals.presenter.form import Form
from maroom.duties.vitals.presenter.offered import Offered
from maroom.duties.vitals.presenter.orthostatic import OrthostaticPresenter
from maroom.duties.vitals.presenter.recorded import Recorded
from maroom.duties.vitals.presenter.resting import Resting
from maroom.duties.vitals.presenter.sheets import Person, Reason
from maroom.duties.vitals.presenter.state import Mean, Row, Saved, State
from maroom.duties.vitals.presenter.telling import Notices, Say, Tellings
from maroom.duties.vitals.presenter.timing import Typed
from maroom.duties.vitals.rules.asked import Line, line
from maroom.duties.vitals.rules.shown import Shown, as_shown
from maroom.duties.vitals.rules.technique import reminders
from maroom.duties.vitals.service import Vitals
from maroom.store.changes import Change, Changes
from maroom.store.timers import Timers

KIND = "vital_sign"


@dataclass(frozen=True)
class Whose:
    """The patient of the page, by the name that is said when something was saved. `roomed` tells since when they are in the
    room, None where nobody knows."""

    name: str
    subject: Subject
    roomed: Callable[[], Moment | None] = lambda: None


@dataclass(frozen=True)
class Ports:
    """What the page works with. `people` may have measured; `names` tells the name of a person by record id; `say` puts a
    critical finding into words."""

    vitals: Vitals
    notices: Notices
    timers: Timers
    instruments: Instruments
    clock: Clock
    messages: Messages
    changes: Changes
    names: Names
    say: Say
    people: tuple[Person, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)


class VitalsBase(Presenter[State]):
    def __init__(self, opening: Opening, whose: Whose, ports: Ports) -> None:
        assert opening.visit is not None
        self._opening, self._visit, self._whose, self._ports = opening, opening.visit, whose, ports
        self._recorded = Recorded(ports.vitals, opening)
        self._resting = Resting(ports.timers, ports.clock, self._visit)
        self._tellings = Tellings(ports.notices, ports.clock, opening)
        self._form, self._held, self._saved = Form(), "", None
        self._saved: Saved | None
        self._rewrite: Rewrite | None = None
        self._timing: Typed | None = None
        self._entered = False
        self._reason: Reason | None = None
        self._lines = rowing.lines(self._form, self._around, self._recorded.pressures)
        self._here = self._lines[0].key
        timers, clock = ports.timers, ports.clock
        self.series = OrthostaticPresenter(self._visit, whose.subject, clock, timers, self._record_series, self._redraw)
        """the series lying, sitting and standing, a small page of its own"""
        self._offered = Offered(ports.instruments, clock, self._visit.visit, whose.roomed, self._redraw)
        self._tellings.read(self._recorded.readings)
        super().__init__(self._drawn())
        self._forget = ports.changes.listen(self._changed)

    def close(self) -> None:
        super().close()
        self._offered.close()
        self._forget()

    # drawing

    @property
    def _now(self) -> str:
        return self._ports.clock.now().iso()

    @property
    def _around(self) -> Around:
        """As it is now, or was at the time of measuring."""
        return self._as_of_now.at(self._form.measured)

    def _places(self, sign: Sign) -> Sequence[Line]:
        """The rows of a sign."""
        return [one for one in self._lines if one.sign is sign and not one.of_another]

    def _units(self, sign: Sign) -> Sequence[str]:
        return self._around.offered(line(sign))

    def _rows(self) -> tuple[Row, ...]:
        if not self._held:
            self._lines = rowing.lines(self._form, self._around, self._recorded.pressures)
        return rowing.rows(self._form, self._lines, self._around, self._held, self._resting.shown())

    def _drawn(self, wanted: str = "") -> State:
        around, rows, names = self._around, self._rows(), self._ports.names
        here = self._here if any(row.key == self._here for row in rows) else rows[0].key
        history = self._recorded.history(line(here).sign)
        measured = Moment.parse(self._form.measured) if self._form.measured else None
        return State(
            rows=rows,
            here=here,
            curve=drawing.curve(self._form, here, around, history),
            technique=reminders(line(here).sign, around.age),
            spared=around.subject.spared if line(here).sign is Sign.BP else (),
            mean=self._mean(around),
            growth=growing.chart(self._form, line(here), around, self._recorded.history),
            tall=around.tall,
            quick=quick.echo(self._form, around, self._entered),
            more=rowing.more(self._lines, around.age),
            sets=tuple(drawing.set_line(made, around, names) for made in self._recorded.sets),
            may_save=self._form.has_values,
            saved=self._saved,
            offered=self._offered.state(self._form, self._places, self._units),
            correction=correcting.drawn(self._rewrite, around, names) if self._rewrite else None,
            measured=around.wall(measured) if measured else None,
            performer=names(self._form.performer) if self._form.performer else "",
            timing=timing.drawn(self._timing, self._ports.people, self._as_of_now) if self._timing else None,
            telling=self._tellings.drawn(),
            untold=len(self._tellings.open),
            reason=self._reason,
            wanted=wanted,
        )

    def _mean(self, around: Around) -> Mean | None:
        found = saving.mean(self._form, self._lines, around, self._recorded.pressures)
        value = as_shown(found) if found else None
        count = found.half(Component.COUNT) if found else None
        return Mean(value.text, int(count.value)) if isinstance(value, Shown) and count else None

    @property
    def _as_of_now(self) -> Around:
        ports = self._ports
        now, zone, recorded = ports.clock.now(), ports.clock.zone, self._recorded
        return Around(self._whose.subject, now, zone, ports.wishes, recorded.last, recorded.weights)

    def _draw(self, wanted: str = "") -> None:
        self.show(self._drawn(wanted))

    def _redraw(self) -> None:
        self._draw()

    def _fill(self, form: Form, key: str, wanted: str = "") -> None:
        """The form is another one now, by something that is no typing."""
        self._form, self._held, self._here = filling.kept_true(form), "", key
        self._draw(wanted)

    # what is on record

    def _read_again(self) -> None:
        self._recorded.read_again()
        self._tellings.read(self._recorded.readings)
        self._offered.look()
        self._draw()

    def _changed(self, changes: Sequence[Change]) -> None:
        if any(change.kind == KIND and change.visit == self._visit.visit for change in changes):
            self._read_again()

    def _try(self, act: Callable[[], object]) -> bool:
        """Whether it was done; where it was not, that is said."""
        try:
            act()
        except Problem as problem:
            self._ports.messages.trouble(problem)
            return False
        return True

    def _record_series(self, made: Entry) -> bool:
        judged = [(one, self._as_of_now.judged(one)) for one in made.measurements]
        made = replace(made, critical=telling.critical(judged, self._ports.say))
        if not self._try(lambda: self._ports.vitals.record(self._opening, made)):
            return False
        if made.critical:
            self._tellings.ask()
        self._say_saved()
        self._read_again()
        return True

    def _say_saved(self) -> None:
        self._saved = Saved(self._whose.name, shown_in(self._ports.clock.now(), self._ports.clock.zone))
