"""Saving a set of vital signs through the service, beside the same rows put in by the bare driver in one transaction."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from maroom.core.people import Opening
from maroom.duties.vitals.model import Entry
from maroom.duties.vitals.service import Vitals
from maroom.store import engine
from maroom.store.engine import StoreKey
from tests.bench.figures import line, milliseconds
from tests.builders import DANA, KEY, SetClock, unit_of_work
from tests.stories.saver import VISIT, measurements

SETS = 400


def lines() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        clock = SetClock()
        with unit_of_work(path, clock) as unit:
            vitals = Vitals(unit.write, unit.read, clock)

            def save() -> None:
                clock.forward(minutes=1)
                vitals.record(Opening(DANA, VISIT), Entry(VISIT, measurements()))

            ours = milliseconds(save, SETS)
        floor = milliseconds(bare(path / "store.db", KEY), SETS)
    yield line("saving a set of vital signs", ours, floor, "the same rows by the bare driver")


def bare(store: Path, key: StoreKey) -> Callable[[], None]:
    """Writes over again what the last save wrote, table by table, under new keys."""
    connection = engine.raw_connection(store, key)
    connection.execute("PRAGMA synchronous = FULL")
    batches = list(_last_save(connection))
    number = 0

    def write() -> None:
        nonlocal number
        number += 1
        connection.execute("BEGIN IMMEDIATE")
        for sql, rows, at in batches:
            connection.executemany(
                sql, [[f"{value}-{number}" if i == at else value for i, value in enumerate(row)] for row in rows]
            )
        connection.execute("COMMIT")

    return write


def _last_save(connection: Any) -> Iterator[tuple[str, list[tuple[Any, ...]], int]]:
    act = connection.execute("SELECT max(seq) FROM audit").fetchone()[0]
    with closing(connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'vital%'")) as found:
        vital = [name for (name,) in found]
    ids = "SELECT local_id FROM vital_sign WHERE act = ?"
    where = dict.fromkeys(vital, f"local_id IN ({ids})")
    where |= {
        "provenance": "act = ?",
        "provenance_target": "local_id IN (SELECT local_id FROM provenance WHERE act = ?)",
        "outbox": f"local_id IN ({ids})",
        "audit": "seq = ?",
    }
    for table, condition in where.items():
        cursor = connection.execute(f"SELECT * FROM {table} WHERE {condition}", (act,))
        columns = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
        if "seq" in columns:
            at = columns.index("seq")
            columns, rows = columns[:at] + columns[at + 1 :], [row[:at] + row[at + 1 :] for row in rows]
        key = next((columns.index(name) for name in ("message_id", "local_id") if name in columns), -1)
        marks = ", ".join("?" * len(columns))
        yield f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows, key
