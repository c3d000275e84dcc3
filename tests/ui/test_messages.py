"""The strip: what went well goes by itself, trouble stays until something is done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from maroom.core import ports
from maroom.core.problems import SENTENCES, Code, Problem
from maroom.ui import messages as mouth
from maroom.ui.messages import Message, Messages
from maroom.ui.page import Foot
from maroom.ui.strip import Strip
from maroom.ui.widgets import Widgets

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def messages(qapp: QApplication) -> Iterator[Messages]:
    made = Messages()
    yield made
    made.clear()


@pytest.fixture
def strip(widgets: Widgets, show: Show, messages: Messages) -> Strip:
    foot = Foot(widgets)
    show(foot)
    messages.changed.connect(foot.strip.show_message)
    foot.strip.pressed.connect(messages.press)
    return foot.strip


def test_it_is_the_port_of_core(messages: Messages) -> None:
    port: ports.Messages = messages
    assert port is messages


def test_what_went_well_is_said_and_goes_by_itself(
    messages: Messages, strip: Strip, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mouth, "STAYS_MS", 1)
    messages.said("Saved for María Garcia, 10:41")
    assert strip.words() == "Saved for María Garcia, 10:41"
    assert strip.property("tone") == "ok"
    qtbot.waitUntil(lambda: not strip.words())


def test_what_went_well_goes_at_the_next_action(messages: Messages, strip: Strip) -> None:
    messages.said("Saved")
    messages.acted()
    assert not strip.words()


def test_trouble_stays_at_the_next_action(messages: Messages, strip: Strip) -> None:
    messages.trouble(Problem(Code.DISK_FULL))
    messages.acted()
    assert strip.words().startswith("The disk is full")
    assert strip.words().endswith(SENTENCES[Code.DISK_FULL].step)
    messages.clear()
    assert not strip.words()


def test_the_facts_of_a_problem_are_in_its_words(messages: Messages, strip: Strip) -> None:
    messages.trouble(Problem(Code.ROOM_TAKEN, room="5"))
    assert "Room 5 is taken" in strip.words()
    assert strip.property("tone") == "warn"


@pytest.mark.parametrize("code", list(Code))
def test_every_problem_can_be_said(messages: Messages, strip: Strip, code: Code) -> None:
    names = ("name", "place", "found", "holder", "folder", "backup", "file", "why", "room", "missing", "address")
    facts = dict.fromkeys(names, "x")
    messages.trouble(Problem(code, **facts))
    assert strip.words()
    assert "{" not in strip.words()


def test_a_step_is_taken_once_and_clears_the_strip(messages: Messages, strip: Strip, qtbot: QtBot) -> None:
    taken: list[str] = []
    messages.offer("The label of Garcia was scanned.", "Go to Tubes", lambda: taken.append("gone"))
    button = strip.findChild(QPushButton, "strip-step")
    assert strip.step() == "Go to Tubes"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert taken == ["gone"]
    assert not strip.words()
    messages.press()
    assert taken == ["gone"]


def test_a_step_may_say_something_new(messages: Messages, strip: Strip) -> None:
    messages.offer("The store is in use.", "Try again", lambda: messages.said("Saved"))
    messages.press()
    assert strip.words() == "Saved"


def test_the_newest_takes_the_place_and_its_step(messages: Messages, strip: Strip) -> None:
    messages.offer("old", "Old step", lambda: pytest.fail("an old step was taken"))
    messages.said("new")
    assert (strip.words(), strip.step()) == ("new", "")
    messages.press()


def test_long_words_make_the_foot_higher_and_are_not_cut(widgets: Widgets, show: Show, qtbot: QtBot) -> None:
    foot = Foot(widgets)
    page = QWidget()
    page.setLayout(widgets.down("stretch", foot))
    show(page)
    low = foot.height()
    foot.strip.show_message(Message("What happened, told at length. " * 12, "warn", "triangle-alert", "Look at it"))
    qtbot.waitUntil(lambda: foot.height() > low)
    words = foot.strip._words
    assert words.height() >= words.heightForWidth(words.width())
    foot.strip.show_message(None)
    qtbot.waitUntil(lambda: foot.height() == low)
