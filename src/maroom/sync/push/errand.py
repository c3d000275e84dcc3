"""One run of the push: whom it talks to, what it learned of the server, what has become of what."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from maroom.core.clock import Clock
from maroom.core.ids import new_id
from maroom.core.people import SYSTEM, Right
from maroom.fhir.client import Client
from maroom.fhir.exchange import Resource
from maroom.store import received, sending, servers
from maroom.store.outbox import State
from maroom.store.unit_of_work import Act, Session, UnitOfWork
from maroom.sync.kinds import Exchanges
from maroom.sync.phase import Ended
from maroom.sync.push import modes
from maroom.sync.push.modes import Learned, Mode, ServerFacts
from maroom.sync.push.pace import Pace
from maroom.sync.push.plan import NOT_THERE, Why
from maroom.sync.settling import Settled


class Overtaken(Protocol):
    """What settles a record that was changed here and there."""

    def stale(self, local_id: str, kind: str, theirs: Resource) -> Settled:
        """`theirs` is what the server has."""
        ...


At = Callable[[str], None]
"""Told the name of each step that a power cut may come after."""
Stop = Callable[[], bool]


class Over(Exception):
    """Nothing more can be sent for now."""

    def __init__(self, why: Ended) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass
class Tally:
    """Of one run, in records: `sent`, what the server wrote for us; `confirmed`, what came to stand as done."""

    sent: int = 0
    confirmed: int = 0
    made_again: int = 0
    """that the server had lost"""


@dataclass
class Errand:
    """`pending` are the records that are planned and not yet up, `there` those that the server had before."""

    unit: UnitOfWork
    exchanges: Exchanges
    client: Client
    server: ServerFacts
    conflicts: Overtaken
    clock: Clock
    pace: Pace
    at: At
    stop: Stop
    sleep: Callable[[float], None] = time.sleep
    learned: Learned = field(default_factory=Learned)
    tally: Tally = field(default_factory=Tally)
    pending: set[str] = field(default_factory=set[str])
    there: set[str] = field(default_factory=set[str])
    looked_up: set[int] = field(default_factory=set[int])
    """lines whose counterpart at the server was asked for in this run"""
    act: Act = field(default_factory=lambda: Act(SYSTEM, "push", Right.UPKEEP, opening=new_id()))

    @property
    def now(self) -> datetime:
        return self.clock.now().utc

    @property
    def mode(self) -> Mode:
        return modes.mode(self.server, self.learned)[0]

    def recall(self) -> None:
        with self.unit.glance() as session:
            self.learned = Learned.of_json(servers.learned(session, self.server.address))

    def learn(self, learned: Learned) -> None:
        if learned != self.learned:
            self.learned = learned
            with self.book("what a server does") as session:
                servers.learn(session, self.server.address, learned.as_json())

    @contextmanager
    def book(self, why: str) -> Generator[Session]:
        with self.unit.bookkeeping(why) as session:
            yield session

    # what becomes of lines

    def requeue(self, seqs: Sequence[int]) -> None:
        with self.book("not executed") as session:
            sending.requeue(session, seqs)

    def hold(self, seqs: Sequence[int], *, failing: bool = False) -> None:
        with self.book("hold") as session:
            sending.hold(session, seqs, self.now + self.pace.hold)
            if failing:
                sending.failing(session, seqs, self.now)

    def put_aside(self, seqs: Sequence[int], why: Why, status: int | None = None, outcome: Resource | None = None) -> None:
        """Before a person. What needs it, and later changes of it, wait."""
        never = {"last_sent_at": None} if why in NOT_THERE else {}
        with self.book("put before a person") as session:
            sending.move(session, seqs, State.QUARANTINED, why, status=status, outcome=outcome, **never)
        self.at("push.put_aside")

    def removed(self, local_id: str, seqs: Sequence[int], status: int | None) -> None:
        with self.book("removed there") as session:
            received.gone(session, local_id)
            sending.move(session, seqs, State.CONFLICT, Why.REMOVED_THERE, status=status)

    def stale(self, local_id: str, kind: str, theirs: Resource) -> None:
        """The lines wait, with nothing of them under way."""
        settled = self.conflicts.stale(local_id, kind, theirs)
        if settled in (Settled.EQUAL, Settled.THEIRS):
            self.tally.confirmed += 1
            self.pending.discard(local_id)
        self.at("push.settled")

    # the server as a whole

    def answered(self) -> None:
        if self.learned.misses or self.learned.not_before:
            self.learn(replace(self.learned, misses=0, not_before=None, bidden=False))

    def missed(self) -> None:
        """A request without an answer, or with a failing one; Over after several in a row."""
        misses = self.learned.misses + 1
        if misses < self.pace.misses:
            self.learn(replace(self.learned, misses=misses))
        else:
            self.back_off(Ended.PAUSED)

    def back_off(self, why: Ended, bidden: timedelta | None = None) -> None:
        """Over, until the server had some rest: as long as it asked for, else as we see fit."""
        misses = self.learned.misses + 1
        wait = self.pace.back_off(misses) if bidden is None else bidden
        until = self.now + wait
        self.learn(replace(self.learned, misses=misses, not_before=until, bidden=bidden is not None))
        raise Over(why)
