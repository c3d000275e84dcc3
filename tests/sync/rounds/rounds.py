"""A workstation that is used, synced, killed and started again, beside a server with faults; then both are looked through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from typing import Any

from maroom.access.rights import gate
from maroom.store.opening import STORE
from tests.builders import KEY, SetClock, unit_of_work
from tests.servers.peers import Peer
from tests.servers.proxy import At, Cut, Proxy, never
from tests.sync import station as seeds
from tests.sync.day import POISON, Day
from tests.sync.oracle import served, stored
from tests.sync.oracle.booked import unlike
from tests.sync.oracle.judged import Expected, Fault, judged
from tests.sync.oracle.served import Served
from tests.sync.oracle.stored import Stored
from tests.sync.rounds import processes
from tests.sync.rounds.child import Order, synced
from tests.sync.rounds.faults import USUAL, inject
from tests.visits.build import keep_clinic

OVER = timedelta(minutes=6)
"""later than any hold and any back-off"""
_UNREADABLE = {
    "resourceType": "OperationOutcome",
    "issue": [{"severity": "error", "code": "invalid", "details": {"text": "no"}}],
}
_RUNS = 12
"""after which all must be quiet"""


@dataclass
class Rounds:
    """`registers`: this server lets patients be created. `extra` are settings of a run's Order."""

    folder: Path
    peer: Peer
    proxy: Proxy
    seed: int
    registers: bool = True
    faults: tuple[str, ...] = USUAL
    extra: dict[str, Any] = field(default_factory=dict)
    clock: SetClock = field(default_factory=SetClock)
    kills: int = 0
    runs: int = 0

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.before: dict[str, int] = {}
        self.folder.mkdir(exist_ok=True)
        with unit_of_work(self.folder, self.clock, gate) as unit:
            keep_clinic(unit)
            self.day = Day(unit, self.clock, self.seed, self.registers)

    def expect_people(self, count: int = 4) -> None:
        """Patients with appointments of today, who are here after the next run; and strangers, who never are."""
        for n in range(count):
            stranger = seeds.seed(self.peer, seeds.patient())
            self.before |= {stranger: 1, seeds.seed(self.peer, seeds.weight(stranger, 60 + n)): 1}
            told = {"identifier": [{"system": "urn:mrn", "value": f"{self.seed}-{n}"}]}
            person = seeds.seed(self.peer, seeds.patient(**told))
            self.before |= {person: 1, seeds.seed(self.peer, seeds.appointment(person)): 1}

    def refuse_poison(self) -> None:
        refusing = {"action": "status", "status": 422, "body": _UNREADABLE, "bodyContains": POISON, "times": -1}
        self.peer.tell("POST", "/fault", refusing)

    def use(self, acts: int = 8, poison: bool = False) -> None:
        with unit_of_work(self.folder, self.clock, gate) as unit:
            self.day = self.day.reopened(unit, self.clock)
            self.day.come()
            self.day.go_on(acts)
            if poison:
                self.day.poison()

    # runs

    def sync(self, **how: Any) -> bool:
        """Whether it was killed."""
        process = self._start(**how)
        return self._over(process)

    def _start(self, **how: Any) -> BaseProcess:
        self.runs += 1
        return processes.start(synced, Order(self.folder, self.proxy.base, self.clock.utc, **{**self.extra, **how}))

    def _over(self, process: BaseProcess) -> bool:
        killed = processes.ended(process)
        self.kills += killed
        return killed

    def sync_and_die(self) -> bool:
        """At a step, or while a request is on its way; sometimes it comes through."""
        if self.random.random() < 0.5:
            return self.sync(dies=self.random.randint(2, 30))
        return self.cut_down(At(self.random.choice(list(Cut)), nth=self.random.randint(2, 12)))

    def cut_down(self, at: At) -> bool:
        """Killed with a request on its way, before its connection breaks."""
        process: list[BaseProcess] = []
        self.proxy.cutting = lambda cut: processes.kill(process[0])
        self.proxy.plan = at
        process.append(self._start())
        killed = self._over(process[0])
        self.proxy.plan, self.proxy.cutting = never, lambda cut: None
        return killed

    def round(self) -> None:
        """A piece of the day, faults, a run that dies, one at once after it; then time passes."""
        self.use(poison=self.random.random() < 0.15)
        inject(self.peer, self.random, self.faults, 3)
        self.sync_and_die()
        self.clock.forward(seconds=2)
        self.sync()
        self.time_passes()

    def time_passes(self) -> None:
        """What nobody waits for is carried out, as a slow server does within the hold; then the hold is over."""
        self.peer.settle()
        self.clock.forward(seconds=OVER.total_seconds())

    def become_quiet(self) -> None:
        """No more faults; runs until nothing waits that can go."""
        self.peer.no_faults()
        self.refuse_poison()
        for _ in range(_RUNS):
            self.sync()
            self.time_passes()
            if not {"queued", "sending", "held"} & {*self.stored().states()}:
                return

    # judging

    def stored(self) -> Stored:
        return stored.read(self.folder / STORE, KEY)

    def served(self) -> Served:
        return served.of_peer(self.peer)

    def expected(self) -> Expected:
        return Expected(frozenset(self.day.charted), frozenset(self.day.refused), self.before)

    def found(self) -> list[Fault]:
        """All that is wrong; the day's own book included."""
        here, there = self.stored(), self.served()
        return [*judged([here], there, self.expected()), *unlike(self.day.readings, here, there)]


@contextmanager
def rounds(folder: Path, peer: Peer, seed: int, **how: Any) -> Iterator[Rounds]:
    with Proxy(peer.base) as proxy:
        made = Rounds(folder, peer, proxy, seed, **how)
        made.refuse_poison()
        yield made
