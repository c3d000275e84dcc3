"""A file that has its name only when it is whole: written beside it, on the disk, then named."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from maroom.core.problems import Code, Problem


@contextmanager
def written(out: Path, body: bytes) -> Generator[None]:
    """Inside it is on the disk, and gets its name at the end; none where something goes wrong. Problem NOT_WRITTEN."""
    part = out.with_name(f"{out.name}.part")
    try:
        with _told(out):
            _put(part, body)
        yield
        with _told(out):
            part.replace(out)
            _settle(out.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def put_new(out: Path, text: str) -> None:
    """A file for its owner alone, that was not there before. Problem NOT_WRITTEN."""
    with _told(out), os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _put(part: Path, body: bytes) -> None:
    with part.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """The name too is on the disk; Windows does that by itself."""
    if os.name != "nt":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def _told(out: Path) -> Generator[None]:
    try:
        yield
    except OSError as fault:
        why = (fault.strerror or type(fault).__name__).lower()
        raise Problem(Code.NOT_WRITTEN, file=str(out), why=why) from None
