"""Which readings of instruments were taken over, so that none is offered twice. Holds keys alone: no value, no patient.

A line of about 100 octets a reading, never swept: an instrument may send from its memory after any time.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from maroom.core.clock import Moment
from maroom.core.problems import Code, Problem
from maroom.store.base import BOOKKEEPING, Base
from maroom.store.unit_of_work import UnitOfWork


class UsedReadingRow(Base):
    __tablename__ = "used_reading"
    __table_args__ = ({"info": BOOKKEEPING},)

    key: Mapped[str] = mapped_column(primary_key=True)
    noted: Mapped[datetime]


class UsedReadings:
    """The `Used` of devices.offers."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def is_used(self, key: str) -> bool:
        with self._unit.glance() as session:
            return session.get(UsedReadingRow, key) is not None


def take(session: Session, keys: Collection[str], now: Moment) -> None:
    """Within the unit of work that puts their values on record, so that a reading is either used and charted or neither.
    Problem READING_USED where one of them is on record already, perhaps of somebody else."""
    if not keys:
        return
    if session.scalars(select(UsedReadingRow.key).where(UsedReadingRow.key.in_(keys))).first():
        raise Problem(Code.READING_USED)
    session.connection().execute(insert(UsedReadingRow), [{"key": key, "noted": now.utc} for key in keys])
