"""Small elements of FHIR that several kinds write. References lead to local ids; sync turns them into a server's own."""

from __future__ import annotations

from maroom.fhir.exchange import Resource
from maroom.fhir.reading import OURS


def reference(local_id: str) -> Resource:
    """To a record of ours."""
    return {"reference": f"urn:uuid:{local_id}"}


def identifier(local_id: str) -> Resource:
    """Our own identifier of a record."""
    return {"system": OURS, "value": f"urn:uuid:{local_id}"}


def concept(system: str, code: str, display: str = "") -> Resource:
    """A CodeableConcept of one coding."""
    return {"coding": [{"system": system, "code": code} | ({"display": display} if display else {})]}
