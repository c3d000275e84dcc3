"""Intents of whoever puts a reading right that is on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from maroom.duties.vitals.model import Measurement, Reading
from maroom.duties.vitals.presenter import correcting, telling
from maroom.duties.vitals.presenter.base import VitalsBase
from maroom.duties.vitals.presenter.correcting import Rewrite


class CorrectionIntents(VitalsBase):
    def correct(self, reading_id: str) -> None:
        """Opens a reading of this visit to be put right. What follows from others is put right with them."""
        found = self._recorded.find(reading_id)
        if found and not found.retracted and not found.measurement.derived_from:
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
        """The new value takes the place of the old one, which stays visible; what follows from it is worked out anew. One that
        is critical is to be told like any other."""
        new = correcting.rewritten(self._rewrite) if self._rewrite else None
        if self._rewrite and self.state.correction and self.state.correction.may_amend and isinstance(new, Measurement):
            of, why = self._rewrite.reading, self._rewrite.reason.strip()
            subject, amend = self._whose.subject, self._ports.vitals.amend
            found = telling.critical([(new, correcting.found(self._rewrite, self._as_of_now))], self._ports.say)
            words = found[0].words if found else ""
            done = self._correct_by(lambda: amend(self._opening, of.id, of.revision, new, why, subject, words))
            if done and words:
                self._tellings.ask()
                self._draw()

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

    def _correct_by(self, change: Callable[[], Reading]) -> bool:
        """Where somebody else was quicker, the sheet goes and the page shows what stands now."""
        done = self._try(change)
        self._rewrite = None
        self._read_again()
        return done
