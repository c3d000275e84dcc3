"""What is known of a patient from before, and what is added to it at a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maroom.core.clock import Moment
from maroom.core.visit import VisitRef
from maroom.fhir.reading import Coding, PartialDate
from maroom.visits.model.person import Patient
from maroom.visits.model.visit import Visit

When = Moment | PartialDate | None
"""A moment, as much of a date as is known, or nothing."""


class AllergyStatus(StrEnum):
    """What can be said about a patient's allergies. Only the first two are an answer."""

    LISTED = "listed"
    NONE_KNOWN = "none_known"
    NOT_ASKED = "not_asked"
    """the chart is here and says nothing"""
    NOT_KNOWN_HERE = "not_known_here"
    """the chart was never loaded"""


@dataclass(frozen=True)
class Allergy:
    """`clinical`, `verification` and `criticality` are FHIR's codes, empty where absent."""

    id: str
    revision: int
    substance: str
    coding: Coding | None = None
    clinical: str = ""
    verification: str = ""
    criticality: str = ""
    reactions: tuple[str, ...] = ()
    recorded: When = None


@dataclass(frozen=True)
class Allergies:
    """`listed` are those that count now. `none_of` are the kinds of which none is known, where not all were asked about."""

    status: AllergyStatus
    listed: tuple[Allergy, ...] = ()
    asked: date | None = None
    """the day of the answer `none known`"""
    none_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewAllergy:
    """As told by the patient."""

    substance: str
    reaction: str = ""
    coding: Coding | None = None


@dataclass(frozen=True)
class Condition:
    """A line of the problem list. `clinical` and `verification` are FHIR's codes."""

    id: str
    words: str
    coding: Coding | None = None
    clinical: str = ""
    verification: str = ""
    onset: When = None

    @property
    def active(self) -> bool:
        """A line without a clinical status counts as active: it must not be overlooked."""
        past = self.clinical in ("inactive", "remission", "resolved")
        return not past and self.verification not in ("refuted", "entered-in-error")


@dataclass(frozen=True)
class Medicine:
    """Ordered or taken: one MedicationRequest or MedicationStatement."""

    id: str
    words: str
    coding: Coding | None = None
    dose: str = ""
    status: str = ""
    since: When = None

    @property
    def active(self) -> bool:
        return self.status in ("active", "on-hold", "intended", "")


@dataclass(frozen=True)
class NewOrder:
    """An order taken by word of mouth from `requester`, or under the standing order `standing`."""

    words: str
    requester: str
    coding: Coding | None = None
    standing: str = ""


@dataclass(frozen=True)
class Order:
    """One ServiceRequest. `visit` is empty where it belongs to none known here; `note` says verbal or which standing order."""

    id: str
    revision: int
    visit: VisitRef
    words: str
    coding: Coding | None = None
    status: str = ""
    requester: str = ""
    note: str = ""
    at: When = None


@dataclass(frozen=True)
class Appointment:
    """`status` is FHIR's; `minutes` how long it is meant to take."""

    id: str
    words: str
    coding: Coding | None = None
    status: str = ""
    start: Moment | None = None
    minutes: int | None = None
    provider: str = ""


@dataclass(frozen=True)
class PastObservation:
    """Anything observed that no duty owns, as another system gave it. `value` reads as it was sent, unit included."""

    id: str
    words: str
    coding: Coding | None = None
    value: str = ""
    status: str = ""
    at: When = None


@dataclass(frozen=True)
class Notice:
    """A critical finding and whom it was told to. It stays open until somebody has read it back."""

    id: str
    revision: int
    visit: VisitRef
    about: str
    """record id of what was found"""
    finding: str
    whom: str = ""
    when: Moment | None = None
    read_back: bool = False

    @property
    def open(self) -> bool:
        return not self.read_back


@dataclass(frozen=True)
class Chart:
    """The patient's history, each list the newest first."""

    patient: Patient
    allergies: Allergies
    conditions: tuple[Condition, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    orders: tuple[Order, ...] = ()
    observations: tuple[PastObservation, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    notices: tuple[Notice, ...] = ()
    visits: tuple[Visit, ...] = ()
