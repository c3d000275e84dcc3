"""What a server holds, by plain HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.request import Request, urlopen

from tests.servers.hapis import Hapi
from tests.servers.peers import Peer

OURS = "urn:ietf:rfc:3986"
URN = "urn:uuid:"
Resource = dict[str, Any]


@dataclass(frozen=True)
class Served:
    """`versions` are all there ever were, oldest first, by address (`Patient/7`); of what was deleted, up to then."""

    versions: dict[str, tuple[Resource, ...]]
    deleted: frozenset[str] = frozenset()

    def now(self, address: str) -> Resource | None:
        """As it stands; none where it is not there."""
        found = self.versions.get(address)
        return found[-1] if found and address not in self.deleted else None

    def live(self) -> dict[str, Resource]:
        return {address: versions[-1] for address, versions in self.versions.items() if address not in self.deleted}

    def by_record(self) -> dict[str, list[str]]:
        """Addresses by the local id in our identifier."""
        found: dict[str, list[str]] = {}
        for address, resource in self.live().items():
            for local_id in local_ids(resource):
                found.setdefault(local_id, []).append(address)
        return found


def local_ids(resource: Resource) -> list[str]:
    identifiers = resource.get("identifier", [])
    several = identifiers if isinstance(identifiers, list) else [identifiers]
    return [one["value"].removeprefix(URN) for one in several if one.get("system") == OURS]


def of_peer(peer: Peer) -> Served:
    told = _got(f"{peer.admin}/history")
    return Served({address: tuple(one["versions"]) for address, one in told.items()}, _named(told))


def _named(told: dict[str, Any]) -> frozenset[str]:
    return frozenset(address for address, one in told.items() if one["deleted"])


def of_hapi(hapi: Hapi) -> Served:
    """By the history of the whole server, newest first."""
    found: dict[str, list[Resource]] = {}
    deleted: set[str] = set()
    for entry in _entries(f"{hapi.base}/_history?_count=500"):
        if "resource" not in entry:
            address = entry["request"]["url"].partition("/_history")[0]
            if address not in found:
                deleted.add(address)
            continue
        resource = entry["resource"]
        found.setdefault(f"{resource['resourceType']}/{resource['id']}", []).append(resource)
    return Served({address: tuple(reversed(versions)) for address, versions in found.items()}, frozenset(deleted))


def _entries(url: str) -> Iterator[Resource]:
    while url:
        page = _got(url)
        yield from page.get("entry", [])
        url = next((link["url"] for link in page.get("link", []) if link["relation"] == "next"), "")


def _got(url: str) -> Any:
    with urlopen(Request(url, headers={"Cache-Control": "no-cache"}), timeout=60) as answer:
        return json.loads(answer.read(), parse_float=Decimal)
