"""The page: what is typed is saved, and kept as a draft until then. One presenter is of one visit and one person for life."""

from __future__ import annotations

from dataclasses import replace

from maroom.duties.vitals.model import Entry, Performer
from maroom.duties.vitals.presenter import drafts, filling, quick, rowing, saving, telling
from maroom.duties.vitals.presenter.asides import AsideIntents
from maroom.duties.vitals.presenter.correction import CorrectionIntents
from maroom.duties.vitals.presenter.form import Form
from maroom.duties.vitals.presenter.typing import TypingIntents
from maroom.duties.vitals.rules.asked import key_of


class VitalsPresenter(TypingIntents, CorrectionIntents, AsideIntents):
    def quick_entered(self) -> None:
        """What is typed goes into the rows; once it stands there, it is saved. A piece that is not understood is wanted."""
        shown, self._entered = self.state.quick, True
        if shown.filled:
            self.save()
        elif shown.chips and not shown.marked:
            read = quick.as_read(self._form, self._around)
            first = key_of(read.entries[0][1].field) if read.entries else self._here
            self._fill(self._form.from_line(read, self._now), first)
        else:
            self._draw(wanted=rowing.QUICK)

    def save(self) -> None:
        """Once, whatever is pressed. What is wrong or unusual is shown in all its fields, and the first of them is wanted."""
        self._held = ""
        rows = self._rows()
        wanted = rowing.not_ready(rows)
        made = self._entry()
        if wanted:
            self._draw(wanted)
        elif made.measurements and self._try(lambda: self._ports.vitals.record(self._opening, made)):
            if made.critical:
                self._tellings.ask()
            self._put_away()

    def _entry(self) -> Entry:
        made = saving.entry(self._form, self._lines, self._around, self._visit, self._recorded.pressures, self._performer())
        critical = telling.critical(saving.judged(self._form, self._lines, self._around), self._ports.say)
        return replace(made, instruments=filling.used(self._form), critical=critical)

    def _performer(self) -> Performer | None:
        who = self._form.performer
        return Performer(who, self._ports.names(who)) if who else None

    def _put_away(self) -> None:
        self._form, self._here = Form(), self._lines[0].key
        self._resting.stop()
        self._say_saved()
        self._read_again()

    # drafts

    def draft(self) -> bytes | None:
        return drafts.kept(self._form, self._rewrite, self.series.draft())

    def restore(self, draft: bytes) -> None:
        """What was saved in the meantime is left alone."""
        found = drafts.read(draft)
        if found is None:
            return
        sets = frozenset(made.id for made in self._recorded.sets)
        if found.form.set_id not in sets:
            self._form = found.form
        if found.series is not None:
            self.series.restore(found.series, sets)
        if found.open_one:
            reading_id, text, reason = found.open_one
            self.correct(reading_id)
            self._put_right(text=text, reason=reason)
        self._draw()
