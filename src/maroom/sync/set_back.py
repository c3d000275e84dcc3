"""Whether this store, or the server, was set back to an earlier copy: seen before anything is sent, and what it takes done."""

from __future__ import annotations

from pathlib import Path

from maroom.core.clock import Clock, day_bounds
from maroom.fhir.capability import Capability
from maroom.fhir.client import Client
from maroom.fhir.exchange import NotUsable
from maroom.fhir.transport import NotSent, Unknown
from maroom.store import cursors, last_run, received, runs
from maroom.store.last_run import LastRun
from maroom.store.received import Mirrored
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.belonging import is_still
from maroom.sync.kinds import Exchanges, Kinds
from maroom.sync.pull import pages
from maroom.sync.pull.absent import Absent, Told
from maroom.sync.pull.deleting import Deleting
from maroom.sync.pull.pages import Halted, Unavailable
from maroom.sync.pull.reader import Query, Reader, Stop
from maroom.sync.pull.slices import At, Slices
from maroom.sync.served import Served

_AT_ONCE = 50


class OtherServer(Exception):
    """Nothing that was known there is there any more: nobody knows whose server it is."""


def begun(unit: UnitOfWork, folder: Path, clock: Clock) -> tuple[int, bool]:
    """The number of the run that begins, and whether the store was set back: it does not know of the last one. Then, and with
    the first run of a day, what is new is looked for on the server before it is sent: it may be there from a time that this
    store forgot."""
    now, before = clock.now().utc, last_run.noted(folder)
    today = day_bounds(clock.today(), clock.zone)[0]
    with unit.bookkeeping("a run begins") as session:
        set_back = before is not None and not last_run.is_known(session, before)
        if set_back or last_run.ran_before(session, today):
            last_run.look_first(session, now)
        number = runs.begin(session, now)
    last_run.note(folder, LastRun(number, now))
    return number, set_back


class ServerSetBack:
    """Looks at what the server confirmed last. Where it is not there, or older than it was, it goes further back, until nothing
    differs any more: what was written before that was not lost."""

    def __init__(
        self, unit: UnitOfWork, exchanges: Exchanges, clinic_id: str, client: Client, capability: Capability, at: At
    ) -> None:
        self._unit = unit
        self._client = client
        kinds = Kinds(exchanges)
        self._slices = Slices(unit, kinds, clinic_id, client.base, at)
        self._reader = Reader(client, self._slices)
        self.absent = Absent(kinds, self._slices, client, capability, Deleting(unit, client))
        self.older: list[str] = []
        """addresses of what went back to an earlier version"""

    def look(self, stop: Stop) -> bool:
        """Whether it was set back. A server that does not answer now is asked the next time. OtherServer."""
        try:
            self._go_back(stop)
        except (NotSent, Unknown, Halted):
            return self._found
        return self._found

    @property
    def _found(self) -> bool:
        return bool(self.absent.lost or self.older)

    def _go_back(self, stop: Stop) -> None:
        before, most, seen = 0, 1, set[str]()
        while not stop():
            with self._unit.glance() as session:
                ids, before = received.confirmed(session, before, most)
                known = [one for one in received.by_id(session, set(ids) - seen).values() if one.address and not one.gone]
            seen |= set(ids)
            if known and not self._differ(known):
                break
            if not before:
                break
            most = _AT_ONCE
        if self._found:
            with self._unit.bookkeeping("the server was set back") as session:
                cursors.forget(session)

    def _differ(self, known: list[Mirrored]) -> bool:
        """Whether the server has something of it no more, or in an earlier version."""
        differs = False
        for rtype in dict.fromkeys(one.rtype for one in known):
            of_type = [one for one in known if one.rtype == rtype]
            ids = ",".join(one.server_id for one in of_type)
            there = self._reader.versions(Query(rtype, (("_id", ids),), (), lambda _served: True)) or {}
            for one in of_type:
                differs |= self._differs(one, there.get(one.address))
        return differs

    def _differs(self, known: Mirrored, version: str | None) -> bool:
        if version is None:
            return self._is_missing(known)
        if version == known.version or not _may_be_older(known.version, version):
            return False
        served = self._read(known.address)
        got = self._slices.take([served]).older if served else []
        self.older += got
        return bool(got)

    def _is_missing(self, known: Mirrored) -> bool:
        told = self.absent.told(known)
        if told not in (Told.NEVER, Told.NOT_SAID):
            return False
        if not self._found and not is_still(self._unit, self._client):
            raise OtherServer
        self.absent.missing(known.address)
        return True

    def _read(self, address: str) -> Served | None:
        try:
            return pages.read(self._client, address)
        except (Unavailable, NotUsable):
            return None


def _may_be_older(known: str, version: str) -> bool:
    return not (known.isdecimal() and version.isdecimal()) or int(version) < int(known)
