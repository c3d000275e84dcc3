"""What SQLite says, as a Problem: full, read-only, busy, damaged. Everything else stays a bug."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from maroom.core.problems import Code, Problem

_SAID = {
    "database or disk is full": Code.DISK_FULL,
    "attempt to write a readonly database": Code.READ_ONLY,
    "database is locked": Code.BUSY,
    "disk image is malformed": Code.DAMAGED,
    "file is not a database": Code.DAMAGED,
    "disk I/O error": Code.DAMAGED,
}


def problem_of(error: Exception) -> Problem | None:
    """The Problem behind a database error, or None for a bug."""
    said = str(error.orig if isinstance(error, DBAPIError) else error)
    for words, code in _SAID.items():
        if words in said:
            return Problem(code, place="a page") if code is Code.DAMAGED else Problem(code)
    return None


@contextmanager
def told() -> Generator[None]:
    """Turns database errors that are the world's fault into Problems."""
    try:
        yield
    except (DBAPIError, sqlcipher.DatabaseError) as error:
        problem = problem_of(error)
        if problem is None:
            raise
        raise problem from None
