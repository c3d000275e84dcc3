"""Looks a store through: seals of its pages, links, the audit chain, and whether rows, outbox and audit tell the same story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DatabaseError

from maroom.store import audit, engine
from maroom.store.audit import AuditRow
from maroom.store.base import Base, Origin, Revision
from maroom.store.engine import StoreKey
from maroom.store.outbox import OutboxRow


@dataclass(frozen=True)
class Fault:
    """One thing found wrong: in what part, and where exactly."""

    part: str
    where: str


def revision_rows() -> tuple[type[Revision], ...]:
    """Every kind of record of the program's schema that is loaded; whoever checks loads all `rows` first."""
    classes = (mapper.class_ for mapper in Base.registry.mappers)
    ours = (c for c in classes if issubclass(c, Revision) and c.table().metadata is Base.metadata)
    return tuple(sorted(ours, key=lambda c: c.__tablename__))


def faults(path: Path, key: StoreKey, kinds: Sequence[type[Revision]] | None = None) -> list[Fault]:
    """All that is wrong with a store or a backup of one; empty when all is well. It is read, never mended. Accounted for are
    the records of `kinds`: all that are loaded, where none are named."""
    try:
        with closing(engine.raw_connection(path, key)) as raw:
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
            sealed = [Fault("page", str(row[0])) for row in raw.execute("PRAGMA cipher_integrity_check")]
    except (sqlcipher.Error, OSError) as error:
        return [Fault("file", f"cannot be opened ({type(error).__name__})")]
    reader = engine.reading(path, key)
    try:
        with reader.connect() as connection:
            return sealed + list(_inside(connection, kinds or revision_rows()))
    except DatabaseError:
        return [*sealed, Fault("file", "a page cannot be read")]
    finally:
        reader.dispose()


def _inside(connection: Connection, kinds: Sequence[type[Revision]]) -> Iterator[Fault]:
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield Fault("link", f"{row[0]} row {row[1]}")
    broken = audit.first_broken(connection)
    if broken:
        yield Fault("audit", f"line {broken.seq} {broken.why}")
    yield from _accounts(connection, kinds)


def _accounts(connection: Connection, kinds: Sequence[type[Revision]]) -> Iterator[Fault]:
    """Every revision stands in its act's audit line, every typed or merged one in the outbox, and no line is alone: what came
    in a file has one where something typed needed it."""
    listed = _listed(connection)
    written, due = _written(connection, kinds)
    queued = {(row.kind, row.local_id, row.revision) for row in connection.execute(_OUTBOX)}
    yield from _differences("revision without audit line", written - listed)
    yield from _differences("audit line without revision", listed - written)
    yield from _differences("revision without outbox line", due - queued)
    yield from _differences("outbox line without revision", queued - written)


_OUTBOX = select(OutboxRow.kind, OutboxRow.local_id, OutboxRow.revision)
Record = tuple[str, str, int]


def _listed(connection: Connection) -> set[Record]:
    lines = connection.execute(select(AuditRow.records))
    return {(kind, local_id, revision) for (records,) in lines for kind, local_id, revision in records}


def _written(connection: Connection, kinds: Sequence[type[Revision]]) -> tuple[set[Record], set[Record]]:
    written: set[Record] = set()
    due: set[Record] = set()
    for row in kinds:
        for local_id, revision, origin in connection.execute(select(row.local_id, row.revision, row.origin)):
            record = (row.kind.name, local_id, revision)
            written.add(record)
            if row.kind.sent and origin in (Origin.TYPED, Origin.MERGED):
                due.add(record)
    return written, due


def _differences(part: str, records: set[Record]) -> Iterator[Fault]:
    for kind, local_id, revision in sorted(records)[:1]:
        more = f" and {len(records) - 1} more" if len(records) > 1 else ""
        yield Fault(part, f"{kind} {local_id} revision {revision}{more}")
