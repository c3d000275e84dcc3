"""The board in a window: by keyboard alone, by touch, in every look."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from maroom.app.window.window import Window
from maroom.duties.board.view import BoardView
from maroom.ui.menu import Menu
from maroom.visits.model import RoomState, Step, VisitStatus
from tests.duties.board.conftest import Day, line, move, stands, tile
from tests.duties.windows import LOOKS, nameless, shown
from tests.ui.clipped import clipped

# a menu would raise itself and hold the keyboard
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
A, R, P, W, L = Step.ARRIVE, Step.TAKE_TO_ROOM, Step.READY_FOR_PROVIDER, Step.WITH_PROVIDER, Step.LEAVE
Opened = Callable[..., tuple[Window, BoardView]]


@pytest.fixture
def opened(qapp: QApplication, day: Day) -> Iterator[Opened]:
    """The board of the day in a window; at the end all of it is let go."""
    stack: list[object] = []

    def open_it(look: tuple[str, float] = LOOKS[0]) -> tuple[Window, BoardView]:
        window = shown(qapp, BoardView, look)
        stack.append(window)
        made, view = window.__enter__()
        view.attach(day.opened())
        view.enter()
        qapp.processEvents()
        return made, view

    yield open_it
    for window in stack:
        window.__exit__(None, None, None)  # type: ignore[attr-defined]


def press(qtbot: QtBot, *keys: Qt.Key | str) -> None:
    for key in keys:
        at = QApplication.focusWidget()
        assert at is not None
        qtbot.keyClicks(at, key) if isinstance(key, str) else qtbot.keyClick(at, key)
        QApplication.processEvents()


def named(window: QWidget, name: str) -> QPushButton:
    found = [button for button in window.findChildren(QPushButton, name) if button.isVisible()]
    assert found, f"no {name} in sight"
    return found[0]


def menu(view: BoardView) -> dict[str, QAction]:
    found = view.findChild(Menu)
    assert found is not None
    return {action.text(): action for action in found.actions() if action.text()}


def focused() -> str:
    at = QApplication.focusWidget()
    return at.objectName() if at else ""


def words(view: QWidget) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible() and label.text()]


def test_a_visit_by_keyboard_alone(qtbot: QtBot, day: Day, opened: Opened) -> None:
    day.expect()
    _window, view = opened()
    for _ in range(3):
        press(qtbot, Qt.Key.Key_Return)
    board = view.presenter
    assert stands(board, "Okafor") == (VisitStatus.READY, "1")
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert stands(board, "Lindqvist")[0] is VisitStatus.ARRIVED
    press(qtbot, Qt.Key.Key_Up, Qt.Key.Key_Space)
    assert day.went.to == [("vitals", line(board, "Okafor").visit)]


def test_a_double_click_moves_once(day: Day, opened: Opened) -> None:
    """As a mouse does it: the second half goes to whatever is under it by then."""
    day.expect()
    window, view = opened()
    button = named(window, "step")
    handle, at = window.windowHandle(), button.mapTo(window, button.rect().center())
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(at))
    QApplication.processEvents()
    assert stands(view.presenter, "Okafor")[0] is VisitStatus.ARRIVED
    assert day.went.to == []


def test_by_touch_and_back(qtbot: QtBot, day: Day, opened: Opened) -> None:
    day.walk_in()
    window, view = opened()
    for name in ("step", "undo"):
        qtbot.mouseClick(named(window, name), Qt.MouseButton.LeftButton)
        qtbot.wait(1)
    assert stands(view.presenter, "García") == (VisitStatus.ARRIVED, "")
    assert not named(window, "undo").isEnabled()


def test_the_button_says_which_room(day: Day, opened: Opened) -> None:
    day.walk_in()
    window, _view = opened()
    assert named(window, "step").text() == "Room in 1"


def test_a_room_refused_is_told_in_words(qtbot: QtBot, day: Day, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    day.walk_in("Abel")
    day.walk_in("Beck")
    window, view = opened()
    monkeypatch.setattr(day.changes, "announce", lambda _changes: None)
    other = line(view.presenter, "Beck")
    day.visits.take_to_room(view.presenter._opening, other.visit, 1, "r1")
    qtbot.mouseClick(named(window, "step"), Qt.MouseButton.LeftButton)
    assert [str(problem) for problem in day.messages.problems] == ["Room 1 is taken. Nobody was moved. Choose another room."]
    assert named(window, "step").text() == "Room in 2"


def test_the_menu_of_a_line(qtbot: QtBot, day: Day, opened: Opened) -> None:
    day.expect()
    window, view = opened()
    qtbot.mouseClick(named(window, "more"), Qt.MouseButton.LeftButton)
    assert list(menu(view)) == ["Open the visit", "Cancel the visit", "Did not come"]
    menu(view)["Did not come"].trigger()
    assert stands(view.presenter, "Okafor")[0] is VisitStatus.NO_SHOW


def test_another_room_through_the_menu(qtbot: QtBot, day: Day, opened: Opened) -> None:
    day.walk_in()
    window, view = opened()
    qtbot.mouseClick(named(window, "more"), Qt.MouseButton.LeftButton)
    menu(view)["Choose a room"].trigger()
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert stands(view.presenter, "García") == (VisitStatus.ROOMED, "3")


def test_a_room_that_is_not_ready_asks_why(qtbot: QtBot, day: Day, opened: Opened) -> None:
    day.walk_in("Abel")
    day.walk_in("Beck")
    _window, view = opened()
    board = view.presenter
    move(board, "Abel", R, P, W, L)
    board.make(line(board, "Beck").key, R)
    board.choose_room("r1")
    press(qtbot, "wiped by hand", Qt.Key.Key_Return)
    assert stands(board, "Beck") == (VisitStatus.ROOMED, "1")


def test_escape_leaves_everything_as_it_was(qtbot: QtBot, day: Day, opened: Opened) -> None:
    day.walk_in()
    _window, view = opened()
    board = view.presenter
    board.make(line(board, "García").key, Step.CANCEL)
    press(qtbot, "no", Qt.Key.Key_Escape)
    assert (board.state.asked, stands(board, "García")[0]) == (None, VisitStatus.ARRIVED)


def test_rooms_are_turned_over_on_their_tiles(qtbot: QtBot, day: Day, opened: Opened) -> None:
    day.walk_in()
    window, view = opened()
    move(view.presenter, "García", R, P, W, L)
    for _ in range(2):
        qtbot.mouseClick(named(window, "room-r1"), Qt.MouseButton.LeftButton)
        qtbot.wait(1)
    assert tile(view.presenter, "1").state is RoomState.READY


def test_a_room_that_is_not_to_be_used_says_why_on_its_tile(qtbot: QtBot, day: Day, opened: Opened) -> None:
    window, view = opened()
    qtbot.mouseClick(named(window, "room-more-r1"), Qt.MouseButton.LeftButton)
    menu(view)["Not to be used"].trigger()
    press(qtbot, "light is broken", Qt.Key.Key_Return)
    assert tile(view.presenter, "1").state is RoomState.OUT_OF_SERVICE
    assert "light is broken" in [label.text() for label in view._rooms.tile("r1").findChildren(QLabel) if label.isVisible()]


def test_a_dirty_room_is_taken_out_of_use_by_the_right_button(day: Day, opened: Opened) -> None:
    day.walk_in()
    _window, view = opened()
    move(view.presenter, "García", R, P, W, L)
    tile_of = view._rooms.tile("r1")
    at = tile_of.rect().center()
    QApplication.sendEvent(tile_of, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, tile_of.mapToGlobal(at)))
    assert list(menu(view)) == ["Not to be used"]


def test_a_walk_in_by_keyboard(qtbot: QtBot, day: Day, opened: Opened) -> None:
    day.expect()
    _window, view = opened()
    named(view, "add").setFocus()
    press(qtbot, Qt.Key.Key_Return, "lindq", Qt.Key.Key_Return, "Cough", Qt.Key.Key_Return)
    added = [line for line in view.presenter.state.lines if line.reason == "Cough" and line.status is VisitStatus.ARRIVED]
    assert [line.name for line in added] == ["Lindqvist, Åsa"]
    assert view._table.row(added[0].key).hasFocus()


def test_among_several_nobody_is_taken_by_chance(qtbot: QtBot, day: Day, opened: Opened) -> None:
    day.walk_in("García", "María")
    day.walk_in("Garcia", "Mario")
    _window, view = opened()
    view.presenter.add()
    press(qtbot, "gar", Qt.Key.Key_Return)
    assert view.presenter.state.adding is not None
    assert view.presenter.state.adding.patient is None
    press(qtbot, Qt.Key.Key_Return)
    assert view.presenter.state.adding.patient is not None


def test_somebody_new_by_keyboard(qtbot: QtBot, day: Day, opened: Opened) -> None:
    window, view = opened()
    view.presenter.add()
    press(qtbot, "Nguyen", Qt.Key.Key_Tab)
    named(window, "register").click()
    at = window.findChild(QLineEdit, "given")
    assert at is not None
    at.setFocus()
    press(qtbot, "Bao", Qt.Key.Key_Return, "3/14/1985")
    named(window, "sex-male").click()
    press(qtbot, Qt.Key.Key_Tab)
    named(window, "add-visit-done").click()
    assert stands(view.presenter, "Nguyen, Bao")[0] is VisitStatus.ARRIVED


def test_a_sheet_half_filled_comes_back_when_the_page_is_in_sight(qapp: QApplication, day: Day) -> None:
    before = day.opened()
    before.add()
    before.adding.look_for("lindq")
    kept = before.draft()
    assert kept is not None
    with shown(qapp, BoardView) as (window, view):
        window.hide()
        view.attach(day.opened())
        view.presenter.restore(kept)
        window.show()
        qapp.processEvents()
        assert [field.text() for field in window.findChildren(QLineEdit, "find") if field.isVisible()] == ["lindq"]


def test_focus_stays_while_minutes_go_on(qtbot: QtBot, day: Day, opened: Opened) -> None:
    day.walk_in()
    _window, view = opened()
    press(qtbot, Qt.Key.Key_Tab)
    before = focused()
    day.clock.forward(minutes=30)
    view.presenter.tick()
    qtbot.wait(1)
    assert (focused(), "30 min, over 20" in words(view)) == (before, True)


def test_a_page_left_reads_no_more(day: Day, opened: Opened) -> None:
    _window, view = opened()
    board = view.presenter
    view.hide()
    day.walk_in()
    assert board.state.visits == 0


def test_an_empty_day_has_a_sentence(day: Day, opened: Opened) -> None:
    _window, view = opened()
    assert "Nobody is expected today. Whoever walks in is added below." in words(view)


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_clipped_and_everything_has_a_name(qtbot: QtBot, day: Day, opened: Opened, look: tuple[str, float]) -> None:
    day.expect()
    for name in ("García", "Garcia", "Featherstonehaugh-Cholmondeley-Willoughby", "Abel", "Beck"):
        day.walk_in(name)
    day.clock.forward(minutes=34)
    window, view = opened(look)
    board = view.presenter
    move(board, "Featherstonehaugh", R, P, W)
    move(board, "Abel", R, P, W, L)
    board.room_step("r2")
    for show in (lambda: None, board.unfold, board.add, lambda: board.adding.look_for("gar"), board.adding.register):
        show()
        QApplication.processEvents()
        assert list(clipped(window)) == []
        assert nameless(window) == []


def test_two_in_one_room_are_told_in_a_sentence(opened: Opened, day: Day) -> None:
    day.walk_in()
    window, view = opened()
    move(view.presenter, "García", R)
    told = [label for label in window.findChildren(QLabel) if label.isVisible() and "was given twice" in label.text()]
    assert told == []
    day.elsewhere("Vega", "1")
    QApplication.processEvents()
    told = [label for label in window.findChildren(QLabel) if label.isVisible() and "was given twice" in label.text()]
    assert [label.text() for label in told] == [
        "Room 1 was given twice, to García, M. and Vega, A.: take whoever is not there to another room."
    ]
