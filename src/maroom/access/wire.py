"""A Practitioner as it comes in, and the Provenance of an act as it goes out. Pure dicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maroom.access.model import Deed, NamedBySystem
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
    agents = [_author(deed), {"type": writing.concept(_AGENT, "assembler"), "who": _station(deed)}]
    return dict(base) | {
        "resourceType": "Provenance",
        "target": [writing.reference(target) for target in deed.targets],
        "recorded": deed.recorded.iso(),
        "activity": writing.concept(_DATA_OPERATION, deed.activity),
        "agent": agents,
    }


def _author(deed: Deed) -> Resource:
    """A reference to who has an id on the server; of others identifier and name, as nobody is created there."""
    who = writing.reference(deed.author) if deed.on_server else {"identifier": writing.identifier(deed.author)}
    agent = {"type": writing.concept(_AGENT, "author"), "who": who | ({"display": deed.name} if deed.name else {})}
    return agent | ({"onBehalfOf": {"display": deed.clinic}} if deed.clinic else {})


def _station(deed: Deed) -> Resource:
    return {
        "type": "Device",
        "identifier": {"system": f"{deed.namespace}/station", "value": deed.station},
        "display": f"maroom {deed.version}",
    }
