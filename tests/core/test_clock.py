"""Moments and days: an instant with its offset, and a local day of 23, 24 or 25 hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from maroom.core.clock import Moment, SystemClock, at_local, day_bounds

NEW_YORK = ZoneInfo("America/New_York")


def test_a_moment_keeps_the_offset_it_was_shown_in() -> None:
    moment = Moment.parse("2026-11-24T10:41:05-05:00")
    assert moment.utc == datetime(2026, 11, 24, 15, 41, 5, tzinfo=UTC)
    assert moment.offset == -300
    assert moment.iso() == "2026-11-24T10:41:05-05:00"
    assert Moment.parse("2026-11-24T15:41:05.250Z").iso() == "2026-11-24T15:41:05.250+00:00"


def test_a_naive_time_is_no_moment() -> None:
    with pytest.raises(ValueError, match="without an offset"):
        Moment.of(datetime(2026, 11, 24, 10, 41))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 11, 24), 24)])
def test_a_local_day_has_the_hours_that_it_has(day: date, hours: int) -> None:
    start, end = day_bounds(day, NEW_YORK)
    assert end - start == timedelta(hours=hours)
    assert start.astimezone(NEW_YORK).date() == day


def test_a_slot_in_the_evening_is_still_today() -> None:
    slot = at_local(date(2026, 11, 24), 17 * 60 + 30, ZoneInfo("America/Los_Angeles"))
    start, end = day_bounds(date(2026, 11, 24), ZoneInfo("America/Los_Angeles"))
    assert slot.utc.date() == date(2026, 11, 25)
    assert start <= slot.utc < end


def test_today_is_the_clinics_day_whatever_the_machine_thinks() -> None:
    east, west = (SystemClock(lambda zone=zone: ZoneInfo(zone)) for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"))
    assert (east.today() - west.today()).days == 1
