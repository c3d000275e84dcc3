"""A body as its duty made it becomes what one server can take: references it can follow, an id where we give it one.

Pure. Bodies refer to records by `urn:uuid:<record id>`; `where` tells what stands for a record at this server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid5

from maroom.fhir import writing
from maroom.fhir.exchange import Resource

_URN = "urn:uuid:"
_OF_A_VERSION = ("versionId", "lastUpdated", "source")


@dataclass(frozen=True)
class Target:
    """What stands for a record: a `reference`; or, where that is empty, its identifier and its name alone (`named`), for
    people whom the server does not know; or nothing, for what stays here."""

    reference: str = ""
    rtype: str = ""
    named: bool = False


LEFT_OUT = Target()
Where = Callable[[str], Target]


def referring(body: Mapping[str, Any], where: Where) -> Resource:
    """The body with its references resolved; what is left empty by one that is left out goes too."""
    return {name: made for name, value in body.items() if (made := _resolved(value, where)) not in ({}, [])}


def _resolved(value: Any, where: Where) -> Any:
    if isinstance(value, list):
        made = [_resolved(one, where) for one in cast("list[Any]", value)]
        return [one for one in made if one not in ({}, [])]
    if not isinstance(value, dict):
        return value
    inside = cast("Resource", value)
    found = inside.get("reference")
    if isinstance(found, str) and found.startswith(_URN):
        return _led(inside, found.removeprefix(_URN), where)
    return referring(inside, where)


def _led(element: Resource, local_id: str, where: Where) -> Resource:
    target = where(local_id)
    rest = {name: value for name, value in element.items() if name != "reference"}
    if target.reference:
        return {"reference": target.reference} | rest
    if not target.named:
        return {}
    told = {"type": target.rtype} if target.rtype else {}
    return told | {"identifier": writing.identifier(local_id)} | rest


def url_in_bundle(local_id: str) -> str:
    """What others in a transaction refer to a new resource by. Not our identifier's value: some servers write the id they give
    wherever they find the url of an entry, in identifiers too."""
    return f"{_URN}{uuid5(UUID(local_id), 'bundle')}"


def own_references(base: Mapping[str, Any]) -> Resource:
    """Of a body that came in a file: where its references lead nobody here can tell, so their words alone are kept."""
    return {name: made for name, value in base.items() if (made := _words(value)) not in ({}, [])}


def _words(value: Any) -> Any:
    if isinstance(value, list):
        return [made for one in cast("list[Any]", value) if (made := _words(one)) not in ({}, [])]
    if not isinstance(value, dict):
        return value
    inside = cast("Resource", value)
    found = inside.get("reference")
    if isinstance(found, str) and not found.startswith(("#", _URN)):
        inside = {name: one for name, one in inside.items() if name != "reference"}
    return own_references(inside)


_AT_FIRST = {
    "Observation": {"amended": "final", "corrected": "final"},
    "DiagnosticReport": {"amended": "final", "corrected": "final", "appended": "final"},
    "QuestionnaireResponse": {"amended": "completed"},
}


def created(body: Resource, own_id: str = "") -> Resource:
    """As what the server has never seen: what was changed before anybody saw it is simply final. `own_id` is for where we give
    the id."""
    rtype = str(body["resourceType"])
    made = _without_version(body)
    made.pop("id", None)
    statuses = _AT_FIRST.get(rtype, {})
    if made.get("status") in statuses:
        made["status"] = statuses[made["status"]]
    return {"resourceType": rtype} | ({"id": own_id} if own_id else {}) | made


def updated(body: Resource, server_id: str) -> Resource:
    return {"resourceType": body["resourceType"], "id": server_id} | _without_version(body) | {"id": server_id}


def _without_version(body: Resource) -> Resource:
    made = dict(body)
    meta = {name: value for name, value in made.pop("meta", {}).items() if name not in _OF_A_VERSION}
    return made | ({"meta": meta} if meta else {})


def with_known_profiles(body: Resource, known: Callable[[str], bool]) -> Resource:
    """A server that checks refuses a profile that it does not know."""
    meta: Resource = dict(body.get("meta", {}))
    kept = [profile for profile in meta.pop("profile", []) if known(profile)]
    meta |= {"profile": kept} if kept else {}
    rest = {name: value for name, value in body.items() if name != "meta"}
    return rest | ({"meta": meta} if meta else {})
