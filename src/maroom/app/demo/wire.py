"""The invented clinic as FHIR R4, in the form in which a server or an export gives it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from maroom.app.demo.people import Person
from maroom.core.clock import Moment
from maroom.core.names import HumanName
from maroom.fhir.exchange import Resource
from maroom.fhir.reading import LOINC, SNOMED, UCUM
from maroom.fhir.writing import concept

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
NUMBERS = "https://example.org/invented/mrn"
_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
_AMBULATORY = {"system": f"{_TERMINOLOGY}/v3-ActCode", "code": "AMB", "display": "ambulatory"}


def to(rtype: str, resource_id: str, display: str = "") -> Resource:
    """A reference."""
    return {"reference": f"{rtype}/{resource_id}"} | ({"display": display} if display else {})


def resource(rtype: str, resource_id: str, **elements: Any) -> Resource:
    """Elements that are empty or None are left out."""
    kept = {name: value for name, value in elements.items() if value not in (None, "", [], {})}
    return {"resourceType": rtype, "id": resource_id} | kept


def practitioner(resource_id: str, told: dict[str, Any]) -> Resource:
    """A row of `staff` of clinic.toml."""
    name = {"use": "official", "family": told["family"], "given": [told["given"]]}
    name |= {"prefix": [told["prefix"]]} if "prefix" in told else {}
    return resource("Practitioner", resource_id, active=True, name=[name])


def patient(resource_id: str, person: Person) -> Resource:
    number = {"use": "usual", "type": concept(f"{_TERMINOLOGY}/v2-0203", "MR"), "system": NUMBERS, "value": person.number}
    spoken = {"language": concept("urn:ietf:bcp:47", person.language), "preferred": True}
    return resource(
        "Patient",
        resource_id,
        identifier=[number],
        active=True,
        name=[_name(person.name)],
        telecom=[{"system": "phone", "value": person.phone, "use": "mobile"}],
        gender=person.sex,
        birthDate=person.born.isoformat(),
        communication=[spoken],
    )


def _name(name: HumanName) -> Resource:
    return {"use": "official", "given": list(name.given)} | ({"family": name.family} if name.family else {})


def problem(resource_id: str, who: Resource, told: dict[str, Any], onset: date) -> Resource:
    return resource(
        "Condition",
        resource_id,
        clinicalStatus=concept(f"{_TERMINOLOGY}/condition-clinical", "active"),
        verificationStatus=concept(f"{_TERMINOLOGY}/condition-ver-status", "confirmed"),
        category=[concept(f"{_TERMINOLOGY}/condition-category", "problem-list-item")],
        code=concept(SNOMED, told["snomed"], told["text"]) | {"text": told["text"]},
        subject=who,
        onsetDateTime=onset.isoformat(),
    )


def medicine(resource_id: str, who: Resource, told: dict[str, Any], since: date, by: Resource) -> Resource:
    return resource(
        "MedicationRequest",
        resource_id,
        status="active",
        intent="order",
        medicationCodeableConcept=_coded(told),
        subject=who,
        authoredOn=since.isoformat(),
        requester=by,
        dosageInstruction=[{"text": told["dose"]}],
    )


def allergy(resource_id: str, who: Resource, told: dict[str, Any], since: date) -> Resource:
    """One that is borne badly, or the coded statement that there is none."""
    return resource(
        "AllergyIntolerance",
        resource_id,
        clinicalStatus=concept(f"{_TERMINOLOGY}/allergyintolerance-clinical", "active"),
        verificationStatus=concept(f"{_TERMINOLOGY}/allergyintolerance-verification", "confirmed"),
        code=_coded(told),
        patient=who,
        recordedDate=since.isoformat(),
        reaction=[{"manifestation": [_manifestation(told)]}] if "reaction" in told else None,
    )


def _manifestation(told: dict[str, Any]) -> Resource:
    code = told.get("reaction_snomed")
    return (concept(SNOMED, code, told["reaction"]) if code else {}) | {"text": told["reaction"]}


def _coded(told: dict[str, Any]) -> Resource:
    """By SNOMED, RxNorm or LOINC where the table names a code, with its text."""
    systems = {"snomed": SNOMED, "rxnorm": RXNORM, "loinc": LOINC}
    codes = [concept(system, told[name], told["text"]) for name, system in systems.items() if name in told]
    return (codes[0] if codes else {}) | {"text": told["text"]}


def encounter(resource_id: str, who: Resource, told: dict[str, Any], start: Moment, by: Resource) -> Resource:
    """A visit of earlier days; `told` is a row of `reasons` of visits.toml."""
    return resource(
        "Encounter",
        resource_id,
        status="finished",
        **{"class": _AMBULATORY},
        type=[{"text": told["type"]}],
        subject=who,
        participant=[{"individual": by}],
        period={"start": start.iso(), "end": later(start, told["minutes"]).iso()},
        reasonCode=[{"text": told["text"]}],
    )


def appointment(resource_id: str, who: Resource, told: dict[str, Any], start: Moment, by: Resource, **more: Any) -> Resource:
    """A visit of today, as booked."""
    return resource(
        "Appointment",
        resource_id,
        status="booked",
        serviceType=[{"text": told["type"]}],
        reasonCode=[{"text": told["text"]}],
        description=told["text"],
        start=start.iso(),
        end=later(start, told["minutes"]).iso(),
        minutesDuration=told["minutes"],
        participant=[{"actor": who, "status": "accepted"}, {"actor": by, "status": "accepted"}],
        **more,
    )


def order(resource_id: str, who: Resource, told: dict[str, Any], authored: Moment, due: Moment, by: Resource) -> Resource:
    """Placed beforehand, to be done at the visit."""
    return resource(
        "ServiceRequest",
        resource_id,
        status="active",
        intent="order",
        priority="routine",
        code=_coded(told),
        subject=who,
        occurrenceDateTime=due.iso(),
        authoredOn=authored.iso(),
        requester=by,
    )


def observation(
    resource_id: str, who: Resource, at: Moment, visit: Resource, by: Resource, category: str, code: Resource, **value: Any
) -> Resource:
    """`category` is vital-signs or laboratory."""
    return resource(
        "Observation",
        resource_id,
        status="final",
        category=[concept(f"{_TERMINOLOGY}/observation-category", category)],
        code=code,
        subject=who,
        encounter=visit,
        effectiveDateTime=at.iso(),
        issued=at.iso(),
        performer=[by],
        **value,
    )


def coded(loinc: Sequence[str], text: str) -> Resource:
    """A code of LOINC, with its further codes where a profile wants several."""
    return {"coding": [{"system": LOINC, "code": code, "display": text} for code in loinc], "text": text}


def quantity(value: Decimal, unit: str, words: str = "") -> Resource:
    """`words` is the unit as people write it, where UCUM is not it."""
    return {"value": value, "unit": words or unit, "system": UCUM, "code": unit}


def later(moment: Moment, minutes: float) -> Moment:
    return Moment(moment.utc + timedelta(minutes=minutes), moment.offset)
