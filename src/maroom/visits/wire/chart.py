"""AllergyIntolerance, Condition, MedicationRequest, MedicationStatement, ServiceRequest, Observation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from maroom.core.clock import Moment
from maroom.core.visit import VisitRef
from maroom.fhir import reading
from maroom.fhir.exchange import Resource
from maroom.fhir.reading import Coding
from maroom.fhir.writing import concept, reference
from maroom.visits.model import Allergy, Condition, Medicine, Order, PastObservation
from maroom.visits.wire.elements import first_coding, first_time, identified, status_code

_ALLERGY = "http://terminology.hl7.org/CodeSystem/allergyintolerance-"


def allergy(resource: Resource, local_id: str, after: int) -> Allergy:
    code = reading.concept(resource, "code")
    manifestations = (
        found.words() for one in reading.parts(resource, "reaction") for found in reading.concepts(one, "manifestation")
    )
    return Allergy(
        id=local_id,
        revision=after,
        substance=code.words() or _substance(resource),
        coding=first_coding(code),
        clinical=status_code(resource, "clinicalStatus"),
        verification=status_code(resource, "verificationStatus"),
        criticality=reading.text(resource, "criticality"),
        reactions=tuple(words for words in manifestations if words),
        recorded=reading.when(resource, "recordedDate"),
    )


def _substance(resource: Resource) -> str:
    named = (reading.concept(one, "substance").words() for one in reading.parts(resource, "reaction"))
    return next((words for words in named if words), "")


def allergy_body(of: Allergy, about: VisitRef, base: Mapping[str, Any]) -> Resource:
    """Status, code, reactions and the day it was recorded. An entry in error may have no clinical status."""
    made: Resource = {**base, "resourceType": "AllergyIntolerance", "identifier": identified(base, of.id)}
    made.setdefault("code", _code(of.coding, of.substance))
    made["patient"] = base.get("patient", {}) | reference(about.patient)
    if about.visit:
        made.setdefault("encounter", reference(about.visit))
    if of.reactions:
        made.setdefault("reaction", [{"manifestation": [{"text": words}]} for words in of.reactions])
    if isinstance(of.recorded, Moment):
        made["recordedDate"] = of.recorded.iso()
    made.pop("clinicalStatus", None)
    if of.clinical and of.verification != "entered-in-error":
        made["clinicalStatus"] = concept(f"{_ALLERGY}clinical", of.clinical)
    if of.verification:
        made["verificationStatus"] = concept(f"{_ALLERGY}verification", of.verification)
    return made


def condition(resource: Resource, local_id: str) -> Condition:
    code = reading.concept(resource, "code")
    return Condition(
        id=local_id,
        words=code.words(),
        coding=first_coding(code),
        clinical=status_code(resource, "clinicalStatus"),
        verification=status_code(resource, "verificationStatus"),
        onset=first_time(resource, "onsetDateTime", "onsetPeriod", "recordedDate"),
    )


def medicine(resource: Resource, local_id: str) -> Medicine:
    """MedicationRequest or MedicationStatement."""
    code = reading.concept(resource, "medicationCodeableConcept")
    doses = (*reading.parts(resource, "dosageInstruction"), *reading.parts(resource, "dosage"))
    return Medicine(
        id=local_id,
        words=code.words() or reading.text(reading.part(resource, "medicationReference"), "display"),
        coding=first_coding(code),
        dose="; ".join(words for dose in doses if (words := reading.text(dose, "text"))),
        status=reading.text(resource, "status"),
        since=first_time(resource, "authoredOn", "effectiveDateTime", "effectivePeriod", "dateAsserted"),
    )


def order(resource: Resource, local_id: str, after: int, about: VisitRef) -> Order:
    code = reading.concept(resource, "code")
    notes = (reading.text(one, "text") for one in reading.parts(resource, "note"))
    return Order(
        id=local_id,
        revision=after,
        visit=about,
        words=code.words(),
        coding=first_coding(code),
        status=reading.text(resource, "status"),
        requester=reading.text(reading.part(resource, "requester"), "display"),
        note="; ".join(words for words in notes if words),
        at=first_time(resource, "authoredOn", "occurrenceDateTime"),
    )


def order_body(of: Order, base: Mapping[str, Any]) -> Resource:
    made: Resource = {**base, "resourceType": "ServiceRequest", "status": of.status, "identifier": identified(base, of.id)}
    made.setdefault("intent", "order")
    made.setdefault("code", _code(of.coding, of.words))
    made["subject"] = base.get("subject", {}) | reference(of.visit.patient)
    if of.visit.visit:
        made.setdefault("encounter", reference(of.visit.visit))
    made.setdefault("requester", {"display": of.requester})
    if of.note:
        made.setdefault("note", [{"text": of.note}])
    if isinstance(of.at, Moment):
        made.setdefault("authoredOn", of.at.iso())
    return made


def _code(coding: Coding | None, words: str) -> Resource:
    return concept(coding.system, coding.code, coding.display) | {"text": words} if coding else {"text": words}


def observation(resource: Resource, local_id: str) -> PastObservation:
    code = reading.concept(resource, "code")
    return PastObservation(
        id=local_id,
        words=code.words(),
        coding=first_coding(code),
        value=value(resource),
        status=reading.text(resource, "status"),
        at=first_time(resource, "effectiveDateTime", "effectiveInstant", "effectivePeriod", "issued"),
    )


def value(resource: Resource) -> str:
    """As it reads: the value with its unit, or its parts, or why there is none; empty for kinds of values that do not read as
    one line."""
    own = next((words for words in _values(resource) if words), "")
    if own:
        return own
    parts = ((reading.concept(one, "code").words(), value(one)) for one in reading.parts(resource, "component"))
    told = "; ".join(f"{words} {read}".strip() for words, read in parts if read)
    return told or reading.concept(resource, "dataAbsentReason").words()


def _values(resource: Resource) -> Iterator[str]:
    yield _quantity(reading.part(resource, "valueQuantity"))
    yield reading.concept(resource, "valueCodeableConcept").words()
    yield from (reading.text(resource, name) for name in ("valueString", "valueDateTime", "valueTime"))
    yield {True: "yes", False: "no", None: ""}[reading.flag(resource, "valueBoolean")]
    number = reading.number(resource, "valueInteger")
    yield "" if number is None else str(number)


def _quantity(found: Resource) -> str:
    number = reading.number(found, "value")
    if number is None:
        return ""
    unit = reading.text(found, "unit") or reading.text(found, "code")
    return f"{reading.text(found, 'comparator')}{number} {unit}".strip()
