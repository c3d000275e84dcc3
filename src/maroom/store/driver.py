"""The statements of every save, handed to the driver as it takes them: compiled once, and past the engine. To build one anew,
or to lead it through the engine, takes longer than to run it, and an act writes into six tables. What fails raises the driver's
own errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, insert
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_DIALECT = SQLiteDialect_pysqlite()
_Row = Mapping[str, Any]


def run(connection: Connection, statement: str, values: Sequence[Any] = ()) -> Any:
    """The driver's cursor."""
    return _driver(connection).execute(statement, values)


class Question:
    """A select of text and whole numbers, by parameters that are such."""

    def __init__(self, select: Select[*tuple[Any, ...]]) -> None:
        made = select.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
        self._statement, self._names = str(made), tuple(made.positiontup or ())
        self._fixed: dict[str, Any] = dict(made.params)

    def first(self, connection: Connection, **given: str | int) -> tuple[Any, ...] | None:
        """The first row, None where there is none."""
        values = self._fixed | given
        return run(connection, self._statement, [values[name] for name in self._names]).fetchone()


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
    _driver(connection).executemany(made.statement, [made.values(row) for row in rows])


@cache
def _insert(table: Table) -> _Insert:
    ways = tuple((column.name, column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)) for column in table.columns)
    return _Insert(str(insert(table).compile(dialect=_DIALECT)), ways)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
