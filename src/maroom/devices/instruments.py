"""The instruments of this station: listened to as a job while that is wished, their readings laid in a tray for whoever charts.

All but the job itself happens on the UI thread. What listening needs (asyncio, bleak) is loaded by the job.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from enum import StrEnum
from functools import partial

from maroom.core.clock import Clock, Moment
from maroom.core.listeners import Listeners
from maroom.core.ports import Jobs
from maroom.core.settings import Station
from maroom.devices.model import Heard, Instrument, Refused
from maroom.devices.offers import Tray, Used
from maroom.devices.radio import Radio

JOB = "net:instruments"
Told = Heard | Refused | Instrument
Report = Callable[[int, int], None]


class Condition(StrEnum):
    OFF = "off"
    LISTENING = "listening"
    NO_BLUETOOTH = "no_bluetooth"
    """none on this machine, or it is off, or it may not be used"""
    NOT_INSTALLED = "not_installed"
    """the extra `devices` is not there"""


def _radio() -> Radio | None:
    from maroom.devices import listening

    return listening.radio(switched_on=True)


class Instruments:
    """`station` gives the settings as they stand now, `radio` None where the extra `devices` is not installed."""

    def __init__(
        self,
        station: Callable[[], Station],
        zoned: Clock,
        used: Used,
        jobs: Jobs,
        radio: Callable[[], Radio | None] = _radio,
    ) -> None:
        self._station, self._clock, self._jobs, self._radio = station, zoned, jobs, radio
        self.tray = Tray(zoned, used)
        self.condition = Condition.OFF
        self.about: tuple[Instrument, ...] = ()
        """instruments of no room that were heard since the program began"""
        self.last_heard: dict[str, Moment] = {}
        """id > when its last reading came in, since the program began"""
        self.last_refused: tuple[Refused, Moment] | None = None
        """and when it came in; None as soon as a reading comes in after it"""
        self._came: deque[Told] = deque()
        self._heeded: frozenset[str] | None = None
        self._running = False
        self._listeners = Listeners[[]]()

    def listen(self, call: Callable[[], None]) -> Callable[[], None]:
        """`call` is told that something of this changed. Gives what ends that."""
        return self._listeners.add(call)

    def follow(self) -> None:
        """Listens, or no more, or to others, as the settings now say. Where there was no Bluetooth it is tried again."""
        station = self._station()
        wished = frozenset(station.instruments) if station.bluetooth else None
        if self._running and wished == self._heeded:
            return
        self._heeded = wished
        if not self._running:
            self._begin()

    def _begin(self) -> None:
        """A job that is still at work for what was wished before sees the change and ends by itself."""
        chosen = self._heeded
        if chosen is None:
            self._become(Condition.OFF)
            return
        self.about, self._running = tuple(one for one in self.about if one.id not in chosen), True
        self._become(Condition.LISTENING)
        begun = self._jobs.start(JOB, partial(self._work, chosen), partial(self._ended, chosen), self._failed, self._take)
        if not begun:
            self._running = False
            self._become(Condition.OFF)

    def _work(self, chosen: frozenset[str], stop: Callable[[], bool], report: Report) -> Condition:
        """On the thread of the job."""
        from maroom.devices.listening import Ended, Listener

        radio = self._radio()
        if radio is None:
            return Condition.NOT_INSTALLED
        seen: set[Instrument] = set()

        def saw(instrument: Instrument) -> None:
            if instrument not in seen:
                seen.add(instrument)
                self._bring(report, instrument)

        listener = Listener(radio, self._clock, chosen, partial(self._bring, report), saw)
        ended = listener.run(lambda: stop() or self._heeded is not chosen)
        return Condition.NO_BLUETOOTH if ended is Ended.NO_BLUETOOTH else Condition.OFF

    def _bring(self, report: Report, told: Told) -> None:
        """To the UI thread, where `_take` is called once for however many have come."""
        self._came.append(told)
        report(len(self._came), 0)

    def _take(self, _done: int = 0, _of_all: int = 0) -> None:
        while self._came:
            self._sort(self._came.popleft())
        self._listeners.tell()

    def _sort(self, told: Told) -> None:
        if isinstance(told, Heard):
            self.tray.put(told)
            self.last_heard[told.reading.instrument.id], self.last_refused = told.received, None
        elif isinstance(told, Refused):
            self.last_refused = (told, self._clock.now())
        else:
            known = tuple(one for one in self.about if one.id != told.id)
            self.about = (*known, told)

    def _ended(self, chosen: frozenset[str], condition: Condition) -> None:
        """Anew where something else is wished by now."""
        self._running = False
        self._become(condition)
        if self._heeded is not chosen:
            self._begin()

    def _failed(self, fault: Exception) -> None:
        """No fault of a radio that is known: it is reported, and the radio is as good as none."""
        self._running = False
        self._become(Condition.NO_BLUETOOTH)
        raise fault

    def _become(self, condition: Condition) -> None:
        self.condition = condition
        self._take()
