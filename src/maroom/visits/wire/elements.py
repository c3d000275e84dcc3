"""Elements that several of the resources share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maroom.fhir import reading
from maroom.fhir.exchange import Resource
from maroom.fhir.reading import Coding
from maroom.fhir.writing import identifier
from maroom.visits.model import When


def identified(base: Mapping[str, Any], local_id: str) -> list[Any]:
    """The identifiers it has, and ours."""
    ours = identifier(local_id)
    given = base.get("identifier", [])
    return given if ours in given else [*given, ours]


def first_coding(concept: reading.Concept) -> Coding | None:
    return next((coding for coding in concept.codings if coding.code), None)


def status_code(resource: Resource, name: str) -> str:
    """The code of a status that is a CodeableConcept."""
    coding = first_coding(reading.concept(resource, name))
    return coding.code if coding else ""


def first_time(resource: Resource, *names: str) -> When:
    """The first of the elements that is there; of a period its start."""
    for name in names:
        found = reading.period(resource, name)[0] if name.endswith("Period") else reading.when(resource, name)
        if found:
            return found
    return None
