"""What the sync keeps of its own doings: requests, cursors, what a server is known to do, runs, sign-ins. All bookkeeping."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from maroom.store.base import BOOKKEEPING, Base


class AttemptRow(Base):
    """One request that carried lines of the outbox. Open until its answer came: `status` is none, also where none came."""

    __tablename__ = "attempt"
    __table_args__ = ({"sqlite_autoincrement": True, "info": BOOKKEEPING},)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    what: Mapped[str]
    lines: Mapped[int]
    status: Mapped[int | None]
    milliseconds: Mapped[int | None]
    octets: Mapped[int]


class CursorRow(Base):
    """How far a kind of resource was read within a scope: up to the server's time `at`; `page` is where a page was left."""

    __tablename__ = "cursor"
    __table_args__ = ({"info": BOOKKEEPING},)

    scope: Mapped[str] = mapped_column(primary_key=True)
    rtype: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime | None]
    page: Mapped[dict[str, Any] | None]


class ServerCapabilityRow(Base):
    """What a server (by its base address) was found to do or not to do, whatever it says of itself."""

    __tablename__ = "server_capability"
    __table_args__ = ({"info": BOOKKEEPING},)

    server: Mapped[str] = mapped_column(primary_key=True)
    learned: Mapped[dict[str, Any]]


class SyncRunRow(Base):
    """One run. `clock_offset` is the server's clock less ours, in milliseconds; `complete` that nothing was left undone."""

    __tablename__ = "sync_run"
    __table_args__ = ({"sqlite_autoincrement": True, "info": BOOKKEEPING},)

    id: Mapped[int] = mapped_column(primary_key=True)
    started: Mapped[datetime]
    ended: Mapped[datetime | None]
    complete: Mapped[bool]
    clock_offset: Mapped[int | None]
    report: Mapped[dict[str, Any] | None]


class TokenRow(Base):
    """A sign-in at a server, by its base address."""

    __tablename__ = "token"
    __table_args__ = ({"info": BOOKKEEPING},)

    server: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]
