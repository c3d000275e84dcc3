"""Intents of whoever types: the quick line, the rows, and the rest between two pressures."""

from __future__ import annotations

from dataclasses import replace

from maroom.duties.vitals.presenter import filling
from maroom.duties.vitals.presenter.base import VitalsBase
from maroom.duties.vitals.rules import entry
from maroom.duties.vitals.rules.asked import key_of, line


class TypingIntents(VitalsBase):
    def quick_typed(self, text: str) -> None:
        self._form, self._held, self._saved, self._entered = replace(self._form, quick=text), "", None, False
        self._draw()

    def typed(self, field: str, text: str) -> None:
        """While a row is typed in, nothing about it is refused. The stroke of `142/` leads to the other half, and a pasted
        `142/88` is shared out."""
        key = key_of(field)
        names = [name for name, _ in line(key).fields]
        two = entry.halves(text) if len(names) > 1 else None
        leads_on = len(names) > 1 and field == names[0] and text.strip().endswith("/")
        form = self._form
        if two:
            form = form.typed(names[0], two[0], self._now).typed(names[-1], two[1], self._now)
        else:
            form = form.typed(field, text.strip().rstrip("/") if leads_on else text, self._now)
        self._form = filling.kept_true(form)
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
