"""A Practitioner as it comes in, the Provenance and the AuditEvent of an act as they go out. Pure dicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maroom.access.model import Deed, NamedBySystem, Witnessed
from maroom.fhir import reading, writing
from maroom.fhir.exchange import NotUsable, Resource

_DATA_OPERATION = "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
_AGENT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"


def practitioner(resource: Resource) -> NamedBySystem:
    """Name, whether active, and identifiers. NotUsable where there is nothing to call the person by."""
    identifiers = reading.parts(resource, "identifier")
    name = _name(resource) or next((reading.text(one, "value") for one in identifiers), "")
    if not name:
        raise NotUsable("name", "is missing")
    return NamedBySystem(name, reading.flag(resource, "active") is not False, identifiers)


def _name(resource: Resource) -> str:
    name = reading.human_name(resource, "name")
    whole = reading.parts(resource, "name")
    prefixes = reading.texts(whole[0], "prefix") if whole else ()
    return " ".join((*prefixes, *name.given, name.family)) if name.family else name.text or " ".join(name.given)


def provenance(deed: Deed, base: Mapping[str, Any]) -> Resource:
    """One author and act: what was written, when, by whom, and on which station the program put it together."""
    station = _station(deed.namespace, deed.station, deed.version)
    agents = [_author(deed), {"type": writing.concept(_AGENT, "assembler"), "who": station}]
    return dict(base) | {
        "resourceType": "Provenance",
        "target": [writing.reference(target) for target in deed.targets],
        "recorded": deed.recorded.iso(),
        "activity": writing.concept(_DATA_OPERATION, deed.activity),
        "agent": agents,
    }


def _author(deed: Deed) -> Resource:
    agent = {"type": writing.concept(_AGENT, "author"), "who": _person(deed.author, deed.name, deed.on_server)}
    return agent | ({"onBehalfOf": {"display": deed.clinic}} if deed.clinic else {})


def audit_event(act: Witnessed, base: Mapping[str, Any]) -> Resource:
    """One act: what was done and whether it succeeded, when, by whom, on which station, about whom."""
    said, station = _EVENTS[act.event], _station(act.namespace, act.station, act.version)
    who = _person(act.who, act.name, act.on_server) if act.who else station
    body = dict(base) | {
        "resourceType": "AuditEvent",
        "type": _coding(_DICOM, said.type, said.display),
        "action": said.action,
        "recorded": act.at.iso(),
        "outcome": said.outcome,
        "agent": [{"who": who, "requestor": True}],
        "source": {"observer": station, "type": [_coding(_SOURCE, "1")]},
    }
    entities = _entities(act)
    subtype = {"subtype": [_coding(_DICOM, *said.subtype)]} if said.subtype else {}
    return body | subtype | ({"entity": entities} if entities else {})


def _entities(act: Witnessed) -> list[Resource]:
    """The person as the patient, the visit as a record of hers."""
    return [
        {"what": writing.reference(about), "type": _coding(_ENTITY_TYPE, kind), "role": _coding(_ENTITY_ROLE, role)}
        for about, kind, role in ((act.patient, "1", "1"), (act.visit, "2", "4"))
        if about
    ]


@dataclass(frozen=True)
class _Said:
    """`outcome` is 0 where it succeeded, 4 where it did not."""

    type: str
    display: str
    action: str
    outcome: str = "0"
    subtype: tuple[str, ...] = ()


_DICOM = "http://dicom.nema.org/resources/ontology/DCM"
_ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
_ENTITY_ROLE = "http://terminology.hl7.org/CodeSystem/object-role"
_SOURCE = "http://terminology.hl7.org/CodeSystem/security-source-type"
_EVENTS = {
    "open": _Said("110110", "Patient Record", "R"),
    "export": _Said("110106", "Export", "R"),
    "sign_in_failed": _Said("110114", "User Authentication", "E", "4", ("110122", "Login")),
}


def _coding(system: str, code: str, display: str = "") -> Resource:
    return {"system": system, "code": code} | ({"display": display} if display else {})


def _person(staff: str, name: str, on_server: bool) -> Resource:
    """A reference to who has an id on the server; of others identifier and name, as nobody is created there."""
    who = writing.reference(staff) if on_server else {"identifier": writing.identifier(staff)}
    return who | ({"display": name} if name else {})


def _station(namespace: str, station: str, version: str) -> Resource:
    return {
        "type": "Device",
        "identifier": {"system": f"{namespace}/station", "value": station},
        "display": f"maroom {version}",
    }
