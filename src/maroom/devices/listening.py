"""Listens to the instruments of this station while it is wished. Those of the next room are left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import timedelta
from enum import StrEnum
from functools import partial
from importlib.util import find_spec

from maroom.core.clock import Clock, Moment
from maroom.devices.model import DeviceReading, Heard, Instrument, Refused
from maroom.devices.octets import Octets, Unfit
from maroom.devices.profiles import CURRENT_TIME, MEASUREMENTS, SERVICES, read
from maroom.devices.radio import Link, Lost, Nearby, NoBluetooth, Radio

_BEAT = 0.2
"""seconds between two looks at `stop`"""


class Ended(StrEnum):
    STOPPED = "stopped"
    NO_BLUETOOTH = "no_bluetooth"


def radio(switched_on: bool) -> Radio | None:
    """None where Bluetooth is not wished, or the extra `devices` is not installed."""
    if not switched_on or find_spec("bleak") is None:
        return None
    from maroom.devices.bluetooth import Bluetooth

    return Bluetooth()


class Listener:
    """`chosen` are the ids of this station's instruments. `heard` is told every reading and every refusal, `seen` every other
    instrument that is about, both on the thread that runs."""

    def __init__(
        self,
        radio: Radio,
        zoned: Clock,
        chosen: Collection[str],
        heard: Callable[[Heard | Refused], None],
        seen: Callable[[Instrument], None] = lambda _instrument: None,
    ) -> None:
        self._radio = radio
        self._clock = zoned
        self._chosen = chosen
        self._heard = heard
        self._seen = seen
        self._visited: set[str] = set()

    def run(self, stop: Callable[[], bool]) -> Ended:
        """Until `stop` says so; on a thread of a job, as it waits. Where there is no Bluetooth it ends at once."""
        try:
            asyncio.run(self._run(stop))
        except NoBluetooth:
            return Ended.NO_BLUETOOTH
        return Ended.STOPPED

    async def _run(self, stop: Callable[[], bool]) -> None:
        about: asyncio.Queue[Nearby] = asyncio.Queue()
        async with self._radio.scanning(SERVICES, about.put_nowait), asyncio.TaskGroup() as group:
            visits: list[asyncio.Task[None]] = []
            while not stop():
                nearby = await _next(about)
                if nearby and self._is_new(nearby):
                    visits = [*(task for task in visits if not task.done()), group.create_task(self._visit(nearby))]
            for task in visits:
                task.cancel()

    def _is_new(self, nearby: Nearby) -> bool:
        if nearby.instrument.id not in self._chosen:
            self._seen(nearby.instrument)
            return False
        new = nearby.instrument.id not in self._visited
        self._visited.add(nearby.instrument.id)
        return new

    async def _visit(self, nearby: Nearby) -> None:
        """From connecting until the instrument goes to sleep; when it is about again, it is visited again."""
        try:
            async with self._radio.connected(nearby) as link:
                ahead = await self._ahead(link)
                for characteristic in MEASUREMENTS:
                    await link.subscribe(characteristic, partial(self._got, characteristic, nearby.instrument, ahead))
                await link.gone()
        except Lost:
            pass
        finally:
            self._visited.discard(nearby.instrument.id)

    def _got(self, characteristic: str, instrument: Instrument, ahead: float | None, raw: bytes) -> None:
        found = read(characteristic, raw, instrument)
        self._heard(Heard(found, self._clock.now(), ahead) if isinstance(found, DeviceReading) else found)

    async def _ahead(self, link: Link) -> float | None:
        """By how many seconds its clock is ahead of ours; None where it has none that can be asked."""
        raw = await link.read(CURRENT_TIME)
        try:
            at = Octets(raw).time() if raw else None
        except Unfit:
            return None
        if at is None:
            return None
        off: timedelta = Moment.of(at.replace(tzinfo=self._clock.zone)).utc - self._clock.now().utc
        return off.total_seconds()


async def _next(about: asyncio.Queue[Nearby]) -> Nearby | None:
    try:
        return await asyncio.wait_for(about.get(), _BEAT)
    except TimeoutError:
        return None
