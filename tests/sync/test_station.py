"""The one object that runs the sync for a window: what is going on, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from maroom.core.people import Author
from maroom.core.problems import Code, Problem
from maroom.sync.account import Account
from maroom.sync.phase import Ended, Phase
from maroom.sync.pull.scope import Scope
from maroom.sync.station import Standing, Station
from tests.builders import DANA, START, SetClock
from tests.fakes import JobByHand

SERVER = "https://fhir.example/r4"


@dataclass
class Scripted:
    """A run that goes through its phases, and ends as it is told."""

    steps: tuple[tuple[Phase, int, int], ...] = ()
    ends: Account | Exception = field(default_factory=lambda: Account(SERVER))
    asked: list[tuple[Author | None, bool]] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None
    stopped: bool = False

    def make(self, by: Author | None, asked: bool) -> Any:
        self.asked.append((by, asked))
        return self

    def __call__(self, scope: Scope, stop: Callable[[], bool], tell: Any, holder: str, by: str) -> Account:
        self.scopes.append(scope)
        self.said.append((holder, by))
        for step in self.steps:
            tell(*step)
            self.meanwhile()
        self.stopped = stop()
        if isinstance(self.ends, Exception):
            raise self.ends
        return self.ends


def station(run: Scripted) -> tuple[Station, JobByHand, SetClock]:
    jobs, clock = JobByHand(), SetClock()
    return Station(run.make, jobs, clock), jobs, clock


def test_a_run_is_seen_from_its_start_by_its_phases_to_its_account() -> None:
    run = Scripted(((Phase.SENDING, 1, 3), (Phase.SENDING, 2, 3), (Phase.RECEIVING, 40, 0)))
    sync, jobs, _ = station(run)
    seen: list[Standing] = []
    sync.listen(lambda: seen.append(sync.standing))
    assert sync.start(DANA, asked=True)
    assert sync.standing.going
    assert sync.standing.going.by == DANA
    jobs.run()
    going = [(one.going.phase, one.going.done, one.going.of) for one in seen if one.going]
    assert going == [
        (Phase.CONNECTING, 0, 0),
        (Phase.SENDING, 1, 3),
        (Phase.SENDING, 2, 3),
        (Phase.RECEIVING, 40, 0),
    ]
    assert sync.standing == Standing(account=Account(SERVER))
    assert (run.asked, run.said) == ([(DANA, True)], [("window", "Dana Reyes")])


def test_today_and_tomorrow_come_down_with_the_patients_that_are_open() -> None:
    run = Scripted()
    sync, jobs, clock = station(run)
    sync.start(opened=("p-1",), asked=False)
    jobs.run()
    (scope,) = run.scopes
    assert (scope.days[0], len(scope.days), scope.patients) == (clock.today(), 2, ("p-1",))
    assert run.asked == [(None, False)]


def test_since_is_when_a_phase_began() -> None:
    run = Scripted(((Phase.SENDING, 1, 9), (Phase.SENDING, 2, 9), (Phase.MERGED, 0, 1)))
    sync, jobs, clock = station(run)
    run.meanwhile = lambda: clock.forward(seconds=10)
    begun: list[Any] = []
    sync.listen(lambda: begun.append(sync.standing.going and (sync.standing.going.since.utc - START).total_seconds()))
    sync.start(DANA, asked=True)
    jobs.run()
    assert begun == [0, 0, 0, 20, None]


def test_only_one_runs_at_a_time() -> None:
    run = Scripted()
    sync, jobs, _ = station(run)
    assert sync.start(DANA, asked=True)
    assert not sync.start(asked=False)
    jobs.run()
    assert sync.start(asked=False)


def test_stop_is_heard_by_the_run_and_seen_meanwhile() -> None:
    run = Scripted(((Phase.SENDING, 1, 3),))
    sync, jobs, _ = station(run)
    run.meanwhile = sync.stop
    stopping: list[bool] = []
    sync.listen(lambda: stopping.append(bool(sync.standing.going and sync.standing.going.stopping)))
    sync.start(DANA, asked=True)
    jobs.run()
    assert run.stopped
    assert stopping == [False, False, True, False]
    sync.start(DANA, asked=True)
    run.meanwhile = lambda: None
    jobs.run()
    assert not run.stopped


def test_another_run_on_this_store_is_named_and_the_last_account_stays() -> None:
    run = Scripted(ends=Account(SERVER, ended=Ended.NOT_REACHED))
    sync, jobs, _ = station(run)
    sync.start(DANA, asked=True)
    jobs.run()
    run.ends = Problem(Code.SYNC_RUNNING, holder="ann (terminal, process 7)")
    sync.start(DANA, asked=True)
    assert sync.standing.problem is None
    jobs.run()
    standing = sync.standing
    assert standing.problem
    assert standing.problem.facts == {"holder": "ann (terminal, process 7)"}
    assert standing.account
    assert standing.account.ended is Ended.NOT_REACHED


def test_a_bug_leaves_no_run_behind_and_is_not_hidden() -> None:
    run = Scripted(ends=ZeroDivisionError())
    sync, jobs, _ = station(run)
    sync.start(DANA, asked=True)
    with pytest.raises(ZeroDivisionError):
        jobs.run()
    assert sync.standing == Standing()


def test_none_begins_while_the_program_closes() -> None:
    run = Scripted()
    sync, jobs, _ = station(run)
    jobs.closed = True
    assert not sync.start(DANA, asked=True)
    assert sync.standing == Standing()


def test_who_has_gone_is_told_nothing() -> None:
    run = Scripted()
    sync, jobs, _ = station(run)
    told: list[int] = []
    forget = sync.listen(lambda: told.append(1))
    forget()
    forget()
    sync.start(DANA, asked=True)
    jobs.run()
    assert told == []
