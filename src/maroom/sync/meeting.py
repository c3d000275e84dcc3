"""One meeting with the server, whatever is done at it: one at a time for a store, with the store's own server alone, within the
time that somebody is ready to wait, and with an account that stays."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from maroom.core.clock import Clock
from maroom.fhir.capability import Capability
from maroom.fhir.client import Client, SignInNeeded
from maroom.fhir.clock import offset_of
from maroom.fhir.signin.asking import NoSmart
from maroom.fhir.transport import NotSent, Unknown
from maroom.store import runs, sending
from maroom.store.lock import SyncLock
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.account import Account
from maroom.sync.belonging import belong, belongs
from maroom.sync.phase import Ended, Phase, Tell, Which
from maroom.sync.pull.pages import Halted
from maroom.sync.push.errand import Stop
from maroom.sync.push.modes import Mode, ServerFacts
from maroom.sync.push.push import Push, Pushed
from maroom.sync.set_back import begun
from maroom.sync.trial import Belongs


@dataclass(frozen=True)
class Patience:
    """How long a run waits for holds and pauses to end: for one, and for all of them together."""

    each: timedelta = timedelta(minutes=4)
    whole: timedelta = timedelta(minutes=9)
    beat: timedelta = timedelta(seconds=0.1)


AT_ONCE = Patience(timedelta(), timedelta())


@dataclass(frozen=True)
class Met:
    """The server, as it was met."""

    client: Client
    facts: ServerFacts
    account: Account
    stop: Stop
    tell: Tell


class Meeting:
    """`connect` makes the client, and may raise what `Client` does. `mode`: what an administrator chose, none for the best that
    works."""

    def __init__(
        self, folder: Path, unit: UnitOfWork, clock: Clock, connect: Callable[[], Client], mode: Mode | None, patience: Patience
    ) -> None:
        self._folder = folder
        self._unit = unit
        self._clock = clock
        self._connect = connect
        self._mode = mode
        self._patience = patience

    def hold(self, stop: Stop, tell: Tell, holder: str, by: str, exchange: Callable[[Met], Ended]) -> Account:
        """`holder` is what runs it, for whoever finds it under way; `by` the name of who asked for it, empty where nobody did.
        Problem SYNC_RUNNING."""
        lock = SyncLock(self._folder)
        lock.take(holder)
        try:
            return self._kept(stop, tell, by, exchange)
        finally:
            lock.release()

    def _kept(self, stop: Stop, tell: Tell, by: str, exchange: Callable[[Met], Ended]) -> Account:
        """The run and its account, which stays in the store."""
        started = time.monotonic()
        client = self._connect()
        account = Account(client.base, by)
        number, store_set_back = begun(self._unit, self._folder, self._clock)
        account.set_back = (Which.STORE,) if store_set_back else ()
        try:
            account.ended = self._tried(client, account, stop, tell, exchange)
        finally:
            account.seconds = time.monotonic() - started
            account.requests, account.octets = client.requests, client.sent_bytes + client.received_bytes
            client.close()
            with self._unit.bookkeeping("a run ends") as session:
                account.standing = sending.counts(session)
                runs.end(session, number, self._now(), account.offset, account.as_json(), account.complete)
        return account

    def _tried(self, client: Client, account: Account, stop: Stop, tell: Tell, exchange: Callable[[Met], Ended]) -> Ended:
        try:
            tell(Phase.CONNECTING, 0, 0)
            facts = self._facts(client, account)
            if facts is None:
                return Ended.NO_FHIR
            if belongs(self._unit, client) is Belongs.NO:
                return Ended.OTHER_SERVER
            belong(self._unit, client.base)
            return exchange(Met(client, facts, account, stop, tell))
        except (NotSent, Unknown):
            return Ended.NOT_REACHED
        except (SignInNeeded, NoSmart):
            return Ended.SIGN_IN
        except Halted:
            return Ended.PAUSED

    def _facts(self, client: Client, account: Account) -> ServerFacts | None:
        """What the server says of itself, and of the time."""
        sent = self._now()
        reply = client.get("metadata", headers=(("Cache-Control", "no-cache"),))
        account.server_time = reply.date
        account.offset = offset_of(reply.date, sent, self._now())
        if not reply.ok or reply.resource is None or reply.resource["resourceType"] != "CapabilityStatement":
            return None
        return ServerFacts(client.base, Capability.of(reply.resource), self._mode)

    # what is done at it

    def push(self, met: Met, push: Push, phase: Phase, *, asked: bool = True) -> Pushed:
        account = met.account
        pushed = push.run(met.stop, lambda done, of: met.tell(phase, done, of), asked=asked)
        account.sent, account.confirmed, account.made_again = pushed.sent, pushed.confirmed, pushed.made_again
        account.mode, account.reasons = pushed.mode.value, tuple(reason.value for reason in pushed.reasons)
        return pushed

    def push_what_comes_due(self, met: Met, push: Push, pushed: Pushed, *, asked: bool = True) -> Pushed:
        """Until nothing is worth waiting for any more."""
        over = self._now() + self._patience.whole
        while (due := self._due(pushed, over)) and not met.stop():
            self._wait(due, met)
            pushed = self.push(met, push, Phase.SENDING, asked=asked)
        return pushed

    # waiting

    def _now(self) -> datetime:
        return self._clock.now().utc

    def _due(self, pushed: Pushed, over: datetime) -> datetime | None:
        """When the pause or the first hold ends, if that is worth waiting for."""
        due = pushed.paused_until if pushed.ended is Ended.PAUSED else pushed.due
        return due if due and due - self._now() <= self._patience.each and due <= over else None

    def _wait(self, due: datetime, met: Met) -> None:
        whole = due - self._now()
        while (left := due - self._now()) > timedelta() and not met.stop():
            met.tell(Phase.WAITING, round((whole - left).total_seconds()), round(whole.total_seconds()))
            time.sleep(min(left, self._patience.beat).total_seconds())
