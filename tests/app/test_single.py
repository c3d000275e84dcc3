"""One window a store: a second start raises the first, and says so when it cannot."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from maroom.app.window.single import Doorbell, call_first

ROOT = Path(__file__).parents[2]
CALL = """
import sys
from pathlib import Path
from maroom.app.window.single import call_first
print(call_first(Path(sys.argv[1])))
"""


@pytest.fixture
def rung(qtbot, tmp_path: Path) -> Iterator[list[str]]:  # type: ignore[no-untyped-def]
    """How often the window of this folder was asked to come forward."""
    calls: list[str] = []
    owner = QObject()
    bell = Doorbell(tmp_path, lambda: calls.append("come forward"), owner)
    yield calls
    bell.close()
    owner.deleteLater()


def _second_start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", CALL, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_second_start_of_the_same_folder_raises_the_first(qtbot, rung: list[str], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with _second_start(tmp_path) as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
        assert second.stdout is not None
        assert second.stdout.read().strip() == "True"
    assert rung == ["come forward"]


def test_another_way_of_writing_the_folder_is_the_same_folder(qtbot, rung: list[str], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with _second_start(tmp_path / "x" / "..") as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert rung == ["come forward"]


def test_where_no_window_answers_the_caller_is_told(qapp, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert not call_first(tmp_path / "nobody here")


def test_what_a_killed_window_left_does_not_stop_the_next(qtbot, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    owner = QObject()
    first = Doorbell(tmp_path, lambda: None, owner)
    calls: list[str] = []
    second = Doorbell(tmp_path, lambda: calls.append("rung"), owner)
    with _second_start(tmp_path) as caller:
        qtbot.waitUntil(lambda: caller.poll() is not None, timeout=30_000)
    assert calls == ["rung"]
    first.close()
    second.close()
    owner.deleteLater()
