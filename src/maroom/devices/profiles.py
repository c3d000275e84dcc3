"""Which services and characteristics are listened to, and the one way from octets to a reading."""

from __future__ import annotations

from collections.abc import Callable

from maroom.devices import parsers
from maroom.devices.model import DeviceReading, Instrument, Refusal, Refused
from maroom.devices.octets import Octets, Unfit

_BASE = "0000{:04x}-0000-1000-8000-00805f9b34fb"
"""how the numbers assigned by the Bluetooth SIG become UUIDs"""

SERVICES = tuple(_BASE.format(number) for number in (0x1810, 0x1809, 0x181D, 0x1822))
"""Blood Pressure, Health Thermometer, Weight Scale, Pulse Oximeter: what such instruments say of themselves"""

CURRENT_TIME = _BASE.format(0x2A2B)
"""Current Time: the instrument's clock as it stands"""

_PARSERS: dict[str, Callable[[Octets, Instrument], DeviceReading]] = {
    _BASE.format(0x2A35): parsers.blood_pressure,
    _BASE.format(0x2A1C): parsers.temperature,
    _BASE.format(0x2A9D): parsers.weight,
    _BASE.format(0x2A5E): parsers.oxygen,
}
MEASUREMENTS = tuple(_PARSERS)
"""UUIDs of the characteristics that readings come by"""


def read(characteristic: str, raw: bytes, instrument: Instrument) -> DeviceReading | Refused:
    """Whatever was sent, it is a reading or refused; nothing is raised."""
    parser = _PARSERS.get(characteristic.lower())
    if parser is None:
        return Refused(instrument, Refusal.UNKNOWN)
    try:
        return parser(Octets(raw), instrument)
    except Unfit as unfit:
        return Refused(instrument, unfit.code)
