"""What waits to be sent: one line for each revision typed or merged here, written in the same transaction as the revision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from maroom.core.clock import Moment
from maroom.core.ids import new_id
from maroom.store import driver
from maroom.store.audit_event import AuditEventRow
from maroom.store.base import BOOKKEEPING, Base, Op
from maroom.store.provenance import ProvenanceRow


class State(StrEnum):
    """Where a line stands on its way; the sync moves it, and it alone."""

    QUEUED = "queued"
    SENDING = "sending"
    """a request with it may be under way; found so at a start, it was"""
    HELD = "held"
    """sent, and nobody knows whether it was carried out: to be asked for, not before its time"""
    DONE = "done"
    CONFLICT = "conflict"
    QUARANTINED = "quarantined"
    """refused; a person decides"""
    BLOCKED = "blocked"
    """refers to a record that stopped"""
    TO_LINK = "to_link"
    """the server lets nobody create it: its own is looked for, and a person confirms"""
    KEPT = "kept"
    """stays here: the server takes none of its kind, or nothing charted needs it"""
    BY_HAND = "by_hand"
    """a change that the server does not take: somebody makes it there and says so"""
    SQUASHED = "squashed"
    """went up as part of a later line of its record"""


FINISHED = (State.DONE, State.SQUASHED, State.KEPT)
"""What nobody waits for."""


NOTES = (ProvenanceRow.kind.name, AuditEventRow.kind.name)
"""kinds that tell who did what"""
FOR_A_PERSON = (State.QUARANTINED, State.CONFLICT, State.TO_LINK, State.BY_HAND)


class OutboxRow(Base):
    """`body` is made and frozen when the line is sent; until then the revision itself is the truth. `status` and `outcome`
    are the server's last answer, `why` a code word for where the line stands."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_state", "state"),
        Index("ix_outbox_local_id", "local_id"),
        {"sqlite_autoincrement": True, "info": BOOKKEEPING},
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    local_id: Mapped[str]
    kind: Mapped[str]
    revision: Mapped[int]
    op: Mapped[str]
    author: Mapped[str]
    station: Mapped[str]
    at: Mapped[datetime]
    at_offset: Mapped[int]
    state: Mapped[str]
    body: Mapped[str | None]
    base_version: Mapped[str | None]
    """the server's version that the body was made from; none for what is new there"""
    attempts: Mapped[int]
    attempt_id: Mapped[int | None]
    last_sent_at: Mapped[datetime | None]
    """none where the server certainly carried nothing of it out"""
    not_before: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    """when the server first failed over it, and has since"""
    status: Mapped[int | None]
    outcome: Mapped[dict[str, Any] | None]
    why: Mapped[str]
    exported: Mapped[datetime | None]
    """when it last left this station in a file: from then on it may come to the server by another hand, at any time"""


def columns(names: Sequence[str]) -> list[Any]:
    """Of a line, for what it is read into: `columns(Line._fields)`."""
    return [getattr(OutboxRow, name) for name in names]


def line(local_id: str, kind: str, revision: int, op: Op, author: str, station: str, at: Moment) -> dict[str, Any]:
    """The values of one new line."""
    return {
        "message_id": new_id(),
        "local_id": local_id,
        "kind": kind,
        "revision": revision,
        "op": op,
        "author": author,
        "station": station,
        "at": at.utc,
        "at_offset": at.offset,
        "state": State.QUEUED,
        "body": None,
        "attempts": 0,
        "why": "",
    }


def queue(connection: Connection, lines: Sequence[dict[str, Any]]) -> None:
    if lines:
        driver.put(connection, OutboxRow.table(), lines)


def waiting(session: Session) -> int:
    """How many records (not lines) are not yet confirmed by the server. Notes go along with what they tell of, and count where
    one of them waits for a person: who only looks at a chart has nothing waiting."""
    told = OutboxRow.kind.not_in(NOTES) | OutboxRow.state.in_(FOR_A_PERSON)
    unfinished = select(func.count(OutboxRow.local_id.distinct())).where(OutboxRow.state.not_in(FINISHED), told)
    return session.scalar(unfinished) or 0
