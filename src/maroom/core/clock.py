"""Times and days. A clinical time is a UTC instant with the offset it was shown in; "today" is the clinic's local day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol
from zoneinfo import ZoneInfo


@dataclass(frozen=True, order=True)
class Moment:
    """`utc` is an aware instant in UTC; `offset` the minutes east of UTC at which it was, or is, shown."""

    utc: datetime
    offset: int = 0

    def local(self) -> datetime:
        """The wall-clock time as it was shown when the moment was noted."""
        return self.utc.astimezone(timezone(timedelta(minutes=self.offset)))

    def iso(self) -> str:
        """FHIR dateTime with offset; milliseconds only where there are any."""
        fine = "milliseconds" if self.utc.microsecond else "seconds"
        return self.local().isoformat(timespec=fine)

    @classmethod
    def of(cls, when: datetime) -> Moment:
        """From an aware datetime; a naive one raises ValueError, as its instant cannot be known."""
        shift = when.utcoffset()
        if shift is None:
            raise ValueError("a time without an offset is no moment")
        return cls(when.astimezone(UTC), round(shift.total_seconds() / 60))

    @classmethod
    def parse(cls, text: str) -> Moment:
        """From an ISO 8601 text with offset or Z."""
        return cls.of(datetime.fromisoformat(text))


class Clock(Protocol):
    """The time now, in the clinic's zone."""

    @property
    def zone(self) -> ZoneInfo: ...

    def now(self) -> Moment: ...

    def today(self) -> date: ...


class SystemClock:
    """The machine's clock read in the clinic's zone, whatever zone the machine itself is set to."""

    def __init__(self, zone: Callable[[], ZoneInfo]) -> None:
        self._zone = zone

    @property
    def zone(self) -> ZoneInfo:
        return self._zone()

    def now(self) -> Moment:
        return Moment.of(datetime.now(self.zone))

    def today(self) -> date:
        return self.now().local().date()


def shown_in(moment: Moment, zone: ZoneInfo) -> datetime:
    """The moment on the clinic's wall clock."""
    return moment.utc.astimezone(zone)


def at_local(day: date, minutes: int, zone: ZoneInfo) -> Moment:
    """`minutes` after local midnight by the wall clock, as a moment."""
    wall = datetime(day.year, day.month, day.day, tzinfo=zone).replace(hour=minutes // 60, minute=minutes % 60)
    return Moment.of(wall)


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """First instant of the local day and of the next one, in UTC: 23, 24 or 25 hours apart."""
    after = day + timedelta(days=1)
    start, end = (datetime(d.year, d.month, d.day, tzinfo=zone).astimezone(UTC) for d in (day, after))
    return start, end
