"""Connections to the store file: SQLCipher by raw key, WAL, synchronous=FULL, and a begin that says what it wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import QueuePool

from maroom.store import driver

BUSY_MS = 5000
KEY_BYTES = 32
SALT_BYTES = 16
PAGE = 4096


@dataclass(frozen=True)
class StoreKey:
    """The raw data key and the salt of the file; every copy of a store shares both."""

    secret: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    def pragma(self) -> str:
        return f"PRAGMA key = \"x'{self.secret.hex()}{self.salt.hex()}'\""


def raw_connection(path: Path, key: StoreKey, mode: str = "rw") -> Any:
    """One DBAPI connection. `mode` is SQLite's: ro, rw, or rwc, which alone makes a file."""
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    connection = sqlcipher.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
    connection.execute(key.pragma())
    return connection


def writing(path: Path, key: StoreKey) -> Engine:
    """For units of work that write, one at a time."""
    return _engine(path, key, ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON"))


def reading(path: Path, key: StoreKey) -> Engine:
    """For reads: a connection that refuses to write, so that a read can never turn into one half way."""
    return _engine(path, key, ("PRAGMA query_only = ON",))


def migrating(path: Path, key: StoreKey) -> Engine:
    """For Alembic: foreign keys off while tables are rebuilt; they are checked before the commit."""
    return _engine(path, key, ("PRAGMA foreign_keys = OFF", "PRAGMA synchronous = FULL"))


def _engine(path: Path, key: StoreKey, pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=_creator(path, key),
        poolclass=QueuePool,
        pool_size=4,
        hide_parameters=True,
        insertmanyvalues_page_size=500,
    )

    def connected(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begun)
    return engine


def _creator(path: Path, key: StoreKey) -> Callable[[], Any]:
    def connect() -> Any:
        return raw_connection(path, key)

    return connect


def _begun(connection: Connection) -> None:
    """The driver's own begin is off (isolation_level None): it would leave a failed migration half done."""
    driver.run(connection, f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}")
