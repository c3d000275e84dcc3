"""Lines of the outbox for somebody to look at: what is on its way, what stopped, what came through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from maroom.store import outbox
from maroom.store.outbox import OutboxRow, State
from maroom.store.sending import NOT_NEEDED


class Listed(NamedTuple):
    """`not_before`: of what is held, when its answer is asked for at the earliest."""

    seq: int
    local_id: str
    kind: str
    revision: int
    op: str
    author: str
    at: datetime
    state: str
    why: str
    not_before: datetime | None


_COLUMNS = outbox.columns(Listed._fields)


def unfinished(session: Session) -> list[Listed]:
    """All that the server has not confirmed, with what stays here, in the order it was written."""
    left = OutboxRow.state.not_in((State.DONE, State.SQUASHED)) & (OutboxRow.why != NOT_NEEDED)
    return [Listed(*row) for row in session.execute(select(*_COLUMNS).where(left).order_by(OutboxRow.seq))]


def confirmed(session: Session, since: datetime, most: int, without: Sequence[str]) -> list[Listed]:
    """What came to stand as done and was sent since then, the newest first. `without` are kinds that nobody looks for."""
    done = (OutboxRow.state == State.DONE, OutboxRow.last_sent_at >= since, OutboxRow.kind.not_in(without))
    rows = session.execute(select(*_COLUMNS).where(*done).order_by(OutboxRow.seq.desc()).limit(most))
    return [Listed(*row) for row in rows]


class Answer(NamedTuple):
    """What the server said last: its status, and its OperationOutcome. It may hold patient data."""

    status: int | None
    outcome: dict[str, Any] | None


def answer(session: Session, seq: int) -> Answer:
    row = session.execute(select(OutboxRow.status, OutboxRow.outcome).where(OutboxRow.seq == seq)).one()
    return Answer(*row)


def corrected(session: Session) -> list[str]:
    """Records that were refused and changed here since, with nothing else of theirs in the way."""
    later = (State.QUEUED, State.BLOCKED)
    refused = (
        select(OutboxRow.local_id, func.max(OutboxRow.seq).label("last"))
        .where(OutboxRow.state == State.QUARANTINED)
        .group_by(OutboxRow.local_id)
        .subquery()
    )
    found = select(refused.c.local_id).join(OutboxRow, OutboxRow.local_id == refused.c.local_id)
    return list(session.scalars(found.where(OutboxRow.seq > refused.c.last, OutboxRow.state.in_(later)).distinct()))
