"""Which readings may be offered for a visit. Offered, never taken: a person looks at instrument, time and value, and decides.

Not offered is what is older than this rooming, what was used before, and what cannot be told to be neither; why is said.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from typing import Protocol
from zoneinfo import ZoneInfo

from maroom.core.clock import Clock, Moment
from maroom.core.quantity import Quantity, rounded
from maroom.devices.bounds import clock_tolerance
from maroom.devices.model import DeviceReading, Heard, Remark

_MERCURY = Fraction("133.322387415") / 1000
"""kPa in a conventional millimetre of mercury (ISO 80000-4, NIST SP 811)"""
_KEPT = 50
"""readings remembered; the oldest go"""


class Used(Protocol):
    """The kept record of readings that were taken over.

    A reading is noted by its key in the same transaction that puts its value on record, and stays noted when that is voided:
    it was of somebody else, then. Keys hold no value that could be read back."""

    def is_used(self, key: str) -> bool: ...


class Doubt(StrEnum):
    """What is said beside an offer."""

    NO_TIME = "no_time"
    """the instrument told no time: it is taken as of when it came in"""
    CLOCK_OFF = "clock_off"
    """its clock is off by more than is passed over; the time was put right by the difference"""


class Why(StrEnum):
    """Why a reading is not offered."""

    OLDER = "older"
    """than this rooming; or the instrument's clock is behind"""
    USED = "used"
    AHEAD = "ahead"
    """the instrument's clock is ahead of ours, by nobody knows how much: it may be of somebody before"""
    UNDATED = "undated"
    """from the instrument's memory, and without a time"""


@dataclass(frozen=True)
class Offer:
    """A reading that may be of this patient. `measured` is never after it came in."""

    reading: DeviceReading
    measured: Moment
    key: str
    doubts: tuple[Doubt, ...] = ()
    ahead: timedelta | None = None
    """by how much its clock is ahead (behind: negative) where that is told"""


@dataclass(frozen=True)
class Withheld:
    """A reading that is not offered. `off` is by how much its time lies after (before: negative) when it came in."""

    reading: DeviceReading
    why: Why
    received: Moment
    off: timedelta | None = None


def key(heard: Heard) -> str:
    """The same for the same reading however often it is sent: of instrument, its time and the values. Where it tells no time
    every arrival is a reading of its own."""
    reading = heard.reading
    at = reading.at.isoformat() if reading.at else f"came in {heard.received.utc.isoformat()}"
    values = sorted(f"{what}={quantity.value.normalize()} {quantity.unit}" for what, quantity in reading.values.items())
    return sha256("\n".join((reading.instrument.id, at, *values)).encode()).hexdigest()


def judged(heard: Heard, since: Moment, zone: ZoneInfo, used: Used) -> Offer | Withheld:
    """`since` is when the patient was roomed, or arrived where nobody was roomed. The instrument's clock is read in the
    clinic's `zone`. Only what may be offered otherwise is looked up among the used."""
    found = _by_time(heard, since, zone)
    return _withheld(heard, Why.USED) if isinstance(found, Offer) and used.is_used(found.key) else found


def _by_time(heard: Heard, since: Moment, zone: ZoneInfo) -> Offer | Withheld:
    measured = _measured(heard, zone)
    if measured is None:
        timeless = Remark.FROM_MEMORY in heard.reading.remarks
        return _withheld(heard, Why.UNDATED) if timeless else _since(heard, heard.received, since, (Doubt.NO_TIME,))
    if measured.utc - heard.received.utc > clock_tolerance():
        return _withheld(heard, Why.AHEAD, measured)
    return _since(heard, min(measured, heard.received), since, (Doubt.CLOCK_OFF,) if _is_off(heard) else ())


def _withheld(heard: Heard, why: Why, measured: Moment | None = None) -> Withheld:
    return Withheld(heard.reading, why, heard.received, measured.utc - heard.received.utc if measured else None)


def _measured(heard: Heard, zone: ZoneInfo) -> Moment | None:
    """By the instrument's clock, put right where it is known by how much that is off."""
    at: datetime | None = heard.reading.at
    if at is None:
        return None
    by_its_clock = Moment.of(at.replace(tzinfo=zone))
    return replace(by_its_clock, utc=by_its_clock.utc - timedelta(seconds=heard.ahead or 0))


def _is_off(heard: Heard) -> bool:
    return heard.ahead is not None and timedelta(seconds=abs(heard.ahead)) > clock_tolerance()


def _since(heard: Heard, measured: Moment, since: Moment, doubts: tuple[Doubt, ...]) -> Offer | Withheld:
    if measured.utc < since.utc:
        return _withheld(heard, Why.OLDER, measured)
    ahead = timedelta(seconds=heard.ahead) if heard.ahead is not None and doubts == (Doubt.CLOCK_OFF,) else None
    return Offer(heard.reading, measured, key(heard), doubts, ahead)


def as_charted(quantity: Quantity) -> Quantity:
    """As the page takes it: a pressure in kPa as whole mmHg, with what was sent as its text; all else as it is."""
    if quantity.unit != "kPa":
        return quantity
    return Quantity(rounded(Fraction(quantity.value) / _MERCURY, 0), "mm[Hg]", f"{quantity.value} kPa")


class Tray:
    """The readings that came in at this station, of whomever, the newest first. What was used or is too old stays withheld.
    Of another patient they may still be; so one that is put aside is put aside for one visit, until the program ends."""

    def __init__(self, zoned: Clock, used: Used) -> None:
        self._clock = zoned
        self._used = used
        self._heard: deque[Heard] = deque(maxlen=_KEPT)
        self._aside: set[tuple[str, str]] = set()

    def put(self, heard: Heard) -> bool:
        """False where the instrument has sent it before."""
        new = key(heard) not in map(key, self._heard)
        if new:
            self._heard.appendleft(heard)
        return new

    def put_aside(self, key: str, visit: str) -> None:
        """It is not of the patient of this visit."""
        self._aside.add((key, visit))

    def judged(self, since: Moment) -> tuple[Offer | Withheld, ...]:
        """All of them, for a patient who was roomed at `since`."""
        return tuple(judged(heard, since, self._clock.zone, self._used) for heard in self._heard)

    def offers(self, since: Moment, visit: str = "") -> tuple[Offer, ...]:
        found = (one for one in self.judged(since) if isinstance(one, Offer))
        return tuple(one for one in found if (one.key, visit) not in self._aside)
