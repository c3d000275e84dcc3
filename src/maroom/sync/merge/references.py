"""References of a body by record id, so that a body made here and one of a server can be compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from maroom.fhir.exchange import Resource
from maroom.fhir.reading import OURS


def named(body: Mapping[str, Any], link: Callable[[str], str]) -> Resource:
    """The body with `urn:uuid:<record id>` for each reference that `link` can follow, and for those that name a record of ours
    by its identifier alone; the others stay as they are."""
    return {name: _named(value, link) for name, value in body.items()}


def _logical(reference: Resource) -> str:
    """As people are named whom a server does not know."""
    identifier = reference.get("identifier")
    if not isinstance(identifier, dict):
        return ""
    value = cast("Resource", identifier)
    return str(value.get("value")) if value.get("system") == OURS else ""


def _named(value: Any, link: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_named(one, link) for one in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    inside = cast("Resource", value)
    found = inside.get("reference", _logical(inside))
    led = link(found) if isinstance(found, str) else ""
    made = {name: _named(one, link) for name, one in inside.items()}
    return made | {"reference": f"urn:uuid:{led}"} if led else made
