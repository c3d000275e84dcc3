"""Within the process of a window: the vitals page is opened for one patient after another and typed in, each in turn with the
same on a bare window."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QWidget

TWICE = 2
TYPED = "72"


def measured(app: QApplication, program: Any) -> None:
    """Prints what it took, in ms, as JSON. The first opening, which makes the page, is not counted."""
    services, desk = program.inside.services, program.inside.desk
    desk.signed_in(next(who for who in services.people.present() if who.role == "assistant").author())
    visits = [row.visit for row in services.visits.today(desk.opening).visits]
    took: dict[str, list[float]] = {"page": [], "key": [], "bare_window": [], "bare_key": []}

    def timed(what: str, work: Callable[[], object]) -> None:
        start = time.perf_counter()
        work()
        app.processEvents()
        took[what].append((time.perf_counter() - start) * 1000)

    for visit in visits * TWICE:
        timed("page", lambda visit=visit: desk.go("vitals", visit))
        field = next(each for each in program.window.findChildren(QLineEdit, "pulse") if each.isVisible())
        _type(timed, "key", field)
        bare = QWidget()
        timed("bare_window", lambda bare=bare: _show_fields(bare))
        _type(timed, "bare_key", bare.findChild(QLineEdit))
        bare.deleteLater()
        desk.go("today")
        app.processEvents()
    del took["page"][0]
    print(json.dumps(took), flush=True)


def _type(timed: Callable[[str, Callable[[], object]], None], what: str, field: QLineEdit) -> None:
    field.setFocus()
    for letter in TYPED:
        timed(what, lambda letter=letter: QTest.keyClick(field, letter))


def _show_fields(window: QWidget) -> None:
    form = QFormLayout(window)
    for number in range(12):
        form.addRow(str(number), QLineEdit())
    window.resize(1280, 800)
    window.show()
