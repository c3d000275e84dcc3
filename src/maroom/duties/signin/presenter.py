"""Choosing oneself and typing a PIN. The PIN lives here alone, never in a state; a late answer for somebody else is dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from math import ceil
from typing import Protocol

from maroom.access.model import Refusal, Refused, SignedIn, StaffMember
from maroom.core import resources
from maroom.core.clock import Clock
from maroom.core.ids import new_id
from maroom.core.people import Author
from maroom.core.ports import Jobs, Messages
from maroom.core.presenter import Presenter
from maroom.core.problems import Problem
from maroom.duties.signin.model import Person, fits, tiles
from maroom.store.changes import Change, Changes

SEARCHED_FROM = 9
"""so many people are searched by their letters: they do not fit the page at once"""

STAFF_KINDS = ("staff", "staff_pin")


class Staff(Protocol):
    """What is asked of `People`."""

    def present(self) -> tuple[StaffMember, ...]: ...

    def sign_in(self, staff_id: str, typed: str) -> SignedIn | Refused: ...

    def wait(self, staff_id: str) -> int: ...


class Told(StrEnum):
    """What stands under the dots."""

    NOTHING = ""
    CHECKING = "checking"
    WRONG = "wrong"
    WAIT = "wait"
    NO_PIN = "no_pin"


@dataclass(frozen=True)
class State:
    """`people` are those who fit `letters`; `filled` counts the figures of the PIN; `wait` is in seconds; `now` is the minute
    on the clinic's wall clock."""

    clinic: str
    station: str
    now: datetime
    people: tuple[Person, ...] = ()
    searched: bool = False
    letters: str = ""
    chosen: Person | None = None
    filled: int = 0
    told: Told = Told.NOTHING
    wait: int = 0
    may_try: bool = False


class SignInPresenter(Presenter[State]):
    """`kept` counts the pages kept for each; `signed_in` is told the person, once; `last` sat here before and is chosen."""

    def __init__(
        self,
        place: tuple[str, str],
        people: Staff,
        kept: Callable[[], dict[str, int]],
        clock: Clock,
        jobs: Jobs,
        messages: Messages,
        changes: Changes,
        *,
        signed_in: Callable[[Author], None],
        last: str = "",
    ) -> None:
        super().__init__(State(*place, _minute(clock)))
        self._people, self._kept, self._clock = people, kept, clock
        self._jobs, self._messages, self._signed_in = jobs, messages, signed_in
        self._shortest, self._longest = _lengths()
        self._pin = ""
        self._until: datetime | None = None
        self._try: object = None
        self._everyone: tuple[Person, ...] = ()
        self._forget = changes.listen(self._changed)
        self._list()
        self._become(last if len(self._everyone) > 1 else "".join(person.key for person in self._everyone))

    def close(self) -> None:
        """What is still being checked signs nobody in."""
        super().close()
        self._forget()
        self._pin, self._try = "", None

    # who

    def choose(self, key: str) -> None:
        """What was typed for somebody else is forgotten."""
        if key != self._here():
            self._become(key)

    def move(self, by: int) -> None:
        """To a neighbour in the list; from nobody to the first."""
        keys, here = [person.key for person in self.state.people], self._here()
        at = keys.index(here) + by if here in keys else 0
        if keys:
            self.choose(keys[min(max(at, 0), len(keys) - 1)])

    def look_for(self, text: str) -> None:
        """The beginning of a name; figures among it belong to the PIN. Who alone is left is chosen."""
        letters = "".join(letter for letter in text if not letter.isdigit())
        if letters != self.state.letters:
            self._narrow(letters)
        for figure in filter(str.isdigit, text):
            self.digit(figure)
        self.show(self.state)

    # the PIN

    def digit(self, figure: str) -> None:
        """The last that there can be signs in at once."""
        if self.state.chosen is not None and len(self._pin) < self._longest:
            self._type(self._pin + figure)
            if len(self._pin) == self._longest:
                self.sign_in()

    def take_back(self) -> None:
        """The last figure, or where there is none, the last letter."""
        if self._pin:
            self._type(self._pin[:-1])
        elif self.state.letters:
            self.look_for(self.state.letters[:-1])

    def clear(self) -> None:
        """All figures, or where there are none, all letters."""
        if self._pin:
            self._type("")
        elif self.state.letters:
            self.look_for("")

    def sign_in(self) -> None:
        """Asks whether the PIN is right; a second time only after the answer."""
        if not self.state.may_try or self.state.chosen is None:
            return
        key, typed = self.state.chosen.key, self._pin
        self._try = mine = object()
        self.show(replace(self.state, told=Told.CHECKING, may_try=False))
        self._jobs.start(
            f"sign in {new_id()}",
            lambda _stop, _report: self._people.sign_in(key, typed),
            partial(self._answered, mine),
            partial(self._failed, mine),
        )

    def tick(self) -> None:
        """Once a second: the time, and what is left of a wait."""
        wait = self._left()
        told = Told.NOTHING if self.state.told is Told.WAIT and not wait else self.state.told
        state = self._rated(replace(self.state, now=_minute(self._clock), wait=wait, told=told))
        if state != self.state:
            self.show(state)

    # the answer

    def _answered(self, mine: object, answer: SignedIn | Refused) -> None:
        if mine is not self._try:
            return
        self._pin, self._try = "", None
        if isinstance(answer, SignedIn):
            self._signed_in(answer.author)
        else:
            self._refused(answer)

    def _refused(self, answer: Refused) -> None:
        self._until = answer.wait_until.utc if answer.wait_until else None
        told = Told.NO_PIN if answer.code is Refusal.NO_PIN else Told.WAIT if self._left() else Told.WRONG
        self.show(self._rated(replace(self.state, told=told, wait=self._left())))

    def _failed(self, mine: object, fault: Exception) -> None:
        if not isinstance(fault, Problem):
            raise fault
        if mine is self._try:
            self._pin, self._try = "", None
            self.show(self._rated(replace(self.state, told=Told.NOTHING)))
            self._messages.trouble(fault)

    # within

    def _become(self, key: str) -> None:
        """From here on it is about her, or about nobody."""
        self._pin, self._try = "", None
        chosen = next((person for person in self._everyone if person.key == key), None)
        wait = self._people.wait(chosen.key) if chosen else 0
        self._until = self._clock.now().utc + timedelta(seconds=wait) if wait else None
        told = Told.WAIT if wait else Told.NOTHING
        self.show(self._rated(replace(self.state, chosen=chosen, told=told, wait=wait)))

    def _type(self, pin: str) -> None:
        """While a PIN is being checked there is none to be typed."""
        if self.state.told is Told.CHECKING:
            return
        self._pin = pin
        self.show(self._rated(replace(self.state, told=Told.WAIT if self.state.wait else Told.NOTHING)))

    def _rated(self, state: State) -> State:
        """With as many dots as there are figures, and whether they may be tried."""
        ready = len(self._pin) >= self._shortest and not state.wait and state.told is not Told.CHECKING
        return replace(state, filled=len(self._pin), may_try=ready)

    def _left(self) -> int:
        """Whole seconds of the wait."""
        return 0 if self._until is None else max(ceil((self._until - self._clock.now().utc).total_seconds()), 0)

    def _here(self) -> str:
        return self.state.chosen.key if self.state.chosen else ""

    def _changed(self, changes: Sequence[Change]) -> None:
        if any(change.kind in STAFF_KINDS for change in changes):
            self._list()
            self._narrow(self.state.letters)

    def _list(self) -> None:
        self._everyone = tiles(self._people.present(), self._kept())
        self.state = replace(self.state, people=self._everyone, searched=len(self._everyone) >= SEARCHED_FROM)

    def _narrow(self, letters: str) -> None:
        left = {person.key: person for person in self._everyone if fits(person, letters)}
        self.state = replace(self.state, letters=letters, people=tuple(left.values()))
        if self._here() in left:
            self.show(replace(self.state, chosen=left[self._here()]))
        else:
            self._become(next(iter(left)) if letters and len(left) == 1 else "")


def _minute(clock: Clock) -> datetime:
    return clock.now().local().replace(second=0, microsecond=0)


def _lengths() -> tuple[int, int]:
    figures = resources.table("access/pin.toml")
    return figures["shortest"], figures["longest"]
