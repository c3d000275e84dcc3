"""The sync of this station while its window is open: one run at a time, by a button or by itself, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING

from maroom.core.clock import Clock, Moment
from maroom.core.listeners import Listeners
from maroom.core.ports import Jobs
from maroom.core.problems import Problem
from maroom.sync.phase import Phase

if TYPE_CHECKING:
    from maroom.core.people import Author
    from maroom.sync.account import Account
    from maroom.sync.run import Run

JOB = "net:sync"
HOLDER = "window"

Make = Callable[["Author | None", bool], "Run"]
"""The run for somebody, none where nobody asked; and whether a person waits for it. Called in the job, as it loads the client.
A Problem of its own is the run's."""


@dataclass(frozen=True)
class Going:
    """A run that is under way. `of` is 0 where it is not known; `since` is of the phase."""

    by: Author | None
    started: Moment
    phase: Phase
    since: Moment
    done: int = 0
    of: int = 0
    stopping: bool = False


@dataclass(frozen=True)
class Standing:
    """`account` is of the last run of this window; `problem` why there was none: no server, or another one runs it."""

    going: Going | None = None
    account: Account | None = None
    problem: Problem | None = None


class Station:
    """All of it on the UI thread. Listeners are told of each change of `standing`."""

    def __init__(self, make: Make, jobs: Jobs, clock: Clock) -> None:
        self._make = make
        self._jobs = jobs
        self._clock = clock
        self._listeners = Listeners[[]]()
        self._stop = Event()
        self._heard = (Phase.CONNECTING, 0, 0)
        self.standing = Standing()

    def start(self, by: Author | None = None, opened: tuple[str, ...] = (), *, asked: bool) -> bool:
        """False where one is under way already, or the program closes. `by`: who is at the keyboard; `opened`: patients whose
        charts come down besides those of today's schedule, by record id; `asked`: she pressed the button, and it is her run."""
        if self.standing.going:
            return False
        now, before = self._clock.now(), self.standing
        self._stop.clear()
        self._show(replace(before, going=Going(by if asked else None, now, Phase.CONNECTING, now), problem=None))
        begun = self._jobs.start(JOB, self._work(by, opened, asked), self._done, self._failed, self._moved)
        if not begun:
            self._show(before)
        return begun

    def stop(self) -> None:
        """Ends after what is being sent just now; nothing is lost by it."""
        if self.standing.going:
            self._stop.set()
            self._show(replace(self.standing, going=replace(self.standing.going, stopping=True)))

    def listen(self, told: Callable[[], None]) -> Callable[[], None]:
        """The call given back removes it."""
        return self._listeners.add(told)

    def _work(
        self, by: Author | None, opened: tuple[str, ...], asked: bool
    ) -> Callable[[Callable[[], bool], Callable[[int, int], None]], Account]:
        def work(closing: Callable[[], bool], report: Callable[[int, int], None]) -> Account:
            def tell(phase: Phase, done: int, of: int) -> None:
                self._heard = phase, done, of
                report(done, of)

            def stop() -> bool:
                return closing() or self._stop.is_set()

            from maroom.sync.pull.scope import Scope  # in the job, as it loads the client

            run = self._make(by, asked)
            return run(Scope.of_today(self._clock, opened), stop, tell, HOLDER, by.name if by and asked else "")

        return work

    # on the UI thread again

    def _moved(self, _done: int, _of: int) -> None:
        going = self.standing.going
        if going is None:
            return
        phase, done, of = self._heard
        since = going.since if phase is going.phase else self._clock.now()
        self._show(replace(self.standing, going=replace(going, phase=phase, since=since, done=done, of=of)))

    def _done(self, account: Account) -> None:
        self._show(Standing(account=account))

    def _failed(self, fault: Exception) -> None:
        """What is no fault of the world is a bug: it goes on to whoever keeps crash reports."""
        self._show(Standing(account=self.standing.account, problem=fault if isinstance(fault, Problem) else None))
        if not isinstance(fault, Problem):
            raise fault

    def _show(self, standing: Standing) -> None:
        if standing == self.standing:
            return
        self.standing = standing
        self._listeners.tell()
