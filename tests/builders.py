"""What tests build on: a settable clock, a real encrypted store in a temporary folder, people and openings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from maroom.core.clock import Moment
from maroom.core.people import Author, Opening, Role
from maroom.core.visit import VisitRef
from maroom.store import opening as stores
from maroom.store.changes import Changes
from maroom.store.engine import StoreKey
from maroom.store.unit_of_work import Act, Gate, UnitOfWork

KEY = StoreKey(bytes(range(32)), bytes(range(100, 116)))
DANA = Author("11111111-1111-4111-8111-111111111111", "Dana Reyes", Role.ASSISTANT)
AMARA = Author("22222222-2222-4222-8222-222222222222", "Amara Koroma", Role.LEAD)
START = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)


class SetClock:
    """A clock that stands until it is moved."""

    def __init__(self, utc: datetime = START, zone: str = "America/New_York") -> None:
        self.utc = utc
        self.zone = ZoneInfo(zone)

    def now(self) -> Moment:
        return Moment.of(self.utc.astimezone(self.zone))

    def today(self) -> date:
        return self.now().local().date()

    def forward(self, **by: float) -> None:
        self.utc += timedelta(**by)


def allow_all(act: Act) -> None:
    del act


@contextmanager
def unit_of_work(folder: Path, clock: SetClock, gate: Gate = allow_all, changes: Changes | None = None) -> Iterator[UnitOfWork]:
    """A new store in `folder`, or the one that is there, opened; closed cleanly at the end."""
    made = (folder / stores.STORE).exists()
    store = stores.open_store(folder, KEY, clock.now) if made else stores.create(folder, KEY)
    try:
        yield UnitOfWork(store.writer, store.reader, clock, gate, changes or Changes(), lambda: "station-1")
    finally:
        store.close()


def opening(author: Author = DANA, visit: VisitRef | None = None) -> Opening:
    return Opening(author, visit)
