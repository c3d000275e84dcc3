"""Intents beside the form: when and by whom it was measured, whom it was told, why there is no value, and what instruments
offer."""

from __future__ import annotations

from dataclasses import replace

from maroom.core.clock import Moment
from maroom.duties.vitals.presenter import timing
from maroom.duties.vitals.presenter.base import VitalsBase
from maroom.duties.vitals.presenter.sheets import Reason
from maroom.duties.vitals.presenter.timing import Typed
from maroom.duties.vitals.rules.asked import line


class AsideIntents(VitalsBase):
    # when, and by whom

    def ask_time(self) -> None:
        """Opens the sheet with what was said before."""
        if self._form.measured:
            at = self._as_of_now.wall(Moment.parse(self._form.measured))
            self._timing = Typed(f"{at:%Y-%m-%d}", f"{at:%H:%M}", self._form.performer)
        else:
            self._timing = Typed(who=self._form.performer)
        self._draw()

    def time_typed(self, **said: str) -> None:
        """`day`, `time` or `who`."""
        if self._timing:
            self._timing = replace(self._timing, **said)
            self._draw()

    def leave_time(self) -> None:
        self._timing = None
        self._draw()

    def set_time(self) -> None:
        """The form is of that time now; without one it is of the time when it is saved."""
        shown, typed = self.state.timing, self._timing
        if typed is None or shown is None or not shown.may:
            return
        at = timing.moment(typed, self._as_of_now)
        self._form = replace(self._form, measured=at.iso() if isinstance(at, Moment) else "", performer=typed.who)
        self.leave_time()

    # told whom

    def ask_told(self) -> None:
        self._tellings.ask()
        self._draw()

    def told_typed(self, **said: str | bool) -> None:
        """`whom`, `time` or `read_back`."""
        self._tellings.typed(**said)
        self._draw()

    def told_later(self) -> None:
        self._tellings.leave()
        self._draw()

    def told(self) -> None:
        if self.state.telling and self.state.telling.may:
            self._try(self._tellings.put)
            self._read_again()

    # why not

    def ask_reason(self, key: str, why: str) -> None:
        """More is said about it in words."""
        self._reason = Reason(key, line(key).sign, why)
        self._draw()

    def reason_typed(self, text: str) -> None:
        if self._reason:
            self._reason = replace(self._reason, text=text)
            self._draw()

    def leave_reason(self) -> None:
        self._reason = None
        self._draw()

    def give_reason(self) -> None:
        if self._reason and self._reason.text.strip():
            said, self._reason = self._reason, None
            self._fill(self._form.not_taken(said.key, said.why, said.text.strip()), said.key)

    # instruments

    def use_reading(self, key: str) -> None:
        self._fill(self._offered.use(key, self._form, self._places, self._units), self._here)

    def not_this_patient(self, key: str) -> None:
        self._offered.not_theirs(key)
        self._draw()
