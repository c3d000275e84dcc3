"""Two patients who were one: what was charted here for the one that is no more, and waits to be sent, follows the other.

What is on the server already is the server's to move, and comes with a pull. What went up within a day may have come there
after the merger, and what never comes down, such as a critical notice, nobody else would move: they follow too. Nothing is
changed in what was written before: the records get a further revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from maroom.core.people import SYSTEM, Right
from maroom.fhir.exchange import Arrival, NotUsable
from maroom.store import mirror, received
from maroom.store.base import Origin
from maroom.store.merged import move_drafts
from maroom.store.outbox import State
from maroom.store.received import Line
from maroom.store.unit_of_work import Act, Read, UnitOfWork, Write
from maroom.sync.kinds import Kind, Kinds
from maroom.sync.leading import Leading
from maroom.sync.merge.references import named
from maroom.sync.pull.scope import CHART

_NOT_MOVED = ("Patient", "Provenance", "AuditEvent")
_LATELY = timedelta(hours=24)
FOLLOW = Act(SYSTEM, "patient.follow", Right.UPKEEP)


@dataclass(frozen=True)
class Followed:
    """A patient whom the server merged into another: record ids. `moved` are those of what follows, `left` of what cannot."""

    patient: str
    survivor: str
    moved: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


class Following:
    def __init__(self, unit: UnitOfWork, kinds: Kinds, clinic_id: str, base: str) -> None:
        self._unit = unit
        self._kinds = kinds
        self._clinic = clinic_id
        self._base = base
        pulled = {*_NOT_MOVED, *(part.rtype for part in CHART)}
        self._kept_here = [exchange.kind for exchange in kinds.written() if exchange.rtype not in pulled]

    def follow(self, into: Mapping[str, str], now: datetime) -> list[Followed]:
        """`into`: patient > survivor. Each record in a unit of work of its own. One that is just being sent follows with the
        next run."""
        if not into:
            return []
        found = self._referring(into, now - _LATELY)
        return [self._follow(patient, survivor, found[patient]) for patient, survivor in into.items()]

    def _follow(self, patient: str, survivor: str, lines: Sequence[Line]) -> Followed:
        with self._unit.bookkeeping("drafts follow") as session:
            move_drafts(session, patient, survivor)
        moved: list[str] = []
        left: list[str] = []
        for line in lines:
            try:
                with self._unit.write(FOLLOW) as write:
                    if self._move(write, line, patient, survivor):
                        moved.append(line.local_id)
            except NotUsable:
                left.append(line.local_id)
        return Followed(patient, survivor, tuple(moved), tuple(left))

    def _referring(self, patients: Iterable[str], since: datetime) -> dict[str, list[Line]]:
        """By patient, the newest line of each record that refers to her, in the order they were written."""
        found: dict[str, list[Line]] = {patient: [] for patient in patients}
        with self._unit.read(FOLLOW) as read:
            done = received.done_since(read.session, since, self._kept_here)
            newest = {line.local_id: line for line in (*done, *received.waiting(read.session))}
            for line in newest.values():
                for patient in found.keys() & self._needs(read, line):
                    found[patient].append(line)
        return found

    def _needs(self, read: Read, line: Line) -> set[str]:
        exchange = self._kinds.named(line.kind)
        if exchange.needs is None or exchange.rtype in _NOT_MOVED:
            return set()
        return set(exchange.needs(read, line.local_id, exchange.revision(read, line.local_id)))

    def _move(self, write: Write, line: Line, patient: str, survivor: str) -> bool:
        exchange = self._kinds.named(line.kind)
        waiting = received.unconfirmed(write.session, [line.local_id]).get(line.local_id, [])
        if exchange.body is None or any(one.under_way for one in waiting):
            return False
        self._take(write, exchange, line.local_id, {patient: survivor})
        received.move(write.session, waiting, State.SQUASHED)
        return True

    def _take(self, write: Write, exchange: Kind, local_id: str, instead: dict[str, str]) -> None:
        link = Leading(write, self._clinic, self._base).link_ours
        row = mirror.of(write.session, local_id)
        revision = exchange.revision(write, local_id)
        assert exchange.body is not None
        body = exchange.body(Read(write.session), local_id, revision, (row.base if row else None) or {})
        moved = named(body, lambda reference: instead.get(link(reference), link(reference)))
        exchange.take(write, Arrival(moved, local_id, revision, link), Origin.MERGED)
