"""Everything in a scope is held against the server, by id and version: with the first sync of a day, and at its close. What
differs should have come by itself; it is mended and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from maroom.core.clock import Clock
from maroom.core.people import SYSTEM, Right
from maroom.fhir.client import Client
from maroom.fhir.exchange import NotUsable
from maroom.store import received
from maroom.store.received import Mirrored
from maroom.store.unit_of_work import Act, Read, UnitOfWork
from maroom.sync.kinds import Kinds
from maroom.sync.pull import pages, scope
from maroom.sync.pull.absent import Absent, own_id
from maroom.sync.pull.pages import Unavailable
from maroom.sync.pull.reader import Query, Reader, Stop
from maroom.sync.pull.scope import CHART
from maroom.sync.pull.slices import Slices
from maroom.sync.served import Served

_REACHES_BACK = ("Encounter", "Observation/laboratory")
RECONCILE = Act(SYSTEM, "reconcile", Right.UPKEEP)


class What(StrEnum):
    MISSING = "missing"
    """there, and was not here"""
    OTHER_VERSION = "other_version"
    GONE = "gone"
    """here, and no longer there"""
    LOST = "lost"
    """of ours, and the server has it no more, as it was set back: it goes up again"""
    MOVED = "moved"
    """it is somebody else's there by now, or stands under another address"""
    STRANGER = "stranger"
    """it bears an identifier of ours, and is no record here"""


@dataclass(frozen=True)
class Difference:
    """`mended`: it is here now as it is there; else it cannot be taken, or waits for a person."""

    address: str
    what: What
    mended: bool


@dataclass(frozen=True)
class Among:
    """What of a scope is compared. `rtypes`: these types alone; none: all. `strange`: questions that the server answers with
    what was not asked for. `told`: types of which the server tells by itself what is removed, so that a removal that did not
    come is a defect. `since`: when the pull began, by the server's clock; what changed later is news, and no defect."""

    rtypes: frozenset[str] | None = None
    strange: frozenset[str] = frozenset()
    told: Callable[[str], bool] = lambda _rtype: True
    since: datetime | None = None

    def asks(self, query: Query) -> bool:
        return (self.rtypes is None or query.rtype in self.rtypes) and query.name not in self.strange

    def tells(self, query: Query, one: Difference) -> bool:
        return one.what is not What.GONE or not one.mended or self.told(query.rtype)


class Reconciling:
    def __init__(
        self, unit: UnitOfWork, kinds: Kinds, client: Client, reader: Reader, slices: Slices, absent: Absent, clock: Clock
    ) -> None:
        self._unit = unit
        self._kinds = kinds
        self._client = client
        self._reader = reader
        self._slices = slices
        self._absent = absent
        self._clock = clock

    def of_patients(self, patient_ids: Sequence[str], among: Among, stop: Stop) -> tuple[Difference, ...]:
        """By their ids on the server. What is not answered to its end is not compared."""
        found: list[Difference] = []
        today = self._clock.today()
        for query in (scope.persons(patient_ids), *(scope.part(part, patient_ids, today) for part in CHART)):
            if stop():
                break
            if query.rtype in self._kinds and among.asks(query):
                found += (one for one in self._compared(query, patient_ids, among.since) if among.tells(query, one))
        return tuple(found)

    def _compared(self, query: Query, patient_ids: Sequence[str], since: datetime | None) -> Iterable[Difference]:
        there = self._reader.versions(query)
        if there is None:
            return
        with self._unit.glance() as session:
            here = received.by_address(session, there)
        for address, version in there.items():
            known = here.get(address)
            found = None
            if known is None or known.gone:
                found = self._brought(query, address, What.MISSING, since)
            elif version and known.version != version and not known.in_question:
                found = self._brought(query, address, What.OTHER_VERSION, since)
            if found:
                yield found
        for known in self._ours(query, patient_ids):
            if known.address not in there and (found := self._left(query, known, since)):
                yield found

    def _brought(self, query: Query, address: str, what: What, since: datetime | None) -> Difference | None:
        """Read whole. One that the server should not have given is left; one that was changed since the pull is plain news."""
        served = self._read(address)
        if served is None or not query.belongs(served):
            return Difference(address, what, mended=False)
        got = self._slices.take([served])
        if since and served.updated and served.updated >= since and not got.refused:
            return None
        mended = not got.refused and not got.ignored
        return Difference(address, what if mended or not own_id(served) else What.STRANGER, mended)

    def _read(self, address: str) -> Served | None:
        try:
            return pages.read(self._client, address)
        except (Unavailable, NotUsable):
            return None

    def _ours(self, query: Query, patient_ids: Sequence[str]) -> list[Mirrored]:
        """What is here of the same question. One that reaches back only so far cannot tell what is no more."""
        if query.name in _REACHES_BACK:
            return []
        with self._unit.glance() as session:
            known = received.of_type(session, query.rtype)
            patients = {one.local_id for one in received.by_address(session, map(scope.scope_of, patient_ids)).values()}
        with self._unit.read(RECONCILE) as read:
            return [one for one in known if self._belongs(query, one) and self._is_of(read, one, patients)]

    def _belongs(self, query: Query, one: Mirrored) -> bool:
        """To a question for vital signs only what a duty holds as such; the rest of the type is history."""
        return not query.key or self._kinds.named(one.kind, one.rtype).body is not None

    def _is_of(self, read: Read, one: Mirrored, patients: set[str]) -> bool:
        if one.rtype == "Patient":
            return one.local_id in patients
        exchange = self._kinds.named(one.kind, one.rtype)
        revision = exchange.revision(read, one.local_id)
        return bool(exchange.needs and revision and patients & set(exchange.needs(read, one.local_id, revision)))

    def _left(self, query: Query, known: Mirrored, since: datetime | None) -> Difference | None:
        """Asked for by itself: it is gone, or somebody else's by now; a search may leave out what is there."""
        try:
            served = pages.read(self._client, known.address)
        except (Unavailable, NotUsable):
            return None
        if served is None:
            return self._absent_now(known)
        if served.version == known.version or known.in_question:
            return None
        taken = not self._slices.take([served]).refused
        if since and served.updated and served.updated >= since and taken:
            return None
        return Difference(known.address, What.OTHER_VERSION if query.belongs(served) else What.MOVED, taken)

    def _absent_now(self, known: Mirrored) -> Difference | None:
        absent = self._absent
        moved = len(absent.moved)
        absent.missing(known.address)
        if len(absent.moved) > moved:
            return Difference(known.address, What.MOVED, mended=True)
        if known.local_id in absent.again:
            return Difference(known.address, What.LOST, mended=True)
        return Difference(known.address, What.GONE, known.local_id not in absent.asked)
