"""No test leaves a window, a thread or a running timer to the next one."""

import gc
import threading
from collections.abc import Callable, Generator
from typing import Any
from weakref import WeakSet

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

PATIENCE = 2.0
"""Seconds that a thread which is just ending is given."""

TIMERS: WeakSet[QTimer] = WeakSet()
THREADS: WeakSet[QThread] = WeakSet()
LENT: WeakSet[Any] = WeakSet()
BEFORE = pytest.StashKey[set[Any]]()


def _remembering(start: Callable[..., Any], kept: WeakSet[Any]) -> Callable[..., Any]:
    def started(this: Any, *args: Any) -> Any:
        kept.add(this)
        return start(this, *args)

    return started


def pytest_sessionstart() -> None:
    """From here on every QTimer and QThread that Python starts is known."""
    QTimer.start = _remembering(QTimer.start, TIMERS)
    QThread.start = _remembering(QThread.start, THREADS)


def _timers() -> set[QTimer]:
    return {timer for timer in TIMERS if Shiboken.isValid(timer) and timer.isActive()}


def _qt_threads() -> set[QThread]:
    return {thread for thread in THREADS if Shiboken.isValid(thread) and thread.isRunning()}


def _threads() -> set[threading.Thread]:
    """Python's own; a pool thread of Qt that once ran Python shows up as a dummy for ever."""
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}


def _windows() -> set[QWidget]:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return set()
    return {widget for widget in app.topLevelWidgets() if widget.parent() is None}


def _everything() -> set[Any]:
    return {*_timers(), *_qt_threads(), *_threads(), *_windows()}


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None]:
    """What a fixture of a wider scope makes may outlive a test."""
    before = _everything()
    result = yield
    if fixturedef.scope != "function":
        LENT.update(_everything() - before)
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    item.stash[BEFORE] = _everything()
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    result = yield
    left = _left(item.stash[BEFORE] | set(LENT))
    del item.stash[BEFORE]
    if left:
        pytest.fail("left behind: " + ", ".join(sorted(left)), pytrace=False)
    return result


def _left(allowed: set[Any]) -> list[str]:
    """What is there and not allowed, in words; it is ended too."""
    return [
        *_windows_left(allowed),
        *(_end_timer(timer) for timer in _timers() - allowed),
        *(words for thread in _qt_threads() - allowed if (words := _end_qt_thread(thread))),
        *(words for thread in _threads() - allowed if (words := _await_thread(thread))),
        *_await_pool(),
    ]


def _windows_left(allowed: set[Any]) -> list[str]:
    if not _windows() - allowed:
        return []
    # what is only waiting to be deleted, or hangs in a cycle of Python's, is not left behind
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    return [_end_window(window) for window in _windows() - allowed]


def _end_window(window: QWidget) -> str:
    words = f"window {type(window).__name__} {window.objectName()!r} {'shown' if window.isVisible() else 'hidden'}"
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return words


def _end_timer(timer: QTimer) -> str:
    timer.stop()
    return f"timer {timer.objectName()!r} of {type(timer.parent()).__name__}, every {timer.interval()} ms"


def _end_qt_thread(thread: QThread) -> str | None:
    thread.quit()
    return None if thread.wait(int(PATIENCE * 1000)) else f"thread {thread.objectName()!r}"


def _await_thread(thread: threading.Thread) -> str | None:
    thread.join(PATIENCE)
    return f"thread {thread.name!r}" if thread.is_alive() else None


def _await_pool() -> list[str]:
    pool = QThreadPool.globalInstance()
    if pool.activeThreadCount() == 0 or pool.waitForDone(int(PATIENCE * 1000)):
        return []
    return ["work in Qt's thread pool"]
