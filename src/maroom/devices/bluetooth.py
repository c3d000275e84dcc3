"""The radio of this machine, by bleak (the extra `devices`). The only module that imports it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from functools import cache

from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.exc import BleakError

from maroom.devices.model import Instrument
from maroom.devices.radio import Link, Lost, Nearby, NoBluetooth

_PATIENCE = 20.0
"""seconds that connecting may take"""


@cache
def _faults() -> tuple[type[Exception], ...]:
    """Whatever comes of a machine without Bluetooth, without its service or without leave to use it. BleakDBusError is a
    BleakError; the bus that is not there at all raises its own."""
    own = (BleakError, OSError, EOFError)
    try:
        from dbus_fast.errors import DBusFastError
    except ImportError:
        return own
    return (*own, DBusFastError)


@contextmanager
def _told_as(fault: type[Exception]) -> Generator[None]:
    try:
        yield
    except _faults() as found:
        raise fault(type(found).__name__) from found


class Bluetooth:
    """A Radio."""

    @asynccontextmanager
    async def scanning(self, services: tuple[str, ...], found: Callable[[Nearby], None]) -> AsyncGenerator[None]:
        """NoBluetooth."""
        with _told_as(NoBluetooth):
            scanner = BleakScanner(lambda device, _said: found(_nearby(device)), list(services))
            await scanner.start()
        try:
            yield
        finally:
            with _told_as(NoBluetooth):
                await scanner.stop()

    @asynccontextmanager
    async def connected(self, nearby: Nearby) -> AsyncGenerator[Link]:
        """Lost."""
        ended = asyncio.Event()
        client = BleakClient(nearby.handle, lambda _client: ended.set(), timeout=_PATIENCE)
        with _told_as(Lost):
            await client.connect()
        try:
            yield _Connection(client, ended)
        finally:
            with _told_as(Lost):
                await client.disconnect()


def _nearby(device: BLEDevice) -> Nearby:
    return Nearby(Instrument(device.address, device.name or ""), device)


class _Connection:
    """A Link."""

    def __init__(self, client: BleakClient, ended: asyncio.Event) -> None:
        self._client = client
        self._ended = ended

    async def read(self, characteristic: str) -> bytes | None:
        with _told_as(Lost):
            if self._client.services.get_characteristic(characteristic) is None:
                return None
            return bytes(await self._client.read_gatt_char(characteristic))

    async def subscribe(self, characteristic: str, got: Callable[[bytes], None]) -> None:
        with _told_as(Lost):
            if self._client.services.get_characteristic(characteristic) is not None:
                await self._client.start_notify(characteristic, lambda _sender, raw: got(bytes(raw)))

    async def gone(self) -> None:
        await self._ended.wait()
