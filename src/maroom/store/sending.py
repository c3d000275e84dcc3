"""The lines of the outbox on their way: what could go up, what is under way, and where each one comes to stand. Bookkeeping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from maroom.store import outbox
from maroom.store.exchanged import AttemptRow
from maroom.store.outbox import FINISHED, OutboxRow, State

_ASKED_AT_ONCE = 5000
NOT_NEEDED = "not_needed"
"""Why a line is kept that goes up as soon as something charted needs it."""


class Sendable(NamedTuple):
    """A line that could go up. `sent`: it may be there already, from an earlier time."""

    seq: int
    local_id: str
    kind: str
    revision: int
    op: str
    author: str
    at: datetime
    state: str
    why: str
    attempts: int
    sent: bool


class Frozen(NamedTuple):
    """A line as it was sent, or will be again. `body` is none where it was not made yet."""

    seq: int
    local_id: str
    kind: str
    revision: int
    body: str | None
    base_version: str | None
    attempts: int
    failing_since: datetime | None


class Sending(NamedTuple):
    """What is written of a line before its first byte goes out."""

    seq: int
    body: str
    base_version: str | None


_MAY_BE_THERE = or_(OutboxRow.last_sent_at.is_not(None), OutboxRow.exported.is_not(None))


def sendable(session: Session, also: Sequence[State] = ()) -> list[Sendable]:
    """By seq: what waits, what is blocked (that may have ended), and what nothing charted needed until now. `also`: lines in
    further states."""
    columns = (*outbox.columns([name for name in Sendable._fields if name != "sent"]), _MAY_BE_THERE)
    unneeded = (OutboxRow.state == State.KEPT) & (OutboxRow.why == NOT_NEEDED)
    wanted = or_(OutboxRow.state.in_((State.QUEUED, State.BLOCKED, *also)), unneeded)
    return [Sendable(*row) for row in session.execute(select(*columns).where(wanted).order_by(OutboxRow.seq))]


def highest(session: Session) -> int:
    return session.scalar(select(func.max(OutboxRow.seq))) or 0


_NOT_PLANNED = (State.SENDING, State.HELD, State.QUARANTINED, State.CONFLICT, State.TO_LINK, State.BY_HAND)


def standing(session: Session, local_ids: Iterable[str]) -> dict[str, set[str]]:
    """By record, in which states lines of it are beyond those that could go up."""
    found: dict[str, set[str]] = {}
    for some in _portions(local_ids):
        wanted = select(OutboxRow.local_id, OutboxRow.state).distinct()
        rows = session.execute(wanted.where(OutboxRow.local_id.in_(some), OutboxRow.state.in_(_NOT_PLANNED)))
        for local_id, state in rows:
            found.setdefault(local_id, set()).add(state)
    return found


def with_lines(session: Session, local_ids: Iterable[str]) -> set[str]:
    """Those that have a line of whatever state."""
    found: set[str] = set()
    for some in _portions(local_ids):
        found.update(session.scalars(select(OutboxRow.local_id).distinct().where(OutboxRow.local_id.in_(some))))
    return found


def _portions(local_ids: Iterable[str]) -> Iterator[list[str]]:
    ids = iter(local_ids)
    while some := list(islice(ids, _ASKED_AT_ONCE)):
        yield some


_FROZEN = select(*outbox.columns(Frozen._fields))


def frozen(session: Session, seqs: Iterable[int]) -> dict[int, Frozen]:
    rows = session.execute(_FROZEN.where(OutboxRow.seq.in_(list(seqs))))
    return {row.seq: Frozen(*row) for row in rows}


def due(session: Session, now: datetime) -> list[Frozen]:
    """Held lines that may be asked for."""
    wanted = _FROZEN.where(OutboxRow.state == State.HELD, OutboxRow.not_before <= now)
    return [Frozen(*row) for row in session.execute(wanted.order_by(OutboxRow.seq))]


def to_link(session: Session) -> list[Frozen]:
    """What the server lets nobody create."""
    return [Frozen(*row) for row in session.execute(_FROZEN.where(OutboxRow.state == State.TO_LINK).order_by(OutboxRow.seq))]


def next_due(session: Session) -> datetime | None:
    return session.scalar(select(func.min(OutboxRow.not_before)).where(OutboxRow.state == State.HELD))


def counts(session: Session) -> dict[str, int]:
    """Records by the state of their lines; what nothing needs yet does not count as kept."""
    wanted = select(OutboxRow.state, func.count(OutboxRow.local_id.distinct())).where(OutboxRow.why != NOT_NEEDED)
    return dict(session.execute(wanted.group_by(OutboxRow.state)).all())


def recover(session: Session, now: datetime, hold: timedelta) -> int:
    """Of lines whose request may have been under way when the program ended; how many. A clock that was set back must not make
    anything wait longer than `hold` from now."""
    latest = now + hold
    known = (OutboxRow.last_sent_at.is_not(None)) & (OutboxRow.last_sent_at <= now)
    under_way = list(session.execute(select(OutboxRow.seq, case((known, OutboxRow.last_sent_at))).where(_SENDING)))
    for seq, sent in under_way:
        _put(session, [seq], state=State.HELD, not_before=(sent or now) + hold)
    session.execute(
        update(OutboxRow).where(OutboxRow.state == State.HELD, OutboxRow.not_before > latest).values(not_before=latest)
    )
    return len(under_way)


_SENDING = OutboxRow.state == State.SENDING


def begin(session: Session, what: str, lines: Sequence[Sending], covered: Sequence[int], now: datetime) -> int:
    """The lines are under way from here on. The number of the attempt."""
    octets = sum(len(line.body) for line in lines)
    opened = {"at": now, "what": what, "lines": len(lines), "octets": octets, "status": None, "milliseconds": None}
    number = session.scalars(insert(AttemptRow).values(opened).returning(AttemptRow.id)).one()
    values = [{"of": line.seq, "frozen": line.body, "base": line.base_version, "attempt": number, "now": now} for line in lines]
    session.connection().execute(_BEGIN, values)
    if covered:
        _put(session, covered, state=State.SQUASHED, why="")
    return number


_BEGIN = (
    update(OutboxRow.table())
    .where(OutboxRow.table().c.seq == bindparam("of"))
    .values(
        state=State.SENDING,
        body=bindparam("frozen"),
        base_version=bindparam("base"),
        attempt_id=bindparam("attempt"),
        last_sent_at=bindparam("now"),
        attempts=OutboxRow.table().c.attempts + 1,
        why="",
    )
)


def answered(session: Session, attempt: int, status: int | None, milliseconds: int) -> None:
    closing = update(AttemptRow).where(AttemptRow.id == attempt)
    session.execute(closing.values(status=status, milliseconds=milliseconds))


def move(session: Session, seqs: Sequence[int], state: State, why: str = "", **also: Any) -> None:
    """`also` are further columns: status, outcome."""
    _put(session, seqs, state=state, why=why, **also)


def requeue(session: Session, seqs: Sequence[int]) -> None:
    """The server certainly carried nothing of it out: as if it had never been sent. What left in a file stays as it left."""
    body = case((OutboxRow.exported.is_not(None), OutboxRow.body))
    fresh = {"body": body, "base_version": None, "last_sent_at": None, "attempts": 0, "failing_since": None}
    _put(session, seqs, state=State.QUEUED, why="", not_before=None, **fresh)


def again(session: Session, seqs: Sequence[int]) -> None:
    """It is not there, as far as the server knows; it is sent again as it was."""
    _put(session, seqs, state=State.QUEUED, why="", not_before=None)


def hold(session: Session, seqs: Sequence[int], until: datetime) -> None:
    _put(session, seqs, state=State.HELD, not_before=until)


def failing(session: Session, seqs: Sequence[int], now: datetime) -> None:
    """Since the first time, until something else becomes of them."""
    since = func.coalesce(OutboxRow.failing_since, bindparam("since", now, OutboxRow.failing_since.type))
    session.execute(update(OutboxRow).where(OutboxRow.seq.in_(list(seqs))).values(failing_since=since))


def done(session: Session, seqs: Sequence[int], why: str = "") -> None:
    cleared = {"not_before": None, "outcome": None, "failing_since": None}
    _put(session, seqs, state=State.DONE, why=why, **cleared)


def offer_again(session: Session, whys: Sequence[str]) -> None:
    """What stayed here for what a server does not do: it may have learned."""
    stayed = OutboxRow.state.in_((State.KEPT, State.TO_LINK, State.BY_HAND))
    fresh: dict[str, Any] = {"state": State.QUEUED, "why": "", "outcome": None}
    session.execute(update(OutboxRow).where(stayed, OutboxRow.why.in_(list(whys))).values(**fresh))


_EARLIER = aliased(OutboxRow)
_UNNEEDED = (_EARLIER.state == State.KEPT) & (_EARLIER.why == NOT_NEEDED)
FIRST = ~exists().where(
    _EARLIER.local_id == OutboxRow.local_id, _EARLIER.seq < OutboxRow.seq, _EARLIER.state.not_in(FINISHED) | _UNNEEDED
)
"""That a line is the first of its record that is not done. What was not sent yet is looked for by that one: the server may have
it as a later one says, and then all of them are done."""


def _put(session: Session, seqs: Sequence[int], **values: Any) -> None:
    for n in range(0, len(seqs), _ASKED_AT_ONCE):
        session.execute(update(OutboxRow).where(OutboxRow.seq.in_(seqs[n : n + _ASKED_AT_ONCE])).values(**values))
