"""What instruments tell: readings as sent, what they remark on them, and what cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from maroom.core.clock import Moment
from maroom.core.quantity import Quantity


class What(StrEnum):
    """What was measured."""

    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"
    PULSE = "pulse"
    TEMPERATURE = "temperature"
    WEIGHT = "weight"
    SPO2 = "spo2"


class Remark(StrEnum):
    """What an instrument says about a reading that it holds to be good enough to send."""

    BODY_MOVED = "body_moved"
    CUFF_LOOSE = "cuff_loose"
    PULSE_IRREGULAR = "pulse_irregular"
    PULSE_OUT_OF_RANGE = "pulse_out_of_range"
    """of what the instrument can count"""
    WRONG_POSITION = "wrong_position"
    EARLY = "early"
    """an estimate before the signal had settled"""
    QUESTIONABLE = "questionable"
    WEAK_SIGNAL = "weak_signal"
    LOW_PERFUSION = "low_perfusion"
    FROM_MEMORY = "from_memory"
    CLOCK_NOT_SET = "clock_not_set"


class Refusal(StrEnum):
    """Why what an instrument sent is no reading."""

    UNKNOWN = "unknown"
    """a characteristic that is not read here"""
    MALFORMED = "malformed"
    """of another length than its flags say, or with a time that no calendar has"""
    NO_NUMBER = "no_number"
    """an error code in the place of the value: not a number, not at this resolution, infinite, reserved"""
    UNSUCCESSFUL = "unsuccessful"
    """the instrument says that it did not succeed, had not finished, or was not at a patient"""
    OUT_OF_BOUNDS = "out_of_bounds"
    """beyond what any such instrument measures"""
    NOT_A_PATIENT = "not_a_patient"
    """made for demonstration or test"""


@dataclass(frozen=True)
class Instrument:
    """`id` is its address as the system tells it, `name` what it calls itself."""

    id: str
    name: str = ""


@dataclass(frozen=True)
class DeviceReading:
    """One measurement of one instrument. Values and units (UCUM; a pressure may be in kPa) are as sent.

    `at` is the time by the instrument's own clock, which knows no zone and may be wrong; None where it told none.
    """

    instrument: Instrument
    values: Mapping[What, Quantity]
    at: datetime | None = None
    user: int | None = None
    """the number of a user of a shared instrument; None where it knows none"""
    site: str = ""
    """where it was taken, in the words of the vitals: mouth, ear, ...; empty where that was not told or has no word"""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Refused:
    """No reading, and why."""

    instrument: Instrument
    code: Refusal


@dataclass(frozen=True)
class Heard:
    """A reading and when it came in. `ahead` is by how many seconds the instrument's clock was ahead of ours when it was asked;
    negative: behind; None: it was not asked."""

    reading: DeviceReading
    received: Moment
    ahead: float | None = None
