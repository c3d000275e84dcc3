"""A data folder to ourselves: made where it is not there, and locked until we are done with it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from maroom.core.problems import Code, Problem
from maroom.store.lock import StoreLock


@contextmanager
def held(folder: Path, what: str) -> Generator[None]:
    """`what` is what holds it, for whoever finds it locked. Problems NO_ACCESS, IN_USE."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Problem(Code.NO_ACCESS, folder=str(folder)) from None
    lock = StoreLock(folder)
    lock.take(what)
    try:
        yield
    finally:
        lock.release()
