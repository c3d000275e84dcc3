"""The only maker of sessions. `write` and `read` need an act, `bookkeeping` touches nothing clinical.

One write is one transaction: the revisions, their outbox lines, the act's provenance and its audit line, or none of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, Table, event
from sqlalchemy.orm import Session

from maroom.core.clock import Clock, Moment
from maroom.core.ids import new_id
from maroom.core.people import Author, Opening, Right
from maroom.core.problems import Code, Problem
from maroom.store import audit, driver, outbox, provenance
from maroom.store.audit_event import AuditEventRow, Event
from maroom.store.base import Op, Origin, Part, Revision
from maroom.store.changes import Change, Changes
from maroom.store.faults import told

_SENT = (Origin.TYPED, Origin.MERGED)
_OPENINGS_KEPT = 4096


@dataclass(frozen=True)
class Act:
    """Who does what, about whom, by what right. `override` is the reason for acting against a rule; `late` marks
    what was entered after the fact; reads under one `opening` leave one audit line. `event` is what the server's audit is
    told of it; the first read of a chart is told of itself."""

    who: Author
    what: str
    needs: Right
    patient: str = ""
    visit: str = ""
    override: str = ""
    late: bool = False
    opening: str = ""
    event: Event | None = None

    @classmethod
    def of(cls, opening: Opening, what: str, needs: Right, override: str = "", late: bool = False) -> Act:
        """The act of the person who opened a page, about the visit it was opened for."""
        patient, visit = (opening.visit.patient, opening.visit.visit) if opening.visit else ("", "")
        return cls(opening.author, what, needs, patient, visit, override, late, opening.id)


Gate = Callable[[Act], None]
"""Raises Problem(NOT_ALLOWED) for what may not be done."""


class Write:
    """An open unit of work. Rows added are on the connection at the latest when `session` is next asked for. `station` is
    this installation's id."""

    def __init__(self, connection: Connection, act: Act, now: Moment, station: str) -> None:
        self.act = act
        self.now = now
        self._connection = connection
        self.station = station
        self._session: Session | None = None
        self._seq, self._previous = audit.last(connection)
        self._pending: dict[Table, list[dict[str, Any]]] = {}
        self._lines: list[dict[str, Any]] = []
        self._authored: list[tuple[str, str, int, Op]] = []
        self._records: list[tuple[str, str, int]] = []
        self.changes: list[Change] = []

    @property
    def session(self) -> Session:
        self._flush()
        if self._session is None:
            self._session = Session(self._connection, autoflush=False, expire_on_commit=False)
        return self._session

    def add(
        self,
        row: Revision,
        origin: Origin,
        *,
        after: int = 0,
        op: Op | None = None,
        reason: str = "",
        parts: Sequence[Part] = (),
    ) -> None:
        """Inserts a revision of a record. `after` is the revision it was made from, 0 for a new record; if another
        one came in between, the commit raises Problem(CHANGED_MEANWHILE) and nothing is kept."""
        done = op or (Op.UPDATE if after else Op.CREATE)
        row.take(
            revision=after + 1, act=self._seq + 1, op=done, origin=origin, reason=reason,
            author=self.act.who.staff if origin in _SENT else "",
            recorded=self.now.utc, recorded_offset=self.now.offset,
        )  # fmt: skip
        self._keep(row)
        for position, part in enumerate(parts):
            part.take(local_id=row.local_id, revision=row.revision, position=position)
            self._keep(part)
        self._note(row, origin, done)

    def note(self, change: Change) -> None:
        """Announces a change of something that is no record, such as a setting."""
        self.changes.append(change)

    def _keep(self, row: Revision | Part) -> None:
        self._pending.setdefault(row.table(), []).append(vars(row).copy())

    def _note(self, row: Revision, origin: Origin, done: Op) -> None:
        kind = row.kind
        self._records.append((kind.name, row.local_id, row.revision))
        self.changes.append(Change(kind.name, row.local_id, self.act.visit))
        if kind.sent and origin in _SENT:
            self._authored.append((row.local_id, kind.name, row.revision, done))
            self._queue(row, done)

    def _queue(self, row: Revision, done: Op) -> None:
        self._lines.append(outbox.line(row.local_id, row.kind.name, row.revision, done, row.author, self.station, self.now))

    def _flush(self) -> None:
        pending, self._pending = self._pending, {}
        for table, rows in pending.items():
            driver.put(self._connection, table, rows)

    def finish(self) -> None:
        """Writes what goes with every act: provenance, outbox lines, audit line; and the word to the server's audit."""
        self._attribute()
        if self.act.event:
            self.add(AuditEventRow(local_id=new_id(), event=self.act.event), Origin.TYPED)
        self._flush()
        outbox.queue(self._connection, self._lines)
        act = self.act
        line = audit.Line(
            self._seq + 1, self.now, act.who.staff, self.station, act.what,
            act.patient, act.visit, self._records, act.override, act.late,
        )  # fmt: skip
        audit.append(self._connection, line, self._previous)

    def _attribute(self) -> None:
        if not self._authored:
            return
        targets = [
            provenance.ProvenanceTargetRow(target=local_id, target_kind=kind, target_revision=revision)
            for local_id, kind, revision, _ in self._authored
        ]
        row = provenance.ProvenanceRow(local_id=new_id(), activity=provenance.activity([op for *_, op in self._authored]))
        self.add(row, Origin.TYPED, parts=targets)


class Read:
    """An open read: one snapshot of the store, which refuses to write."""

    def __init__(self, session: Session) -> None:
        self.session = session


class UnitOfWork:
    """Opens sessions on the two engines of a store. `station` is this installation's id, written into every line."""

    def __init__(
        self, writer: Engine, reader: Engine, clock: Clock, gate: Gate, changes: Changes, station: Callable[[], str]
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._gate = gate
        self._changes = changes
        self._station = station
        self._opened: OrderedDict[tuple[str, str, str], None] = OrderedDict()
        event.listen(writer, "before_execute", _guard)

    @contextmanager
    def write(self, act: Act) -> Generator[Write]:
        """BEGIN IMMEDIATE; commits on a clean end, rolls back on any exception. Problems: NOT_ALLOWED, BUSY,
        DISK_FULL, READ_ONLY, DAMAGED, CHANGED_MEANWHILE."""
        self._gate(act)
        with told(), self._begun("write") as connection:
            unit = Write(connection, act, self._clock.now(), self._station())
            try:
                yield unit
                unit.finish()
            except sqlcipher.IntegrityError as error:
                if "UNIQUE constraint failed" in str(error) and ".revision" in str(error):
                    raise Problem(Code.CHANGED_MEANWHILE) from None
                raise
        self._changes.announce(unit.changes)

    @contextmanager
    def read(self, act: Act) -> Generator[Read]:
        """A snapshot. The first read of a person, chart and opening leaves an audit line before anything is read."""
        self._gate(act)
        self._note_read(act)
        with told(), self._reader.connect() as connection, connection.begin():
            yield Read(Session(connection, autoflush=False, expire_on_commit=False))

    @contextmanager
    def bookkeeping(self, why: str) -> Generator[Session]:
        """IMMEDIATE, without an audit line, only for tables marked as bookkeeping; `why` names the chore in a fault."""
        del why
        with told(), self._begun("bookkeeping") as connection:
            session = Session(connection, autoflush=False, expire_on_commit=False)
            yield session
            session.flush()

    @contextmanager
    def glance(self) -> Generator[Session]:
        """A read of bookkeeping tables alone (drafts, counts, settings): no person's chart, so no act."""
        with told(), self._reader.connect() as connection, connection.begin():
            yield Session(connection, autoflush=False, expire_on_commit=False)

    @contextmanager
    def _begun(self, opener: str) -> Generator[Connection]:
        with self._writer.connect().execution_options(begin="IMMEDIATE", opener=opener) as connection, connection.begin():
            yield connection

    def _note_read(self, act: Act) -> None:
        seen = (act.who.staff, act.patient, act.opening)
        if act.opening and seen in self._opened:
            return
        opens = replace(act, event=Event.OPEN) if act.patient else act
        with told(), self._begun("write") as connection:
            Write(connection, opens, self._clock.now(), self._station()).finish()
        self._opened[seen] = None
        if len(self._opened) > _OPENINGS_KEPT:
            self._opened.popitem(last=False)


def _guard(_connection: Connection, statement: Any, _many: Any, _params: Any, options: dict[str, Any]) -> None:
    """What an opener may not write raises PermissionError: it is a bug, whoever is signed in."""
    if not getattr(statement, "is_dml", False):
        return
    table: Table = statement.table
    if options.get("opener") == "bookkeeping" and not table.info.get("bookkeeping"):
        raise PermissionError(f"{table.name} is no bookkeeping table")
    if "revision" in table.primary_key.columns:
        raise PermissionError(f"{table.name} is written by Write.add alone")
