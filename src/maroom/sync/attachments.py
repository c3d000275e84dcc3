"""Large attachments of a body that is only kept to be compared with: their hash and size stand for them."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any, cast

from maroom.fhir import codec
from maroom.fhir.exchange import Resource

LARGEST = 16 * 1024
"""octets of a body that is kept whole"""


def kept(resource: Resource) -> Resource:
    """The body to keep. One without its attachments must not be sent: read it anew first (`is_whole`)."""
    if len(codec.encode(resource)) <= LARGEST:
        return resource
    return cast("Resource", without_data(resource))


def is_whole(body: Any) -> bool:
    """Whether the attachments are in it, as far as it had any."""
    if isinstance(body, list):
        return all(is_whole(one) for one in cast("list[Any]", body))
    if not isinstance(body, dict):
        return True
    inside = cast("Resource", body)
    stands_for_data = "hash" in inside and "size" in inside and "data" not in inside and "url" not in inside
    return not stands_for_data and all(is_whole(one) for one in inside.values())


def without_data(value: Any) -> Any:
    """Hash and size in place of each attachment."""
    if isinstance(value, list):
        return [without_data(one) for one in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    inside = {name: without_data(one) for name, one in cast("Resource", value).items()}
    data = inside.get("data")
    if not isinstance(data, str) or "contentType" not in inside:
        return inside
    return {name: one for name, one in inside.items() if name != "data"} | _of(data)


def _of(data: str) -> Resource:
    """FHIR's hash is SHA-1, of the octets before they were written as base64."""
    try:
        octets = base64.b64decode(data)
    except (binascii.Error, ValueError):
        octets = data.encode()
    digest = hashlib.sha1(octets, usedforsecurity=False).digest()
    return {"hash": base64.b64encode(digest).decode(), "size": len(octets)}
