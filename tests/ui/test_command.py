"""The command box: it keeps up with each key, and is worked by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from maroom.ui.command import MOST, CommandBox
from maroom.ui.hits import Hit
from maroom.ui.widgets import Widgets

Show = Callable[[QWidget], QWidget]
NAMES = ("Garcia, María Elena", "García, Maria E.", "Garment list", *(f"Garner {number}" for number in range(20)))


class Search:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> tuple[Hit, ...]:
        self.asked.append(text)
        found = [name for name in NAMES if text and name.casefold().startswith(text.casefold())]
        return tuple(Hit("user-round", name, "F 34 y", "", name) for name in found)


@pytest.fixture
def search() -> Search:
    return Search()


@pytest.fixture
def box(widgets: Widgets, show: Show, search: Search) -> CommandBox:
    page = QWidget()
    page.setLayout(widgets.down(widgets.field("under", "A field of the page")))
    show(page)
    made = CommandBox(widgets, search)
    made.open_over(page)
    return made


def focus() -> QWidget:
    at = QApplication.focusWidget()
    assert at is not None
    return at


def lines(box: CommandBox) -> list[str]:
    return [line._title.text() for line in box._lines if line.isVisible()]


def test_it_asks_at_each_key_and_lists_at_most_eight(box: CommandBox, search: Search, qtbot: QtBot) -> None:
    qtbot.keyClicks(focus(), "gar")
    assert search.asked[-3:] == ["g", "ga", "gar"]
    assert lines(box) == list(NAMES[:MOST])
    qtbot.keyClicks(focus(), "m")
    assert lines(box) == ["Garment list"]


def test_up_and_down_choose_and_enter_takes(box: CommandBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(focus(), "gar")
    qtbot.keyClick(focus(), Qt.Key.Key_Down)
    qtbot.keyClick(focus(), Qt.Key.Key_Down)
    qtbot.keyClick(focus(), Qt.Key.Key_Up)
    assert box.here() == 1
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert chosen.args == ["García, Maria E."]
    assert not box.is_open()
    assert focus().objectName() == "under"


def test_a_touch_takes_a_line(box: CommandBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(focus(), "garm")
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.mouseClick(box._lines[0], Qt.MouseButton.LeftButton)
    assert chosen.args == ["Garment list"]


def test_enter_takes_nothing_where_nothing_was_found(box: CommandBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(focus(), "xyz")
    with qtbot.assertNotEmitted(box.chosen):
        qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert box._nothing.isVisible()
    assert box.is_open()


def test_it_opens_empty_each_time(box: CommandBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(focus(), "gar")
    qtbot.keyClick(focus(), Qt.Key.Key_Escape)
    assert not box.is_open()
    page = box.parentWidget()
    assert page is not None
    box.open_over(page)
    assert (box._field.text(), lines(box)) == ("", [])


def test_the_line_at_hand_is_said_to_readers(box: CommandBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(focus(), "gar")
    qtbot.keyClick(focus(), Qt.Key.Key_Down)
    assert focus().accessibleDescription() == "García, Maria E., F 34 y"
