"""One write is one transaction: revision, outbox line, provenance and audit line, or none of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from maroom.core.drafts import DraftKey
from maroom.core.people import Right
from maroom.core.problems import Code, Problem
from maroom.core.visit import VisitRef
from maroom.store.audit import AuditRow
from maroom.store.base import BOOKKEEPING, Base, Op, Origin, latest
from maroom.store.changes import Change, Changes
from maroom.store.clinic import ClinicRow
from maroom.store.drafts import DraftRow, forget
from maroom.store.mirror import MirrorRow
from maroom.store.outbox import OutboxRow
from maroom.store.provenance import ProvenanceRow, ProvenanceTargetRow
from maroom.store.timers import TimerRow
from maroom.store.unit_of_work import Act, UnitOfWork
from tests.builders import DANA, SetClock, opening, unit_of_work
from tests.store.thing import SCHEMA, ThingPartRow, ThingRow

VISIT = VisitRef("v-1", "p-1")
CHART = Act(DANA, "thing.record", Right.CHART, "p-1", "v-1")


def rows(unit: UnitOfWork, row: type[Base]) -> list[Base]:
    with unit.glance() as session:
        return list(session.scalars(select(row)))


def record(unit: UnitOfWork, local_id: str = "t-1", word: str = "one", after: int = 0, origin: Origin = Origin.TYPED) -> None:
    with unit.write(CHART) as w:
        w.add(ThingRow(local_id=local_id, word=word), origin, after=after, reason="why" if after else "")


def test_a_typed_revision_leaves_its_outbox_line_its_author_and_its_audit_line(unit: UnitOfWork, clock: SetClock) -> None:
    record(unit)
    (thing,) = rows(unit, ThingRow)
    assert (thing.revision, thing.op, thing.origin, thing.author, thing.recorded_at) == (
        1,
        "create",
        "typed",
        DANA.staff,
        clock.now(),
    )
    lines = {line.kind: line for line in rows(unit, OutboxRow)}
    assert set(lines) == {"thing", "provenance"}
    assert (lines["thing"].local_id, lines["thing"].op, lines["thing"].author, lines["thing"].state) == (
        "t-1",
        "create",
        DANA.staff,
        "queued",
    )
    (audit,) = rows(unit, AuditRow)
    assert (audit.actor, audit.act, audit.patient, audit.visit, audit.station) == (
        DANA.staff,
        "thing.record",
        "p-1",
        "v-1",
        "station-1",
    )
    assert ["thing", "t-1", 1] in audit.records
    assert thing.act == audit.seq


def test_the_act_names_what_it_wrote_as_one_provenance(unit: UnitOfWork) -> None:
    with unit.write(CHART) as w:
        w.add(ThingRow(local_id="a", word="x"), Origin.TYPED)
        w.add(ThingRow(local_id="b", word="y"), Origin.TYPED)
    (proof,) = rows(unit, ProvenanceRow)
    assert proof.activity == "CREATE"
    targets = {(t.target, t.target_kind, t.target_revision) for t in rows(unit, ProvenanceTargetRow)}
    assert targets == {("a", "thing", 1), ("b", "thing", 1)}


@pytest.mark.parametrize(("op", "activity"), [(None, "UPDATE"), (Op.VOID, "NULLIFY")])
def test_the_activity_follows_what_was_done(unit: UnitOfWork, op: Op | None, activity: str) -> None:
    record(unit)
    with unit.write(CHART) as w:
        w.add(ThingRow(local_id="t-1", word="two"), Origin.TYPED, after=1, op=op, reason="typed wrongly")
    assert [p.activity for p in rows(unit, ProvenanceRow)] == ["CREATE", activity]


@pytest.mark.parametrize("origin", [Origin.PULLED, Origin.IMPORTED])
def test_what_came_from_elsewhere_is_not_sent_back(unit: UnitOfWork, origin: Origin) -> None:
    record(unit, origin=origin)
    assert rows(unit, OutboxRow) == []
    assert rows(unit, ProvenanceRow) == []
    (thing,) = rows(unit, ThingRow)
    assert thing.author == ""


def test_a_merged_revision_is_sent(unit: UnitOfWork) -> None:
    record(unit, origin=Origin.MERGED)
    assert {line.kind for line in rows(unit, OutboxRow)} == {"thing", "provenance"}


def test_what_stays_here_has_no_outbox_line(unit: UnitOfWork) -> None:
    with unit.write(CHART) as w:
        w.add(ClinicRow(local_id="name", value='"X"'), Origin.TYPED)
    assert rows(unit, OutboxRow) == []
    assert len(rows(unit, AuditRow)) == 1


def test_parts_carry_the_revision_of_their_head(unit: UnitOfWork) -> None:
    with unit.write(CHART) as w:
        w.add(ThingRow(local_id="t", word="x"), Origin.TYPED, parts=[ThingPartRow(word="a"), ThingPartRow(word="b")])
    assert [(p.local_id, p.revision, p.position, p.word) for p in rows(unit, ThingPartRow)] == [
        ("t", 1, 0, "a"),
        ("t", 1, 1, "b"),
    ]


def test_an_exception_keeps_nothing(unit: UnitOfWork) -> None:
    with pytest.raises(RuntimeError), unit.write(CHART) as w:
        w.add(ThingRow(local_id="t-1", word="x"), Origin.TYPED)
        w.session.execute(select(1))
        raise RuntimeError
    assert [rows(unit, row) for row in (ThingRow, OutboxRow, AuditRow, ProvenanceRow)] == [[], [], [], []]


def test_the_old_revision_stays_and_the_latest_is_found(unit: UnitOfWork) -> None:
    record(unit)
    record(unit, word="two", after=1)
    with unit.glance() as session:
        assert [(t.revision, t.word, t.reason) for t in session.scalars(select(ThingRow).order_by(ThingRow.revision))] == [
            (1, "one", ""),
            (2, "two", "why"),
        ]
        assert [t.word for t in session.scalars(select(ThingRow).where(latest(ThingRow)))] == ["two"]


def test_a_change_made_from_an_old_revision_is_refused(unit: UnitOfWork) -> None:
    record(unit)
    record(unit, word="hers", after=1)
    with pytest.raises(Problem) as raised:
        record(unit, word="mine", after=1)
    assert raised.value.code is Code.CHANGED_MEANWHILE
    assert [t.word for t in rows(unit, ThingRow)] == ["one", "hers"]


def test_the_gate_stands_before_the_act(tmp_path: Path, clock: SetClock) -> None:
    def nobody(act: Act) -> None:
        raise Problem(Code.NOT_ALLOWED, name=act.who.name)

    with unit_of_work(tmp_path, clock, nobody) as unit:
        for opener in (unit.write, unit.read):
            with pytest.raises(Problem) as raised, opener(CHART):
                pytest.fail("opened")
            assert raised.value.code is Code.NOT_ALLOWED
        assert rows(unit, AuditRow) == []


def test_reads_of_one_opening_leave_one_line_and_another_opening_one_more(unit: UnitOfWork) -> None:
    first, second = (Act.of(opening(DANA, VISIT), "chart.read", Right.READ) for _ in range(2))
    for act in (first, first, second):
        with unit.read(act):
            pass
    assert [(line.act, line.patient) for line in rows(unit, AuditRow)] == [("chart.read", "p-1")] * 2


def test_the_line_of_a_read_is_there_before_anything_is_read(unit: UnitOfWork) -> None:
    with unit.read(CHART) as r:
        assert r.session.scalar(select(func.count()).select_from(AuditRow)) == 1


def test_a_read_cannot_turn_into_a_write(unit: UnitOfWork) -> None:
    with pytest.raises(Problem) as raised, unit.read(CHART) as r:
        r.session.execute(delete(DraftRow))
    assert raised.value.code is Code.READ_ONLY


def test_bookkeeping_writes_no_clinical_table(unit: UnitOfWork) -> None:
    record(unit)
    tables = [table for table in (*Base.metadata.sorted_tables, *SCHEMA.sorted_tables) if not table.info.get("bookkeeping")]
    assert {"audit", "provenance", "thing", "clinic_setting"} <= {table.name for table in tables}
    for table in tables:
        with pytest.raises(PermissionError), unit.bookkeeping("try") as session:
            session.execute(delete(table))


@pytest.mark.parametrize("row", [DraftRow, TimerRow, OutboxRow, MirrorRow])
def test_bookkeeping_tables_are_marked(unit: UnitOfWork, row: type[Base]) -> None:
    assert row.table().info == BOOKKEEPING
    with unit.bookkeeping("try") as session:
        session.execute(delete(row))
    assert rows(unit, AuditRow) == []


def _insert(session: Session) -> None:
    session.execute(insert(ThingRow), {"local_id": "x", "revision": 1})


def _update(session: Session) -> None:
    session.execute(update(ThingRow).values(word="other"))


def _delete(session: Session) -> None:
    session.execute(delete(ThingRow))


@pytest.mark.parametrize("attempt", [_insert, _update, _delete])
def test_a_revision_is_written_by_add_alone(unit: UnitOfWork, attempt: object) -> None:
    record(unit)
    with pytest.raises(PermissionError), unit.write(CHART) as w:
        attempt(w.session)  # type: ignore[operator]
    assert [t.word for t in rows(unit, ThingRow)] == ["one"]


def test_changes_are_told_after_the_commit_and_without_data(unit: UnitOfWork, changes: Changes) -> None:
    told: list[tuple[Change, ...]] = []
    there: list[int] = []

    def listen(batch: object) -> None:
        told.append(tuple(batch))  # type: ignore[arg-type]
        there.append(len(rows(unit, ThingRow)))

    forget_it = changes.listen(listen)
    record(unit)
    assert Change("thing", "t-1", "v-1") in told[0]
    assert there == [1]
    forget_it()
    record(unit, "t-2")
    assert len(told) == 1


def test_a_failed_write_tells_nobody(unit: UnitOfWork, changes: Changes) -> None:
    told: list[object] = []
    changes.listen(told.append)
    with pytest.raises(RuntimeError), unit.write(CHART) as w:
        w.add(ThingRow(local_id="t", word="x"), Origin.TYPED)
        raise RuntimeError
    assert told == []


def test_a_full_disk_is_said_and_keeps_nothing(unit: UnitOfWork) -> None:
    record(unit)
    with pytest.raises(Problem) as raised, unit.write(CHART) as w:
        pages = w.session.execute(select(func.count()).select_from(AuditRow)).scalar()
        w.session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        w.add(ThingRow(local_id="t-2", word="x" * 400_000), Origin.TYPED)
    assert raised.value.code is Code.DISK_FULL
    assert "still on the page" in raised.value.what()
    assert [t.local_id for t in rows(unit, ThingRow)] == ["t-1"]


def test_a_store_held_by_another_for_too_long_is_busy(tmp_path: Path, clock: SetClock) -> None:
    with unit_of_work(tmp_path, clock) as unit, unit_of_work(tmp_path, clock) as other:
        for made in (unit, other):
            with made.bookkeeping("shorten the wait") as session:
                session.connection().exec_driver_sql("PRAGMA busy_timeout = 20")
        with unit.bookkeeping("hold"), pytest.raises(Problem) as raised, other.bookkeeping("want"):
            pytest.fail("two writers at once")
        assert raised.value.code is Code.BUSY


def test_nothing_of_a_value_stands_in_a_database_error(unit: UnitOfWork) -> None:
    with pytest.raises(Exception, match="NOT NULL") as raised, unit.write(CHART) as w:
        w.add(ThingRow(local_id="secret-value", word=None), Origin.TYPED)
    assert "secret-value" not in str(raised.value)


def test_a_late_or_overriding_act_says_so(unit: UnitOfWork) -> None:
    with unit.write(Act(DANA, "thing.record", Right.CHART, override="told by phone", late=True)) as w:
        w.add(ThingRow(local_id="t", word="x"), Origin.TYPED)
    (line,) = rows(unit, AuditRow)
    assert (line.reason, line.late) == ("told by phone", True)


def test_forgetting_a_draft_within_the_write_that_saves_it(unit: UnitOfWork) -> None:
    key = DraftKey(DANA.staff, "v-1", "p-1", "vitals")
    with unit.write(CHART) as w:
        forget(w.session, key)
        w.add(ThingRow(local_id="t", word="x"), Origin.TYPED)
    assert rows(unit, DraftRow) == []


def test_a_row_has_no_value_that_is_no_column() -> None:
    with pytest.raises(TypeError, match="colour"):
        ThingRow(local_id="t", word="x", colour="red")
