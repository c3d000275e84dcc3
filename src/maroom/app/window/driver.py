"""Drives the real window as a person would, by the object names of its widgets, and keeps pictures and an account."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from maroom.app.window.program import Program
from maroom.core.people import Opening
from maroom.kit import Entry, Kit

LONGEST_MS = 30_000
LOOK_MS = 10


class WindowDriver:
    """The `Driver` of the legs. Pictures are numbered in the order they are taken."""

    def __init__(self, program: Program, out: Path) -> None:
        self._program = program
        self._out = out
        self._pictures = 0
        self.recorded: list[Entry] = []

    @property
    def kit(self) -> Kit:
        inside = self._program.inside
        if inside is None or inside.kit is None:
            raise LookupError("no store is open")
        return inside.kit

    @property
    def opening(self) -> Opening:
        desk = self._program.inside.desk if self._program.inside else None
        opening = desk.opening if desk else None
        if opening is None:
            raise LookupError("no page is open")
        return opening

    def enter(self) -> None:
        """Waits until somebody can sign in."""
        self.wait_for(self._is_open, "the store did not open")

    def _is_open(self) -> bool:
        inside = self._program.inside
        return inside is not None and inside.desk is not None

    def picture(self, name: str) -> None:
        self._work()
        self._pictures += 1
        self._program.window.grab().save(str(self._out / f"{self._pictures:02}-{name}.png"))

    def press(self, name: str) -> None:
        widget = self._find(name)
        if isinstance(widget, QAbstractButton):
            widget.click()
        else:
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self._work()

    def type(self, name: str, text: str) -> None:
        field = self._find(name)
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.selectAll()
        QTest.keyClicks(field, text)
        self._work()

    def key(self, keys: str) -> None:
        stroke = QKeySequence(keys)[0]  # pyright: ignore[reportIndexIssue] - its stubs do not know it
        target = QApplication.focusWidget() or self._program.window
        QTest.keyClick(target, stroke.key(), stroke.keyboardModifiers())
        self._work()

    def wait_for(self, true: Callable[[], bool], what: str) -> None:
        deadline = QDeadlineTimer(LONGEST_MS)
        while not true():
            if deadline.hasExpired():
                raise TimeoutError(what)
            QTest.qWait(LOOK_MS)

    def record(self, entry: Entry) -> None:
        self.recorded.append(entry)

    def _find(self, name: str) -> QWidget:
        """The first one in sight, as soon as it is: rows and covers may repeat a name."""
        self.wait_for(lambda: self._in_sight(name) is not None, f"no {name} in sight")
        found = self._in_sight(name)
        assert found is not None
        return found

    def _in_sight(self, name: str) -> QWidget | None:
        named = self._program.window.findChildren(QWidget, name)
        return next((widget for widget in named if widget.isVisible()), None)

    def _work(self) -> None:
        """Lets the window answer, twice: what the first answers ask for is done in the second."""
        loop = QEventLoop()
        loop.processEvents()
        loop.processEvents()
