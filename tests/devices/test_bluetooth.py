"""The radio by bleak: without the extra, without a wish, without Bluetooth nothing happens; with it, it scans and connects."""

from __future__ import annotations

import asyncio
import importlib.util
import subprocess
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from maroom.devices import listening
from maroom.devices.listening import Ended, Listener, radio
from maroom.devices.model import Heard, Instrument, Refused
from maroom.devices.profiles import CURRENT_TIME, SERVICES
from maroom.devices.radio import Lost, Nearby, NoBluetooth
from tests.builders import SetClock
from tests.devices.build import CUFF, octets, uuid

NOTHING_IMPORTED = """
import sys
import maroom.devices.listening as listening, maroom.devices.offers, maroom.devices.profiles
assert listening.radio(False) is None
sys.modules['bleak'] = None
assert listening.radio(True) is None
assert not [name for name in sys.modules if name.startswith(('bleak.', 'dbus_fast', 'PySide6', 'maroom.devices.bluetooth'))]
"""


def test_without_the_extra_or_the_wish_nothing_is_imported() -> None:
    done = subprocess.run([sys.executable, "-c", NOTHING_IMPORTED], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_machine_without_the_extra_has_no_radio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "find_spec", lambda _name: None)
    assert radio(switched_on=True) is None


needs_bleak = pytest.mark.skipif(importlib.util.find_spec("bleak") is None, reason="bleak, the extra devices, is not installed")


@needs_bleak
@pytest.mark.skipif(sys.platform != "linux", reason="the system bus is Linux's")
@pytest.mark.parametrize("bus", ["unix:path=/nonexistent", "nonsense"])
def test_a_machine_without_bluetooth_is_told(monkeypatch: pytest.MonkeyPatch, bus: str) -> None:
    """bleak itself, on a system bus that is not there."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus)
    real = radio(switched_on=True)
    assert real is not None
    heard: list[Heard | Refused] = []
    assert Listener(real, SetClock(), [CUFF.id], heard.append).run(lambda: False) is Ended.NO_BLUETOOTH
    assert heard == []


# bleak's own classes replaced


class Scanner:
    """Stands for BleakScanner."""

    fails: Exception | None = None
    running = False

    def __init__(self, found: Callable[[Any, Any], None], services: list[str]) -> None:
        self.found = found
        assert tuple(services) == SERVICES

    async def start(self) -> None:
        if Scanner.fails:
            raise Scanner.fails
        Scanner.running = True
        self.found(SimpleNamespace(address=CUFF.id, name=CUFF.name), None)
        self.found(SimpleNamespace(address="nameless", name=None), None)

    async def stop(self) -> None:
        Scanner.running = False


class Client:
    """Stands for BleakClient, of an instrument with a pressure and a clock."""

    fails: Exception | None = None

    def __init__(self, handle: Any, ended: Callable[[Any], None], timeout: float) -> None:
        self.ended = ended
        self.open = False
        self.services = SimpleNamespace(get_characteristic=lambda name: name in (uuid(0x2A35), CURRENT_TIME) or None)

    async def connect(self) -> None:
        if Client.fails:
            raise Client.fails
        self.open = True

    async def disconnect(self) -> None:
        self.open = False

    async def read_gatt_char(self, name: str) -> bytearray:
        return bytearray(octets("ea07 0b 18 0b 2a 00 02 00 00"))

    async def start_notify(self, name: str, got: Callable[[Any, bytearray], None]) -> None:
        got(None, bytearray(octets("00 8e00 5800 6a00")))
        self.ended(self)


@pytest.fixture
def bluetooth(monkeypatch: pytest.MonkeyPatch) -> Any:
    module = pytest.importorskip("maroom.devices.bluetooth")
    monkeypatch.setattr(module, "BleakScanner", Scanner)
    monkeypatch.setattr(module, "BleakClient", Client)
    monkeypatch.setattr(Scanner, "fails", None)
    monkeypatch.setattr(Client, "fails", None)
    return module.Bluetooth()


def test_what_is_scanned_is_heard(bluetooth: Any) -> None:
    heard: list[Heard | Refused] = []
    seen: list[Instrument] = []
    listener = Listener(bluetooth, SetClock(), [CUFF.id], heard.append, seen.append)
    assert listener.run(lambda: bool(heard and seen)) is Ended.STOPPED
    assert isinstance(heard[0], Heard)
    assert (heard[0].reading.instrument, heard[0].ahead) == (CUFF, 3600)
    assert seen == [Instrument("nameless", "")]
    assert not Scanner.running


def _faults() -> list[Exception]:
    exc = pytest.importorskip("bleak.exc")
    off = exc.BleakBluetoothNotAvailableError("off", exc.BleakBluetoothNotAvailableReason.POWERED_OFF)
    return [exc.BleakDBusError("org.bluez.Error.NotReady", []), off, FileNotFoundError(2, "no bus"), TimeoutError(), EOFError()]


@pytest.mark.parametrize("number", range(5))
def test_whatever_bleak_raises_at_the_start_is_no_bluetooth(
    bluetooth: Any, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Scanner, "fails", _faults()[number])

    async def scan() -> None:
        async with bluetooth.scanning(SERVICES, lambda _nearby: None):
            pass

    with pytest.raises(NoBluetooth):
        asyncio.run(scan())


@pytest.mark.parametrize("number", range(5))
def test_whatever_bleak_raises_on_connecting_is_a_lost_link(
    bluetooth: Any, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Client, "fails", _faults()[number])

    async def connect() -> None:
        async with bluetooth.connected(Nearby(CUFF, object())):
            pass

    with pytest.raises(Lost):
        asyncio.run(connect())
