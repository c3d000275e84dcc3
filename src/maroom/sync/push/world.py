"""What there is to plan with: the lines that wait, what they need, and how all of that stands at the server."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maroom.core.clock import Moment
from maroom.fhir.exchange import NotUsable
from maroom.store import outbox, received, sending
from maroom.store.base import Op
from maroom.store.outbox import State
from maroom.store.received import Mirrored
from maroom.store.sending import Sendable
from maroom.store.unit_of_work import Act, Read, Session, UnitOfWork
from maroom.sync.kinds import Kind, Kinds
from maroom.sync.push.plan import Place, Standing, Verdict, Wait, Why
from maroom.sync.push.steps import FOLLOWING, Line

_IDLE = ("planned", "cancelled", "entered-in-error")
"""Statuses of an Encounter to which nobody came."""
_WAITS = {
    State.SENDING: Wait.ANSWER,
    State.HELD: Wait.ANSWER,
    State.TO_LINK: Wait.LINK,
    State.QUARANTINED: Wait.PERSON,
    State.CONFLICT: Wait.PERSON,
    State.BY_HAND: Wait.PERSON,
}


class World:
    """`act` is under what the records are read: one audit line a run. Lines written after `until` wait for the next run. Lines
    in the states `also` are taken as if they waited."""

    def __init__(self, unit: UnitOfWork, kinds: Kinds, act: Act, until: int, also: Sequence[State] = ()) -> None:
        self._unit = unit
        self._kinds = kinds
        self._act = act
        self._until = until
        self._also = also
        self.lines: list[Line] = []
        self.places: dict[str, Place] = {}
        self.unmakeable: dict[int, Verdict] = {}

    def load(self, now: Moment) -> None:
        """Reads it anew. What a line needs and nobody typed, as it came in a file or with an appointment, gets a line."""
        while True:
            with self._unit.read(self._act) as read:
                self._read(read)
                missing = self._missing(read)
            if not missing:
                return
            with self._unit.bookkeeping("queue what is needed") as session:
                outbox.queue(
                    session.connection(),
                    [outbox.line(local_id, kind, revision, Op.CREATE, "", "", now) for local_id, kind, revision in missing],
                )

    def _read(self, read: Read) -> None:
        found = [line for line in sending.sendable(read.session, self._also) if line.seq <= self._until or line.author == ""]
        self.unmakeable = {}
        known = received.by_id(read.session, {line.local_id for line in found})
        self.lines = [made for line in found if (made := self._line(read, line, known.get(line.local_id)))]
        needed = {need for line in self.lines for need in line.needs}
        self.places = self._placed(read.session, needed | {line.local_id for line in self.lines})

    def _line(self, read: Read, line: Sendable, known: Mirrored | None) -> Line | None:
        try:
            exchange = self._kinds.named(line.kind)
            needs = exchange.needs(read, line.local_id, line.revision) if exchange.needs else ()
            idle = not _is_there(known) and self._is_idle(read, exchange, line)
        except (NotUsable, LookupError):
            self.unmakeable[line.seq] = Verdict(State.QUARANTINED, Why.CANNOT_BE_MADE)
            return None
        return Line(
            line.seq, line.local_id, line.kind, exchange.rtype, line.revision, line.op, line.author, line.at, line.state,
            line.why, tuple(dict.fromkeys(needs)), line.attempts, line.sent, idle,
        )  # fmt: skip

    def _is_idle(self, read: Read, exchange: Kind, line: Sendable) -> bool:
        if exchange.withheld and exchange.withheld(read, line.local_id, line.revision):
            return True
        if exchange.rtype != "Encounter" or exchange.body is None:
            return False
        return exchange.body(read, line.local_id, line.revision, {}).get("status") in _IDLE

    def _placed(self, session: Session, local_ids: Iterable[str]) -> dict[str, Place]:
        ids = list(local_ids)
        mirrored = {local_id: one for some in _portions(ids) for local_id, one in received.by_id(session, some).items()}
        states = {local_id: found.difference(self._also) for local_id, found in sending.standing(session, ids).items()}
        return {local_id: _place(mirrored.get(local_id), states.get(local_id, set())) for local_id in ids}

    def _missing(self, read: Read) -> list[tuple[str, str, int]]:
        """Records that something charted refers to, ours to create and not yet in the queue: id, kind, revision."""
        bringing = [line for line in self.lines if line.rtype not in FOLLOWING and not line.idle]
        nowhere = {
            need for line in bringing for need in line.needs if self.places[need].standing is Standing.NOWHERE
        } - {line.local_id for line in self.lines}  # fmt: skip
        unsent = nowhere - sending.with_lines(read.session, nowhere)
        found = ((local_id, self._kinds.of_record(read, local_id)) for local_id in sorted(unsent))
        return [(local_id, kind.kind, kind.revision(read, local_id)) for local_id, kind in found if kind and kind.body]


def _is_there(known: Mirrored | None) -> bool:
    return known is not None and bool(known.server_id) and not known.gone


def _place(known: Mirrored | None, states: set[str]) -> Place:
    standing = Standing.NOWHERE
    if known and known.server_id:
        standing = Standing.GONE if known.gone else Standing.THERE
    wait = next((wait for state, wait in _WAITS.items() if state in states), Wait.NOTHING)
    return Place(standing, wait, known.rtype if known else "")


def _portions(ids: Sequence[str], most: int = 5000) -> Iterable[Sequence[str]]:
    return (ids[n : n + most] for n in range(0, len(ids), most))
