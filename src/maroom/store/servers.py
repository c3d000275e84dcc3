"""What servers were found to do, whatever they say of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from maroom.store.exchanged import ServerCapabilityRow


def learned(session: Session, server: str) -> dict[str, Any]:
    """By its address; empty for one never asked."""
    row = session.get(ServerCapabilityRow, server)
    return row.learned if row else {}


def learn(session: Session, server: str, values: Mapping[str, Any]) -> None:
    made = insert(ServerCapabilityRow).values(server=server, learned=dict(values))
    session.execute(made.on_conflict_do_update(index_elements=["server"], set_={"learned": made.excluded.learned}))


def addresses(session: Session) -> frozenset[str]:
    """Of the server that this store was exchanged with; empty before the first time."""
    return frozenset(session.scalars(select(ServerCapabilityRow.server)))


def belong(session: Session, server: str) -> None:
    """From here on it is this address. What was found out under another one is found out again."""
    session.execute(delete(ServerCapabilityRow).where(ServerCapabilityRow.server != server))
    session.execute(insert(ServerCapabilityRow).values(server=server, learned={}).on_conflict_do_nothing())
