"""Listening, with a radio of the test's own: only this station's instruments are connected to, and every reading is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from maroom.devices.listening import Ended, Listener
from maroom.devices.model import Heard, Instrument, Refusal, Refused
from maroom.devices.profiles import MEASUREMENTS, SERVICES
from tests.builders import SetClock
from tests.devices.air import Air, Silent
from tests.devices.build import CUFF, octets, told

STRANGER = Instrument("next room")


def listen(
    air: Air, *chosen: Instrument, until: Callable[[list[object]], bool] = bool
) -> tuple[list[Heard | Refused], list[str]]:
    """Until something was told that is waited for."""
    heard: list[Heard | Refused] = []
    seen: list[str] = []
    listener = Listener(air, SetClock(), [one.id for one in chosen], heard.append, lambda one: seen.append(one.id))
    assert listener.run(lambda: until([*heard, *seen])) is Ended.STOPPED
    return heard, seen


def test_a_reading_is_told_with_when_it_came_in() -> None:
    (found,), _ = listen(air := Air([CUFF]), CUFF)
    assert isinstance(found, Heard)
    assert told(found.reading)["systolic"] == ("142", "mm[Hg]")
    assert (found.received, found.ahead, found.reading.instrument) == (SetClock().now(), None, CUFF)
    assert air.services == SERVICES


def test_a_refusal_is_told_too() -> None:
    (found,), _ = listen(Air([CUFF], sends=[octets("00 ff07 ff07 ff07")]), CUFF)
    assert found == Refused(CUFF, Refusal.NO_NUMBER)


def test_the_clock_of_the_instrument_is_asked() -> None:
    """It says 11:42:00 on that Tuesday, an hour ahead: Date Time, day of the week, fractions, reason."""
    (found,), _ = listen(Air([CUFF], time=octets("ea07 0b 18 0b 2a 00 02 00 00")), CUFF)
    assert isinstance(found, Heard)
    assert found.ahead == 3600


def test_a_clock_that_makes_no_sense_is_none() -> None:
    for time in ("ea07 0d 18 0b 2a 00", "ea07", "0000 00 00 00 00 00", ""):
        (found,), _ = listen(Air([CUFF], time=octets(time)), CUFF)
        assert isinstance(found, Heard)
        assert found.ahead is None


def test_the_instruments_of_the_next_room_are_left_alone() -> None:
    heard, seen = listen(air := Air([STRANGER, CUFF]), CUFF, until=lambda told: len(told) == 2)
    assert (air.connections, seen, len(heard)) == ([CUFF.id], [STRANGER.id], 1)


def test_an_instrument_that_breaks_off_is_visited_when_it_is_about_again() -> None:
    air = Air([CUFF] * 2, breaks=True)
    listen(air, CUFF, until=lambda _told: len(air.connections) == 2)
    assert air.connections == [CUFF.id, CUFF.id]


def test_one_that_is_connected_is_not_connected_twice() -> None:
    class Stays(Air):
        async def gone(self) -> None:
            await asyncio.Event().wait()

    air = Stays([CUFF, CUFF, STRANGER])
    heard, _ = listen(air, CUFF, until=lambda told: STRANGER.id in told and len(told) > 1)
    assert (air.connections, len(heard)) == ([CUFF.id], 1)


def test_without_bluetooth_it_ends_at_once() -> None:
    heard: list[Heard | Refused] = []
    assert Listener(Silent([]), SetClock(), [], heard.append).run(lambda: False) is Ended.NO_BLUETOOTH
    assert heard == []


def test_every_measurement_is_subscribed_to() -> None:
    asked: list[str] = []

    class Curious(Air):
        async def subscribe(self, characteristic: str, got: Callable[[bytes], None]) -> None:
            asked.append(characteristic)

    listen(Curious([CUFF]), CUFF, until=lambda _told: len(asked) == len(MEASUREMENTS))
    assert tuple(asked) == MEASUREMENTS
