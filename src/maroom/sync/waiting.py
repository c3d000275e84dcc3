"""What is on its way to the server, record by record, for somebody to look at: what it is, whose, by whom, where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from maroom.core.names import listed
from maroom.core.people import Opening, Right
from maroom.core.visit import VisitRef
from maroom.fhir import reading
from maroom.fhir.exchange import NotUsable, Resource
from maroom.fhir.outcome import Issue, Outcome
from maroom.store import listing, mirror, runs, sending
from maroom.store.listing import Listed
from maroom.store.outbox import FOR_A_PERSON, NOTES, State
from maroom.store.runs import Ran
from maroom.store.unit_of_work import Act, Read, Session, UnitOfWork
from maroom.sync.conflicts import Conflicts
from maroom.sync.kinds import Exchanges, Kinds
from maroom.sync.phase import Ended
from maroom.sync.push.bench import Bench

_ORDER = (*FOR_A_PERSON, State.HELD, State.SENDING, State.BLOCKED, State.QUEUED, State.KEPT, State.DONE)
_OURS = "urn:uuid:"


@dataclass(frozen=True)
class Receipt:
    """What the server told when it confirmed a record: its version there, and since when; empty and None where it did not."""

    version: str = ""
    since: datetime | None = None


@dataclass(frozen=True)
class Record:
    """One record, by the line of it that a person should look at first. `since` is when it was first typed; `until`, when its
    answer is asked for at the earliest; `body` how it stands here now, empty where it is none that is sent; `corrected`: it
    was refused, and changed here since. It holds patient data."""

    local_id: str
    kind: str
    revision: int
    op: str
    author: str
    since: datetime
    state: State
    why: str = ""
    until: datetime | None = None
    corrected: bool = False
    patient: str = ""
    about: VisitRef | None = None
    body: Resource = field(default_factory=dict[str, object])
    receipt: Receipt | None = None

    @property
    def key(self) -> str:
        return self.local_id


@dataclass(frozen=True)
class Waiting:
    """`records`: what waits for a person first, what was confirmed last. `notes` are those of who did what that go along;
    `counts` are records by state, without notes, however many are shown."""

    records: tuple[Record, ...] = ()
    notes: int = 0
    counts: Mapping[State, int] = field(default_factory=dict[State, int])
    more: int = 0


@dataclass(frozen=True)
class Wanted:
    """How much of it: at most `most` of what is not done, what stays here only if `kept`, and the last `confirmed` of what was
    sent since then."""

    most: int
    kept: bool = False
    since: datetime | None = None
    confirmed: int = 0


@dataclass(frozen=True)
class Past:
    """`away_since`: nobody answers there since then, as far as was tried."""

    whole: Ran | None = None
    last: Ran | None = None
    away_since: datetime | None = None

    @classmethod
    def of(cls, session: Session) -> Past:
        return cls(runs.last(session, complete=True), runs.last(session), runs.away_since(session, Ended.NOT_REACHED))


def for_a_person(session: Session) -> int:
    """How many records wait for somebody to decide."""
    counts = sending.counts(session)
    return sum(counts.get(state, 0) for state in FOR_A_PERSON)


@dataclass(frozen=True)
class Said:
    """Why the server did not take a record, as it said it."""

    status: int | None = None
    issues: tuple[Issue, ...] = ()


class Outbox:
    def __init__(self, unit: UnitOfWork, exchanges: Exchanges) -> None:
        self._unit = unit
        self._kinds = Kinds(exchanges)

    def look(self, opening: Opening, wanted: Wanted) -> Waiting:
        with self._unit.read(Act.of(opening, "outbox.list", Right.READ)) as read:
            lines = _by_record(listing.unfinished(read.session))
            told = [some for some in lines if some[0].kind not in NOTES or _stands(some) in FOR_A_PERSON]
            shown = [some for some in told if wanted.kept or _stands(some) is not State.KEPT]
            records = [self._record(read, some) for some in shown[: wanted.most]]
            if wanted.since:
                left = {some[0].local_id for some in lines}
                done = listing.confirmed(read.session, wanted.since, wanted.confirmed, NOTES)
                newest = {line.local_id: line for line in reversed(done) if line.local_id not in left}
                records += [self._record(read, [line]) for line in reversed(newest.values())]
        counts = Counter(map(_stands, told))
        return Waiting(tuple(records), len(lines) - len(told), counts, max(len(shown) - wanted.most, 0))

    def past(self) -> Past:
        with self._unit.glance() as session:
            return Past.of(session)

    def corrected(self) -> tuple[str, ...]:
        """Record ids of what was refused and changed here since."""
        with self._unit.glance() as session:
            return tuple(listing.corrected(session))

    def said(self, opening: Opening, local_id: str) -> Said:
        """Of what stopped; KeyError where nothing of the record did."""
        with self._unit.read(Act.of(opening, "outbox.said", Right.READ)) as read:
            lines = [line for line in listing.unfinished(read.session) if line.local_id == local_id]
            if not lines:
                raise KeyError(local_id)
            answer = listing.answer(read.session, _first(lines).seq)
        return Said(answer.status, Outcome.of(answer.outcome).refusals())

    def _record(self, read: Read, lines: Sequence[Listed]) -> Record:
        line = _first(lines)
        body = self._body(read, line.kind, line.local_id)
        about = _about(line, body)
        return Record(
            line.local_id,
            line.kind,
            lines[-1].revision,
            line.op,
            lines[-1].author,
            lines[0].at,
            State(line.state),
            line.why,
            line.not_before if line.state == State.HELD else None,
            line.state == State.QUARANTINED and any(other.seq > line.seq for other in lines),
            self._name(read, about.patient) if about else "",
            about,
            body,
            _receipt(read, line) if line.state == State.DONE else None,
        )

    def _body(self, read: Read, kind: str, local_id: str) -> Resource:
        try:
            exchange = self._kinds.named(kind)
        except KeyError:
            return {}
        revision = exchange.revision(read, local_id)
        return exchange.body(read, local_id, revision, {}) if exchange.body and revision else {}

    def _name(self, read: Read, patient: str) -> str:
        body = self._body(read, "patient", patient)
        return listed(reading.human_name(body, "name")) if body else ""


def _receipt(read: Read, line: Listed) -> Receipt:
    row = mirror.of(read.session, line.local_id)
    return Receipt(row.version or "", row.updated) if row else Receipt()


def _by_record(lines: Sequence[Listed]) -> list[list[Listed]]:
    """Each record's lines with the first that counts at their head's state; what waits for a person comes first."""
    found: dict[str, list[Listed]] = {}
    for line in lines:
        found.setdefault(line.local_id, []).append(line)
    return sorted(found.values(), key=lambda some: (_rank(_first(some)), some[0].seq))


def _first(lines: Sequence[Listed]) -> Listed:
    """The line that says where the record stands."""
    return min(lines, key=_rank)


def _stands(lines: Sequence[Listed]) -> State:
    return State(_first(lines).state)


def _rank(line: Listed) -> int:
    return _ORDER.index(State(line.state))


def _about(line: Listed, body: Resource) -> VisitRef | None:
    try:
        patient, visit = _local(body, "subject") or _local(body, "patient"), _local(body, "encounter")
    except NotUsable:
        return None
    if body.get("resourceType") == "Patient":
        patient = line.local_id
    if body.get("resourceType") == "Encounter":
        visit = line.local_id
    return VisitRef(visit, patient) if patient else None


def _local(body: Resource, name: str) -> str:
    """The record id that an element of ours leads to."""
    written = reading.reference(body, name)
    return written.removeprefix(_OURS) if written.startswith(_OURS) else ""


@dataclass(frozen=True)
class Records:
    """All that a person can see and do of what is on its way."""

    outbox: Outbox
    bench: Bench
    conflicts: Conflicts

    @classmethod
    def of(cls, unit: UnitOfWork, exchanges: Exchanges, clinic_id: str, base: str) -> Records:
        """`base` is the server's address."""
        return cls(Outbox(unit, exchanges), Bench(unit, exchanges), Conflicts(unit, exchanges, clinic_id, base.rstrip("/")))
