"""What must be on a server, told apart from how it got there: by our identifier or id, with what the duty says of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from maroom.core.people import SYSTEM, Right
from maroom.store.unit_of_work import Act
from tests.servers.peers import Peer
from tests.sync.push.station import Station

READ = Act(SYSTEM, "oracle", Right.UPKEEP, opening="oracle")
NOT_COMPARED = (
    "identifier",
    "id",
    "meta",
    "subject",
    "encounter",
    "target",
    "agent",
    "appointment",
    "performer",
    "derivedFrom",
)
"""identity and references are looked at by themselves"""


def agree(station: Station, peer: Peer, *, by_content: bool = False) -> None:
    """Every record that the store holds for done is there once, as it is here, and nothing refers to what is not there. Where
    the server keeps no identifiers, `by_content`, only counts and references can be told."""
    state = peer.state()
    assert state["orphans"] == [], state
    assert state["duplicates"] == [], state
    done = {line["local_id"]: line["kind"] for line in station.lines() if line["state"] == "done"}
    held = peer.dump()
    assert len(held) == len(done), (state["counts"], station.states())
    if by_content:
        return
    with station.unit.read(READ) as read:
        for local_id, kind in done.items():
            exchange = next(one for one in station.exchanges if one.kind == kind)
            if exchange.rtype in ("Provenance", "AuditEvent"):
                continue
            revision = exchange.revision(read, local_id)
            assert exchange.body is not None
            ours = exchange.body(read, local_id, revision, {})
            (there,) = [one for one in held if is_of(one, local_id)]
            for name, value in ours.items():
                if name not in NOT_COMPARED and not (name == "status" and value == "amended"):
                    assert plain(there.get(name)) == plain(value), (kind, name)


def is_of(resource: dict[str, Any], local_id: str) -> bool:
    values = [one.get("value") for one in resource.get("identifier", [])]
    return resource["id"] == local_id or f"urn:uuid:{local_id}" in values


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        if "reference" in value or "identifier" in value:
            return "somebody"
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return float(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else value


def of(peer: Peer, rtype: str) -> list[dict[str, Any]]:
    return [one for one in peer.dump() if one["resourceType"] == rtype]


def one_of(peer: Peer, local_id: str) -> dict[str, Any]:
    (found,) = [one for one in peer.dump() if is_of(one, local_id)]
    return found


def asked(peer: Peer) -> list[str]:
    """`POST /Observation` of every request, but for the capability statement."""
    told = [(one["method"], one["path"].removeprefix("/fhir")) for one in peer.log()]
    return [f"{method} {path}".strip() for method, path in told if path != "/metadata"]
