"""The sign-in page by keyboard and by touch, in every look."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from maroom.duties.signin.view import SignInView
from maroom.ui.widgets import Widgets
from tests.duties.signin.conftest import DANA, LUIS, PIN, Desk
from tests.duties.windows import LOOKS, nameless, shown
from tests.ui.clipped import clipped


def page(desk: Desk, widgets: Widgets, last: str = "") -> SignInView:
    view = SignInView(widgets)
    view.attach(desk.opened(last))
    return view


def press(qtbot: QtBot, *keys: Qt.Key | str) -> None:
    """Each key goes to whatever has the focus."""
    for key in keys:
        at = QApplication.focusWidget()
        assert at is not None
        qtbot.keyClicks(at, key) if isinstance(key, str) else qtbot.keyClick(at, key)


def button(view: SignInView, name: str) -> QPushButton:
    found = view.findChild(QPushButton, name)
    assert found is not None, name
    return found


def test_by_keyboard_alone(qapp: QApplication, qtbot: QtBot, desk: Desk) -> None:
    with shown(qapp, lambda widgets: page(desk, widgets)):
        press(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Right, PIN[LUIS][:3], Qt.Key.Key_Backspace, PIN[LUIS][2:])
    assert [author.staff for author in desk.signed] == [LUIS]


def test_enter_on_a_name_signs_in_and_space_chooses_it(qapp: QApplication, qtbot: QtBot, desk: Desk) -> None:
    with shown(qapp, lambda widgets: page(desk, widgets)):
        press(qtbot, Qt.Key.Key_Space, PIN[DANA], Qt.Key.Key_Return)
    assert [author.staff for author in desk.signed] == [DANA]


def test_escape_clears_the_pin(qapp: QApplication, qtbot: QtBot, desk: Desk) -> None:
    with shown(qapp, lambda widgets: page(desk, widgets, DANA)) as (_window, view):
        press(qtbot, "12", Qt.Key.Key_Escape)
        assert view.presenter.state.filled == 0


def test_by_touch(qapp: QApplication, qtbot: QtBot, desk: Desk) -> None:
    with shown(qapp, lambda widgets: page(desk, widgets)) as (_window, view):
        for name in (f"person-{DANA}", "key-1", "key-9", "key-back", "key-2", "key-3", "key-4", "sign-in"):
            qtbot.mouseClick(button(view, name), Qt.MouseButton.LeftButton)
    assert [author.staff for author in desk.signed] == [DANA]


def test_enter_after_a_touch_signs_in_and_types_nothing(qapp: QApplication, qtbot: QtBot, desk: Desk) -> None:
    with shown(qapp, lambda widgets: page(desk, widgets, DANA)) as (_window, view):
        for figure in PIN[DANA]:
            qtbot.mouseClick(button(view, f"key-{figure}"), Qt.MouseButton.LeftButton)
        press(qtbot, Qt.Key.Key_Return)
    assert len(desk.signed) == 1


def test_letters_typed_anywhere_find_a_name(qapp: QApplication, qtbot: QtBot, desk: Desk) -> None:
    for number in range(7):
        desk.add(f"Mei{number} Bai", "1111")
    with shown(qapp, lambda widgets: page(desk, widgets)) as (_window, view):
        press(qtbot, "dan", PIN[DANA], Qt.Key.Key_Return)
        assert view.presenter.state.letters == "dan"
    assert [author.staff for author in desk.signed] == [DANA]


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_clipped_and_everything_has_a_name(qapp: QApplication, desk: Desk, look: tuple[str, float]) -> None:
    desk.kept = {DANA: 2}
    for number in range(7):
        desk.add(f"Mei-Ling Konstantinopolskaya-Bai {number}", "1111")
    with shown(qapp, lambda widgets: page(desk, widgets, DANA), look) as (window, view):
        for _ in range(3):
            for figure in "0000":
                view.presenter.digit(figure)
            view.presenter.sign_in()
        qapp.processEvents()
        assert list(clipped(window)) == []
        assert nameless(view) == []
