"""Vital signs as they were observed. One reading is one FHIR Observation; a set is what was taken together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from maroom.core.clock import Moment
from maroom.core.ids import new_id
from maroom.core.quantity import Quantity
from maroom.core.visit import VisitRef


class Sign(StrEnum):
    """What was observed. The codes, units and places of each stand in `resources/vitals/signs.toml`."""

    BP = "bp"
    PULSE = "pulse"
    TEMPERATURE = "temperature"
    BREATHING = "breathing"
    SPO2 = "spo2"
    WEIGHT = "weight"
    HEIGHT = "height"
    LENGTH = "length"
    HEAD = "head"
    PAIN = "pain"
    BMI = "bmi"
    WAIST = "waist"
    PEAK_FLOW = "peak_flow"
    LAST_PERIOD = "last_period"
    BP_AVERAGE = "bp_average"
    RHYTHM = "rhythm"
    HEAD_PERCENTILE = "head_percentile"
    BMI_PERCENTILE = "bmi_percentile"
    WEIGHT_FOR_LENGTH_PERCENTILE = "weight_for_length_percentile"
    NEWS2 = "news2"


class Component(StrEnum):
    """A value that a reading carries beside or instead of its own: the halves of a pressure, oxygen given."""

    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"
    OXYGEN_FLOW = "oxygen_flow"
    OXYGEN_SHARE = "oxygen_share"
    COUNT = "count"


HALVES = (Component.SYSTOLIC, Component.DIASTOLIC)


def field_of(sign: Sign, component: Component | None = None) -> str:
    """How a field of the form, and a finding about it, is named: `pulse`, `bp.systolic`."""
    return sign.value if component is None else f"{sign.value}.{component.value}"


class Status(StrEnum):
    """Of a reading, in FHIR's words. Another system's further words are kept as text."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
    AMENDED = "amended"
    CORRECTED = "corrected"
    ENTERED_IN_ERROR = "entered-in-error"
    CANCELLED = "cancelled"


RETRACTED = (Status.ENTERED_IN_ERROR, Status.CANCELLED)


class Why(StrEnum):
    """Why there is no value, in the codes of FHIR's data-absent-reason."""

    DECLINED = "asked-declined"
    NOT_DONE = "not-performed"
    NOT_OBTAINED = "unknown"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class Absent:
    """No value, and why. `text` says more where the code does not."""

    why: Why | str
    text: str = ""


@dataclass(frozen=True)
class Coded:
    """A value that is a word: a rhythm."""

    system: str
    code: str
    display: str = ""


Value = Quantity | Coded | date
"""A number with its unit, a word, or a day (of the last period)."""


@dataclass(frozen=True)
class Performer:
    """Who measured. `staff` is empty where another system named somebody unknown here."""

    staff: str
    name: str


@dataclass(frozen=True)
class Spared:
    """An arm that no pressure is taken on: what the problem list says, and the sides, `left` or `right`; none where it does not
    say."""

    why: str
    sides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """Whom it is about, as far as values are judged by it. `born` is None where it is not known."""

    born: date | None
    sex: str = ""
    """FHIR's administrative gender"""
    heart_failure: bool = False
    """these three as the problem list says"""
    pregnant: bool = False
    spared: tuple[Spared, ...] = ()


@dataclass(frozen=True)
class Measurement:
    """What was observed of one sign, as entered, without who and where.

    A pressure has no `value`, but `parts` with both halves; where nothing of it was taken, `value` is the absence.
    `qualifiers` tell how it was measured (`site`, `position`, `method`, `cuff`, `device`, ...), only what somebody said.
    """

    sign: Sign
    value: Value | Absent | None = None
    parts: Mapping[Component, Quantity | Absent] = field(default_factory=dict[Component, Quantity | Absent])
    qualifiers: Mapping[str, str] = field(default_factory=dict[str, str])
    note: str = ""
    at: Moment | None = None
    """when it was measured; None: at the time of its set"""
    until: Moment | None = None
    """the end of the time that an average covers"""
    derived_from: tuple[str, ...] = ()
    """record ids of the readings that an average or a rhythm rests on"""

    @property
    def absent(self) -> Absent | None:
        return self.value if isinstance(self.value, Absent) else None

    @property
    def quantity(self) -> Quantity | None:
        return self.value if isinstance(self.value, Quantity) else None

    def half(self, component: Component) -> Quantity | None:
        """A half of a pressure, or None where it was not taken."""
        part = self.parts.get(component)
        return part if isinstance(part, Quantity) else None


@dataclass(frozen=True)
class Reading:
    """One measurement on record: of whom, when, by whom, and at what revision it stands.

    `recorded` and `author` are of this revision, `reason` says why it replaced the one before; `replaced` holds those
    before it, the oldest first, where they were asked for.
    """

    id: str
    revision: int
    status: Status | str
    visit: VisitRef
    """its `visit` is empty where it was taken outside one that is known here"""
    set_id: str
    measured: Moment
    performer: Performer
    measurement: Measurement
    recorded: Moment
    author: str = ""
    reason: str = ""
    replaced: tuple[Reading, ...] = ()

    @property
    def sign(self) -> Sign:
        return self.measurement.sign

    @property
    def retracted(self) -> bool:
        return self.status in RETRACTED


@dataclass(frozen=True)
class ReadingSet:
    """Readings taken together, in the order of measuring."""

    id: str
    readings: tuple[Reading, ...]

    @property
    def measured(self) -> Moment:
        return self.readings[0].measured

    @property
    def performer(self) -> Performer:
        return self.readings[0].performer


@dataclass(frozen=True)
class Derived:
    """What follows from other measurements of the same entry, which are named by their places in it, and from readings that
    are on record already, by their ids: an average, a rhythm, an index."""

    measurement: Measurement
    of: tuple[int, ...] = ()
    readings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Critical:
    """What the clinician must hear of now: a measurement by its place in the entry, and what was found, in words."""

    of: int
    words: str


@dataclass(frozen=True)
class Entry:
    """A set to be put on record. `id` is made with the form, so that saving the same form again makes nothing twice."""

    visit: VisitRef
    measurements: tuple[Measurement, ...]
    derived: tuple[Derived, ...] = ()
    measured: Moment | None = None
    """None: now"""
    performer: Performer | None = None
    """None: whoever enters it"""
    instruments: tuple[str, ...] = ()
    """keys of the readings of instruments that are in it; each is on record once"""
    critical: tuple[Critical, ...] = ()
    """each becomes an open notice"""
    id: str = field(default_factory=new_id)
