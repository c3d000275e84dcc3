from __future__ import annotations

from datetime import UTC, datetime, timedelta

from maroom.fhir.clock import offset_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_servers_clock_is_compared_with_the_middle_of_the_way() -> None:
    """A server five minutes ahead, four seconds there and back; its date says the second, cut off."""
    told = NOON + timedelta(minutes=5, seconds=2)
    assert offset_of(told, NOON, NOON + timedelta(seconds=4)) == timedelta(minutes=5, seconds=0.5)


def test_a_server_that_is_behind() -> None:
    assert offset_of(NOON - timedelta(days=1), NOON, NOON) == timedelta(days=-1, seconds=0.5)


def test_a_server_without_a_clock() -> None:
    assert offset_of(None, NOON, NOON) is None
