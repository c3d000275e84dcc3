"""Times that must outlive page, lock and restart: when something is due, about a visit or a room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, mapped_column

from maroom.store.base import BOOKKEEPING, Base
from maroom.store.unit_of_work import UnitOfWork


class TimerRow(Base):
    __tablename__ = "timer"
    __table_args__ = ({"info": BOOKKEEPING},)

    key: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(primary_key=True)
    started: Mapped[datetime]
    due: Mapped[datetime]


@dataclass(frozen=True)
class Timer:
    """`about` is the record id of a visit or the id of a room."""

    key: str
    about: str
    started: datetime
    due: datetime


class Timers:
    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def start(self, timer: Timer) -> None:
        """Starts it, or starts it anew."""
        values = {"key": timer.key, "about": timer.about, "started": timer.started, "due": timer.due}
        made = insert(TimerRow).values(values)
        with self._unit.bookkeeping("start a timer") as session:
            session.execute(made.on_conflict_do_update(index_elements=["key", "about"], set_=values))

    def find(self, key: str, about: str) -> Timer | None:
        with self._unit.glance() as session:
            row = session.get(TimerRow, (key, about))
            return None if row is None else Timer(row.key, row.about, row.started, row.due)

    def running(self) -> tuple[Timer, ...]:
        """All that are kept, the next due first."""
        with self._unit.glance() as session:
            rows = session.scalars(select(TimerRow).order_by(TimerRow.due))
            return tuple(Timer(row.key, row.about, row.started, row.due) for row in rows)

    def stop(self, key: str, about: str) -> None:
        with self._unit.bookkeeping("stop a timer") as session:
            session.execute(delete(TimerRow).where(TimerRow.key == key, TimerRow.about == about))
