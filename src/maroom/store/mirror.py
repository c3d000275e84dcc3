"""What we know of each resource elsewhere: which record of ours it is, its id and version there, its last body.

Not the clinical truth: that is the typed rows. The base body is what a later change is merged against.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Index, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from maroom.store.base import BOOKKEEPING, Base

FILE, SERVER = "file", "server"


class MirrorRow(Base):
    """One resource. `source` is where it was read from: `server`, or `file` for an import, which gives no server id. `theirs`
    is what the server has while it is in conflict with ours; `gone`, that it was removed there."""

    __tablename__ = "mirror"
    __table_args__ = (
        Index("uq_mirror_server", "rtype", "server_id", unique=True),
        {"info": BOOKKEEPING},
    )

    local_id: Mapped[str] = mapped_column(primary_key=True)
    rtype: Mapped[str]
    kind: Mapped[str]
    source: Mapped[str]
    server_id: Mapped[str | None]
    version: Mapped[str | None]
    updated: Mapped[datetime | None]
    digest: Mapped[str]
    base: Mapped[dict[str, Any] | None]
    theirs: Mapped[dict[str, Any] | None]
    gone: Mapped[bool] = mapped_column(default=False)


def digest(body: bytes) -> str:
    """Tells whether a body is the same as the one taken before."""
    return hashlib.sha256(body).hexdigest()


def put(session: Session, **values: Any) -> None:
    """Writes or replaces the line of one resource."""
    made = insert(MirrorRow).values(**values)
    session.execute(made.on_conflict_do_update(index_elements=["local_id"], set_=values))


def put_all(session: Session, lines: Sequence[Mapping[str, Any]]) -> None:
    """The same for many, each with all its values."""
    if not lines:
        return
    made = insert(MirrorRow.table())
    replaced = {name: made.excluded[name] for name in lines[0]}
    session.execute(made.on_conflict_do_update(index_elements=["local_id"], set_=replaced), list(lines))


def of(session: Session, local_id: str) -> MirrorRow | None:
    return session.get(MirrorRow, local_id)


class Known(NamedTuple):
    """What tells whether a resource is new, and from where it was last read."""

    kind: str
    digest: str
    source: str


def known(session: Session, local_ids: Iterable[str]) -> dict[str, Known]:
    """By local id, for those that are known."""
    columns = (MirrorRow.local_id, MirrorRow.kind, MirrorRow.digest, MirrorRow.source)
    rows = session.execute(select(*columns).where(MirrorRow.local_id.in_(list(local_ids))))
    return {local_id: Known(kind, seen, source) for local_id, kind, seen, source in rows}


def named(session: Session, rtype: str, names: Iterable[str]) -> dict[str, str]:
    """Record ids by name, of what a server has under that name once."""
    name = func.json_extract(MirrorRow.base, "$.name")
    there = (MirrorRow.rtype == rtype, MirrorRow.server_id.is_not(None), MirrorRow.gone.is_(False), name.in_(list(names)))
    found: dict[str, list[str]] = {}
    for local_id, of in session.execute(select(MirrorRow.local_id, name).where(*there)):
        found.setdefault(of, []).append(local_id)
    return {of: ids[0] for of, ids in found.items() if len(ids) == 1}
