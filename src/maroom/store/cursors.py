"""How far a server was read: per scope and type the greatest lastUpdated seen, set with the last page of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from maroom.store.exchanged import CursorRow


class Cursor(NamedTuple):
    """`at`: all that changed until then was read. `until`: the same within an answer that was cut short (none: not cut)."""

    at: datetime | None = None
    until: datetime | None = None


def cursors(session: Session, scopes: Iterable[str], rtype: str) -> dict[str, Cursor]:
    """By scope, for those that there are."""
    rows = session.scalars(select(CursorRow).where(CursorRow.rtype == rtype, CursorRow.scope.in_(list(scopes))))
    return {row.scope: Cursor(row.at, _until(row)) for row in rows}


def _until(row: CursorRow) -> datetime | None:
    return datetime.fromisoformat(row.page["until"]) if row.page and "until" in row.page else None


@dataclass(frozen=True)
class Mark:
    """What a page says of how far it goes, for all scopes that were asked together."""

    scopes: tuple[str, ...]
    rtype: str
    at: datetime | None
    """of a last page, what was seen by it; of another, how far it goes. None: not known"""
    last: bool

    def keep(self, session: Session) -> None:
        """A cursor never goes back, and moves with a last page alone."""
        for scope in self.scopes:
            _put(session, scope, self.rtype, self._values())

    def _values(self) -> dict[str, Any]:
        if self.last:
            return {"at": self.at, "page": None}
        return {"page": {"until": self.at.isoformat()} if self.at else None}


def _put(session: Session, scope: str, rtype: str, values: dict[str, Any]) -> None:
    made = insert(CursorRow).values(scope=scope, rtype=rtype, **values)
    changed: dict[str, Any] = {name: made.excluded[name] for name in values}
    if "at" in changed:
        later = func.max(func.coalesce(made.excluded["at"], ""), func.coalesce(CursorRow.at, ""))
        changed["at"] = func.nullif(later, "")
    session.execute(made.on_conflict_do_update(index_elements=["scope", "rtype"], set_=changed))


def listed(session: Session, scope: str, rtype: str) -> set[str]:
    """What a list held when it was read last, by ids on the server."""
    row = session.get(CursorRow, (scope, rtype))
    return set(row.page["ids"]) if row and row.page else set()


def keep_list(session: Session, scope: str, rtype: str, ids: Iterable[str]) -> None:
    _put(session, scope, rtype, {"page": {"ids": sorted(ids)}})


def forget(session: Session, scope: str = "") -> None:
    """All that was read before is read again: of a scope, or of everything."""
    session.execute(delete(CursorRow).where(CursorRow.scope == scope) if scope else delete(CursorRow))
