"""Whether a server holds what was sent: every element that we sent, `meta` apart, with an equal value. What the server added
does not count. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from maroom.fhir.exchange import Resource
from maroom.sync.attachments import without_data
from maroom.sync.merge import same

_ADDRESS = re.compile(r"(?:^|/)([A-Z][A-Za-z]+/[A-Za-z0-9.\-]{1,64})(?:/_history/[^/]+)?$")
_NOT_COMPARED = ("meta", "text")
"""the narrative is the server's to write anew"""


def equal(sent: Mapping[str, Any], held: Mapping[str, Any]) -> bool:
    """References of both as the server writes them: relative, absolute, with or without a version."""
    return all(_there(value, held.get(name)) for name, value in sent.items() if name not in _NOT_COMPARED)


def _there(sent: Any, held: Any) -> bool:
    if held is None:
        return same(sent, None)
    if isinstance(sent, dict):
        return isinstance(held, dict) and _part_there(cast("Resource", sent), cast("Resource", held))
    if isinstance(sent, list):
        return isinstance(held, list) and _all_there(cast("list[Any]", sent), cast("list[Any]", held))
    return same(sent, held)


def _part_there(sent: Resource, held: Resource) -> bool:
    if "reference" in sent:
        return _address(sent["reference"]) == _address(held.get("reference"))
    if "data" in sent and "data" not in held and "hash" in held:
        sent = cast("Resource", without_data(sent))
    return all(_there(value, held.get(name)) for name, value in sent.items())


def _all_there(sent: list[Any], held: list[Any]) -> bool:
    """Each of ours has one of theirs to itself, in whatever order."""
    left = list(held)
    for one in sent:
        found = next((n for n, other in enumerate(left) if _there(one, other)), None)
        if found is None:
            return False
        del left[found]
    return True


def _address(reference: Any) -> Any:
    found = _ADDRESS.search(reference) if isinstance(reference, str) else None
    return found[1] if found else reference
