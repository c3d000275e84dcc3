"""The runs of the sync, each with its account: when the last one was complete, and how far the server's clock is off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from maroom.store.exchanged import SyncRunRow


class Ran(NamedTuple):
    """`offset`: the server's clock less ours; None where the server was not reached or does not tell its time."""

    started: datetime
    ended: datetime | None
    complete: bool
    offset: timedelta | None
    report: Mapping[str, Any]


def begin(session: Session, now: datetime) -> int:
    """The number of the run. One that was cut short stays without an end."""
    row = SyncRunRow(started=now, complete=False)
    session.add(row)
    session.flush()
    return row.id


def end(
    session: Session, number: int, now: datetime, offset: timedelta | None, report: Mapping[str, Any], complete: bool
) -> None:
    milliseconds = None if offset is None else round(offset / timedelta(milliseconds=1))
    values = {"ended": now, "complete": complete, "clock_offset": milliseconds, "report": dict(report)}
    session.execute(update(SyncRunRow).where(SyncRunRow.id == number).values(values))


def last(session: Session, *, complete: bool = False) -> Ran | None:
    """The newest run, or the newest that was complete."""
    rows = select(SyncRunRow).order_by(SyncRunRow.id.desc()).limit(1)
    row = session.scalar(rows.where(SyncRunRow.complete) if complete else rows)
    if row is None:
        return None
    offset = None if row.clock_offset is None else timedelta(milliseconds=row.clock_offset)
    return Ran(row.started, row.ended, row.complete, offset, row.report or {})


def away_since(session: Session, away: str) -> datetime | None:
    """When the first of the last runs in a row began that ended as `away`; None where the last one ended otherwise. One that
    was cut short says nothing."""
    how = func.json_extract(SyncRunRow.report, "$.ended")
    other = select(func.max(SyncRunRow.id)).where(SyncRunRow.report.is_not(None), how != away).scalar_subquery()
    since = select(func.min(SyncRunRow.started)).where(how == away, SyncRunRow.id > func.coalesce(other, 0))
    return session.scalar(since)
