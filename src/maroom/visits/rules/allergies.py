"""What a patient's allergy records say together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from maroom.core.clock import Moment
from maroom.fhir.reading import SNOMED, Coding
from maroom.visits.model import Allergies, Allergy, AllergyStatus, When

NO_KNOWN_ALLERGY = Coding(SNOMED, "716186003", "No known allergy")
_NONE_AT_ALL = (NO_KNOWN_ALLERGY.code, "160244002")
"""The code in use, and the one before it that older charts still bear."""
_NONE_OF_A_KIND = ("409137002", "428607008", "429625007", "1003774007")
"""No known drug, environmental, food and latex allergy: an answer to a part of the question."""
_PAST = ("inactive", "resolved")
_WRONG = ("refuted", "entered-in-error")


def counts(allergy: Allergy) -> bool:
    """Whether the record holds now. One without a clinical status does: it must not be overlooked."""
    return allergy.clinical not in _PAST and allergy.verification not in _WRONG


def says_none(allergy: Allergy) -> bool:
    """Whether it is the coded answer that no allergy at all is known."""
    return _snomed(allergy) in _NONE_AT_ALL


def reading(records: Iterable[Allergy], chart_loaded: bool) -> Allergies:
    """An allergy that counts beats the answer that none is known, whatever their order."""
    holding = [record for record in records if counts(record)]
    none = next((record for record in holding if says_none(record)), None)
    none_of = tuple(record.substance for record in holding if _snomed(record) in _NONE_OF_A_KIND)
    listed = tuple(record for record in holding if not says_none(record) and _snomed(record) not in _NONE_OF_A_KIND)
    if listed:
        return Allergies(AllergyStatus.LISTED, listed, none_of=none_of)
    if none:
        return Allergies(AllergyStatus.NONE_KNOWN, asked=_day(none.recorded))
    return Allergies(AllergyStatus.NOT_ASKED if chart_loaded else AllergyStatus.NOT_KNOWN_HERE, none_of=none_of)


def _snomed(allergy: Allergy) -> str:
    return allergy.coding.code if allergy.coding and allergy.coding.system == SNOMED else ""


def _day(recorded: When) -> date | None:
    if isinstance(recorded, Moment):
        return recorded.local().date()
    return recorded.first if recorded else None
