"""Two patients who were one: what was charted here for the one that is no more, and waits to be sent, follows the other.

What is on the server already is the server's to move, and comes with the next pull. Nothing is changed in what was written
before: the records get a further revision.
"""

from __future__ import annotations

from dataclasses import dataclass

from maroom.core.people import SYSTEM, Right
from maroom.fhir.exchange import Arrival, NotUsable
from maroom.store import mirror, received
from maroom.store.base import Origin
from maroom.store.outbox import State
from maroom.store.received import Line
from maroom.store.unit_of_work import Act, Read, UnitOfWork, Write
from maroom.sync.kinds import Kind, Kinds
from maroom.sync.leading import Leading
from maroom.sync.merge.references import named

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

    def follow(self, patient: str, survivor: str) -> Followed:
        """Each record in a unit of work of its own. One that is just being sent follows with the next run."""
        moved: list[str] = []
        left: list[str] = []
        for line in self._of(patient):
            try:
                with self._unit.write(FOLLOW) as write:
                    if self._move(write, line, patient, survivor):
                        moved.append(line.local_id)
            except NotUsable:
                left.append(line.local_id)
        return Followed(patient, survivor, tuple(moved), tuple(left))

    def _of(self, patient: str) -> list[Line]:
        """The newest waiting line of each record that refers to the patient, in the order they were written."""
        with self._unit.read(FOLLOW) as read:
            newest = {line.local_id: line for line in received.waiting(read.session)}
            return [line for line in newest.values() if self._refers(read, line, patient)]

    def _refers(self, read: Read, line: Line, patient: str) -> bool:
        exchange = self._kinds.named(line.kind)
        return exchange.needs is not None and patient in exchange.needs(read, line.local_id, line.revision)

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
