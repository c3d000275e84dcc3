"""The window: what it shows, what it tells, and what it hides. No duty, no store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from maroom.app.window.look import Look
from maroom.app.window.rail import RailItem
from maroom.app.window.states import Fact, RailEntry, StateLine
from maroom.app.window.window import Window
from maroom.core.presenter import Presenter
from maroom.core.problems import Code, Problem
from maroom.ui.dialogs import Answer, ChoiceSheet
from maroom.ui.hits import Hit
from maroom.ui.messages import Messages
from maroom.ui.page import Page
from maroom.ui.veil import open_veil
from tests.ui import gallery, samples

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def messages(qapp: QApplication) -> Iterator[Messages]:
    made = Messages()
    yield made
    made.clear()


@pytest.fixture
def window(qapp: QApplication, messages: Messages, qtbot: QtBot) -> Iterator[Window]:
    made = gallery.window_of(qapp, Look(), gallery.PLAIN, messages)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    gallery.drop(qapp, made)


def focus() -> QWidget:
    at = QApplication.focusWidget()
    assert at is not None
    return at


def press(qtbot: QtBot, window: Window, key: Qt.Key, with_key: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, with_key)


def rail(window: Window, key: str) -> RailItem:
    found = window.findChild(RailItem, f"rail-{key}")
    assert found is not None
    return found


def cover(window: Window) -> samples.SignInCover:
    made = samples.SignInCover(window.widgets)
    window.cover(made)
    made.attach(Presenter("12"))
    return made


def test_it_stands_without_any_page_and_names_no_patient_in_its_title(window: Window) -> None:
    assert window.windowTitle() == "maroom"
    assert window.page() == ""
    window.show_patient(gallery.ADULT)
    assert window.windowTitle() == "maroom"


def test_a_page_is_built_at_its_first_showing_and_once(window: Window) -> None:
    built: list[str] = []

    def make() -> Page:
        built.append("today")
        page = samples.BoardPage(window.widgets)
        page.attach(samples.BoardPresenter(samples.BOARD))
        return page

    window.add_page("today", make)
    assert built == []
    first = window.show_page("today")
    gallery.vitals(window, Messages())
    assert window.show_page("today") is first
    assert built == ["today"]
    assert first.isVisible()


def test_every_thing_to_act_on_has_a_name_for_readers(window: Window, messages: Messages) -> None:
    gallery.clinic(window, messages)
    gallery.saved(window, messages)
    gallery.board(window, messages)
    window.show_keys()
    actors = [child for kind in (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit) for child in window.findChildren(kind)]
    nameless = [
        actor for actor in actors if not actor.accessibleName() and not (isinstance(actor, QAbstractButton) and actor.text())
    ]
    shown = [actor for actor in nameless if not (isinstance(actor, QAbstractButton) and actor.isHidden())]
    assert shown == []


def test_the_rail_says_where_we_are_and_what_waits(window: Window, messages: Messages) -> None:
    gallery.board(window, messages)
    assert rail(window, "today").accessibleDescription() == "this page"
    assert rail(window, "prep").accessibleDescription() == "3 waiting"
    gallery.vitals(window, messages)
    window.show_counts({"sync": 7})
    assert rail(window, "today").accessibleDescription() == ""
    assert rail(window, "prep").accessibleDescription() == ""
    assert rail(window, "sync").accessibleDescription() == "7 waiting"


def test_the_rail_is_pressed_by_touch_and_by_keyboard(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.page_requested) as wished:
        qtbot.mouseClick(rail(window, "vitals"), Qt.MouseButton.LeftButton)
    assert wished.args == ["vitals"]
    rail(window, "today").setFocus()
    press(qtbot, window, Qt.Key.Key_Tab)
    assert focus() is rail(window, "vitals")
    with qtbot.waitSignal(window.page_requested):
        press(qtbot, window, Qt.Key.Key_Return)
    with qtbot.waitSignal(window.page_requested):
        press(qtbot, window, Qt.Key.Key_Space)


def test_rail_items_are_large_enough_for_a_glove(window: Window) -> None:
    for item in window.findChildren(RailItem):
        assert item.height() >= 48
        assert item.width() >= 48


@pytest.mark.parametrize(("key", "page"), [(Qt.Key.Key_F2, "today"), (Qt.Key.Key_F3, "vitals"), (Qt.Key.Key_F8, "sync")])
def test_a_key_asks_for_its_page(window: Window, qtbot: QtBot, key: Qt.Key, page: str) -> None:
    with qtbot.waitSignal(window.page_requested) as wished:
        press(qtbot, window, key)
    assert wished.args == [page]


def test_another_persons_pages_come_without_building_anything_anew(window: Window, messages: Messages, qtbot: QtBot) -> None:
    page = gallery.board(window, messages)
    with qtbot.assertNotEmitted(window.look_changed):
        window.set_entries(gallery.RAIL[:2])
    assert window.show_page("today") is page
    assert [item.entry.key for item in window.findChildren(RailItem) if item.isVisible()] == ["today", "vitals", "lock"]
    with qtbot.assertNotEmitted(window.page_requested):
        press(qtbot, window, Qt.Key.Key_F8)
    with qtbot.waitSignal(window.page_requested):
        press(qtbot, window, Qt.Key.Key_F3)


def test_f9_and_the_rail_ask_to_lock(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.lock_requested):
        press(qtbot, window, Qt.Key.Key_F9)
    with qtbot.waitSignal(window.lock_requested):
        qtbot.mouseClick(rail(window, "lock"), Qt.MouseButton.LeftButton)


def test_a_key_held_down_asks_once(window: Window) -> None:
    shortcuts = window.findChildren(QShortcut)
    assert shortcuts
    assert not any(shortcut.autoRepeat() for shortcut in shortcuts)


@pytest.mark.parametrize("key", [Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_s_and_ctrl_enter_press_the_primary(window: Window, messages: Messages, qtbot: QtBot, key: Qt.Key) -> None:
    page = gallery.vitals(window, messages)
    press(qtbot, window, key, Qt.KeyboardModifier.ControlModifier)
    assert page.presenter.saves == 1
    press(qtbot, window, key, Qt.KeyboardModifier.ControlModifier)
    assert page.presenter.saves == 1


def test_esc_goes_back_or_closes_what_lies_over_the_page(window: Window, messages: Messages, qtbot: QtBot) -> None:
    gallery.board(window, messages)
    with qtbot.waitSignal(window.back_requested):
        press(qtbot, window, Qt.Key.Key_Escape)
    window.show_keys()
    assert open_veil(window)
    with qtbot.assertNotEmitted(window.back_requested):
        press(qtbot, window, Qt.Key.Key_Escape)
    assert open_veil(window) is None


def test_f1_lists_the_keys(window: Window, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_F1)
    veil = open_veil(window)
    assert veil is not None
    assert veil.objectName() == "keys"


def test_a_page_s_own_keys_are_listed_with_the_others(window: Window, qtbot: QtBot) -> None:
    window.set_entries((RailEntry("vitals", "Vitals", "heart-pulse", "F3", keys=(("Ctrl L", "To the quick line"),)),))
    press(qtbot, window, Qt.Key.Key_F1)
    veil = open_veil(window)
    assert veil is not None
    said = {label.text() for label in veil.findChildren(QLabel)}
    assert {"Ctrl L", "To the quick line", "F3"} <= said


def test_ctrl_k_finds_and_leads_there(window: Window, messages: Messages, qtbot: QtBot) -> None:
    gallery.board(window, messages)
    window.search_with(lambda text: (Hit("user-round", text.title(), "", "", ("vitals", text)),) if text else ())
    press(qtbot, window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(focus(), "gar")
    with qtbot.waitSignal(window.command_chosen) as chosen:
        press(qtbot, window, Qt.Key.Key_Return)
    assert chosen.args == [("vitals", "gar")]
    assert open_veil(window) is None


def test_the_banner_without_a_patient_is_the_search(window: Window, qtbot: QtBot) -> None:
    window.show_patient(None)
    qtbot.mouseClick(window.findChild(QWidget, "search"), Qt.MouseButton.LeftButton)
    assert open_veil(window)


def test_pages_are_not_left_behind_a_sheet(window: Window, messages: Messages, qtbot: QtBot) -> None:
    page = gallery.board(window, messages)
    sheet = ChoiceSheet(window.widgets, "room")
    sheet.ask(page, "Which room?", "", (Answer("1", "Room 1"),))
    with qtbot.assertNotEmitted(window.page_requested):
        press(qtbot, window, Qt.Key.Key_F3)
    with qtbot.waitSignal(window.lock_requested):
        press(qtbot, window, Qt.Key.Key_F9)


def test_long_allergies_can_all_be_read(window: Window, messages: Messages, qtbot: QtBot) -> None:
    gallery.trouble(window, messages)
    button = window.findChild(QWidget, "all-allergies")
    assert button is not None
    qtbot.waitUntil(button.isVisible)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    veil = open_veil(window)
    assert veil is not None
    assert any("codeine" in label.text() for label in veil.findChildren(type(window.widgets.text())))


def test_few_allergies_need_no_button(window: Window, messages: Messages) -> None:
    gallery.vitals(window, messages)
    QApplication.processEvents()
    button = window.findChild(QWidget, "all-allergies")
    assert button is not None
    assert not button.isVisible()


def test_the_state_line_ticks_and_tells_of_each_minute(
    qapp: QApplication, messages: Messages, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maroom.app.window.state_line.TICK_MS", 1)
    now = ["10:42"]
    window = Window(qapp, gallery.RAIL, lambda: now[0], messages, size=gallery.PLAIN)
    window.show()
    with qtbot.waitSignal(window.minute_passed):
        now[0] = "10:43"
    window.show_state(StateLine("Dana R., MA", "Station 2", (Fact("send", "6 to send"),)))
    window.show_state(StateLine("Dana R., MA", "Station 2", ()))
    gallery.drop(qapp, window)


def test_a_message_is_on_the_page_that_is_shown(window: Window, messages: Messages) -> None:
    first = gallery.vitals(window, messages)
    messages.said("Saved for María Garcia, 10:41")
    second = gallery.board(window, messages)
    assert first.strip.words() == "Saved for María Garcia, 10:41"
    assert second.strip.words() == "Saved for María Garcia, 10:41"
    messages.clear()
    assert not second.strip.words()
    assert not window.show_page("vitals").strip.words()


def test_going_elsewhere_is_an_action(window: Window, messages: Messages, qtbot: QtBot) -> None:
    page = gallery.vitals(window, messages)
    messages.said("Saved")
    press(qtbot, window, Qt.Key.Key_F2)
    assert not page.strip.words()
    messages.trouble(Problem(Code.DISK_FULL))
    press(qtbot, window, Qt.Key.Key_F2)
    assert page.strip.words()


# the cover


def test_a_cover_hides_everything_at_once(window: Window, messages: Messages) -> None:
    page = gallery.vitals(window, messages)
    over = cover(window)
    assert window.covered
    assert over.isVisible()
    assert not page.isVisible()
    assert not any(item.isVisible() for item in window.findChildren(RailItem))


def test_a_cover_has_the_focus_and_the_keys_of_the_pages_are_dead(window: Window, messages: Messages, qtbot: QtBot) -> None:
    page = gallery.vitals(window, messages)
    cover(window)
    assert focus().objectName() == "pin"
    with qtbot.assertNotEmitted(window.page_requested), qtbot.assertNotEmitted(window.lock_requested):
        for key in (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F9, Qt.Key.Key_Escape):
            press(qtbot, window, key)
    press(qtbot, window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert page.presenter.saves == 0
    assert open_veil(window) is None


def test_a_cover_closes_what_lay_over_the_page(window: Window, messages: Messages) -> None:
    gallery.sheet(window, messages)
    assert open_veil(window)
    cover(window)
    assert open_veil(window) is None


def test_no_patients_name_is_said_on_a_cover_but_trouble_is(window: Window, messages: Messages) -> None:
    gallery.vitals(window, messages)
    messages.said("Saved for María Garcia, 10:41")
    over = cover(window)
    assert not over.strip.words()
    messages.trouble(Problem(Code.DISK_FULL))
    assert over.strip.words()
    window.uncover()
    assert window.show_page("vitals").strip.words()


def test_what_was_open_is_there_again_with_its_field(window: Window, messages: Messages, qtbot: QtBot) -> None:
    page = gallery.vitals(window, messages)
    cover(window)
    place = replace(page.place(), field="Pulse.0", cursor=1)
    page.attach(samples.SignsPresenter(samples.SIGNS))
    page.go_to(place)
    window.uncover()
    assert focus().objectName() == "Pulse.0"
    assert page.isVisible()


def test_a_cover_that_is_followed_by_another_goes(window: Window, messages: Messages, qtbot: QtBot) -> None:
    first, second = cover(window), cover(window)
    assert not first.isVisible()
    assert second.isVisible()
    window.uncover()
    assert not window.covered


# the look


def test_another_look_builds_page_and_shell_anew_and_keeps_what_was_told(
    window: Window, messages: Messages, qtbot: QtBot
) -> None:
    old = gallery.vitals(window, messages)
    held = old.presenter
    with qtbot.waitSignal(window.look_changed):
        window.dress(Look("dark", 1.25))
    new = window.show_page("vitals")
    assert new is not old
    assert (window.widgets.theme.name, window.widgets.theme.factor) == ("dark", 1.25)
    assert new.presenter is held
    assert any(
        "OKAFOR-REYES" in label.text() for label in window.findChildren(type(window.widgets.line())) if label.isVisible()
    )


def test_the_same_look_again_changes_nothing(window: Window, messages: Messages, qtbot: QtBot) -> None:
    page = gallery.vitals(window, messages)
    with qtbot.assertNotEmitted(window.look_changed):
        window.dress(Look())
    assert window.show_page("vitals") is page


def test_a_covered_window_stays_covered_in_another_look(window: Window, messages: Messages) -> None:
    gallery.vitals(window, messages)
    over = cover(window)
    window.dress(Look("contrast"))
    assert window.covered
    assert over.isVisible()
    assert not any(item.isVisible() for item in window.findChildren(RailItem))


def test_a_wider_window_gets_the_wide_layout_once_it_has_settled(window: Window, messages: Messages, qtbot: QtBot) -> None:
    gallery.board(window, messages)
    assert not window.widgets.wide
    with qtbot.waitSignal(window.look_changed):
        window.resize(QSize(1920, 1000))
    assert window.widgets.wide


def test_closing_is_told_while_everything_is_still_there(window: Window, messages: Messages, qtbot: QtBot) -> None:
    page = gallery.vitals(window, messages)
    seen: list[bool] = []
    window.closing.connect(lambda: seen.append(page.isVisible()))
    window.close()
    assert seen == [True]


def test_a_second_start_brings_it_forward(window: Window) -> None:
    window.showMinimized()
    window.come_forward()
    assert not window.isMinimized()
    assert window.isVisible()


def test_the_time_is_right_as_soon_as_a_cover_is_gone(qapp: QApplication, messages: Messages, qtbot: QtBot) -> None:
    now = ["15:42"]
    window = Window(qapp, gallery.RAIL, lambda: now[0], messages, size=gallery.PLAIN)
    window.show()
    window.cover(QWidget())
    now[0] = "10:42"
    window.uncover()
    shown = [label.text() for label in window.findChildren(type(window.widgets.text()))]
    assert "10:42" in shown
    assert "15:42" not in shown
    gallery.drop(qapp, window)
