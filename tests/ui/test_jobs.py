"""Jobs: off the UI thread, answered on it; one of a key; a clean end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from maroom.core import ports
from maroom.ui.jobs import NET_THREADS, Jobs

LONG = 10.0
Stop = Callable[[], bool]
Report = Callable[[int, int], None]


class Told:
    """What came back, and whether it came on the UI thread."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.failed: list[Exception] = []
        self.progress: list[tuple[int, int]] = []
        self.threads: set[bool] = set()

    def take(self, result: Any) -> None:
        self._note()
        self.done.append(result)

    def fail(self, fault: Exception) -> None:
        self._note()
        self.failed.append(fault)

    def report(self, done: int, total: int) -> None:
        self._note()
        self.progress.append((done, total))

    def _note(self) -> None:
        app = QApplication.instance()
        assert app is not None
        self.threads.add(QThread.currentThread() is app.thread())


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def told() -> Told:
    return Told()


def test_it_is_the_port_of_core(jobs: Jobs) -> None:
    port: ports.Jobs = jobs
    assert port is jobs


def test_the_result_comes_back_on_the_ui_thread(jobs: Jobs, told: Told, qtbot: QtBot) -> None:
    here = threading.get_ident()
    assert jobs.start("sum", lambda _stop, _report: threading.get_ident(), told.take, told.fail)
    qtbot.waitUntil(lambda: bool(told.done))
    assert told.done[0] != here
    assert told.threads == {True}


def test_an_exception_comes_back_to_the_one_who_asked(jobs: Jobs, told: Told, qtbot: QtBot) -> None:
    def work(_stop: Stop, _report: Report) -> None:
        raise ValueError("no such file")

    jobs.start("read", work, told.take, told.fail)
    qtbot.waitUntil(lambda: bool(told.failed))
    assert isinstance(told.failed[0], ValueError)
    assert told.done == []


def test_the_same_key_twice_is_refused_until_the_answer_is_there(jobs: Jobs, told: Told, qtbot: QtBot) -> None:
    go = threading.Event()

    def work(_stop: Stop, _report: Report) -> bool:
        return go.wait(LONG)

    assert jobs.start("sync", work, told.take, told.fail)
    assert not jobs.start("sync", work, told.take, told.fail)
    assert jobs.running("sync")
    go.set()
    qtbot.waitUntil(lambda: told.done == [True])
    assert not jobs.running("sync")
    assert jobs.start("sync", work, told.take, told.fail)
    qtbot.waitUntil(lambda: told.done == [True, True])


def test_the_receiver_may_start_the_same_key_again(jobs: Jobs, qtbot: QtBot) -> None:
    rounds: list[int] = []

    def again(count: int) -> None:
        rounds.append(count)
        if count < 3:
            assert jobs.start("loop", lambda _stop, _report: count + 1, again, pytest.fail)

    jobs.start("loop", lambda _stop, _report: 1, again, pytest.fail)
    qtbot.waitUntil(lambda: rounds == [1, 2, 3])


def test_progress_tells_the_newest_and_ends_before_the_result(jobs: Jobs, told: Told, qtbot: QtBot) -> None:
    def work(_stop: Stop, report: Report) -> str:
        for step in range(1, 1001):
            report(step, 1000)
        return "all"

    jobs.start("many", work, told.take, told.fail, told.report)
    qtbot.waitUntil(lambda: told.done == ["all"])
    assert told.progress[-1] == (1000, 1000)
    assert told.progress == sorted(told.progress)
    assert len(told.progress) < 1000
    assert told.threads == {True}


def test_a_job_is_asked_to_stop_and_still_answers(jobs: Jobs, told: Told, qtbot: QtBot) -> None:
    started = threading.Event()

    def work(stop: Stop, _report: Report) -> str:
        started.set()
        while not stop():
            threading.Event().wait(0.001)
        return "stopped"

    jobs.start("long", work, told.take, told.fail)
    assert started.wait(LONG)
    jobs.stop("long")
    qtbot.waitUntil(lambda: told.done == ["stopped"])


def test_closing_stops_all_waits_and_tells_nobody(jobs: Jobs, told: Told, qtbot: QtBot) -> None:
    ended: list[str] = []
    started = threading.Event()

    def work(stop: Stop, _report: Report) -> None:
        started.set()
        while not stop():
            threading.Event().wait(0.001)
        ended.append("ended")

    jobs.start("long", work, told.take, told.fail)
    jobs.start("waiting", work, told.take, told.fail)
    assert started.wait(LONG)
    jobs.close()
    assert ended[:1] == ["ended"]
    QApplication.processEvents()
    assert (told.done, told.failed) == ([], [])
    assert not jobs.start("late", work, told.take, told.fail)


def test_the_store_works_one_at_a_time_and_the_net_three(jobs: Jobs, told: Told, qtbot: QtBot) -> None:
    lock, now, most = threading.Lock(), {"store": 0, "net": 0}, {"store": 0, "net": 0}
    together = threading.Barrier(NET_THREADS)

    def busy(pool: str) -> Callable[[Stop, Report], None]:
        def work(_stop: Stop, _report: Report) -> None:
            with lock:
                now[pool] += 1
                most[pool] = max(most[pool], now[pool])
            if pool == "net":
                together.wait(LONG)
            with lock:
                now[pool] -= 1

        return work

    for number in range(2 * NET_THREADS):
        jobs.start(f"write {number}", busy("store"), told.take, told.fail)
        jobs.start(f"net:{number}", busy("net"), told.take, told.fail)
    qtbot.waitUntil(lambda: len(told.done) == 4 * NET_THREADS)
    assert most == {"store": 1, "net": NET_THREADS}


def test_anybody_may_post_to_the_ui_thread(jobs: Jobs, told: Told, qtbot: QtBot) -> None:
    thread = threading.Thread(target=lambda: jobs.post(lambda: told.take("changed")))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: told.done == ["changed"])
    assert told.threads == {True}
