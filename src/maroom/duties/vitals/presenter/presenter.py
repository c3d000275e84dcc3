"""The intents of the page. One presenter is of one visit and one person for life."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from maroom.core.clock import Clock, shown_in
from maroom.core.people import Opening
from maroom.core.ports import Messages
from maroom.core.presenter import Presenter
from maroom.core.problems import Problem
from maroom.duties.vitals.model import Measurement, Reading, Subject
from maroom.duties.vitals.presenter import correcting, drafts, drawing, quick, rowing, saving
from maroom.duties.vitals.presenter.around import Around, Wishes
from maroom.duties.vitals.presenter.correcting import Rewrite
from maroom.duties.vitals.presenter.drawing import Names
from maroom.duties.vitals.presenter.form import Form
from maroom.duties.vitals.presenter.recorded import Recorded
from maroom.duties.vitals.presenter.resting import Resting
from maroom.duties.vitals.presenter.state import Row, Saved, State
from maroom.duties.vitals.rules import entry
from maroom.duties.vitals.rules.asked import key_of, line
from maroom.duties.vitals.service import Vitals
from maroom.store.changes import Change, Changes
from maroom.store.timers import Timers

KIND = "vital_sign"


@dataclass(frozen=True)
class Whose:
    """The patient of the page, by the name that is said when something was saved."""

    name: str
    subject: Subject


@dataclass(frozen=True)
class Ports:
    """What the page works with. `names` tells the name of a person by record id."""

    vitals: Vitals
    timers: Timers
    clock: Clock
    messages: Messages
    changes: Changes
    names: Names
    wishes: Wishes = field(default_factory=Wishes)


class VitalsPresenter(Presenter[State]):
    def __init__(self, opening: Opening, whose: Whose, ports: Ports) -> None:
        assert opening.visit is not None
        self._opening, self._visit, self._whose, self._ports = opening, opening.visit, whose, ports
        self._recorded = Recorded(ports.vitals, opening)
        self._resting = Resting(ports.timers, ports.clock, self._visit)
        self._form, self._held, self._here = Form(), "", ""
        self._lines = rowing.lines(self._form, self._around, self._recorded.pressures)
        self._here = self._lines[0].key
        self._saved: Saved | None = None
        self._rewrite: Rewrite | None = None
        super().__init__(self._drawn())
        self._forget = ports.changes.listen(self._changed)

    def close(self) -> None:
        super().close()
        self._forget()

    # the quick line

    def quick_typed(self, text: str) -> None:
        self._form, self._held, self._saved = replace(self._form, quick=text), "", None
        self._draw()

    def quick_entered(self) -> None:
        """What is typed goes into the rows; once it stands there, it is saved. A piece that is not understood is wanted."""
        shown = self.state.quick
        if shown.filled:
            self.save()
        elif shown.chips and not shown.marked:
            read = quick.as_read(self._form, self._around)
            self._form = self._form.from_line(read, self._now)
            self._go_to(key_of(read.entries[0][1].field) if read.entries else self._here)
        else:
            self._draw(wanted=rowing.QUICK)

    # typing

    def typed(self, field: str, text: str) -> None:
        """While a row is typed in, nothing about it is refused. The stroke of `142/` leads to the other half, and a pasted
        `142/88` is shared out."""
        key = key_of(field)
        names = [name for name, _ in line(key).fields]
        two = entry.halves(text) if len(names) > 1 else None
        leads_on = len(names) > 1 and field == names[0] and text.strip().endswith("/")
        if two:
            self._form = self._form.typed(names[0], two[0], self._now).typed(names[-1], two[1], self._now)
        else:
            self._form = self._form.typed(field, text.strip().rstrip("/") if leads_on else text, self._now)
        self._here = self._held = key
        self._saved = None
        self._draw(names[-1] if two or leads_on else "")

    def focused(self, key: str | None, typing: bool = False) -> None:
        """Where the person is: the row at hand is shown large, with its trend. A row that is no longer typed in is judged
        in full; `key` is None away from all rows."""
        here, held = key or self._here, self._held if typing and key == self._held else ""
        if (here, held) != (self._here, self._held):
            self._here, self._held = here, held
            self._draw()

    def unit_changed(self, key: str, unit: str) -> None:
        """The typed number stays and is now meant in this unit; limits and the other system follow."""
        self._fill(self._form.in_unit(key, unit), key)

    def chose(self, key: str, qualifier: str, word: str) -> None:
        """How it was measured; an empty word takes it back."""
        self._fill(self._form.qualified(key, qualifier, word), key)

    def not_taken(self, key: str, why: str, reason: str = "") -> None:
        """Declined, not done, could not obtain: of what is empty of the row. An empty `why` takes it back."""
        self._fill(self._form.not_taken(key, why, reason), key)

    def confirm(self, key: str) -> None:
        """The unusual value was looked at again and is right."""
        self._fill(self._form.right(key), key)

    def take_slip(self, key: str) -> None:
        """What was probably meant takes the place of what was typed."""
        slip = self._around.slip(self._form, line(key))
        if slip is None:
            return
        names, two = [name for name, _ in line(key).fields], entry.halves(slip.suggested_text)
        form = self._form
        for name, text in zip(names, two or (slip.suggested_text,), strict=True):
            form = form.typed(name, text, self._now)
        self._fill(form if two else form.in_unit(key, slip.suggested_unit), key)

    def ask_for(self, key: str) -> None:
        """A row that is not asked of everybody."""
        self._fill(self._form.asked_for(key), key, line(key).fields[0][0])

    # the rest before the next reading

    def start_rest(self) -> None:
        self._resting.start()
        self._draw()

    def end_rest(self) -> None:
        """The next reading is taken now."""
        self._resting.stop()
        again = next((row for row in self.state.rows if row.number > 1 and not any(cell.text for cell in row.cells)), None)
        self._draw(again.cells[0].field if again else "")

    # saving

    def save(self) -> None:
        """Once, whatever is pressed. What is wrong or unusual is shown in all its fields, and the first of them is wanted."""
        self._held = ""
        wanted = rowing.not_ready(self._rows())
        made = saving.entry(self._form, self._lines, self._around, self._visit, self._recorded.pressures, None)
        if wanted:
            self._draw(wanted)
        elif made.measurements and self._try(lambda: self._ports.vitals.record(self._opening, made)):
            self._put_away()

    def _put_away(self) -> None:
        self._form, self._here = Form(), self._lines[0].key
        self._resting.stop()
        self._saved = Saved(self._whose.name, shown_in(self._ports.clock.now(), self._ports.clock.zone))
        self._read_again()

    # putting right

    def correct(self, reading_id: str) -> None:
        """Opens a reading of this visit to be put right."""
        found = self._recorded.find(reading_id)
        if found and not found.retracted:
            self._rewrite = Rewrite.of(found)
            self._draw()

    def retype(self, text: str) -> None:
        self._put_right(text=text, kept=False)

    def explain(self, reason: str) -> None:
        self._put_right(reason=reason)

    def new_value_is_right(self, right: bool = True) -> None:
        """An unusual new value was looked at again."""
        self._put_right(kept=right)

    def leave_correction(self) -> None:
        self._rewrite = None
        self._draw()

    def amend(self) -> None:
        """The new value takes the place of the old one, which stays visible; what follows from it is worked out anew."""
        new = correcting.rewritten(self._rewrite) if self._rewrite else None
        if self._rewrite and self.state.correction and self.state.correction.may_amend and isinstance(new, Measurement):
            of, why = self._rewrite.reading, self._rewrite.reason.strip()
            amend = self._ports.vitals.amend
            self._correct_by(lambda: amend(self._opening, of.id, of.revision, new, why, self._whose.subject))

    def void(self) -> None:
        """The reading was entered in error; it stays visible and counts no more."""
        if self._rewrite and self.state.correction and self.state.correction.may_void:
            of, why = self._rewrite.reading, self._rewrite.reason.strip()
            void = self._ports.vitals.void
            self._correct_by(lambda: void(self._opening, of.id, of.revision, why, self._whose.subject))

    def _put_right(self, **changed: str | bool) -> None:
        if self._rewrite:
            self._rewrite = replace(self._rewrite, **changed)
            self._draw()

    def _correct_by(self, change: Callable[[], Reading]) -> None:
        """Where somebody else was quicker, the sheet goes and the page shows what stands now."""
        self._try(change)
        self._rewrite = None
        self._read_again()

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except Problem as problem:
            self._ports.messages.trouble(problem)
            return False
        return True

    # drafts

    def draft(self) -> bytes | None:
        return drafts.kept(self._form, self._rewrite)

    def restore(self, draft: bytes) -> None:
        """What was saved in the meantime is left alone."""
        found = drafts.read(draft)
        if found is None:
            return
        if found.form.set_id not in {made.id for made in self._recorded.sets}:
            self._form = found.form
        if found.open_one:
            reading_id, text, reason = found.open_one
            self.correct(reading_id)
            self._put_right(text=text, reason=reason)
        self._draw()

    # drawing

    @property
    def _now(self) -> str:
        return self._ports.clock.now().iso()

    @property
    def _around(self) -> Around:
        """As it is now, or was at the time of measuring."""
        ports = self._ports
        here = Around(self._whose.subject, ports.clock.now(), ports.clock.zone, ports.wishes, self._recorded.last)
        return here.at(self._form.measured)

    def _rows(self) -> tuple[Row, ...]:
        if not self._held:
            self._lines = rowing.lines(self._form, self._around, self._recorded.pressures)
        return rowing.rows(self._form, self._lines, self._around, self._held, self._resting.shown())

    def _drawn(self, wanted: str = "") -> State:
        around, rows = self._around, self._rows()
        here = self._here if any(row.key == self._here for row in rows) else rows[0].key
        return State(
            rows=rows,
            here=here,
            curve=drawing.curve(self._form, here, around, self._recorded.history(line(here).sign)),
            tall=around.tall,
            quick=quick.echo(self._form, around),
            more=rowing.more(self._lines),
            sets=tuple(drawing.set_line(made, around, self._ports.names) for made in self._recorded.sets),
            may_save=self._form.has_values,
            saved=self._saved,
            correction=correcting.drawn(self._rewrite, around, self._ports.names) if self._rewrite else None,
            wanted=wanted,
        )

    def _draw(self, wanted: str = "") -> None:
        self.show(self._drawn(wanted))

    def _fill(self, form: Form, key: str, wanted: str = "") -> None:
        self._form, self._held = form, ""
        self._go_to(key, wanted)

    def _go_to(self, key: str, wanted: str = "") -> None:
        self._here = key
        self._draw(wanted)

    def _read_again(self) -> None:
        self._recorded.read_again()
        self._draw()

    def _changed(self, changes: Sequence[Change]) -> None:
        if any(change.kind == KIND and change.visit == self._visit.visit for change in changes):
            self._read_again()
