"""Opens the store, or says exactly why not. A store that does not open is left as it is: never wiped, never made anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

from maroom.core.clock import Moment
from maroom.core.problems import Code, Problem
from maroom.store import backup, engine, upgrade
from maroom.store.engine import PAGE, SALT_BYTES, StoreKey
from maroom.store.faults import told

STORE = "store.db"
_PLAIN = b"SQLite format 3\0"


@dataclass(frozen=True)
class Store:
    """An open store: one engine that writes, one that only reads."""

    path: Path
    key: StoreKey
    writer: Engine
    reader: Engine

    def close(self) -> None:
        """The last connection to go takes the write-ahead log into the file, so that a clean end leaves none."""
        self.reader.dispose()
        self.writer.dispose()


def create(folder: Path, key: StoreKey) -> Store:
    """Makes a new store in a folder that has none; an existing file raises FileExistsError."""
    path = folder / STORE
    part = folder / f"{STORE}.part"
    if path.exists():
        raise FileExistsError(path)
    part.unlink(missing_ok=True)
    with told():
        with closing(engine.raw_connection(part, key, "rwc")) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA user_version = 1")
        _migrated(part, key)
    part.replace(path)
    return _opened(path, key)


def open_store(folder: Path, key: StoreKey, now: Callable[[], Moment], alone: bool = True) -> Store:
    """Opens an existing store and brings it up to date. Beside a window (`alone` false) nothing is upgraded.

    Problems: NO_STORE, NO_ACCESS, NOT_A_STORE, WRONG_KEY, DAMAGED, NEWER, READ_ONLY, DISK_FULL, BUSY, UPGRADE_FAILED.
    """
    path = folder / STORE
    _looked_at(path, key)
    with told():
        found = _probed(path, key)
    known = upgrade.known_revisions()
    if found not in known:
        raise Problem(Code.NEWER, found=found)
    if found != known[-1]:
        _upgrade(path, key, found, now(), alone)
    return _opened(path, key)


def _looked_at(path: Path, key: StoreKey) -> None:
    """What can be told from the outside, before SQLite is let near the file."""
    try:
        if not path.exists():
            raise Problem(Code.NO_STORE, folder=str(path.parent))
        with path.open("rb") as file:
            head = file.read(SALT_BYTES)
    except PermissionError:
        raise Problem(Code.NO_ACCESS, folder=str(path.parent)) from None
    if head == _PLAIN or path.stat().st_size < PAGE:
        raise Problem(Code.NOT_A_STORE)
    if head != key.salt:
        raise Problem(Code.NOT_A_STORE if path.stat().st_size % PAGE else Code.WRONG_KEY)
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise Problem(Code.READ_ONLY)


def _probed(path: Path, key: StoreKey) -> str:
    """The schema number; every page is checked against its seal on the way (about 2 ms a MB)."""
    with closing(engine.raw_connection(path, key)) as connection:
        try:
            named = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone() if named else None
        except sqlcipher.DatabaseError as error:
            if "not a database" not in str(error):
                raise
            raise Problem(Code.DAMAGED, place="its first page") from None
        bad = connection.execute("PRAGMA cipher_integrity_check").fetchone()
    if bad:
        raise Problem(Code.DAMAGED, place=bad[0])
    if not found:
        raise Problem(Code.NOT_A_STORE)
    return found[0]


def _upgrade(path: Path, key: StoreKey, found: str, now: Moment, alone: bool) -> None:
    if not alone:
        raise Problem(Code.IN_USE, holder="a window of another version")
    kept = backup.copy(path, key, f"before-{upgrade.known_revisions()[-1]}-was-{found}", now)
    try:
        _migrated(path, key)
    except Exception as error:
        raise Problem(Code.UPGRADE_FAILED, backup=str(kept)) from error


def _migrated(path: Path, key: StoreKey) -> None:
    migrating = engine.migrating(path, key)
    try:
        upgrade.migrate(migrating)
    finally:
        migrating.dispose()


def _opened(path: Path, key: StoreKey) -> Store:
    return Store(path, key, engine.writing(path, key), engine.reading(path, key))
