"""The chain: every changed, missing or cut-off line is found, and the first one is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from maroom.core.people import Right
from maroom.store import audit, engine
from maroom.store.unit_of_work import Act, UnitOfWork
from tests.builders import DANA, KEY

LINES = 5


@pytest.fixture
def chain(unit: UnitOfWork) -> UnitOfWork:
    for number in range(LINES):
        with unit.write(Act(DANA, f"act.{number}", Right.CHART)):
            pass
    return unit


def _changed(path: Path, change: str) -> audit.Broken | None:
    """Does what somebody with the key could do: lift the trigger, change, look."""
    writer = engine.writing(path / "store.db", KEY)
    try:
        with writer.connect() as connection, connection.begin():
            connection.execute(text("DROP TRIGGER audit_no_update"))
            connection.execute(text("DROP TRIGGER audit_no_delete"))
            connection.execute(text(change))
            return audit.first_broken(connection)
    finally:
        writer.dispose()


def test_an_untouched_chain_is_whole(chain: UnitOfWork) -> None:
    with chain.glance() as session:
        assert audit.first_broken(session.connection()) is None


@pytest.mark.parametrize(
    ("change", "seq", "why"),
    [
        ("UPDATE audit SET actor = 'x' WHERE seq = 3", 3, "was changed"),
        ("UPDATE audit SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 1", 1, "was changed"),
        ('UPDATE audit SET records = \'[["thing","t",1]]\' WHERE seq = 4', 4, "was changed"),
        ("UPDATE audit SET late = 1 WHERE seq = 2", 2, "was changed"),
        ("UPDATE audit SET reason = 'x' WHERE seq = 2", 2, "was changed"),
        ("DELETE FROM audit WHERE seq = 2", 2, "is missing"),
        ("DELETE FROM audit WHERE seq >= 4", 4, "is missing"),
        ("DELETE FROM audit", 1, "is missing"),
    ],
)
def test_the_first_broken_line_is_named(chain: UnitOfWork, tmp_path: Path, change: str, seq: int, why: str) -> None:
    assert _changed(tmp_path, change) == audit.Broken(seq, why)


@pytest.mark.parametrize("change", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_the_trail_is_append_only(chain: UnitOfWork, change: str) -> None:
    with pytest.raises(Exception, match="append-only"), chain.bookkeeping("try") as session:
        session.execute(text(change))


def test_two_processes_append_to_one_chain(chain: UnitOfWork, tmp_path: Path) -> None:
    from tests.builders import SetClock, unit_of_work

    with unit_of_work(tmp_path, SetClock()) as other:
        writers: list[Callable[[Act], Any]] = [chain.write, other.write]
        for number in range(6):
            with writers[number % 2](Act(DANA, "act", Right.CHART)):
                pass
    with chain.glance() as session:
        assert audit.first_broken(session.connection()) is None
