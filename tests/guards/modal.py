"""No test waits for a hand: what opens a loop of its own raises instead."""

from typing import Any

from PySide6 import QtGui, QtWidgets

BLOCKING = {
    QtWidgets.QDialog: ("exec",),
    QtWidgets.QMenu: ("exec",),
    QtGui.QDrag: ("exec",),
    QtWidgets.QMessageBox: ("about", "aboutQt", "critical", "information", "question", "warning"),
    QtWidgets.QInputDialog: ("getDouble", "getInt", "getItem", "getMultiLineText", "getText"),
    QtWidgets.QFileDialog: ("getExistingDirectory", "getOpenFileName", "getOpenFileNames", "getSaveFileName"),
}


def _refused(name: str) -> Any:
    def raises(*_args: Any, **_named: Any) -> None:
        raise AssertionError(f"{name} would wait for a hand; open it without blocking, or replace it in the test")

    return staticmethod(raises)


def pytest_sessionstart() -> None:
    for kind, names in BLOCKING.items():
        for name in names:
            setattr(kind, name, _refused(f"{kind.__name__}.{name}"))
