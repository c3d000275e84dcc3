"""Work off the UI thread: one long-lived object, two pools, and one queued signal on which every answer comes back.

Not for local saves, which take a few ms and run on the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

STORE_THREADS = 1
NET_THREADS = 3
"""one of them is the radio's for as long as instruments are listened to"""
NET = "net:"

Progress = Callable[[int, int], None]
Work = Callable[[Callable[[], bool], Progress], Any]


@dataclass
class _Job:
    """What was asked for, and who is told. Of its reports only the newest is told, however fast they come."""

    work: Work
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    progress: Progress | None
    stop: Event = field(default_factory=Event)
    newest: tuple[int, int] | None = None
    lock: Lock = field(default_factory=Lock)

    def note(self, done: int, total: int) -> bool:
        """On a thread of a pool. True where nobody is on the way yet to tell it."""
        with self.lock:
            first, self.newest = self.newest is None, (done, total)
        return first

    def tell(self) -> None:
        with self.lock:
            newest, self.newest = self.newest, None
        if newest and self.progress:
            self.progress(*newest)


class Jobs(QObject):
    """The `Jobs` of core.ports. A key that begins with `net:` goes to the pool of the net, all others to that of the store."""

    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: dict[str, _Job] = {}
        self._pools: dict[bool, ThreadPoolExecutor] = {}
        self._closed = False
        self._asked.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        key: str,
        work: Work,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        progress: Progress | None = None,
    ) -> bool:
        """False where a job of the same key is still running, or where the program is closing."""
        if self._closed or key in self._running:
            return False
        self._running[key] = job = _Job(work, done, failed, progress)
        self._pool(key.startswith(NET)).submit(self._run, key, job)
        return True

    def running(self, key: str) -> bool:
        return key in self._running

    def stop(self, key: str) -> None:
        """Asks the job to end; it still answers."""
        if job := self._running.get(key):
            job.stop.set()

    def post(self, call: Callable[[], None]) -> None:
        """Runs `call` on the UI thread, soon. From any thread."""
        self._asked.emit(call)

    def close(self) -> None:
        """Asks all to stop and waits for them. What has not answered by then is told to nobody."""
        self._closed = True
        for job in self._running.values():
            job.stop.set()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self._running.clear()

    def _pool(self, net: bool) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor  # no job is started before the window is drawn

        if net not in self._pools:
            name, threads = ("net", NET_THREADS) if net else ("store", STORE_THREADS)
            self._pools[net] = ThreadPoolExecutor(threads, f"maroom-{name}")
        return self._pools[net]

    def _run(self, key: str, job: _Job) -> None:
        """On a thread of a pool."""
        try:
            result = job.work(job.stop.is_set, partial(self._report, job))
        except Exception as fault:  # noqa: BLE001 - whatever it is, it belongs to the one who asked for the work
            self.post(partial(self._answer, key, job.failed, fault))
        else:
            self.post(partial(self._answer, key, job.done, result))

    def _report(self, job: _Job, done: int, total: int) -> None:
        if job.note(done, total):
            self.post(job.tell)

    def _answer(self, key: str, tell: Callable[[Any], None], answer: Any) -> None:
        """The key is free again before its receiver hears, so that it may start the next one."""
        self._running.pop(key, None)
        tell(answer)

    def _call(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()
