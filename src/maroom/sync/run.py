"""One run of the sync: what waits goes up, what changed there comes down, what was merged on the way goes up. One at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from maroom.core.clock import Clock, day_bounds
from maroom.fhir.client import Client
from maroom.store import last_run
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.account import Account
from maroom.sync.conflicts import Conflicts
from maroom.sync.kinds import Exchanges
from maroom.sync.meeting import AT_ONCE, Meeting, Met, Patience
from maroom.sync.phase import Ended, Phase, Tell, Which
from maroom.sync.pull.pull import LoadCharts, Pull
from maroom.sync.pull.scope import Scope
from maroom.sync.push.errand import At, Stop
from maroom.sync.push.modes import Mode
from maroom.sync.push.pace import Pace
from maroom.sync.push.push import Push
from maroom.sync.set_back import OtherServer, ServerSetBack


@dataclass(frozen=True)
class Place:
    """Whose store is synced: its folder, the clinic it is of, and what its records hand to the sync."""

    folder: Path
    unit: UnitOfWork
    exchanges: Exchanges
    clinic_id: str
    load_charts: LoadCharts
    clock: Clock


class Run:
    """`connect` makes the client, and may raise what `Client` does. `mode`: what an administrator chose, none for the best that
    works. `asked`: a person waits for it, so that a back-off of ours is skipped."""

    def __init__(
        self,
        place: Place,
        connect: Callable[[], Client],
        mode: Mode | None = None,
        pace: Pace | None = None,
        patience: Patience = AT_ONCE,
        at: At = lambda _name: None,
        *,
        asked: bool = True,
    ) -> None:
        self._place = place
        self._meeting = Meeting(place.folder, place.unit, place.clock, connect, mode, patience)
        self._pace = pace or Pace()
        self._at = at
        self._asked = asked

    def __call__(self, wanted: Scope, stop: Stop, tell: Tell, holder: str, by: str = "") -> Account:
        """`holder` is what runs it, for whoever finds it under way; `by` the name of who asked for it, empty where nobody did.
        Problem SYNC_RUNNING."""
        return self._meeting.hold(stop, tell, holder, by, lambda met: self._exchanged(met, wanted))

    def _exchanged(self, met: Met, wanted: Scope) -> Ended:
        place, meeting = self._place, self._meeting
        conflicts = Conflicts(place.unit, place.exchanges, place.clinic_id, met.client.base)
        push = Push(place.unit, place.exchanges, met.client, met.facts, conflicts, place.clock, self._pace, at=self._at)
        push.recover()
        if not self._looked_back(met):
            return Ended.OTHER_SERVER
        pushed = meeting.push(met, push, Phase.SENDING, asked=self._asked)
        if pushed.ended is Ended.NOT_YET and not met.stop():
            self._received(met, wanted)
            conflicts.again(met.stop)
            pushed = meeting.push(met, push, Phase.MERGED, asked=self._asked)
        pushed = meeting.push_what_comes_due(met, push, pushed, asked=self._asked)
        return Ended.STOPPED if met.stop() else pushed.ended

    def _looked_back(self, met: Met) -> bool:
        """False where nobody knows whose server it is."""
        place, account = self._place, met.account
        looking = ServerSetBack(place.unit, place.exchanges, place.clinic_id, met.client, met.facts.capability, self._at)
        try:
            if looking.look(met.stop):
                account.set_back = (*account.set_back, Which.SERVER)
        except OtherServer:
            return False
        account.again += len(looking.absent.again)
        return True

    def _received(self, met: Met, wanted: Scope) -> None:
        place, account = self._place, met.account
        pull = Pull(
            place.unit, place.exchanges, met.client, place.clinic_id, place.clock, place.load_charts,
            capability=met.facts.capability, overlap=self._pace.overlap, at=self._at,
        )  # fmt: skip
        pulled = pull.run(wanted, met.stop, lambda done, of: met.tell(Phase.RECEIVING, done, of))
        account.pulled = pulled.received.new + pulled.received.changed
        account.merged = sum(pulled.received.settled.values())
        account.unreadable = tuple(one.address for one in pulled.received.refused)
        account.doubles = tuple(pulled.received.doubles)
        account.survivors = len(pulled.followed)
        account.unanswered = pulled.unanswered
        account.pulled_whole = pulled.complete
        account.again += len(pulled.again)
        if pulled.complete:
            self._reconciled(pull, met, wanted)
        account.removed = len(pulled.gone)

    def _reconciled(self, pull: Pull, met: Met, wanted: Scope) -> None:
        """With the first run of the clinic's day everything; else what the server tells no removals of."""
        clock, account = self._place.clock, met.account
        today = day_bounds(clock.today(), clock.zone)[0]
        with self._place.unit.glance() as session:
            first = not last_run.reconciled_since(session, today)
        found = pull.reconcile(wanted, met.stop, all_types=first, since=account.server_time)
        account.differences = tuple((one.what.value, one.address) for one in found)
        account.reconciled = first and not met.stop()
