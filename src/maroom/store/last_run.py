"""Which run of the sync came last, noted beside the store as well: a store that was set back to an earlier copy does not know
of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from maroom.store.exchanged import SyncRunRow
from maroom.store.mirror import MirrorRow
from maroom.store.outbox import OutboxRow, State
from maroom.store.sending import FIRST, NOT_NEEDED

NAME = "sync.last"


class LastRun(msgspec.Struct, frozen=True):
    number: int
    started: datetime


def note(folder: Path, run: LastRun) -> None:
    """Once the store has it."""
    fresh = folder / f"{NAME}.new"
    fresh.write_bytes(msgspec.json.encode(run))
    fresh.replace(folder / NAME)


def noted(folder: Path) -> LastRun | None:
    """None before the first run, and where the note cannot be read."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=LastRun)
    except (OSError, msgspec.DecodeError):
        return None


def is_known(session: Session, run: LastRun) -> bool:
    row = session.get(SyncRunRow, run.number)
    return row is not None and row.started == run.started


def ran_before(session: Session, day: datetime) -> bool:
    """Whether it ran, and last before the start of the day."""
    latest = session.scalar(select(func.max(SyncRunRow.started)))
    return latest is not None and latest < day


def reconciled_since(session: Session, day: datetime) -> bool:
    """Whether everything was held against the server since then."""
    done = func.json_extract(SyncRunRow.report, "$.reconciled")
    return session.scalar(select(SyncRunRow.id).where(SyncRunRow.started >= day, done.is_(True)).limit(1)) is not None


def look_first(session: Session, now: datetime) -> None:
    """What is new to the server, as far as this store knows, is looked for there before it is sent."""
    known = select(MirrorRow.local_id).where(MirrorRow.server_id.is_not(None))
    waits = OutboxRow.state.in_((State.QUEUED, State.BLOCKED)) | (
        (OutboxRow.state == State.KEPT) & (OutboxRow.why == NOT_NEEDED)
    )
    new = update(OutboxRow).where(waits, FIRST, OutboxRow.local_id.not_in(known))
    session.execute(new.values(state=State.HELD, why="", not_before=now))
