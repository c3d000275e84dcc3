"""The intents of the page. One presenter is of one visit and one person for life."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from maroom.core.clock import Clock, shown_in
from maroom.core.findings import Finding, Severity
from maroom.core.people import Opening
from maroom.core.ports import Messages
from maroom.core.presenter import Presenter
from maroom.core.problems import Problem
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import Entry, Measurement, Reading, ReadingSet, Sign, Subject
from maroom.duties.vitals.presenter import correcting, drawing
from maroom.duties.vitals.presenter.correcting import Rewrite
from maroom.duties.vitals.presenter.drawing import Around, Names
from maroom.duties.vitals.presenter.form import Form, taken
from maroom.duties.vitals.presenter.state import Row, Saved, State
from maroom.duties.vitals.rules import entry
from maroom.duties.vitals.rules.asked import fields_of, signs_asked
from maroom.duties.vitals.service import Vitals
from maroom.store.changes import Change, Changes

KIND = "vital_sign"


@dataclass(frozen=True)
class Whose:
    """The patient of the page, by the name that is said when something was saved."""

    name: str
    subject: Subject


class VitalsPresenter(Presenter[State]):
    """`names` tells the name of a person by record id; `units` are the clinic's wishes, sign > UCUM."""

    def __init__(
        self,
        opening: Opening,
        whose: Whose,
        vitals: Vitals,
        clock: Clock,
        messages: Messages,
        changes: Changes,
        *,
        names: Names,
        units: Mapping[str, str],
    ) -> None:
        self._opening, self._whose, self._vitals, self._clock = opening, whose, vitals, clock
        self._messages, self._names, self._units = messages, names, units
        self._last = vitals.last_values(opening)
        self._sets: tuple[ReadingSet, ...] = vitals.sets(opening)
        self._signs = signs_asked(self._around().age)
        self._form, self._here = Form(), self._signs[0]
        self._held: Sign | None = None
        self._histories: dict[Sign, tuple[Reading, ...]] = {}
        self._saved: Saved | None = None
        self._rewrite: Rewrite | None = None
        super().__init__(self._drawn())
        self._forget = changes.listen(self._changed)

    def close(self) -> None:
        super().close()
        self._forget()

    # typing

    def typed(self, field: str, text: str) -> None:
        """While a sign is typed in, nothing about it is refused. The stroke of `142/` leads to the other half, and a pasted
        `142/88` is shared out."""
        upper, lower = (name for name, _ in fields_of(Sign.BP))
        two = entry.halves(text) if field in (upper, lower) else None
        leads_on = field == upper and text.strip().endswith("/")
        if two:
            self._form = self._form.typed(upper, two[0]).typed(lower, two[1])
        else:
            self._form = self._form.typed(field, text.strip().rstrip("/") if leads_on else text)
        self._here = self._held = _sign(field)
        self._saved = None
        self._draw(lower if two or leads_on else "")

    def focused(self, sign: Sign | None, typing: bool = False) -> None:
        """Where the person is: the sign at hand is shown large, with its trend. A sign that is no longer typed in is judged
        in full; `sign` is None away from all signs."""
        here, held = sign or self._here, self._held if typing and sign is self._held else None
        if (here, held) != (self._here, self._held):
            self._here, self._held = here, held
            self._draw()

    def unit_changed(self, sign: Sign, unit: str) -> None:
        """The typed number stays and is now meant in this unit; limits and the other system follow."""
        self._form = self._form.in_unit(sign, unit)
        self._go_to(sign)

    def chose(self, sign: Sign, qualifier: str, word: str) -> None:
        """How it was measured; an empty word takes it back."""
        self._form = self._form.qualified(sign, qualifier, word)
        self._go_to(sign)

    def not_taken(self, sign: Sign, why: str) -> None:
        """Declined, not done, could not obtain: of what is empty of the sign. An empty reason takes it back."""
        self._form, self._held = self._form.not_taken(sign, why), None
        self._go_to(sign)

    def confirm(self, sign: Sign) -> None:
        """The unusual value was looked at again and is right."""
        self._form, self._held = self._form.right(sign), None
        self._go_to(sign)

    # saving

    def save(self) -> None:
        """Once, whatever is pressed. What is wrong or unusual is shown in all its fields, and the first of them is wanted."""
        self._held = None
        wanted = self._not_ready()
        if wanted:
            self._draw(wanted)
        elif self._measurements():
            self._record()

    def _record(self) -> None:
        made = Entry(self._visit, tuple(self._measurements()), id=self._form.set_id)
        try:
            self._vitals.record(self._opening, made)
        except Problem as problem:
            self._messages.trouble(problem)
            return
        self._form = Form()
        self._saved = Saved(self._whose.name, shown_in(self._clock.now(), self._clock.zone))
        self._read_again()

    def _measurements(self) -> list[Measurement]:
        there = (taken(self._form, sign, self._around().unit(self._form, sign)) for sign in self._signs)
        return [one.measurement for one in there if one.measurement]

    def _not_ready(self) -> str:
        """The first field whose value cannot be, or must first be said to be right."""
        for row in self._rows():
            if row.asks or _refuses(row.finding):
                bad = [cell.field for cell in row.cells if cell.severity]
                return (bad or [row.cells[0].field])[0]
        return ""

    # putting right

    def correct(self, reading_id: str) -> None:
        """Opens a reading of this visit to be put right."""
        found = next((one for made in self._sets for one in made.readings if one.id == reading_id), None)
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
        """The new value takes the place of the old one, which stays visible."""
        new = correcting.rewritten(self._rewrite) if self._rewrite else None
        if self._rewrite and self.state.correction and self.state.correction.may_amend and isinstance(new, Measurement):
            of, why = self._rewrite.reading, self._rewrite.reason.strip()
            self._try(lambda: self._vitals.amend(self._opening, of.id, of.revision, new, why))

    def void(self) -> None:
        """The reading was entered in error; it stays visible and counts no more."""
        if self._rewrite and self.state.correction and self.state.correction.may_void:
            of, why = self._rewrite.reading, self._rewrite.reason.strip()
            self._try(lambda: self._vitals.void(self._opening, of.id, of.revision, why))

    def _put_right(self, **changed: str | bool) -> None:
        if self._rewrite:
            self._rewrite = replace(self._rewrite, **changed)
            self._draw()

    def _try(self, change: Callable[[], Reading]) -> None:
        """Where somebody else was quicker, the sheet goes and the page shows what stands now."""
        try:
            change()
        except Problem as problem:
            self._messages.trouble(problem)
        self._rewrite = None
        self._read_again()

    # drafts

    def draft(self) -> bytes | None:
        open_one = (self._rewrite.reading.id, self._rewrite.text, self._rewrite.reason) if self._rewrite else None
        return None if self._form.is_empty and not open_one else msgspec.json.encode(_Draft(self._form, open_one))

    def restore(self, draft: bytes) -> None:
        """What was saved in the meantime is left alone."""
        try:
            kept = msgspec.json.decode(draft, type=_Draft)
        except msgspec.DecodeError:
            return
        if kept.form.set_id not in {made.id for made in self._sets}:
            self._form = kept.form
        if kept.open_one:
            reading_id, text, reason = kept.open_one
            self.correct(reading_id)
            self._put_right(text=text, reason=reason)
        self._draw()

    # drawing

    @property
    def _visit(self) -> VisitRef:
        assert self._opening.visit is not None
        return self._opening.visit

    def _around(self) -> Around:
        return Around(self._whose.subject, self._clock.now(), self._clock.zone, self._units, self._last)

    def _rows(self) -> tuple[Row, ...]:
        around = self._around()
        return tuple(drawing.row(self._form, sign, around, held=sign is self._held) for sign in self._signs)

    def _drawn(self, wanted: str = "") -> State:
        around = self._around()
        return State(
            rows=self._rows(),
            here=self._here,
            curve=drawing.curve(self._form, self._here, around, self._history()),
            sets=tuple(drawing.set_line(made, around, self._names) for made in self._sets),
            may_save=self._form.has_values,
            saved=self._saved,
            correction=correcting.drawn(self._rewrite, around, self._names) if self._rewrite else None,
            wanted=wanted,
        )

    def _draw(self, wanted: str = "") -> None:
        self.show(self._drawn(wanted))

    def _go_to(self, sign: Sign) -> None:
        self._here = sign
        self._draw()

    # what is on record

    def _history(self) -> tuple[Reading, ...]:
        if self._here not in self._histories:
            self._histories[self._here] = self._vitals.history(self._opening, self._here)
        return self._histories[self._here]

    def _read_again(self) -> None:
        self._histories.clear()
        self._sets = self._vitals.sets(self._opening)
        self._draw()

    def _changed(self, changes: Sequence[Change]) -> None:
        if any(change.kind == KIND and change.visit == self._visit.visit for change in changes):
            self._read_again()


class _Draft(msgspec.Struct):
    """What of the page must not be lost: the form, and the reading being put right with its new text and the reason."""

    form: Form
    open_one: tuple[str, str, str] | None = None


def _sign(field: str) -> Sign:
    return Sign(field.partition(".")[0])


def _refuses(finding: Finding | None) -> bool:
    return finding is not None and finding.severity is Severity.REFUSED
