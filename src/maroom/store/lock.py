"""One window or one errand that needs the store alone at a time, and one sync. The system frees the lock of who dies."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import ClassVar

import msgspec
from filelock import FileLock, Timeout

from maroom.core.problems import Code, Problem


class Holder(msgspec.Struct, frozen=True):
    """Who has the store: `what` is `window`, `import`, `demo`, ...; `user` an account of this machine."""

    what: str
    user: str
    process: int

    def words(self) -> str:
        return f"{self.user} ({self.what}, process {self.process})"


class _Lock:
    """A file that the system locks, and beside it who holds it."""

    name: ClassVar[str]
    taken: ClassVar[Code]

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / f"{self.name}.lock", thread_local=False)
        self._holder = folder / f"{self.name}.holder"

    def take(self, what: str) -> None:
        """Where somebody has it the Problem `taken`, naming the holder."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            holder = self.holder()
            raise Problem(self.taken, holder=holder.words() if holder else "another process") from None
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


class StoreLock(_Lock):
    """Held while the window is open, and by import, demo, restore and upgrade."""

    name = "store"
    taken = Code.IN_USE


class SyncLock(_Lock):
    """Held by a run of the sync, beside whoever has the store."""

    name = "sync"
    taken = Code.SYNC_RUNNING


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "another account"
