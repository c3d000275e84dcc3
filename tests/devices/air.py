"""A radio of the tests' own, which speaks in real octets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from maroom.devices.model import Instrument
from maroom.devices.profiles import CURRENT_TIME
from maroom.devices.radio import Lost, Nearby, NoBluetooth
from tests.devices.build import octets, uuid

PRESSURE = octets("00 8e00 5800 6a00")
"""142/88 mmHg, mean 106, without time and pulse"""


@dataclass
class Air:
    """What is about, and what it sends once somebody is connected."""

    about: list[Instrument]
    sends: list[bytes] = field(default_factory=lambda: [PRESSURE])
    time: bytes | None = None
    breaks: bool = False
    speaks: int = 0x2A35
    """the assigned number of what it measures"""
    connections: list[str] = field(default_factory=list)
    services: tuple[str, ...] = ()

    @asynccontextmanager
    async def scanning(self, services: tuple[str, ...], found: Callable[[Nearby], None]) -> AsyncIterator[None]:
        self.services = services
        for instrument in self.about:
            found(Nearby(instrument, object()))
        yield

    @asynccontextmanager
    async def connected(self, nearby: Nearby) -> AsyncIterator[Air]:
        self.connections.append(nearby.instrument.id)
        if self.breaks:
            raise Lost
        yield self

    async def read(self, characteristic: str) -> bytes | None:
        assert characteristic == CURRENT_TIME
        return self.time

    async def subscribe(self, characteristic: str, got: Callable[[bytes], None]) -> None:
        if characteristic == uuid(self.speaks):
            for raw in self.sends:
                got(raw)

    async def gone(self) -> None:
        await asyncio.sleep(0)


class Silent(Air):
    """There is no Bluetooth."""

    @asynccontextmanager
    async def scanning(self, services: tuple[str, ...], found: Callable[[Nearby], None]) -> AsyncIterator[None]:
        raise NoBluetooth
        yield
