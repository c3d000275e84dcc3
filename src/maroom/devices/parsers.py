"""The measurement characteristics of the four health services, field by field, after the Bluetooth SIG's GATT Specification
Supplement and the services of that name. Each takes its octets and the instrument that sent them, and may raise Unfit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from maroom.core.quantity import Quantity
from maroom.devices.bounds import within
from maroom.devices.model import DeviceReading, Instrument, Refusal, Remark, What
from maroom.devices.octets import Octets, Unfit

_NO_USER = 0xFF
_NO_WEIGHT = 0xFFFF
_KILOGRAMS, _POUNDS = Decimal("0.005"), Decimal("0.01")
"""resolution of Weight Measurement in its two units"""
_SITES = {1: "armpit", 3: "ear", 4: "finger", 6: "mouth", 7: "rectum", 8: "toe", 9: "ear"}
"""Temperature Type (0x2A1D) > our word for the site; 2 is the body in general, 5 the gastro-intestinal tract"""

_PRESSURE_REMARKS = {0: Remark.BODY_MOVED, 1: Remark.CUFF_LOOSE, 2: Remark.PULSE_IRREGULAR, 5: Remark.WRONG_POSITION}
_PULSE_OUTSIDE = (3, 4)
_OXYGEN_REMARKS = {6: Remark.EARLY, 9: Remark.FROM_MEMORY, 14: Remark.QUESTIONABLE}
_UNFINISHED = (5, 12, 13, 15)
"""measurement ongoing, calibration ongoing, unavailable, invalid"""
_NO_PATIENT = (10, 11)
"""data for demonstration, data for testing"""
_SENSOR_REMARKS = {
    2: Remark.WEAK_SIGNAL,
    3: Remark.WEAK_SIGNAL,
    4: Remark.WEAK_SIGNAL,
    5: Remark.LOW_PERFUSION,
    6: Remark.WEAK_SIGNAL,
    7: Remark.WEAK_SIGNAL,
    8: Remark.QUESTIONABLE,
    13: Remark.QUESTIONABLE,
}
_SENSOR_OFF = (1, 11, 12, 14, 15)
"""equipment malfunction, sensor not at the user, unknown, failing, disconnected"""


def _bit(flags: int, number: int) -> bool:
    return bool(flags >> number & 1)


def _any(flags: int, numbers: tuple[int, ...]) -> bool:
    return any(_bit(flags, number) for number in numbers)


def _told(flags: int, by_bit: Mapping[int, Remark]) -> Iterator[Remark]:
    yield from (remark for number, remark in by_bit.items() if _bit(flags, number))


def _needed(number: Decimal | None) -> Decimal:
    if number is None:
        raise Unfit(Refusal.NO_NUMBER)
    return number


def _user(octets: Octets) -> int | None:
    user = octets.whole(1)
    return None if user == _NO_USER else user


def _reading(
    instrument: Instrument,
    values: Mapping[What, tuple[Decimal | None, str]],
    at: datetime | None,
    remarks: tuple[Remark, ...] = (),
    user: int | None = None,
    site: str = "",
) -> DeviceReading:
    """Of values that are there; each remark once."""
    there = ((what, Quantity(number, unit)) for what, (number, unit) in values.items() if number is not None)
    return DeviceReading(instrument, within(there), at, user, site, tuple(dict.fromkeys(remarks)))


def blood_pressure(octets: Octets, instrument: Instrument) -> DeviceReading:
    """0x2A35: flags, systolic, diastolic and mean (SFLOAT, mmHg or kPa), time stamp, pulse (SFLOAT, /min), user, status. A half
    that is an error code makes it none; the mean is not read, a pulse that is an error code left out."""
    flags = octets.whole(1)
    unit = "kPa" if _bit(flags, 0) else "mm[Hg]"
    upper, lower, _ = _needed(octets.sfloat()), _needed(octets.sfloat()), octets.sfloat()
    at = octets.time() if _bit(flags, 1) else None
    pulse = octets.sfloat() if _bit(flags, 2) else None
    user = _user(octets) if _bit(flags, 3) else None
    status = octets.whole(2) if _bit(flags, 4) else 0
    octets.end(known=flags < 1 << 5)
    outside = (Remark.PULSE_OUT_OF_RANGE,) if _any(status, _PULSE_OUTSIDE) else ()
    values = {What.SYSTOLIC: (upper, unit), What.DIASTOLIC: (lower, unit), What.PULSE: (pulse, "/min")}
    return _reading(instrument, values, at, (*_told(status, _PRESSURE_REMARKS), *outside), user)


def temperature(octets: Octets, instrument: Instrument) -> DeviceReading:
    """0x2A1C: flags, temperature (FLOAT, °C or °F), time stamp, where it was taken."""
    flags = octets.whole(1)
    value = _needed(octets.float())
    at = octets.time() if _bit(flags, 1) else None
    site = _SITES.get(octets.whole(1), "") if _bit(flags, 2) else ""
    octets.end(known=flags < 1 << 3)
    return _reading(instrument, {What.TEMPERATURE: (value, "[degF]" if _bit(flags, 0) else "Cel")}, at, site=site)


def weight(octets: Octets, instrument: Instrument) -> DeviceReading:
    """0x2A9D: flags, weight (in steps of 0.005 kg or 0.01 lb; 0xFFFF is unsuccessful), time stamp, user, body mass index and
    height. The last two are not read: they rest on what somebody typed into the scale."""
    flags = octets.whole(1)
    pounds, steps = _bit(flags, 0), octets.whole(2)
    at = octets.time() if _bit(flags, 1) else None
    user = _user(octets) if _bit(flags, 2) else None
    if _bit(flags, 3):
        octets.whole(4)
    octets.end(known=flags < 1 << 4)
    if steps == _NO_WEIGHT:
        raise Unfit(Refusal.UNSUCCESSFUL)
    value, unit = (steps * _POUNDS, "[lb_av]") if pounds else (steps * _KILOGRAMS, "kg")
    return _reading(instrument, {What.WEIGHT: (value, unit)}, at, user=user)


def oxygen(octets: Octets, instrument: Instrument) -> DeviceReading:
    """0x2A5E (PLX Spot-Check): flags, SpO2 (SFLOAT, %) and pulse (SFLOAT, /min), time stamp, status of the measurement, status
    of instrument and sensor, pulse amplitude. A pulse that is an error code is left out."""
    flags = octets.whole(1)
    share, pulse = _needed(octets.sfloat()), octets.sfloat()
    at = octets.time() if _bit(flags, 0) else None
    status = octets.whole(2) if _bit(flags, 1) else 0
    sensor = octets.whole(3) if _bit(flags, 2) else 0
    if _bit(flags, 3):
        octets.sfloat()
    octets.end(known=flags < 1 << 5)
    if _any(status, _NO_PATIENT):
        raise Unfit(Refusal.NOT_A_PATIENT)
    if _any(status, _UNFINISHED) or _any(sensor, _SENSOR_OFF):
        raise Unfit(Refusal.UNSUCCESSFUL)
    unset = _bit(flags, 4)
    clock = (Remark.CLOCK_NOT_SET,) if unset else ()
    values = {What.SPO2: (share, "%"), What.PULSE: (pulse, "/min")}
    remarks = (*_told(status, _OXYGEN_REMARKS), *_told(sensor, _SENSOR_REMARKS), *clock)
    return _reading(instrument, values, None if unset else at, remarks)
