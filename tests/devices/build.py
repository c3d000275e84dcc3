"""Octets as instruments send them, put together by hand after the published layouts."""

from __future__ import annotations

from datetime import datetime

from maroom.devices import profiles
from maroom.devices.model import DeviceReading, Instrument, Refusal, Refused

CUFF = Instrument("C4:F1:00:00:00:01", "UA-651BLE")
MORNING = datetime(2026, 11, 24, 10, 42, 7)  # noqa: DTZ001 - an instrument tells no zone
NAN, NRES, INFINITE, MINUS_INFINITE, RESERVED = (b"\xff\x07", b"\x00\x08", b"\xfe\x07", b"\x02\x08", b"\x01\x08")
"""SFLOAT's special values: 0x07FF, 0x0800, 0x07FE, 0x0802, 0x0801"""


def octets(text: str) -> bytes:
    """Of hexadecimal digits, spaced as wished."""
    return bytes.fromhex(text)


def uuid(number: int) -> str:
    return f"0000{number:04x}-0000-1000-8000-00805f9b34fb"


def read(number: int, raw: bytes) -> DeviceReading:
    """By the assigned number of the characteristic; it must be a reading."""
    found = profiles.read(uuid(number), raw, CUFF)
    assert isinstance(found, DeviceReading), found
    return found


def refused(number: int, raw: bytes) -> Refusal:
    found = profiles.read(uuid(number), raw, CUFF)
    assert isinstance(found, Refused), found
    return found.code


def told(reading: DeviceReading) -> dict[str, tuple[str, str]]:
    """What > value and unit, digit for digit."""
    return {what.value: (str(quantity.value), quantity.unit) for what, quantity in reading.values.items()}
