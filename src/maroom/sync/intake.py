"""Resources become records: each goes to the kind that knows or claims it, in an order that references can be followed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from maroom.fhir import bundle, codec
from maroom.fhir.bundle import BrokenFile, Entry
from maroom.fhir.exchange import Arrival, NotUsable, Resource
from maroom.store import mirror
from maroom.store.base import Origin
from maroom.store.mirror import Known
from maroom.store.unit_of_work import Act, UnitOfWork, Write
from maroom.sync.addresses import Addresses, references
from maroom.sync.kinds import Exchanges, Kind, Kinds, order_of
from maroom.sync.persons import same_person

Tick = Callable[[int], None]
_UNKNOWN = Known("", "", "")
_BATCH = 500
_ASKED_AT_ONCE = 5000


@dataclass
class Counts:
    """What became of the resources of a file: `resources` is the sum of new, updated, unchanged and ignored."""

    patients: int = 0
    resources: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    ignored: Counter[str] = field(default_factory=Counter[str])

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.patients + other.patients,
            self.resources + other.resources,
            self.new + other.new,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.ignored + other.ignored,
        )


class Intake:
    """`clinic_id` is part of every id made for what comes from a file."""

    def __init__(self, unit: UnitOfWork, exchanges: Exchanges, clinic_id: str) -> None:
        self._unit = unit
        self._kinds = Kinds(exchanges)
        self._clinic = clinic_id

    def take(self, resources: Iterable[Resource], origin: Origin, act: Act) -> Counts:
        """Resources at hand, as if they were one file."""
        return self.take_entries(bundle.given(resources), origin, act)

    def take_entries(self, entries: Iterable[Entry], origin: Origin, act: Act, tick: Tick | None = None) -> Counts:
        """One file, which is gone through more than once, in one transaction: all of it, or BrokenFile and nothing.
        `tick` is told now and then how many resources were taken."""
        with self._unit.write(act) as unit:
            return _Taking(unit, self._kinds, self._clinic, origin).all(entries, tick or _unheard)


class _Taking:
    """The taking of one file."""

    def __init__(self, unit: Write, kinds: Kinds, clinic_id: str, origin: Origin) -> None:
        self._unit = unit
        self._origin = origin
        self._addresses = Addresses(clinic_id)
        self._kinds = kinds
        self._known: dict[str, Known] = {}
        self._counts = Counts()

    def all(self, entries: Iterable[Entry], tick: Tick) -> Counts:
        ranks = self._look_through(entries)
        for rank in sorted(ranks):
            for batch in _batches(self._of_rank(entries, rank)):
                self._take_batch(batch)
                tick(self._counts.resources)
        return self._counts

    def _look_through(self, entries: Iterable[Entry]) -> set[int]:
        """Notes every entry, so that references can lead forward, and finds what is broken before anything is written."""
        ranks: set[int] = set()
        for number, entry in enumerate(entries):
            if entry.rtype not in self._kinds:
                self._ignore(entry)
                continue
            if not entry.id:
                raise BrokenFile(entry.place, "has no id")
            self._addresses.note(number, entry)
            ranks.add(order_of(entry.rtype))
        return ranks

    def _of_rank(self, entries: Iterable[Entry], rank: int) -> Iterator[Entry]:
        for number, entry in enumerate(entries):
            if entry.rtype not in self._kinds or order_of(entry.rtype) != rank:
                continue
            if self._addresses.is_last(number, entry):
                yield entry
            else:
                self._counts.resources += 1
                self._counts.unchanged += 1

    def _take_batch(self, batch: Sequence[Entry]) -> None:
        resources = [entry.resource() for entry in batch]
        self._ask_for(batch, resources)
        lines = [self._taken(entry, resource) for entry, resource in zip(batch, resources, strict=True)]
        mirror.put_all(self._unit.session, [line for line in lines if line])

    def _ask_for(self, batch: Sequence[Entry], resources: Sequence[Resource]) -> None:
        """What the mirror knows of a batch and of all that it refers to."""
        wanted = {self._addresses.of(entry) for entry in batch}
        wanted |= {self._addresses.led_to(text) for resource in resources for text in references(resource)}
        ids = iter(wanted)
        self._known = {}
        while some := list(islice(ids, _ASKED_AT_ONCE)):
            self._known |= mirror.known(self._unit.session, some)

    def _link(self, reference: str) -> str:
        local_id = self._addresses.led_to(reference)
        return local_id if local_id in self._known or self._addresses.is_here(reference) else ""

    def _taken(self, entry: Entry, resource: Resource) -> dict[str, Any] | None:
        """The line for the mirror, or None where there is nothing to keep. A server's word outweighs a file's."""
        local_id = self._addresses.of(entry)
        known = self._known.get(local_id, _UNKNOWN)
        exchange = self._kinds.of(known.kind, resource)
        if exchange is None:
            self._ignore(entry)
            return None
        digest = mirror.digest(codec.canonical(resource))
        stays = digest == known.digest or known.source == mirror.SERVER
        self._count(entry, known.kind, stays)
        if stays:
            return None
        self._hand_over(exchange, entry, resource, local_id)
        base = resource if exchange.body else None
        return _mirror_line(local_id, entry.rtype, exchange.kind, digest, base)

    def _hand_over(self, exchange: Kind, entry: Entry, resource: Resource, local_id: str) -> None:
        known = local_id in self._known
        may_be_here = known or self._addresses.is_visit_of_appointment(entry)
        after = exchange.revision(self._unit, local_id) if may_be_here else 0
        try:
            if known and entry.rtype == "Patient":
                self._compare(entry, resource, local_id)
            exchange.take(self._unit, Arrival(resource, local_id, after, self._link), self._origin)
        except NotUsable as fault:
            raise BrokenFile(entry.place, str(fault)) from None

    def _compare(self, entry: Entry, resource: Resource, local_id: str) -> None:
        before = mirror.of(self._unit.session, local_id)
        if before and before.base and not same_person(before.base, resource):
            raise BrokenFile(entry.place, "has the id of another person: neither family name nor birth date agree")

    def _count(self, entry: Entry, kind: str, same: bool) -> None:
        counts = self._counts
        counts.resources += 1
        counts.patients += entry.rtype == "Patient"
        counts.unchanged += same
        counts.new += not kind
        counts.updated += bool(kind) and not same

    def _ignore(self, entry: Entry) -> None:
        self._counts.resources += 1
        self._counts.ignored[entry.rtype] += 1


def _unheard(_done: int) -> None:
    pass


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(islice(entries, _BATCH)):
        yield batch


def _mirror_line(local_id: str, rtype: str, kind: str, digest: str, base: Resource | None) -> dict[str, Any]:
    """A file's ids are no server's: it gives neither server id nor version."""
    nothing = {"server_id": None, "version": None, "updated": None}
    return {
        "local_id": local_id,
        "rtype": rtype,
        "kind": kind,
        "source": mirror.FILE,
        "digest": digest,
        "base": base,
        **nothing,
    }
