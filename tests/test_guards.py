"""The guards bite: one bad test of each kind, run by a pytest of its own, must fail and say why."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

BAD = """
import logging, threading, warnings
import keyring
import pytest
from PySide6.QtCore import QObject, QThread, QTimer, qWarning
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox

KEPT = []

def test_warning(): warnings.warn("something is old")
def test_log(): logging.getLogger("some.where").warning("something went wrong")
def test_qt_message(qapp): qWarning("Qt is not pleased")
def test_window(qapp): KEPT.append(QLabel("left")); KEPT[-1].setObjectName("lonely"); KEPT[-1].show()
def test_hidden_window(qapp): KEPT.append(QLabel("left")); KEPT[-1].setObjectName("unseen")
def test_timer(qapp): KEPT.append(QTimer(qapp)); KEPT[-1].start(60000)
def test_modal(qtbot): QDialog().exec()
def test_question(qtbot): QMessageBox.question(None, "Sure?", "Are you?")
@pytest.mark.xfail
def test_passes_unexpectedly(): pass

def test_thread(request):
    KEPT.append(threading.Event())
    request.config.add_cleanup(KEPT[-1].set)
    threading.Thread(target=KEPT[-1].wait, name="lingering", daemon=True).start()

def test_qt_thread(qapp, request):
    class Busy(QThread):
        def run(self):
            over.wait(20)
    over = threading.Event()
    busy = Busy(objectName="busy")
    KEPT.extend([over, busy])
    request.config.add_cleanup(lambda: (over.set(), busy.wait()))
    busy.start()
"""

GOOD = """
import logging
import keyring
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

@pytest.fixture(scope="module")
def lent(qapp):
    timer = QTimer(qapp)
    timer.start(60000)
    yield timer
    timer.stop()

def test_closed_window(qtbot):
    label = QLabel("seen")
    qtbot.addWidget(label)
    label.show()

def test_dropped_cycle(qapp):
    label = QLabel("hidden")
    label.itself = label

def test_expected_log(logged):
    logging.getLogger("some.where").warning("meant")
    assert logged.words() == ["meant"]

def test_lent_timer(lent): assert lent.isActive()
def test_lent_timer_again(lent): assert lent.isActive()
def test_keys(key_store):
    assert key_store.kept == {}
    keyring.set_password("maroom", "one", "secret")
    assert keyring.get_password("maroom", "one") == "secret"
def test_keys_again(key_store):
    assert key_store.kept == {}
    keyring.set_password("maroom", "one", "secret")
def test_offscreen(qapp): assert QGuiApplication.platformName() == "offscreen"
def test_fonts(qapp): assert qapp.font().family() == "Noto Sans"
"""

REASONS = {
    "test_warning": "UserWarning: something is old",
    "test_log": "WARNING some.where: something went wrong",
    "test_qt_message": "Qt is not pleased",
    "test_window": "left behind: window QLabel 'lonely' shown",
    "test_hidden_window": "left behind: window QLabel 'unseen' hidden",
    "test_timer": "left behind: timer '' of QApplication, every 60000 ms",
    "test_modal": "QDialog.exec would wait for a hand",
    "test_question": "QMessageBox.question would wait for a hand",
    "test_passes_unexpectedly": "[XPASS(strict)]",
    "test_thread": "left behind: thread 'lingering'",
    "test_qt_thread": "left behind: thread 'busy'",
}


def _run(folder: Path, tests: str) -> tuple[int, str]:
    """Exit code and output of a pytest with our settings and our conftest."""
    (folder / "test_inner.py").write_text(tests, "utf-8")
    (folder / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    words = ["-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), "-p", "no:cacheprovider", "-q"]
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    ran = subprocess.run(
        [sys.executable, *words, str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        env=environment,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def bad_run(tmp_path_factory: pytest.TempPathFactory) -> str:
    code, said = _run(tmp_path_factory.mktemp("bad"), BAD)
    assert code == 1, said
    return said


@pytest.mark.parametrize("name", REASONS)
def test_a_guard_bites(name: str, bad_run: str) -> None:
    _, _, told = bad_run.partition(f" {name} ___")
    assert REASONS[name] in told.partition("\n____")[0], bad_run


def test_the_guards_let_good_tests_pass(tmp_path: Path) -> None:
    code, said = _run(tmp_path, GOOD)
    assert code == 0, said
    assert "9 passed" in said
