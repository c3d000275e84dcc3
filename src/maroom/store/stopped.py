"""Lines of the outbox that wait for a person, and what she makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from maroom.store import outbox
from maroom.store.outbox import OutboxRow, State

STOPPED = (State.QUARANTINED, State.BLOCKED, State.TO_LINK, State.BY_HAND, State.KEPT)


class Stopped(NamedTuple):
    """`outcome` is the server's OperationOutcome, or a searchset of what it could be; it may hold patient data."""

    seq: int
    local_id: str
    kind: str
    revision: int
    op: str
    author: str
    at: datetime
    state: str
    why: str
    status: int | None
    outcome: dict[str, Any] | None
    body: str | None


def stopped(session: Session, local_id: str = "", states: Sequence[str] = STOPPED) -> list[Stopped]:
    """Of one record or of all, in the order they were written."""
    wanted = select(*outbox.columns(Stopped._fields)).where(OutboxRow.state.in_(states))
    if local_id:
        wanted = wanted.where(OutboxRow.local_id == local_id)
    return [Stopped(*row) for row in session.execute(wanted.order_by(OutboxRow.seq))]


def has_later(session: Session, local_id: str, seq: int) -> bool:
    """Whether a change of the record waits behind that line."""
    later = select(OutboxRow.seq).where(
        OutboxRow.local_id == local_id, OutboxRow.seq > seq, OutboxRow.state.in_((State.QUEUED, State.BLOCKED))
    )
    return session.scalar(later.limit(1)) is not None


def ask_again(session: Session, seqs: Sequence[int], now: datetime) -> None:
    """Looked for on the server with the next run, and sent only where it is not there."""
    fresh = {"state": State.HELD, "why": "", "not_before": now, "attempts": 0, "failing_since": None, "outcome": None}
    session.execute(update(OutboxRow).where(OutboxRow.seq.in_(seqs)).values(**fresh))
