"""Stores held against the server that they talk to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.sync.oracle.same import differences
from tests.sync.oracle.served import URN, Served, local_ids
from tests.sync.oracle.stored import Line, Sealed, Stored

FINISHED = ("done", "squashed", "kept")
_FIRST = "0" * 64
_CHANGED = ("amended", "corrected")


class Wrong(StrEnum):
    DUPLICATE = "is on the server more than once"
    STRANGER = "is on the server, and nobody put it there"
    LOST = "is confirmed, and not on the server"
    MISSING = "was charted, and is not confirmed"
    WRONG_ID = "is taken for another resource of the server"
    WRONG_VERSION = "is not at the version that the store believes"
    CHANGED = "is on the server with other content"
    DANGLING = "refers to what is not there"
    VERSIONS = "has more versions than were made"
    STOPPED = "stopped for no reason"
    NOT_STOPPED = "should have been refused and put before a person"
    NOT_AUDITED = "is in the outbox, and no act of the audit trail wrote it"
    CHAIN = "breaks the audit trail"


@dataclass(frozen=True)
class Fault:
    wrong: Wrong
    about: str

    def __str__(self) -> str:
        return f"{self.about} {self.wrong}"


@dataclass(frozen=True)
class Expected:
    """`charted` must all be confirmed; `poison` must all be refused, and nothing else may stop but what tells of it.
    `before` are versions by address that were there before, or were made by others meanwhile. `alone`: nobody else writes,
    so that what was sent last is what stands."""

    charted: frozenset[str] = frozenset()
    poison: frozenset[str] = frozenset()
    before: Mapping[str, int] = field(default_factory=dict)
    alone: bool = True
    stopped: frozenset[str] = frozenset()
    """further records that may stand in any state"""


def judged(stores: Sequence[Stored], server: Served, expected: Expected) -> list[Fault]:
    """Nothing where all is well."""
    return [
        *_twice(server),
        *_strangers(stores, server, expected),
        *(fault for store in stores for fault in _confirmed(store, stores, server, expected)),
        *_dangling(server, expected),
        *_versions(stores, server, expected),
        *(fault for store in stores for fault in _standing(store, expected)),
        *_missing(stores, expected),
        *(fault for store in stores for fault in _audited(store)),
    ]


def _twice(server: Served) -> Iterator[Fault]:
    for local_id, addresses in server.by_record().items():
        if len(addresses) > 1:
            yield Fault(Wrong.DUPLICATE, f"{local_id} ({', '.join(sorted(addresses))})")


def _strangers(stores: Sequence[Stored], server: Served, expected: Expected) -> Iterator[Fault]:
    claimed = {store.mirror[local_id].address for store in stores for local_id in store.sent() if local_id in store.mirror}
    for address in server.live():
        if address not in claimed and address not in expected.before:
            yield Fault(Wrong.STRANGER, address)


def _confirmed(store: Stored, stores: Sequence[Stored], server: Served, expected: Expected) -> Iterator[Fault]:
    for local_id in sorted(store.sent()):
        there = store.mirror.get(local_id)
        now = server.now(there.address) if there else None
        if there is None or now is None:
            yield Fault(Wrong.LOST, local_id)
            continue
        told = local_ids(now)
        if told and local_id not in told:
            yield Fault(Wrong.WRONG_ID, f"{local_id} ({there.address})")
            continue
        if expected.alone and there.version != now["meta"]["versionId"]:
            yield Fault(Wrong.WRONG_VERSION, f"{local_id} ({there.address}: {there.version})")
        yield from _content(store, local_id, server, expected)


def _content(store: Stored, local_id: str, server: Served, expected: Expected) -> Iterator[Fault]:
    """What was sent last stands; where others write too, it stood once."""
    body = store.done(local_id)[-1].body
    address = store.mirror[local_id].address
    if body is None:
        yield Fault(Wrong.CHANGED, f"{local_id} ({address}: no body was kept)")
        return

    def lead(reference: str) -> str:
        return _led(reference, store, server)

    versions = server.versions[address]
    body = _without(body, store.never_sent())
    if len(versions) == 1 and body.get("status") in _CHANGED:
        body = body | {"status": "final"}  # nobody there has seen it before it was changed
    found = [differences(body, held, lead) for held in (versions[-1:] if expected.alone else versions)]
    if all(found):
        yield Fault(Wrong.CHANGED, f"{local_id} ({address}: {', '.join(min(found, key=len))})")


def _without(element: Any, gone: set[str]) -> Any:
    """Without references to what the server never got."""
    if isinstance(element, list):
        return [_without(one, gone) for one in element if not _leads(one, gone)]
    if isinstance(element, dict):
        return {name: _without(one, gone) for name, one in element.items() if not _leads(one, gone)}
    return element


def _leads(element: Any, gone: set[str]) -> bool:
    return isinstance(element, dict) and str(element.get("reference", "")).removeprefix(URN) in gone


def _led(reference: str, store: Stored, server: Served) -> str:
    """The address: of a record by its mirror line, else by our identifier; without server and version."""
    if reference.startswith(URN):
        local_id = reference.removeprefix(URN)
        known = store.mirror.get(local_id)
        return known.address if known and known.address else next(iter(server.by_record().get(local_id, [])), reference)
    parts = reference.partition("/_history/")[0].split("/")
    return "/".join(parts[-2:])


def _dangling(server: Served, expected: Expected) -> Iterator[Fault]:
    live = server.live()
    for address, resource in live.items():
        for path, reference in _references(resource, ""):
            if reference.startswith(("#", "http:", "https:")):
                continue
            if reference.partition("/_history")[0] not in live and address not in expected.before:
                yield Fault(Wrong.DANGLING, f"{address}{path} -> {reference}")


def _references(element: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(element, list):
        for n, one in enumerate(element):
            yield from _references(one, f"{path}[{n}]")
    elif isinstance(element, dict):
        for name, value in element.items():
            if name == "reference" and isinstance(value, str):
                yield path, value
            else:
                yield from _references(value, f"{path}.{name}")


def _versions(stores: Sequence[Stored], server: Served, expected: Expected) -> Iterator[Fault]:
    """Each confirmed line makes one version at most; what was there before had its own."""
    made: dict[str, int] = dict(expected.before)
    for store in stores:
        for line in store.lines:
            if line.state == "done" and line.local_id in store.mirror:
                address = store.mirror[line.local_id].address
                made[address] = made.get(address, 0) + 1
    for address, versions in server.versions.items():
        if address in made and len(versions) > made[address]:
            yield Fault(Wrong.VERSIONS, f"{address} ({len(versions)}, of {made[address]} made)")


def _standing(store: Stored, expected: Expected) -> Iterator[Fault]:
    for line in store.lines:
        if line.local_id in expected.poison:
            if not _refused(line, store):
                yield Fault(Wrong.NOT_STOPPED, f"{line.local_id} ({line.state})")
        elif line.state not in FINISHED and not (
            line.local_id in expected.stopped or store.targets.get(line.local_id, frozenset()) & expected.poison
        ):
            yield Fault(Wrong.STOPPED, f"{line.kind} {line.local_id} ({line.state} {line.why})")


def _refused(line: Line, store: Stored) -> bool:
    """Put before a person with the server's reason; a later line of the record waits with it."""
    if line.state == "quarantined":
        return bool(line.outcome and line.outcome.get("issue"))
    earlier = (one for one in store.lines if one.local_id == line.local_id and one.seq < line.seq)
    return line.state in ("queued", "blocked", "squashed") and any(one.state == "quarantined" for one in earlier)


def _missing(stores: Sequence[Stored], expected: Expected) -> Iterator[Fault]:
    confirmed = {local_id for store in stores for local_id in store.sent()}
    for local_id in sorted(expected.charted - confirmed):
        yield Fault(Wrong.MISSING, local_id)


def _audited(store: Stored) -> Iterator[Fault]:
    previous, expected = _FIRST, 1
    for sealed in store.audit:
        if (sealed.seq, sealed.previous) != (expected, previous):
            yield Fault(Wrong.CHAIN, f"line {sealed.seq}")
        previous, expected = sealed.hash, sealed.seq + 1
    written = _written(store.audit)
    for line in store.lines:
        if (line.kind, line.local_id, line.revision) not in written:
            yield Fault(Wrong.NOT_AUDITED, f"{line.kind} {line.local_id} revision {line.revision}")


def _written(audit: Sequence[Sealed]) -> set[tuple[str, str, int]]:
    return {record for sealed in audit for record in sealed.records}
