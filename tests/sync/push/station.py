"""A workstation of a clinic: a real store, real services that chart a visit, and the way up to a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from maroom.access import service as access
from maroom.core.people import Author
from maroom.duties.vitals.model import Entry, Sign
from maroom.duties.vitals.service import Vitals
from maroom.duties.vitals.service.exchanging import exchange
from maroom.fhir.capability import Capability
from maroom.fhir.client import Client
from maroom.fhir.transport import Timeouts
from maroom.store.outbox import OutboxRow, State
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.conflicts import Conflicts
from maroom.sync.kinds import Exchanges
from maroom.sync.push.bench import Bench
from maroom.sync.push.modes import Mode, ServerFacts
from maroom.sync.push.pace import Pace
from maroom.sync.push.push import Push, Pushed
from maroom.visits import service as visiting
from maroom.visits.model import Visit, VisitStatus
from maroom.visits.service import Visits
from tests.builders import DANA, SetClock, opening, unit_of_work
from tests.duties.vitals.build import adult_set, measured, opened
from tests.servers.peers import Peer
from tests.visits.build import CLINIC, keep_clinic, new

HOLD = 0.3
PACE = Pace(hold=timedelta(seconds=HOLD), race_wait=timedelta(0), first_back_off=timedelta(seconds=1))
TIMEOUTS = Timeouts(connect=2, read=1, whole=5)


@dataclass
class Station:
    unit: UnitOfWork
    clock: SetClock
    visits: Visits
    vitals: Vitals
    exchanges: Exchanges
    failpoint: Callable[[str], None] = lambda _name: None
    pace: Pace = PACE
    reached: list[str] = field(default_factory=list[str])

    # what is charted

    def visit(self, family: str = "García", who: Author = DANA) -> Visit:
        """Somebody who was registered, walked in and sits in no room yet."""
        patient = self.visits.register(opening(who), new(family))
        return self.visits.add_visit(opening(who), patient.id, "Cough")

    def charted(self, family: str = "García", who: Author = DANA) -> Visit:
        """And whose vital signs were taken: 8 readings."""
        visit = self.visit(family, who)
        self.vitals.record(opened(visit.ref), Entry(visit.ref, adult_set()))
        return visit

    def pulse(self, visit: Visit, beats: str = "72") -> str:
        """One reading more; its record id."""
        saved = self.vitals.record(opened(visit.ref), Entry(visit.ref, (measured(Sign.PULSE, beats),)))
        return saved.readings[0].id

    def amend(self, visit: Visit, reading: str, beats: str, after: int = 1) -> None:
        self.vitals.amend(opened(visit.ref), reading, after, measured(Sign.PULSE, beats), "turned around")

    def void(self, visit: Visit, reading: str, after: int = 1) -> None:
        self.vitals.void(opened(visit.ref), reading, after, "wrong patient")

    def move(self, visit: Visit, who: Author = DANA) -> Visit:
        """On to the next place: a room, ready, with the provider."""
        self.clock.forward(minutes=5)
        if visit.status is VisitStatus.ARRIVED:
            return self.visits.take_to_room(opening(who), visit.ref, visit.revision, "r1")
        if visit.status is VisitStatus.ROOMED:
            return self.visits.ready_for_provider(opening(who), visit.ref, visit.revision)
        return self.visits.with_provider(opening(who), visit.ref, visit.revision)

    # the way up

    def server(self, peer: Peer, mode: Mode | None = None) -> ServerFacts:
        statement = peer.ask("GET", "/metadata").body
        return ServerFacts(peer.base, Capability.of(statement), mode)

    def run(
        self, peer: Peer, mode: Mode | None = None, *, asked: bool = True, stop: Callable[[], bool] = lambda: False
    ) -> Pushed:
        return self.run_at(self.server(peer, mode), asked=asked, stop=stop)

    def run_at(self, server: ServerFacts, *, asked: bool = True, stop: Callable[[], bool] = lambda: False) -> Pushed:
        client = Client(server.address, timeouts=TIMEOUTS)
        conflicts = Conflicts(self.unit, self.exchanges, CLINIC.id, server.address)
        push = Push(
            self.unit, self.exchanges, client, server, conflicts, self.clock, self.pace,
            at=self._at, sleep=lambda _seconds: None,
        )  # fmt: skip
        try:
            push.recover()
            return push.run(stop, asked=asked)
        finally:
            client.close()

    def _at(self, name: str) -> None:
        self.reached.append(name)
        self.failpoint(name)

    def drain(self, peer: Peer, mode: Mode | None = None, runs: int = 12) -> Pushed:
        """Again and again, with the hold over each time, until nothing waits that could go."""
        pushed = self.run(peer, mode)
        for _ in range(runs):
            if not (pushed.held or pushed.ended or pushed.queued):
                return pushed
            self.clock.forward(seconds=HOLD + 1)
            pushed = self.run(peer, mode)
        return pushed

    # what a person does

    @property
    def bench(self) -> Bench:
        return Bench(self.unit, self.exchanges)

    def stopped(self, state: State) -> list[str]:
        """Record ids, each once."""
        return list(dict.fromkeys(line["local_id"] for line in self.lines() if line["state"] == state))

    def retry_refused(self) -> None:
        for local_id in self.stopped(State.QUARANTINED):
            self.bench.retry(opening(), local_id)

    # what stands where

    def lines(self) -> list[dict[str, Any]]:
        columns = (OutboxRow.seq, OutboxRow.local_id, OutboxRow.kind, OutboxRow.state, OutboxRow.why, OutboxRow.status)
        with self.unit.glance() as session:
            return [dict(row._mapping) for row in session.execute(select(*columns).order_by(OutboxRow.seq))]

    def states(self, kind: str = "") -> dict[str, int]:
        found: dict[str, int] = {}
        for line in self.lines():
            if kind in ("", line["kind"]):
                found[line["state"]] = found.get(line["state"], 0) + 1
        return found


@contextmanager
def station(folder: Path, clock: SetClock | None = None) -> Iterator[Station]:
    """A new one, or the one that is there, opened again."""
    clock = clock or SetClock()
    fresh = not (folder / "store.db").exists()
    folder.mkdir(exist_ok=True)
    with unit_of_work(folder, clock) as unit:
        if fresh:
            keep_clinic(unit)
        vitals = Vitals(unit.write, unit.read, clock)
        kinds = (exchange(lambda: CLINIC.namespace), *access.exchanges(), *visiting.exchanges())
        yield Station(unit, clock, Visits(unit, clock, lambda: CLINIC), vitals, kinds)
