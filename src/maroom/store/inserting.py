"""Rows as the driver takes them: one statement a table and its types' ways in, made once. To build an insert anew takes
longer than to run it, and an act writes into six tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_DIALECT = SQLiteDialect_pysqlite()
_Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Insert:
    """`ways` has what turns a value into the driver's, in the order of the statement's columns; None where nothing does."""

    statement: str
    ways: tuple[tuple[str, Callable[[Any], Any] | None], ...]

    def values(self, row: _Row) -> tuple[Any, ...]:
        return tuple(way(row.get(name)) if way else row.get(name) for name, way in self.ways)


def put(connection: Connection, table: Table, rows: Sequence[_Row]) -> None:
    """Inserts all rows; what a row does not name is NULL, which gives a number to an automatic key. Goes past the guard of the
    unit of work: the store's own ways of writing call it, nobody else."""
    made = _insert(table)
    connection.exec_driver_sql(made.statement, [made.values(row) for row in rows])


@cache
def _insert(table: Table) -> _Insert:
    ways = tuple((column.name, column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)) for column in table.columns)
    return _Insert(str(insert(table).compile(dialect=_DIALECT)), ways)
