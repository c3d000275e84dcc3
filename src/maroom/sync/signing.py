"""A person signs in at the clinic's server, by its own page in her browser: one at a time, and given up when she says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Event
from typing import Protocol

from maroom.core.listeners import Listeners
from maroom.core.people import Author
from maroom.core.ports import Jobs

JOB = "net:sign in"


class Browser(Protocol):
    """Called on the thread of a job."""

    def show(self, address: str) -> None:
        """Opens it in the browser of this account."""
        ...

    def page(self, good: bool) -> str:
        """What the browser shows at the end (HTML)."""
        ...


class Came(StrEnum):
    """What came of it."""

    IN = "in"
    GAVE_UP = "gave_up"
    """stopped, or nobody did anything for some minutes"""
    REFUSED = "refused"
    """by the server, or by her on its page"""
    NO_WAY_IN = "no_way_in"
    """the server has no page to sign in that can be used"""
    NOT_REACHED = "not_reached"


SignIn = Callable[[Author, Callable[[], bool]], Came]
"""Shows the browser and waits for it, until she asks to stop. Called in a job."""


@dataclass(frozen=True)
class Standing:
    """Who signs in, or did so last, and what came of it; none while she does."""

    who: Author | None = None
    came: Came | None = None

    @property
    def going(self) -> bool:
        return self.who is not None and self.came is None


class Signing:
    """All of it on the UI thread. Listeners are told of each change of `standing`."""

    def __init__(self, sign_in: SignIn, jobs: Jobs, needed: Callable[[Author], bool] = lambda _who: False) -> None:
        """`needed` tells whether people sign in at the server, and she has not."""
        self._sign_in = sign_in
        self.needed = needed
        self._jobs = jobs
        self._listeners = Listeners[[]]()
        self._stop = Event()
        self.standing = Standing()

    def start(self, who: Author) -> bool:
        """False where somebody signs in already, or the program closes."""
        if self.standing.going:
            return False
        before, self._stop = self.standing, Event()
        stopped = self._stop.is_set
        self._show(Standing(who))

        def work(closing: Callable[[], bool], _report: Callable[[int, int], None]) -> Came:
            return self._sign_in(who, lambda: closing() or stopped())

        begun = self._jobs.start(JOB, work, self._done, self._failed)
        if not begun:
            self._show(before)
        return begun

    def stop(self) -> None:
        """She closed the browser, locked the station, or thought better of it."""
        self._stop.set()

    def listen(self, told: Callable[[], None]) -> Callable[[], None]:
        """The call given back removes it."""
        return self._listeners.add(told)

    def _done(self, came: Came) -> None:
        self._show(replace(self.standing, came=came))

    def _failed(self, fault: Exception) -> None:
        self._show(Standing())
        raise fault

    def _show(self, standing: Standing) -> None:
        self.standing = standing
        self._listeners.tell()
