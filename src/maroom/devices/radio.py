"""What listening needs of a radio, as protocols; `bluetooth` stands behind them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from maroom.devices.model import Instrument


class NoBluetooth(Exception):
    """There is none on this machine, it is off, or it may not be used."""


class Lost(Exception):
    """A connection that failed or broke off."""


@dataclass(frozen=True)
class Nearby:
    """An instrument that is heard, and what its radio knows it by."""

    instrument: Instrument
    handle: Any


class Link(Protocol):
    """An open connection to one instrument. All may raise Lost."""

    async def read(self, characteristic: str) -> bytes | None:
        """None where the instrument has no such characteristic."""
        ...

    async def subscribe(self, characteristic: str, got: Callable[[bytes], None]) -> None:
        """Nothing happens where it has none."""
        ...

    async def gone(self) -> None:
        """Returns when the connection has ended."""
        ...


class Radio(Protocol):
    def scanning(self, services: tuple[str, ...], found: Callable[[Nearby], None]) -> AbstractAsyncContextManager[None]:
        """While it is open, `found` is called for each instrument of these services, again and again. NoBluetooth."""
        ...

    def connected(self, nearby: Nearby) -> AbstractAsyncContextManager[Link]:
        """Lost."""
        ...
