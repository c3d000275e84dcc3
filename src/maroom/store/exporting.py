"""Lines of the outbox that left this station in a file. Whether the file was carried anywhere nobody tells: so in each run
they are asked for before they are sent, until the server is known to have them. Bookkeeping."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm import Session, aliased

from maroom.store import outbox, sending
from maroom.store.outbox import FINISHED, OutboxRow, State
from maroom.store.sending import FIRST, Sending

_ASKED_AT_ONCE = 5000


class Written(NamedTuple):
    """Who wrote a line, when and where, for whoever reads it elsewhere."""

    seq: int
    message_id: str
    author: str
    station: str
    at: datetime
    at_offset: int


def written(session: Session, seqs: Sequence[int]) -> dict[int, Written]:
    columns = outbox.columns(Written._fields)
    found: dict[int, Written] = {}
    for n in range(0, len(seqs), _ASKED_AT_ONCE):
        rows = session.execute(select(*columns).where(OutboxRow.seq.in_(seqs[n : n + _ASKED_AT_ONCE])))
        found |= {row.seq: Written(*row) for row in rows}
    return found


def leave(session: Session, lines: Sequence[Sending], covered: Sequence[int], now: datetime) -> None:
    """From here on they may be on the server. The first of each record waits to be asked for; what was refused stays so."""
    values = [{"of": line.seq, "frozen": line.body, "base": line.base_version, "now": now} for line in lines]
    if values:
        session.connection().execute(_LEAVE, values)
    sending.move(session, covered, State.SQUASHED)
    ask_for(session, now)


_TABLE = OutboxRow.table()
_LEAVE = (
    update(_TABLE)
    .where(_TABLE.c.seq == bindparam("of"))
    .values(body=bindparam("frozen"), base_version=bindparam("base"), exported=bindparam("now"))
)


def ask_for(session: Session, now: datetime) -> None:
    """What left and would be sent next is looked for first: somebody may have carried it there since."""
    waits = OutboxRow.state.in_((State.QUEUED, State.BLOCKED))
    held = {"state": State.HELD, "why": "", "not_before": now}
    session.execute(update(OutboxRow).where(waits, FIRST, _LEFT_HERE).values(**held))


_LEFT = aliased(OutboxRow)
_LEFT_HERE = exists().where(
    _LEFT.local_id == OutboxRow.local_id, _LEFT.exported.is_not(None), _LEFT.state != State.DONE
)  # fmt: skip


def later(session: Session, local_id: str, seq: int) -> list[tuple[int, int]]:
    """Lines of a record that left in a file after that one, and wait: number and revision, in the order they were written."""
    left = (OutboxRow.local_id == local_id, OutboxRow.seq > seq, OutboxRow.exported.is_not(None))
    wanted = select(OutboxRow.seq, OutboxRow.revision).where(*left, OutboxRow.state.not_in(FINISHED))
    return [(row.seq, row.revision) for row in session.execute(wanted.order_by(OutboxRow.seq))]


def take_in(session: Session, lines: Iterable[dict[str, Any]], now: datetime) -> bool:
    """Lines of another station, with their bodies, to be put on the server from here: those that are not here yet. Whether
    there were any."""
    here = set(session.scalars(select(OutboxRow.message_id)))
    fresh = {"state": State.QUEUED, "why": "", "attempts": 0, "exported": now}
    new = [line | fresh for line in lines if line["message_id"] not in here]
    outbox.queue(session.connection(), new)
    ask_for(session, now)
    return bool(new)
