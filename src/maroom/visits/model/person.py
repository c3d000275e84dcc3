"""A patient, as known here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maroom.core.names import HumanName, listed
from maroom.fhir.reading import PartialDate


class Sex(StrEnum):
    """FHIR's administrative gender."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Patient:
    """`name` may be empty, `birth` None or known to the year only; `sex` is FHIR's word, also one that we do not know."""

    id: str
    revision: int
    name: HumanName
    birth: PartialDate | None
    sex: Sex | str = Sex.UNKNOWN
    record_number: str = ""
    phone: str = ""
    language: str = ""
    """BCP 47; empty where nobody said"""
    local: bool = True
    """registered here or imported; else the server's own"""
    verified: bool = False
    """false until another system knows a patient who was registered here"""
    deceased: bool = False
    active: bool = True
    other_names: tuple[HumanName, ...] = ()
    """former and further names, to be found by"""

    @property
    def born(self) -> date | None:
        """The day of birth; of a partly known one the first day that it may be."""
        return self.birth.first if self.birth else None


@dataclass(frozen=True)
class NewPatient:
    """What somebody is registered with."""

    family: str
    given: str
    """all given names as typed, apart by spaces"""
    born: date
    sex: Sex = Sex.UNKNOWN
    phone: str = ""

    @property
    def name(self) -> HumanName:
        return HumanName(self.family.strip(), tuple(self.given.split()))


@dataclass(frozen=True)
class PatientCard:
    """A patient as a line of the search."""

    id: str
    name: HumanName
    birth: PartialDate | None
    sex: Sex | str
    record_number: str
    verified: bool
    deceased: bool

    @property
    def display(self) -> str:
        return listed(self.name)

    @property
    def born(self) -> date | None:
        return self.birth.first if self.birth else None
