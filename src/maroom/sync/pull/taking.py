"""One slice of what a server gave, in one open unit of work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from maroom.fhir import reading
from maroom.fhir.exchange import Arrival, NotUsable, Resource
from maroom.store import mirror, received
from maroom.store.base import Origin
from maroom.store.outbox import State
from maroom.store.received import Line, Mirrored
from maroom.store.unit_of_work import Write
from maroom.sync.kinds import Kind, Kinds
from maroom.sync.leading import Leading
from maroom.sync.merge import same
from maroom.sync.merge.fields import content
from maroom.sync.merge.references import named
from maroom.sync.persons import same_person
from maroom.sync.served import Served
from maroom.sync.settling import UNREADABLE, Case, Settled, set_aside, settle

_URN = "urn:uuid:"
_A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Refused:
    """A resource that was not taken, by its address there; `why` names the element and holds no value of it."""

    address: str
    why: str


@dataclass
class Received:
    """What became of all that came. `refused` and `doubles` are shown; nothing of them was lost on the server."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    settled: Counter[Settled] = field(default_factory=Counter[Settled])
    ignored: Counter[str] = field(default_factory=Counter[str])
    refused: list[Refused] = field(default_factory=list[Refused])
    doubles: list[str] = field(default_factory=list[str])
    """addresses of resources with an identifier of ours that another one there has too"""
    replaced: dict[str, str] = field(default_factory=dict[str, str])
    """record id of a patient whom the server merged into another > reference to the survivor"""
    older: list[str] = field(default_factory=list[str])
    """addresses of resources of which the server has an earlier version than it had"""

    def __add__(self, other: Received) -> Received:
        return Received(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.settled + other.settled,
            self.ignored + other.ignored,
            [*self.refused, *other.refused],
            [*self.doubles, *other.doubles],
            self.replaced | other.replaced,
            [*self.older, *other.older],
        )


class Unusable(Exception):
    """One of the slice cannot be taken; nothing of the slice is kept. `ours`: changes of ours to it wait."""

    def __init__(self, served: Served, why: str, ours: bool) -> None:
        super().__init__(why)
        self.served = served
        self.why = why
        self.ours = ours


class Taking:
    """`leading` is of this slice alone."""

    def __init__(self, unit: Write, kinds: Kinds, leading: Leading) -> None:
        self._unit = unit
        self._kinds = kinds
        self._leading = leading
        self._lines: dict[str, list[Line]] = {}
        self._here: dict[str, bool] = {}
        self._received = Received()

    def take(self, slice_: Sequence[Served]) -> Received:
        """Unusable."""
        ours = [served for served in slice_ if served.rtype in self._kinds]
        self._received.ignored.update(served.rtype for served in slice_ if served.rtype not in self._kinds)
        self._look_up(ours)
        for served in ours:
            try:
                self._one(served)
            except NotUsable as fault:
                raise Unusable(served, str(fault), bool(self._lines.get(self._leading.of(served)))) from None
        self._received.doubles += self._leading.doubles
        return self._received

    def set_aside(self, served: Served) -> None:
        """Of which changes of ours wait, and which cannot be taken: a person decides what becomes of them."""
        self._look_up([served])
        local_id = self._leading.of(served)
        lines = self._lines[local_id]
        exchange = self._kinds.named(lines[0].kind, served.rtype)
        set_aside(self._unit, Case(exchange, local_id, served, lines, self._leading.link_ours), UNREADABLE)

    def _look_up(self, ours: Sequence[Served]) -> None:
        self._leading.look_up(ours)
        self._lines = received.unconfirmed(self._unit.session, [self._leading.of(served) for served in ours])

    def _one(self, served: Served) -> None:
        local_id = self._leading.of(served)
        known = self._leading.known.get(local_id)
        if is_known(known, served):
            self._received.unchanged += 1
            return
        lines = self._lines.get(local_id, [])
        exchange = self._kinds.of(known.kind if known else lines[0].kind if lines else "", served.resource)
        if exchange is None:
            self._received.ignored[served.rtype] += 1
            return
        self._note_replaced(served, local_id)
        if known and went_back(known, served) and not any(line.under_way for line in lines):
            lines = self._from_the_start(served, known, exchange, lines)
        if lines or (known and known.in_question) or self._is_somebody_else(served, known):
            case = Case(exchange, local_id, served, lines, self._leading.link_ours)
            self._received.settled[settle(self._unit, case)] += 1
        else:
            self._plainly(served, exchange, local_id, known)

    def _from_the_start(self, served: Served, known: Mirrored, exchange: Kind, lines: list[Line]) -> list[Line]:
        """The server was set back: what went up from here stands against what it has, and both started from what went up
        first."""
        if self._says_the_same(served, known, served.line(known.local_id, known.kind, exchange.body is not None)):
            return lines
        self._received.older.append(served.address)
        last = received.sent_last(self._unit.session, known.local_id)
        stands = lines or ([last._replace(state=State.QUEUED)] if last and exchange.body else [])
        if stands:
            received.forget_base(self._unit.session, known.local_id)
        return stands

    def _plainly(self, served: Served, exchange: Kind, local_id: str, known: Mirrored | None) -> None:
        line = served.line(local_id, exchange.kind, exchange.body is not None)
        if known and self._says_the_same(served, known, line):
            self._received.unchanged += 1
        else:
            after = exchange.revision(self._unit, local_id)
            resource = named(served.resource, self._ours)
            exchange.take(self._unit, Arrival(resource, local_id, after, self._link), Origin.PULLED)
            there = bool(after) or (known is not None and known.source == mirror.SERVER)
            self._received.new += not there
            self._received.changed += there
        mirror.put_all(self._unit.session, [line])

    def _link(self, reference: str) -> str:
        return self._ours(reference) or self._leading.link(reference)

    def _ours(self, reference: str) -> str:
        """A record that is here and that the server only names, as it had none when ours was sent: a person of the clinic, a
        visit to which nobody had come. Empty for anything else."""
        local_id = reference.removeprefix(_URN) if reference.startswith(_URN) else ""
        if local_id and local_id not in self._here:
            self._here[local_id] = self._kinds.of_record(self._unit, local_id) is not None
        return local_id if self._here.get(local_id) else ""

    def _says_the_same(self, served: Served, known: Mirrored, line: dict[str, Any]) -> bool:
        """Another version of the same content, as when a server counts a version for nothing, or ours comes back."""
        if known.source != mirror.SERVER:
            return False
        if known.digest == line["digest"]:
            return True
        base = self._base(known)
        return bool(base) and same(content(base), content(line["base"] or served.resource))

    def _base(self, known: Mirrored) -> Resource:
        row = mirror.of(self._unit.session, known.local_id)
        return (row.base if row else None) or {}

    def _is_somebody_else(self, served: Served, known: Mirrored | None) -> bool:
        """As where a server was set back and gave an id anew."""
        base = self._base(known) if known and served.rtype == "Patient" else {}
        return bool(base) and not same_person(base, served.resource)

    def _note_replaced(self, served: Served, local_id: str) -> None:
        if served.rtype == "Patient":
            links = reading.parts(served.resource, "link")
            by = (reading.reference(one, "other") for one in links if reading.text(one, "type") == "replaced-by")
            survivor = next((reference for reference in by if reference), "")
            self._received.replaced |= {local_id: survivor} if survivor else {}


def is_known(known: Mirrored | None, served: Served) -> bool:
    """Whether the very version is here already, taken or in question."""
    if known is None or known.source != mirror.SERVER or known.gone or known.address != served.address:
        return False
    if known.in_question:
        return bool(served.version) and known.version_in_question == served.version
    return bool(served.version) and known.version == served.version and _same_time(known, served)


def went_back(known: Mirrored, served: Served) -> bool:
    """Whether the server has an earlier version than it had, or gave the number of one anew."""
    if known.source != mirror.SERVER or known.gone or known.address != served.address:
        return False
    if known.version == served.version:
        return bool(known.version) and not _same_time(known, served)
    if known.version.isdecimal() and served.version.isdecimal():
        return int(served.version) < int(known.version)
    return bool(known.updated and served.updated and served.updated < known.updated)


def _same_time(known: Mirrored, served: Served) -> bool:
    """As far as both are known, and by the second: the answer to a write does not always tell it, or not as exactly. A version
    that is no number is never given anew."""
    if known.updated is None or served.updated is None or not known.version.isdecimal():
        return True
    return abs(known.updated - served.updated) < _A_SECOND
