"""What waits for a person: records that were changed here and on the server, or removed there. Field by field, before, mine and
theirs; nothing is decided by software but what its rule settles, and nothing is thrown away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from maroom.core.ids import new_id
from maroom.core.people import SYSTEM, Opening, Right
from maroom.fhir.exchange import Arrival, NotUsable, Resource
from maroom.fhir.rule import Manner
from maroom.store import mirror, received
from maroom.store.base import Origin
from maroom.store.mirror import MirrorRow
from maroom.store.outbox import State
from maroom.store.received import Line
from maroom.store.unit_of_work import Act, Read, UnitOfWork, Write
from maroom.sync.kinds import Exchanges, Kinds
from maroom.sync.leading import Leading
from maroom.sync.merge import Choices, Clash, Conflict, Merged, Side, Taken
from maroom.sync.served import Served
from maroom.sync.settling import UNREADABLE, Case, Settled, bodies_of, judged, known, set_aside, settle

MERGE = Act(SYSTEM, "merge", Right.UPKEEP)
_OF_THE_SERVER = ("id", "meta", "identifier", "text")


@dataclass(frozen=True)
class Open:
    """One record that waits. `about` are the record ids that it refers to, its patient among them; of a patient it is empty.
    `author` changed it here last, by record id. `removed`: it is no longer on the server; `unreadable`: what is there cannot be
    read here. Of both there is nothing to compare. `clashes` hold patient data."""

    local_id: str
    kind: str
    revision: int
    about: tuple[str, ...]
    author: str
    changed_there: datetime | None
    clashes: tuple[Clash, ...] = ()
    taken: tuple[Taken, ...] = ()
    """what was merged beside them, and comes with whatever is chosen"""
    both: bool = False
    """two readings can be kept side by side"""
    removed: bool = False
    unreadable: bool = False


class Conflicts:
    """`base` is the server's address."""

    def __init__(self, unit: UnitOfWork, exchanges: Exchanges, clinic_id: str, base: str) -> None:
        self._unit = unit
        self._kinds = Kinds(exchanges)
        self._clinic = clinic_id
        self._base = base

    # the sync's

    def stale(self, local_id: str, kind: str, theirs: Resource) -> Settled:
        """The server refused a change of ours as made from an old version: `theirs` is what it has."""
        try:
            with self._unit.write(MERGE) as write:
                return settle(write, self._stale(write, local_id, kind, Served.of(theirs)))
        except NotUsable:
            with self._unit.write(MERGE) as write:
                return set_aside(write, self._stale(write, local_id, kind, _as_it_is(theirs)), UNREADABLE)

    def _stale(self, write: Write, local_id: str, kind: str, served: Served) -> Case:
        """With nothing under way: the answer is known."""
        lines = received.unconfirmed(write.session, [local_id]).get(local_id, [])
        lines = [line._replace(state=State.CONFLICT) if line.state == State.SENDING else line for line in lines]
        exchange = self._kinds.named(kind, served.rtype)
        return Case(exchange, local_id, served, lines, self._leading(write, served).link_ours)

    def again(self, stop: Callable[[], bool]) -> Counter[Settled]:
        """What waited for an answer to ours, or can be merged by now: before a pull, each in a unit of work of its own."""
        settled: Counter[Settled] = Counter()
        for local_id in self._ready():
            if stop():
                break
            try:
                with self._unit.write(MERGE) as write:
                    settled[settle(write, self._must(write, local_id))] += 1
            except (NotUsable, KeyError):
                continue  # still not to be read here, or settled by somebody meanwhile
        return settled

    def _ready(self) -> list[str]:
        """What needs neither a person nor an answer any more."""
        with self._unit.glance() as session:
            waiting = received.in_question(session)
        if not waiting:
            return []
        with self._unit.read(MERGE) as read:
            cases = [case for local_id in waiting if (case := self._case(read, local_id))]
            free = [case for case in cases if not any(line.under_way for line in case.lines)]
            return [case.local_id for case in free if isinstance(_judged(read, case), Merged)]

    # the page's

    def listed(self, opening: Opening) -> tuple[Open, ...]:
        """In no order. What rules can settle by now is not among them: the next run does."""
        with self._unit.read(Act.of(opening, "conflict.list", Right.READ)) as read:
            compared = (self._compared(read, local_id) for local_id in received.in_question(read.session))
            removed = (self._removed(read, local_id) for local_id in received.clashed(read.session))
            return tuple(one for one in (*compared, *removed) if one)

    def choose(self, opening: Opening, local_id: str, choices: Choices) -> Settled:
        """By the path of each clash; CONFLICT where some are left. What comes of it is a revision by this person."""
        with self._unit.write(Act.of(opening, "conflict.choose", Right.CHART)) as write:
            return settle(write, self._must(write, local_id), choices)

    def keep_both(self, opening: Opening, local_id: str) -> str:
        """Theirs stands as it is, and ours is a record of its own, whose id is given back. ValueError for what is no reading
        in conflict."""
        with self._unit.write(Act.of(opening, "conflict.keep_both", Right.CHART)) as write:
            case = self._must(write, local_id)
            bodies = bodies_of(write, case)
            result = judged(case, bodies)
            if not isinstance(result, Conflict) or case.exchange.rule.manner is not Manner.APPEND_ONLY:
                raise ValueError("no reading in conflict")
            ours = {name: value for name, value in bodies.mine.items() if name not in _OF_THE_SERVER}
            other = new_id()
            case.exchange.take(write, Arrival(ours, other, 0, case.link), Origin.MERGED)
            settle(write, case, {clash.path: Side.THEIRS for clash in result.clashes})
            return other

    def give_up(self, opening: Opening, local_id: str) -> None:
        """Where it is no longer there, or cannot be read here: what was changed here stays here, and nothing of it is sent."""
        with self._unit.write(Act.of(opening, "conflict.give_up", Right.CHART)) as write:
            received.move(write.session, self._clashing(write, local_id), State.SQUASHED, "given_up")
            case = self._case(write, local_id)
            if case:
                known(write, case)

    def insist(self, opening: Opening, local_id: str) -> None:
        """Where theirs cannot be read here: ours is sent on top of it, and what is not ours in it stays."""
        with self._unit.write(Act.of(opening, "conflict.insist", Right.CHART)) as write:
            lines = self._clashing(write, local_id)
            known(write, self._must(write, local_id))
            received.move(write.session, lines[:-1], State.SQUASHED)
            received.rebase(write.session, lines[-1])

    def send_again(self, opening: Opening, local_id: str) -> None:
        """Made on the server anew, as it stands here."""
        with self._unit.write(Act.of(opening, "conflict.send_again", Right.CHART)) as write:
            lines = self._clashing(write, local_id)
            received.never_there(write.session, local_id)
            received.move(write.session, lines[:-1], State.SQUASHED)
            received.rebase(write.session, lines[-1])

    def _clashing(self, write: Write, local_id: str) -> list[Line]:
        """KeyError where nothing of the record waits for a person."""
        lines = received.unconfirmed(write.session, [local_id]).get(local_id, [])
        found = [line for line in lines if line.state == State.CONFLICT]
        if not found:
            raise KeyError(local_id)
        return found

    def _must(self, write: Write, local_id: str) -> Case:
        """KeyError where it is in no conflict (any more)."""
        case = self._case(write, local_id)
        if case is None:
            raise KeyError(local_id)
        return case

    def _case(self, unit: Read | Write, local_id: str) -> Case | None:
        row = mirror.of(unit.session, local_id)
        if row is None or row.theirs is None:
            return None
        served = Served.of(row.theirs)
        exchange = self._kinds.of(row.kind, row.theirs)
        lines = received.unconfirmed(unit.session, [local_id]).get(local_id, [])
        return Case(exchange, local_id, served, lines, self._leading(unit, served).link_ours) if exchange else None

    def _leading(self, unit: Read | Write, served: Served) -> Leading:
        leading = Leading(unit, self._clinic, self._base)
        leading.look_up([served])
        return leading

    def _compared(self, read: Read, local_id: str) -> Open | None:
        case = self._case(read, local_id)
        if case is None or any(line.under_way for line in case.lines):
            return None
        result = _judged(read, case)
        if isinstance(result, Merged) and all(line.why != UNREADABLE for line in case.lines):
            return None
        if not isinstance(result, Conflict):
            return self._open(read, case.exchange.kind, local_id, case.served.updated, unreadable=True)
        both = case.exchange.rule.manner is Manner.APPEND_ONLY
        return self._open(read, case.exchange.kind, local_id, case.served.updated, result.clashes, result.taken, both)

    def _removed(self, read: Read, local_id: str) -> Open | None:
        row = mirror.of(read.session, local_id)
        return self._open(read, row.kind, local_id, None, removed=True) if row and _is_removed(row) else None

    def _open(
        self,
        read: Read,
        kind: str,
        local_id: str,
        changed_there: datetime | None,
        clashes: tuple[Clash, ...] = (),
        taken: tuple[Taken, ...] = (),
        both: bool = False,
        *,
        removed: bool = False,
        unreadable: bool = False,
    ) -> Open:
        exchange = self._kinds.named(kind)
        revision = exchange.revision(read, local_id)
        about = exchange.needs(read, local_id, revision) if exchange.needs and revision else ()
        lines = received.unconfirmed(read.session, [local_id]).get(local_id, [])
        author = lines[-1].author if lines else ""
        return Open(local_id, kind, revision, about, author, changed_there, clashes, taken, both, removed, unreadable)


def _judged(read: Read, case: Case) -> Merged | Conflict | None:
    """None where theirs cannot be read."""
    try:
        return judged(case, bodies_of(read, case))
    except NotUsable:
        return None


def _as_it_is(theirs: Resource) -> Served:
    return Served(theirs, str(theirs.get("resourceType")), str(theirs.get("id", "")), "", None)


def _is_removed(row: MirrorRow) -> bool:
    return bool(row.gone) and row.theirs is None
