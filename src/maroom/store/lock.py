"""One window, or one errand that needs the store alone, at a time. The system frees the lock when its holder dies."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from maroom.core.problems import Code, Problem

LOCK, HOLDER = "store.lock", "store.holder"


class Holder(msgspec.Struct, frozen=True):
    """Who has the store: `what` is `window`, `import`, `demo`, ...; `user` an account of this machine."""

    what: str
    user: str
    process: int

    def words(self) -> str:
        return f"{self.user} ({self.what}, process {self.process})"


class StoreLock:
    """Held while the window is open, and by import, demo, restore and upgrade."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / LOCK, thread_local=False)
        self._holder = folder / HOLDER

    def take(self, what: str) -> None:
        """Problem IN_USE, naming the holder, where somebody has it."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            holder = self.holder()
            raise Problem(Code.IN_USE, holder=holder.words() if holder else "another process") from None
        except PermissionError:
            raise Problem(Code.NO_ACCESS, folder=str(self._holder.parent)) from None
        self._holder.write_bytes(msgspec.json.encode(Holder(what, _account(), os.getpid())))

    def holder(self) -> Holder | None:
        try:
            return msgspec.json.decode(self._holder.read_bytes(), type=Holder)
        except (OSError, msgspec.DecodeError):
            return None

    def release(self) -> None:
        if self._lock.is_locked:
            self._holder.unlink(missing_ok=True)
            self._lock.release()


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "another account"
