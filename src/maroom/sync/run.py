"""One run of the sync: what waits goes up, what changed there comes down, what was merged on the way goes up. One at a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from maroom.core.clock import Clock, day_bounds
from maroom.fhir.capability import Capability
from maroom.fhir.client import Client, SignInNeeded
from maroom.fhir.clock import offset_of
from maroom.fhir.signin.asking import NoSmart
from maroom.fhir.transport import NotSent, Unknown
from maroom.store import last_run, runs, sending
from maroom.store.lock import SyncLock
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.account import Account
from maroom.sync.belonging import belong, belongs
from maroom.sync.conflicts import Conflicts
from maroom.sync.kinds import Exchanges
from maroom.sync.phase import Ended, Phase, Tell
from maroom.sync.pull.pages import Halted
from maroom.sync.pull.pull import LoadCharts, Pull
from maroom.sync.pull.scope import Scope
from maroom.sync.push.errand import At, Stop
from maroom.sync.push.modes import Mode, ServerFacts
from maroom.sync.push.pace import Pace
from maroom.sync.push.push import Push, Pushed
from maroom.sync.set_back import OtherServer, ServerSetBack, Which, begun
from maroom.sync.trial import Belongs


@dataclass(frozen=True)
class Patience:
    """How long a run waits for holds and pauses to end: for one, and for all of them together."""

    each: timedelta = timedelta(minutes=4)
    whole: timedelta = timedelta(minutes=9)
    beat: timedelta = timedelta(seconds=0.1)


AT_ONCE = Patience(timedelta(), timedelta())


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
        self._connect = connect
        self._mode = mode
        self._pace = pace or Pace()
        self._patience = patience
        self._at = at
        self._asked = asked

    def __call__(self, wanted: Scope, stop: Stop, tell: Tell, holder: str, by: str = "") -> Account:
        """`holder` is what runs it, for whoever finds it under way; `by` the name of who asked for it, empty where nobody did.
        Problem SYNC_RUNNING."""
        lock = SyncLock(self._place.folder)
        lock.take(holder)
        try:
            return self._kept(wanted, stop, tell, by)
        finally:
            lock.release()

    def _kept(self, wanted: Scope, stop: Stop, tell: Tell, by: str) -> Account:
        """The run and its account, which stays in the store."""
        unit, clock, started = self._place.unit, self._place.clock, time.monotonic()
        client = self._connect()
        account = Account(client.base, by)
        number, store_set_back = begun(unit, self._place.folder, clock)
        account.set_back = (Which.STORE,) if store_set_back else ()
        try:
            account.ended = self._tried(client, account, wanted, stop, tell)
        finally:
            account.seconds = time.monotonic() - started
            account.requests, account.octets = client.requests, client.sent_bytes + client.received_bytes
            client.close()
            with unit.bookkeeping("a run ends") as session:
                account.standing = sending.counts(session)
                runs.end(session, number, clock.now().utc, account.offset, account.as_json(), account.complete)
        return account

    def _tried(self, client: Client, account: Account, wanted: Scope, stop: Stop, tell: Tell) -> Ended:
        try:
            tell(Phase.CONNECTING, 0, 0)
            facts = self._facts(client, account)
            if facts is None:
                return Ended.NO_FHIR
            if belongs(self._place.unit, client) is Belongs.NO:
                return Ended.OTHER_SERVER
            belong(self._place.unit, client.base)
            return self._exchanged(client, facts, account, wanted, stop, tell)
        except (NotSent, Unknown):
            return Ended.NOT_REACHED
        except (SignInNeeded, NoSmart):
            return Ended.SIGN_IN
        except Halted:
            return Ended.PAUSED

    def _facts(self, client: Client, account: Account) -> ServerFacts | None:
        """What the server says of itself, and of the time."""
        sent = self._place.clock.now().utc
        reply = client.get("metadata", headers=(("Cache-Control", "no-cache"),))
        account.server_time = reply.date
        account.offset = offset_of(reply.date, sent, self._place.clock.now().utc)
        if not reply.ok or reply.resource is None or reply.resource["resourceType"] != "CapabilityStatement":
            return None
        return ServerFacts(client.base, Capability.of(reply.resource), self._mode)

    def _exchanged(self, client: Client, facts: ServerFacts, account: Account, wanted: Scope, stop: Stop, tell: Tell) -> Ended:
        place = self._place
        conflicts = Conflicts(place.unit, place.exchanges, place.clinic_id, client.base)
        push = Push(place.unit, place.exchanges, client, facts, conflicts, place.clock, self._pace, at=self._at)
        push.recover()
        if not self._looked_back(client, facts, account, stop):
            return Ended.OTHER_SERVER
        pushed = self._sent(push, account, stop, tell, Phase.SENDING)
        if pushed.ended is Ended.NOT_YET and not stop():
            self._received(client, facts, account, wanted, stop, tell)
            conflicts.again(stop)
            pushed = self._sent(push, account, stop, tell, Phase.MERGED)
        over = self._now() + self._patience.whole
        while (due := self._due(pushed, over)) and not stop():
            self._wait(due, stop, tell)
            pushed = self._sent(push, account, stop, tell, Phase.SENDING)
        return Ended.STOPPED if stop() else pushed.ended

    def _looked_back(self, client: Client, facts: ServerFacts, account: Account, stop: Stop) -> bool:
        """False where nobody knows whose server it is."""
        place = self._place
        looking = ServerSetBack(place.unit, place.exchanges, place.clinic_id, client, facts.capability, self._at)
        try:
            if looking.look(stop):
                account.set_back = (*account.set_back, Which.SERVER)
        except OtherServer:
            return False
        account.again += len(looking.absent.again)
        return True

    def _sent(self, push: Push, account: Account, stop: Stop, tell: Tell, phase: Phase) -> Pushed:
        pushed = push.run(stop, lambda done, of: tell(phase, done, of), asked=self._asked)
        account.sent, account.confirmed, account.made_again = pushed.sent, pushed.confirmed, pushed.made_again
        account.mode, account.reasons = pushed.mode.value, tuple(reason.value for reason in pushed.reasons)
        return pushed

    def _received(self, client: Client, facts: ServerFacts, account: Account, wanted: Scope, stop: Stop, tell: Tell) -> None:
        place = self._place
        pull = Pull(
            place.unit, place.exchanges, client, place.clinic_id, place.clock, place.load_charts,
            capability=facts.capability, overlap=self._pace.overlap, at=self._at,
        )  # fmt: skip
        pulled = pull.run(wanted, stop, lambda done, of: tell(Phase.RECEIVING, done, of))
        account.pulled = pulled.received.new + pulled.received.changed
        account.merged = sum(pulled.received.settled.values())
        account.unreadable = tuple(one.address for one in pulled.received.refused)
        account.doubles = tuple(pulled.received.doubles)
        account.survivors = len(pulled.followed)
        account.unanswered = pulled.unanswered
        account.pulled_whole = pulled.complete
        account.again += len(pulled.again)
        if pulled.complete:
            self._reconciled(pull, account, wanted, stop)
        account.removed = len(pulled.gone)

    def _reconciled(self, pull: Pull, account: Account, wanted: Scope, stop: Stop) -> None:
        """With the first run of the clinic's day everything; else what the server tells no removals of."""
        clock = self._place.clock
        today = day_bounds(clock.today(), clock.zone)[0]
        with self._place.unit.glance() as session:
            first = not last_run.reconciled_since(session, today)
        found = pull.reconcile(wanted, stop, all_types=first, since=account.server_time)
        account.differences = tuple((one.what.value, one.address) for one in found)
        account.reconciled = first and not stop()

    # waiting

    def _now(self) -> datetime:
        return self._place.clock.now().utc

    def _due(self, pushed: Pushed, over: datetime) -> datetime | None:
        """When the pause or the first hold ends, if that is worth waiting for."""
        due = pushed.paused_until if pushed.ended is Ended.PAUSED else pushed.due
        return due if due and due - self._now() <= self._patience.each and due <= over else None

    def _wait(self, due: datetime, stop: Stop, tell: Tell) -> None:
        whole = due - self._now()
        while (left := due - self._now()) > timedelta() and not stop():
            tell(Phase.WAITING, round((whole - left).total_seconds()), round(whole.total_seconds()))
            time.sleep(min(left, self._patience.beat).total_seconds())
