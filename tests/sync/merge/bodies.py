"""Bodies and rules that merges are tried on, small and of the shapes that servers give."""

from __future__ import annotations

from typing import Any

from maroom.duties.vitals.service.exchanging import exchange as vital_signs
from maroom.fhir.exchange import Exchange, Resource
from maroom.store.unit_of_work import Read, Write
from maroom.sync.merge import Clash, Conflict, Merged
from maroom.visits.service import exchanges

BY_KIND: dict[str, Exchange[Read, Write]] = {exchange.kind: exchange for exchange in exchanges()}
SIGN = vital_signs(lambda: "urn:test").rule
PERSON, VISIT, ALLERGY = (BY_KIND[kind].rule for kind in ("patient", "encounter", "allergy"))


def person(**elements: Any) -> Resource:
    return {
        "resourceType": "Patient",
        "id": "7",
        "meta": {"versionId": "1", "lastUpdated": "2026-11-24T09:00:00Z"},
        "identifier": [{"system": "urn:mrn", "value": "1001"}],
        "name": [{"use": "official", "family": "García", "given": ["María"]}],
        "telecom": [{"system": "phone", "value": "555-0100"}, {"system": "email", "value": "m@example.org"}],
        "gender": "female",
        "birthDate": "1968-02-02",
        **elements,
    }


def reading(**elements: Any) -> Resource:
    return {
        "resourceType": "Observation",
        "id": "8",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
        "effectiveDateTime": "2026-11-24T09:00:00-05:00",
        "issued": "2026-11-24T09:00:30-05:00",
        "valueQuantity": {"value": 70, "unit": "kg", "code": "kg"},
        **elements,
    }


def visit(status: str, *begun: tuple[str, str], rooms: tuple[tuple[str, str, str], ...] = (), **elements: Any) -> Resource:
    """`begun`: status and when, the present one last (times are hours and minutes); rooms: name, from, until or empty."""
    times = [written(at) for _, at in begun]
    history = [
        {"status": name, "period": {"start": start, "end": end}}
        for (name, _), start, end in zip(begun, times, times[1:], strict=False)
    ]
    stays = [
        {"location": {"display": name}, "status": "completed" if to else "active", "period": period(at, to)}
        for name, at, to in rooms
    ]
    body: Resource = {"resourceType": "Encounter", "id": "9", "status": status, "statusHistory": history, "location": stays}
    if begun:
        body["period"] = period(begun[0][1], begun[-1][1] if status == "finished" else "")
    return {name: value for name, value in body.items() if value} | elements


def written(at: str) -> str:
    return f"2026-11-24T{at}:00-05:00"


def period(start: str, end: str) -> Resource:
    return {"start": written(start)} | ({"end": written(end)} if end else {})


def merged(result: Merged | Conflict) -> Resource:
    assert isinstance(result, Merged), result
    return result.resource


def clashes(result: Merged | Conflict) -> dict[str, Clash]:
    assert isinstance(result, Conflict), result
    return {clash.path: clash for clash in result.clashes}
