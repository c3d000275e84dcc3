"""The settings in a window: by keyboard, in every look, with the foot's filled button going from section to section."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from maroom.app.connection import Connection
from maroom.app.window.window import Window
from maroom.core.people import Opening
from maroom.duties.admin.duty import DUTY
from maroom.duties.admin.rules import Of
from maroom.duties.admin.rules.server import Of as OfServer
from maroom.kit import Kit, Page
from maroom.ui.labels import Elided
from maroom.ui.widgets import Widgets
from tests.builders import SetClock
from tests.duties.admin.conftest import CHIEF, LEAD, Office
from tests.duties.windows import LOOKS, nameless, shown
from tests.fakes import JobsAtOnce
from tests.guards.surroundings import MemoryKeyring
from tests.ui.clipped import clipped

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Shown:
    """The page in its window."""

    def __init__(self, window: Window, view: Any, page: Page) -> None:
        self.window, self.view, self.page = window, view, page

    def button(self, name: str) -> QPushButton:
        found = [button for button in self.window.findChildren(QPushButton, name) if button.isVisible()]
        assert found, f"no {name} in sight"
        return found[0]

    def field(self, name: str) -> QLineEdit:
        return next(field for field in self.window.findChildren(QLineEdit, name) if field.isVisible())


@pytest.fixture
def opened(qapp: QApplication, office: Office) -> Iterator[Any]:
    stack: list[Any] = []

    def open_it(look: tuple[str, float] = LOOKS[0]) -> Shown:
        def make(widgets: Widgets) -> Any:
            clock = SetClock()
            around = {"look": widgets, "clock": clock, "jobs": JobsAtOnce(), "connection": Connection(office.unit, clock)}
            around |= vars(office)
            kit = cast("Kit", SimpleNamespace(**around))
            page = DUTY.build(kit, (DUTY.offers(kit),))
            page.open(Opening(CHIEF))
            pages.append(page)
            return page.view

        pages: list[Page] = []
        stack.append(shown(qapp, make, look))
        return Shown(*stack[-1].__enter__(), pages[0])

    yield open_it
    for window in stack:
        window.__exit__(None, None, None)


def test_a_setting_is_saved_by_keyboard(qtbot: QtBot, office: Office, opened: Any) -> None:
    page = opened()
    field = page.field(Of.STATION)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Front desk")
    qtbot.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert office.settings.station.name == "Front desk"
    assert office.messages.words == ["Settings of this station saved"]


def test_the_filled_button_is_that_of_the_section(opened: Any) -> None:
    page = opened()
    seen = []
    for section in ("station", "clinic", "people", "server", "station"):
        page.button(f"section-{section}").click()
        seen.append((page.view.primary().text(), page.view.primary().isVisible()))
    assert seen == [("Save", True), ("Save", True), ("Add a person", True), ("Save", True), ("Save", True)]


def test_a_room_is_added_named_and_saved(qtbot: QtBot, office: Office, opened: Any) -> None:
    page = opened()
    page.button("section-clinic").click()
    page.button("add-room").click()
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClicks(at, "Lab")
    page.view.press_primary()
    assert [room.name for room in office.settings.clinic.rooms] == ["1", "2", "3", "4", "Lab"]


def test_a_room_moved_keeps_the_focus(qtbot: QtBot, opened: Any) -> None:
    page = opened()
    page.button("section-clinic").click()
    down = page.button("room-r1-down")
    down.setFocus()
    qtbot.keyClick(down, Qt.Key.Key_Return)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    clinic = page.view._section_view("clinic").presenter
    assert [room.id for room in clinic.state.rooms] == ["r2", "r3", "r1", "r4"]


def test_somebody_is_added_by_keyboard(qtbot: QtBot, office: Office, opened: Any) -> None:
    page = opened()
    page.button("section-people").click()
    page.button("add-person").click()
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClicks(at, "Ann Low")
    page.view._section_view("people").presenter.typed(Of.ROLE, "assistant")
    page.button("person-add-done").click()
    assert "Ann Low" in [who.name for who in office.people.everyone()]


def test_the_menu_of_a_person(qtbot: QtBot, opened: Any) -> None:
    page = opened()
    page.button("section-people").click()
    people = page.view._section_view("people")
    people._more(LEAD.staff)
    assert [action.text() for action in people._menu.actions()] == [
        "Set a new PIN",
        "Change name or role",
        "Works here no longer",
    ]


def test_what_was_typed_comes_back_to_the_same_page(qtbot: QtBot, opened: Any) -> None:
    it = opened()
    qtbot.keyClicks(it.field(Of.STATION), " two")
    kept = it.page.park()
    assert kept is not None
    it.page.open(Opening(LEAD))
    assert it.field(Of.STATION).text() == "Station 1"
    it.page.open(Opening(CHIEF))
    it.page.resume(kept)
    assert (it.field(Of.STATION).text(), it.field(Of.STATION).isEnabled()) == ("Station 1 two", True)


def test_the_server_is_set_by_keyboard(qtbot: QtBot, office: Office, opened: Any) -> None:
    page = opened()
    page.button("section-server").click()
    field = page.field(OfServer.ADDRESS)
    field.setFocus()
    qtbot.keyClicks(field, "http://fhir.clinic.org")
    assert not page.view.primary().isEnabled()
    field.selectAll()
    qtbot.keyClicks(field, "https://fhir.clinic.org/r4")
    qtbot.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert office.settings.clinic.server.address == "https://fhir.clinic.org/r4"
    assert office.messages.words == ["Settings of the server saved"]


def test_the_public_key_is_copied(qtbot: QtBot, opened: Any, key_store: MemoryKeyring) -> None:
    page = opened()
    page.button("section-server").click()
    page.view._section_view("server").presenter.typed(OfServer.SIGN_IN, "backend")
    page.button("make-key").click()
    page.button("copy-key").click()
    assert [key["alg"] for key in json.loads(QApplication.clipboard().text())["keys"]] == ["RS384", "ES384"]


@pytest.mark.parametrize("look", LOOKS)
def test_all_that_is_wrong_with_a_server_can_be_read(opened: Any, look: tuple[str, float]) -> None:
    page = opened(look)
    page.button("section-server").click()
    server = page.view._section_view("server").presenter
    for name, text in {
        OfServer.ADDRESS: "http://h",
        OfServer.SIGN_IN: "person",
        OfServer.EVERY: "0",
        OfServer.CA_FILE: "/no",
        OfServer.PROXY: "no",
    }.items():
        server.typed(name, text)
    QApplication.processEvents()
    assert list(clipped(page.window)) == []
    assert [words for words in page.view.findChildren(Elided) if words.isVisible() and words.toolTip()] == []


@pytest.mark.parametrize("look", LOOKS)
def test_what_came_of_trying_can_be_read(opened: Any, look: tuple[str, float]) -> None:
    page = opened(look)
    page.button("section-server").click()
    section = page.view._section_view("server")
    section.presenter.typed(OfServer.ADDRESS, "http://127.0.0.1:9/fhir")
    page.button("try-connection").click()
    QApplication.processEvents()
    assert list(clipped(page.window)) == []
    assert [text.text() for text in section._told.findChildren(QLabel) if text.text()][:1] == [
        "Not reached: nobody answers there. Look at the port, and whether the server runs."
    ]


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_clipped_and_everything_has_a_name(qtbot: QtBot, opened: Any, look: tuple[str, float]) -> None:
    page = opened(look)
    for section in ("server", "station", "clinic", "people"):
        page.button(f"section-{section}").click()
        QApplication.processEvents()
        assert list(clipped(page.window)) == []
        assert nameless(page.window) == []
    page.button("add-person").click()
    page.button("person-add-done").click()
    QApplication.processEvents()
    assert list(clipped(page.window)) == []
    found: QWidget | None = QApplication.focusWidget()
    assert found is not None
    assert found.objectName() == Of.PERSON
