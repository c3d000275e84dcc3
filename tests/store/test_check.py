"""What `check` finds: each kind of disagreement between rows, outbox, audit and pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from maroom.core.people import Right
from maroom.store import check, engine
from maroom.store.base import Origin
from maroom.store.provenance import ProvenanceRow
from maroom.store.unit_of_work import Act
from tests.builders import DANA, KEY, SetClock, unit_of_work
from tests.store.thing import ThingRow, add_tables

KINDS = (ProvenanceRow, ThingRow)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    with unit_of_work(tmp_path, SetClock()) as unit:
        add_tables(tmp_path)
        for number in range(4):
            with unit.write(Act(DANA, "thing.record", Right.CHART)) as w:
                w.add(ThingRow(local_id=f"t-{number}", word="x" * 3000), Origin.TYPED)
    return tmp_path / "store.db"


def test_a_sound_store_has_no_fault(path: Path) -> None:
    assert check.faults(path, KEY, KINDS) == []


@pytest.mark.parametrize(
    ("harm", "part", "where"),
    [
        ("DELETE FROM thing WHERE local_id = 't-2'", "audit line without revision", "thing t-2 revision 1"),
        ("DELETE FROM outbox WHERE local_id = 't-1'", "revision without outbox line", "thing t-1 revision 1"),
        ("UPDATE outbox SET revision = 7 WHERE local_id = 't-1'", "outbox line without revision", "thing t-1 revision 7"),
        ("UPDATE thing SET revision = 2 WHERE local_id = 't-3'", "revision without audit line", "thing t-3 revision 2"),
    ],
)
def test_a_disagreement_is_named(path: Path, harm: str, part: str, where: str) -> None:
    writer = engine.writing(path, KEY)
    with writer.connect() as connection, connection.begin():
        connection.execute(text(harm))
    writer.dispose()
    assert check.Fault(part, where) in check.faults(path, KEY, KINDS)


def test_a_torn_page_is_named(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(6 * engine.PAGE + 50)
        file.write(b"\0" * 200)
    assert any(fault.part == "page" and "page" in fault.where for fault in check.faults(path, KEY, KINDS))


def test_a_file_that_is_no_store_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"x" * 9000)
    assert [fault.part for fault in check.faults(tmp_path / "store.db", KEY)] == ["file"]
