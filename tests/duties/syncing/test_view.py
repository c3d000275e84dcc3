"""The Sync page in a window: by keyboard alone, and in every look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from maroom.app.window.window import Window
from maroom.core.people import Author
from maroom.duties.syncing.presenter.state import Versions
from maroom.duties.syncing.view import SyncView
from maroom.store.outbox import State as Stands
from maroom.ui.menu import Menu
from maroom.ui.widgets import Widgets
from tests.builders import AMARA, DANA
from tests.duties.syncing.office import Office, record
from tests.duties.syncing.test_stories import clashing, sums
from tests.duties.windows import LOOKS, nameless, shown
from tests.servers.fixtures import StartPeer
from tests.sync.push.oracle import one_of
from tests.sync.station import patient, seed
from tests.ui.clipped import clipped

Opened = Callable[..., tuple[Window, SyncView]]


@pytest.fixture
def opened(qapp: QApplication, here: Office) -> Iterator[Opened]:
    with ExitStack() as stack:

        def open_it(
            look: tuple[str, float] = LOOKS[0], at: Stands | None = None, who: Author = DANA
        ) -> tuple[Window, SyncView]:
            def make(widgets: Widgets) -> SyncView:
                return SyncView(widgets, here.desk.clock, here.messages)

            window, view = stack.enter_context(shown(qapp, make, look))
            page = here.opened(who)
            if at:
                page.select(record(page, at).key)
            view.attach(page)
            view.enter()
            qapp.processEvents()
            return window, view

        yield open_it


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        at = QApplication.focusWidget()
        assert at is not None
        qtbot.keyClick(at, key)
        QApplication.processEvents()


def tab_to(qtbot: QtBot, name: str) -> None:
    """By Tab alone; at most once round the page."""
    for _ in range(60):
        at = QApplication.focusWidget()
        if at is not None and at.objectName() == name:
            return
        press(qtbot, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {name}")


def words(view: QWidget) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible() and label.text()]


def button(view: QWidget, name: str) -> QPushButton:
    found = view.findChild(QPushButton, name)
    assert found is not None
    return found


def test_without_a_server_it_says_so(here: Office, opened: Opened) -> None:
    here.desk.charted()
    window, view = opened()
    assert "No server is set, so everything is kept here. A lead or an administrator sets its address." in words(view)
    assert not button(window, "sync-now").isEnabled()
    assert not button(view, "open-settings").isVisible()


def test_a_lead_goes_on_to_the_settings(here: Office, opened: Opened) -> None:
    _, view = opened(who=AMARA)
    button(view, "open-settings").click()
    assert here.went.to == [("admin", None)]


def test_a_sync_by_one_key(qtbot: QtBot, here: Office, peer: StartPeer, opened: Opened) -> None:
    here.use(peer("hapi").base)
    here.desk.charted()
    _, view = opened()
    assert "10 records wait to be sent, with 3 notes of who did what" in words(view)
    press(qtbot, Qt.Key.Key_Return)
    assert "Nothing waits to be sent" in words(view)
    assert here.messages.words == ["Done: 13 confirmed."]


def test_while_it_runs_it_can_be_stopped_and_not_begun_again(here: Office, peer: StartPeer, opened: Opened) -> None:
    here.use(peer("hapi").base)
    here.desk.charted()
    here.jobs.hold = True
    window, view = opened()
    button(window, "sync-now").click()
    assert not button(window, "sync-now").isEnabled()
    button(window, "stop-sync").click()
    assert not button(window, "stop-sync").isEnabled()
    assert "stops after this record" in words(view)
    here.jobs.answer()
    assert not button(window, "stop-sync").isVisible()


def test_why_a_record_was_refused_and_its_page(qtbot: QtBot, here: Office, peer: StartPeer, opened: Opened) -> None:
    server = peer("hapi", validate="base")
    here.use(server.base)
    here.refuse(server)
    _, view = opened()
    assert {"Pulse 222 /min", "refused", "The server did not take it."} <= set(words(view))
    tab_to(qtbot, "correct")
    press(qtbot, Qt.Key.Key_Return)
    ((page, visit),) = here.went.to
    assert (page, bool(visit)) == ("vitals", True)


def test_two_versions_by_keyboard_alone(qtbot: QtBot, here: Office, peer: StartPeer, opened: Opened) -> None:
    server = peer("hapi")
    page, pulse = clashing(here, server)
    page.close()
    _, view = opened()
    assert {"72 /min", "78 /min", "90 /min", "Mine", "Theirs"} <= set(words(view))
    assert not button(view, "settle").isEnabled()
    tab_to(qtbot, "mine-value")
    press(qtbot, Qt.Key.Key_Return)
    at = QApplication.focusWidget()
    assert at is not None
    assert at.objectName() == "mine-value", "the focus stays where it was"
    tab_to(qtbot, "settle")
    press(qtbot, Qt.Key.Key_Return)
    assert not isinstance(view.presenter.state.detail, Versions)
    tab_to(qtbot, "sync-now")
    press(qtbot, Qt.Key.Key_Return)
    assert sums(view.presenter) == {}
    assert one_of(server, pulse)["valueQuantity"]["value"] == 78


@pytest.mark.qt_log_ignore("This plugin does not support")  # said of every menu that opens offscreen
def test_a_reason_is_asked_in_a_sheet(qtbot: QtBot, here: Office, peer: StartPeer, opened: Opened) -> None:
    server = peer("hapi", validate="base")
    here.use(server.base)
    here.refuse(server)
    _, view = opened()
    tab_to(qtbot, "record-more")
    press(qtbot, Qt.Key.Key_Return)
    menu = view.findChild(Menu)
    assert [action.text() for action in menu.actions()] == ["Save as file", "Mark as entered in error", "Leave it here"]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    QApplication.processEvents()
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClicks(at, "wrong patient")
    press(qtbot, Qt.Key.Key_Return)
    assert sums(view.presenter).get(Stands.QUARANTINED) is None


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def test_every_word_has_its_room_in_every_look(here: Office, peer: StartPeer, opened: Opened, look: tuple[str, float]) -> None:
    page, _ = clashing(here, peer("hapi"))
    page.close()
    window, view = opened(look, Stands.CONFLICT)
    assert (list(clipped(window)), nameless(view)) == ([], [])


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def test_a_refused_record_has_room_for_every_word(
    here: Office, peer: StartPeer, opened: Opened, look: tuple[str, float]
) -> None:
    server = peer("hapi", validate="base")
    here.use(server.base)
    here.refuse(server)
    window, view = opened(look, Stands.QUARANTINED)
    assert (list(clipped(window)), nameless(view)) == ([], [])
    for name in ("record-more", "retry", "correct"):
        shown = button(view, name)
        assert shown.width() >= shown.sizeHint().width()
        assert shown.visibleRegion().boundingRect() == shown.rect()


@pytest.mark.parametrize("look", [LOOKS[0], LOOKS[3]], ids=lambda look: f"{look[0]}-{look[1]}")
def test_candidates_stand_side_by_side(here: Office, peer: StartPeer, opened: Opened, look: tuple[str, float]) -> None:
    server = peer("ehr")
    here.use(server.base)
    for number in ("1001", "2002"):
        seed(server, patient(identifier=[{"system": "urn:mrn", "value": number}]))
    here.desk.charted()
    page = here.opened()
    page.sync()
    page.close()
    window, view = opened(look, Stands.TO_LINK)
    assert {"Here", "There", "1001", "2002", "García, María"} <= set(words(view))
    assert (list(clipped(window)), nameless(view)) == ([], [])
