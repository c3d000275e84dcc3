"""What stands in the way of a resource that comes from a server: the mirror's line of it, and lines that wait to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from msgspec import json
from sqlalchemy import and_, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from maroom.store import outbox
from maroom.store.mirror import MirrorRow
from maroom.store.outbox import OutboxRow, State

_DECODER = json.Decoder(dict[str, Any], float_hook=Decimal)
_SETTLED = (State.DONE, State.SQUASHED)
UNDER_WAY = (State.SENDING, State.HELD)
"""Sent, and the answer is not known."""
_WAITS = (State.QUEUED, State.SENDING, State.HELD, State.CONFLICT, State.QUARANTINED, State.BLOCKED, State.TO_LINK)


class Line(NamedTuple):
    """One line of the outbox that the server has not confirmed. `kept` and `by_hand` are among them."""

    seq: int
    local_id: str
    kind: str
    revision: int
    state: str
    body: str | None
    author: str
    why: str

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY


class Mirrored(NamedTuple):
    """A resource as the mirror knows it. `version` is empty where the server told none."""

    local_id: str
    rtype: str
    kind: str
    source: str
    server_id: str
    version: str
    updated: datetime | None
    digest: str
    gone: bool
    in_question: bool
    """what the server has waits for a person, or for an answer"""
    version_in_question: str

    @property
    def address(self) -> str:
        """As in a relative reference; empty where the server has none of it."""
        return f"{self.rtype}/{self.server_id}" if self.server_id else ""


_OF_LINE = outbox.columns(Line._fields)
_OF_MIRROR = (
    MirrorRow.local_id, MirrorRow.rtype, MirrorRow.kind, MirrorRow.source, MirrorRow.server_id, MirrorRow.version,
    MirrorRow.updated, MirrorRow.digest, MirrorRow.gone, MirrorRow.theirs.is_not(None),
    func.json_extract(MirrorRow.theirs, "$.meta.versionId"),
)  # fmt: skip


def by_address(session: Session, addresses: Iterable[str]) -> dict[str, Mirrored]:
    """By `Patient/7`, for those that are known."""
    pairs = [tuple(address.split("/", 1)) for address in addresses]
    return {one.address: one for one in _mirrored(session, tuple_(MirrorRow.rtype, MirrorRow.server_id).in_(pairs))}


def by_id(session: Session, local_ids: Iterable[str]) -> dict[str, Mirrored]:
    """By record id, for those that are known."""
    return {one.local_id: one for one in _mirrored(session, MirrorRow.local_id.in_(list(local_ids)))}


def of_type(session: Session, rtype: str) -> list[Mirrored]:
    """All that a server has of a type, as far as it is known and not gone."""
    there = and_(MirrorRow.rtype == rtype, MirrorRow.server_id.is_not(None), MirrorRow.gone.is_(False))
    return _mirrored(session, there)


class Sample(NamedTuple):
    """A record as a server was last known to have it."""

    local_id: str
    address: str
    digest: str
    base: dict[str, Any]


def sample(session: Session, most: int, *, oldest: bool = False) -> list[Sample]:
    """Some of what a server has: patients first, as they bear identifiers, and then what changed there last; or what did not
    change there for longest."""
    there = (MirrorRow.server_id.is_not(None), MirrorRow.gone.is_(False))
    newest = (MirrorRow.rtype != "Patient", MirrorRow.updated.desc())
    order = (MirrorRow.updated.is_(None), MirrorRow.updated) if oldest else newest
    rows = session.scalars(select(MirrorRow).where(*there).order_by(*order).limit(most))
    return [Sample(row.local_id, f"{row.rtype}/{row.server_id}", row.digest, row.base or {}) for row in rows]


def in_question(session: Session) -> list[str]:
    """Record ids of all that waits for a person, or for an answer."""
    return list(session.scalars(select(MirrorRow.local_id).where(MirrorRow.theirs.is_not(None))))


def _mirrored(session: Session, condition: Any) -> list[Mirrored]:
    rows = session.execute(select(*_OF_MIRROR).where(condition))
    return [_known(row) for row in rows]


def _known(row: Any) -> Mirrored:
    local_id, rtype, kind, source, server_id, version, updated, digest, gone, in_question, theirs = row
    there = (server_id or "", version or "", updated)
    return Mirrored(local_id, rtype, kind, source, *there, digest, bool(gone), bool(in_question), theirs or "")


def gone(session: Session, local_id: str) -> None:
    session.execute(update(MirrorRow).where(MirrorRow.local_id == local_id).values(gone=True))


def unconfirmed(session: Session, local_ids: Iterable[str]) -> dict[str, list[Line]]:
    """Lines by record, in the order they were written."""
    wanted = select(*_OF_LINE).where(OutboxRow.local_id.in_(list(local_ids)), OutboxRow.state.not_in(_SETTLED))
    found: dict[str, list[Line]] = {}
    for row in session.execute(wanted.order_by(OutboxRow.seq)):
        found.setdefault(row.local_id, []).append(Line(*row))
    return found


def waiting(session: Session) -> list[Line]:
    """Every line that still has to go up."""
    rows = session.execute(select(*_OF_LINE).where(OutboxRow.state.in_(_WAITS)).order_by(OutboxRow.seq))
    return [Line(*row) for row in rows]


def clashed(session: Session) -> list[str]:
    """Record ids of the lines that wait for a person's choice."""
    return list(session.scalars(select(OutboxRow.local_id).distinct().where(OutboxRow.state == State.CONFLICT)))


def first_sent(session: Session, local_id: str) -> dict[str, Any] | None:
    """The body that a server may hold without our knowing its answer."""
    of_it = select(OutboxRow.body).where(OutboxRow.local_id == local_id, OutboxRow.body.is_not(None))
    body = session.scalars(of_it.order_by(OutboxRow.seq).limit(1)).first()
    return _DECODER.decode(body) if body else None


def sent_last(session: Session, local_id: str) -> Line | None:
    """The newest line of a record that the server has confirmed; none for what never went up from here."""
    done = select(*_OF_LINE).where(OutboxRow.local_id == local_id, OutboxRow.state == State.DONE)
    row = session.execute(done.order_by(OutboxRow.seq.desc()).limit(1)).first()
    return Line(*row) if row else None


def done_since(session: Session, time: datetime, kinds: Sequence[str]) -> list[Line]:
    """Lines that went up since then and are confirmed, and those of these kinds at any time, in the order they were written."""
    which = or_(OutboxRow.last_sent_at >= time, OutboxRow.kind.in_(kinds))
    done = select(*_OF_LINE).where(OutboxRow.state == State.DONE, which)
    return [Line(*row) for row in session.execute(done.order_by(OutboxRow.seq))]


def confirmed(session: Session, before: int, most: int) -> tuple[list[str], int]:
    """Record ids of what the server has confirmed, the newest first: of `most` lines older than `before` (0: the newest). And
    how far they go back, 0 where there are no more."""
    older = (OutboxRow.seq < before,) if before else ()
    done = select(OutboxRow.seq, OutboxRow.local_id).where(OutboxRow.state == State.DONE, *older)
    rows = session.execute(done.order_by(OutboxRow.seq.desc()).limit(most)).all()
    return list(dict.fromkeys(row.local_id for row in rows)), rows[-1].seq if rows else 0


def move(session: Session, lines: Sequence[Line], state: State, why: str = "") -> None:
    seqs = [line.seq for line in lines]
    if seqs:
        session.execute(update(OutboxRow).where(OutboxRow.seq.in_(seqs)).values(state=state, why=why))


def rebase(session: Session, line: Line) -> None:
    """Sent again, made from what the server has now."""
    fresh = {"state": State.QUEUED, "why": "", "body": None, "not_before": None, "base_version": None}
    session.execute(update(OutboxRow).where(OutboxRow.seq == line.seq).values(**fresh))


def forget_base(session: Session, local_id: str) -> None:
    """What the server had is not what a change of ours is made from any more."""
    session.execute(update(MirrorRow).where(MirrorRow.local_id == local_id).values(base=None))


def never_there(session: Session, local_id: str) -> None:
    """The server has it no more, and is to get it anew."""
    nothing = {"server_id": None, "version": None, "updated": None, "base": None, "digest": "", "theirs": None, "gone": False}
    session.execute(update(MirrorRow).where(MirrorRow.local_id == local_id).values(**nothing))
