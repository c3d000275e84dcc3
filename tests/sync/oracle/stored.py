"""What a store holds for the sync, by SQL alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from maroom.store.engine import StoreKey


@dataclass(frozen=True)
class Line:
    """One line of the outbox. `body` is what was frozen when it was sent, `outcome` what the server had against it."""

    seq: int
    local_id: str
    kind: str
    revision: int
    op: str
    state: str
    why: str = ""
    body: Any = None
    outcome: Any = None


@dataclass(frozen=True)
class Mirrored:
    """Where a record is on the server; `address` is empty where it is not."""

    local_id: str
    address: str
    version: str


@dataclass(frozen=True)
class Sealed:
    """One line of the audit trail; `records` are kind, local id and revision of what the act wrote."""

    seq: int
    previous: str
    hash: str
    records: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Stored:
    lines: tuple[Line, ...]
    mirror: dict[str, Mirrored]
    audit: tuple[Sealed, ...]
    targets: dict[str, frozenset[str]] = field(default_factory=dict)
    """of a proof of an act, by its record: the records that it tells of"""

    def done(self, local_id: str) -> list[Line]:
        return [line for line in self.lines if line.local_id == local_id and line.state == "done"]

    def sent(self) -> set[str]:
        """Records of which something was confirmed."""
        return {line.local_id for line in self.lines if line.state == "done"}

    def never_sent(self) -> set[str]:
        """Records that stay here for good, such as what was taken back before the server saw any of it."""
        waiting = {line.local_id for line in self.lines if line.state not in ("kept", "squashed")}
        stayed = {line.local_id for line in self.lines} - waiting
        return {one for one in stayed if one not in self.mirror or not self.mirror[one].address}

    def states(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for line in self.lines:
            found[line.state] = found.get(line.state, 0) + 1
        return found


def read(path: Path, key: StoreKey) -> Stored:
    """Beside a store that is open, or one whose process was killed."""
    uri = f"file:{path.absolute()}?mode=rw"
    with closing(sqlcipher.connect(uri, uri=True, isolation_level=None, timeout=5)) as connection:
        connection.execute(f"PRAGMA key = \"x'{key.secret.hex()}{key.salt.hex()}'\"")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        mirror = {one.local_id: one for one in _mirror(connection)}
        return Stored(tuple(_lines(connection)), mirror, tuple(_audit(connection)), _targets(connection))


def _lines(connection: Any) -> Iterator[Line]:
    wanted = "SELECT seq, local_id, kind, revision, op, state, why, body, outcome FROM outbox ORDER BY seq"
    for *plain, body, outcome in connection.execute(wanted):
        yield Line(*plain, decoded(body), decoded(outcome))


def _mirror(connection: Any) -> Iterator[Mirrored]:
    for local_id, rtype, server_id, version in connection.execute("SELECT local_id, rtype, server_id, version FROM mirror"):
        yield Mirrored(local_id, f"{rtype}/{server_id}" if server_id else "", version or "")


def _audit(connection: Any) -> Iterator[Sealed]:
    for seq, previous, sealed, records in connection.execute("SELECT seq, previous, hash, records FROM audit ORDER BY seq"):
        yield Sealed(seq, previous, sealed, tuple((kind, local_id, revision) for kind, local_id, revision in decoded(records)))


def _targets(connection: Any) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for local_id, target in connection.execute("SELECT local_id, target FROM provenance_target"):
        found[local_id] = found.get(local_id, frozenset()) | {target}
    return found


def decoded(text: str | None) -> Any:
    """Decimals exact."""
    return None if text is None else json.loads(text, parse_float=Decimal)
