"""What lies over the page: answered by touch or keyboard, closed by Esc, and the focus goes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from maroom.ui.dialogs import Answer, ChoiceSheet, FormSheet
from maroom.ui.forms import FieldState, FormLine
from maroom.ui.menu import Menu
from maroom.ui.veil import open_veil
from maroom.ui.widgets import Widgets
from tests.ui.clipped import clipped

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # said of every menu that opens offscreen
Show = Callable[[QWidget], QWidget]
ROOMS = (Answer("1", "Room 1", "ready since 10:31"), Answer("2", "Room 2", "occupied", on=False), Answer("8", "Room 8"))


def focus() -> QWidget:
    at = QApplication.focusWidget()
    assert at is not None
    return at


@pytest.fixture
def page(widgets: Widgets, show: Show) -> QWidget:
    made = QWidget()
    made.setLayout(widgets.down(widgets.field("under", "A field of the page"), widgets.button("beside")))
    show(made)
    made.findChildren(QLineEdit)[0].setFocus()
    return made


@pytest.fixture
def rooms(widgets: Widgets, page: QWidget) -> ChoiceSheet:
    sheet = ChoiceSheet(widgets, "room")
    sheet.ask(page, "Which room?", "Lindqvist has been waiting.", ROOMS)
    return sheet


def test_up_and_down_choose_among_what_can_be_chosen(rooms: ChoiceSheet, qtbot: QtBot) -> None:
    assert focus().objectName() == "1"
    qtbot.keyClick(focus(), Qt.Key.Key_Down)
    assert focus().objectName() == "8"
    with qtbot.waitSignal(rooms.chosen) as chosen:
        qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert chosen.args == ["8"]
    assert not rooms.is_open()


def test_the_focus_goes_back_to_where_it_was(rooms: ChoiceSheet, qtbot: QtBot) -> None:
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert focus().objectName() == "under"


def test_esc_closes_without_an_answer(rooms: ChoiceSheet, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(rooms.chosen), qtbot.waitSignal(rooms.closed):
        qtbot.keyClick(focus(), Qt.Key.Key_Escape)
    assert not rooms.is_open()


def test_a_touch_beside_it_closes_and_one_on_it_does_not(rooms: ChoiceSheet, qtbot: QtBot) -> None:
    qtbot.mouseClick(rooms._card, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert rooms.is_open()
    qtbot.mouseClick(rooms, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not rooms.is_open()


def test_tab_goes_round_within_it(rooms: ChoiceSheet, qtbot: QtBot) -> None:
    for _ in range(7):
        qtbot.keyClick(focus(), Qt.Key.Key_Tab)
        assert rooms.isAncestorOf(focus())


def test_it_covers_the_window_as_that_grows(rooms: ChoiceSheet, page: QWidget, qtbot: QtBot) -> None:
    page.resize(1400, 900)
    qtbot.waitUntil(lambda: rooms.size() == page.size())
    assert open_veil(page) is rooms


def test_its_words_have_room(rooms: ChoiceSheet) -> None:
    QApplication.processEvents()
    assert list(clipped(rooms)) == []


def test_a_form_sheet_hands_up_what_is_typed_and_waits_for_its_owner(widgets: Widgets, page: QWidget, qtbot: QtBot) -> None:
    typed: list[tuple[str, str]] = []
    sheet = FormSheet(widgets, "reason", (FormLine("why", "Reason"),), "Cancel the visit")
    sheet.form.typed.connect(lambda name, text: typed.append((name, text)))
    sheet.become("Why?", "It is kept with the visit.", {"why": FieldState()}, may=False)
    sheet.open_over(page)
    field = sheet.findChild(QLineEdit, "why")
    assert field is not None
    field.setFocus()
    qtbot.keyClicks(field, "ill")
    assert typed[-1] == ("why", "ill")
    with qtbot.assertNotEmitted(sheet.answered):
        sheet.press_primary()
    sheet.become("Why?", "", {"why": FieldState("ill")})
    with qtbot.waitSignal(sheet.answered):
        sheet.press_primary()
    assert sheet.is_open()
    sheet.put_away()
    assert not sheet.is_open()


def test_a_menu_answers_by_keyboard_and_does_not_wait(widgets: Widgets, page: QWidget, qtbot: QtBot) -> None:
    menu = Menu(page)
    menu.ask(
        (Answer("no_show", "Did not come"), Answer("", ""), Answer("cancel", "Cancelled", on=False)),
        page.findChildren(QPushButton)[0],
    )
    qtbot.waitUntil(menu.isVisible)
    with qtbot.waitSignal(menu.chosen) as chosen:
        qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert chosen.args == ["no_show"]
