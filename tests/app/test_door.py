"""Before there is a store: first start, forms that lose nothing, faults and what is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from maroom.app.door import RECOVERY, DoorPresenter, Face
from maroom.app.founding import Asked, NewClinic, Wrong
from maroom.app.window.door import Door
from maroom.app.window.look import Look
from maroom.app.window.window import Window
from maroom.core.problems import Code, Problem
from maroom.ui.messages import Messages
from tests.app.test_founding import RIGHT
from tests.duties.windows import LOOKS, nameless
from tests.ui.clipped import clipped


@dataclass
class Told:
    """The start, as far as the door knows it; remembers what it was asked."""

    did: list[Any] = field(default_factory=list)
    refuses: Problem | None = None

    def open_with(self, passphrase: str) -> None:
        self.did.append(passphrase)

    def make_clinic(self, new: NewClinic) -> None:
        self.did.append(new)

    def make_demo(self) -> None:
        self.did.append("demo")

    def make_administrator(self, name: str, pin: str) -> None:
        if self.refuses:
            raise self.refuses
        self.did.append((name, pin))

    def again(self) -> None:
        self.did.append("again")


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def door(told: Told) -> DoorPresenter:
    return DoorPresenter(told, told.again)


def answered(door: DoorPresenter, **changed: str) -> None:
    for name, text in {**RIGHT, **{Asked[name]: text for name, text in changed.items()}}.items():
        door.typed(name, text)


def test_a_new_clinic(door: DoorPresenter, told: Told) -> None:
    door.first_start()
    door.ask_for_clinic()
    answered(door)
    door.make_clinic()
    assert [type(did) for did in told.did] == [NewClinic]


def test_findings_come_with_the_first_try_and_go_as_they_are_mended(door: DoorPresenter, told: Told) -> None:
    door.ask_for_clinic()
    answered(door, PIN="12")
    assert door.state.shown == {}
    door.make_clinic()
    assert (told.did, {field: finding.code for field, finding in door.state.shown.items()}) == ([], {Asked.PIN: Wrong.NO_PIN})
    door.typed(Asked.PIN, "4711")
    assert door.state.shown == {}


def test_a_fault_while_making_loses_nothing(door: DoorPresenter, told: Told) -> None:
    door.ask_for_clinic()
    answered(door)
    door.make_clinic()
    door.opening()
    door.fault(Problem(Code.DISK_FULL))
    door.try_again()
    assert len(told.did) == 2
    door.fault(Problem(Code.DISK_FULL))
    door.go_back()
    assert (door.state.face, door.state.typed[Asked.CLINIC]) == (Face.NEW_CLINIC, RIGHT[Asked.CLINIC])


def test_the_demo(door: DoorPresenter, told: Told) -> None:
    door.first_start()
    door.make_demo()
    door.opening()
    assert (told.did, door.state.face) == (["demo"], Face.MAKING)


@pytest.mark.parametrize("code", [Code.PASSPHRASE_NEEDED, Code.WRONG_PASSPHRASE, Code.WRONG_KEY])
def test_the_passphrase_is_asked_for_where_it_mends_the_fault(door: DoorPresenter, told: Told, code: Code) -> None:
    door.fault(Problem(code, why="nothing is kept"))
    assert door.state.by_passphrase
    door.try_again()
    door.typed(RECOVERY, "a few long words")
    door.try_again()
    assert told.did == ["again", "a few long words"]


def test_a_store_in_use_is_tried_again(door: DoorPresenter, told: Told) -> None:
    door.fault(Problem(Code.IN_USE, holder="ann (window, process 7)"))
    assert not door.state.by_passphrase
    door.try_again()
    assert told.did == ["again"]


def test_the_first_administrator_of_an_imported_store(door: DoorPresenter, told: Told) -> None:
    door.no_administrator()
    answered(door, PASSPHRASE="", CLINIC="")
    told.refuses = Problem(Code.DISK_FULL)
    door.make_administrator()
    assert door.state.face is Face.FAULT
    told.refuses = None
    door.no_administrator()
    door.make_administrator()
    assert told.did == [("Amara Koroma", "4711")]


def test_no_secret_stands_in_the_words_of_a_state(door: DoorPresenter) -> None:
    door.ask_for_clinic()
    answered(door, PASSPHRASE="short")
    door.make_clinic()
    assert "4711" not in repr(door.state)


# in the window


@pytest.fixture
def window(qapp: QApplication) -> Iterator[Window]:
    made = Window(qapp, (), lambda: "10:42", Messages(), Look(), QSize(1280, 800))
    made.appear()
    yield made
    made.close()
    made.deleteLater()


def opened(window: Window, told: Told) -> Door:
    door = Door(window)
    door.leads_to(told, told.again)
    return door


def typed(window: Window, qtbot: QtBot, **fields: str) -> None:
    for name, text in fields.items():
        field = window.findChild(QLineEdit, Asked[name])
        assert field is not None
        field.setFocus()
        qtbot.keyClicks(field, text)


def test_first_start_by_keyboard(qtbot: QtBot, window: Window, told: Told) -> None:
    opened(window, told).first_start()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert told.did == ["demo"]


def test_enter_in_the_last_field_leads_to_what_is_wrong(qtbot: QtBot, window: Window, told: Told) -> None:
    door = opened(window, told)
    door.first_start()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    typed(window, qtbot, CLINIC="Riverside", PIN="12", PASSPHRASE_AGAIN="x")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    at = QApplication.focusWidget()
    assert at is not None
    assert at.objectName() == Asked.ZONE
    qtbot.keyClick(at, Qt.Key.Key_Escape)
    assert window.findChild(QPushButton, "demo").isVisible()


def test_a_change_of_the_look_keeps_what_was_typed(qtbot: QtBot, window: Window, told: Told) -> None:
    door = opened(window, told)
    door.first_start()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    typed(window, qtbot, CLINIC="Riverside")
    window.dress(Look("dark", 1.5))
    QApplication.processEvents()
    fields = [field for field in window.findChildren(QLineEdit, Asked.CLINIC) if field.isVisible()]
    assert [field.text() for field in fields] == ["Riverside"]


@pytest.mark.parametrize("look", LOOKS)
def test_no_face_is_clipped(qapp: QApplication, told: Told, window: Window, look: tuple[str, float]) -> None:
    window.dress(Look(*look))
    door = opened(window, told)
    for show in (door.opening, door.first_start, door.no_administrator):
        show()
        qapp.processEvents()
        assert list(clipped(window)) == []
        assert nameless(window) == []
    for code in (Code.PASSPHRASE_NEEDED, Code.UPGRADE_FAILED):
        door.fault(Problem(code, why="it does not answer", backup="/var/lib/maroom/backups/store-0003.db"))
        qapp.processEvents()
        assert list(clipped(window)) == []
