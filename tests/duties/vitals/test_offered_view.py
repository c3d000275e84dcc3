"""The readings of instruments as the page shows them, and the whole way from a radio on its own thread to the fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from maroom.core.clock import Moment
from maroom.core.presenter import Presenter
from maroom.core.settings import Station
from maroom.devices.instruments import Condition, Instruments
from maroom.devices.model import Refusal, Remark
from maroom.devices.offers import Doubt, Why
from maroom.duties.vitals.model import Sign
from maroom.duties.vitals.presenter.form import Form
from maroom.duties.vitals.presenter.offered import Line, Missed, Offered, State
from maroom.duties.vitals.rules.shown import Shown
from maroom.duties.vitals.view.offered import OfferedLines
from maroom.duties.vitals.view.words import offered as words
from maroom.store.unit_of_work import UnitOfWork
from maroom.store.used_readings import UsedReadings
from maroom.ui.jobs import Jobs
from maroom.ui.page import Page
from maroom.ui.widgets import STRETCH, Widgets
from tests.builders import SetClock
from tests.devices.air import Air
from tests.devices.build import CUFF, octets
from tests.duties.vitals.build import VISIT
from tests.duties.vitals.test_offered import adult, once
from tests.duties.windows import LOOKS, nameless, shown
from tests.ui.clipped import clipped

PRESSURE = Line(
    key="k1",
    instrument="A&D Medical UA-651BLE",
    at=datetime(2026, 11, 24, 10, 41),  # noqa: DTZ001 - the clinic's wall clock
    values=((Sign.BP, Shown("142/88", "mmHg")), (Sign.PULSE, Shown("72", "/min"))),
)
LOOSE = replace(
    PRESSURE, key="k2", remarks=(Remark.CUFF_LOOSE, Remark.BODY_MOVED), doubts=(Doubt.CLOCK_OFF,), ahead=timedelta(hours=-25)
)


class Asking(Presenter[State]):
    """What the page does with what is pressed."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.asked: list[tuple[str, str]] = []


class Shows(Page[State, Asking]):
    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self.lines = OfferedLines(widgets)
        self.lines.used.connect(self._used)
        self.lines.put_aside.connect(self._aside)
        self.body.addWidget(widgets.stack(self.lines, STRETCH))

    def render(self, state: State) -> None:
        self.lines.become(state)

    def _used(self, key: str) -> None:
        self.presenter.asked.append(("use", key))

    def _aside(self, key: str) -> None:
        self.presenter.asked.append(("aside", key))


@pytest.fixture
def showing(qapp: QApplication) -> Iterator[Any]:
    stack: list[Any] = []

    def show(state: State, look: tuple[str, float] = LOOKS[0]) -> tuple[Any, Asking]:
        presenter = Asking(state)

        def make(widgets: Widgets) -> Shows:
            view = Shows(widgets)
            view.attach(presenter)
            return view

        stack.append(shown(qapp, make, look))
        _, view = stack[-1].__enter__()
        return view, presenter

    yield show
    for window in stack:
        window.__exit__(None, None, None)


def buttons(view: Any, name: str) -> list[QPushButton]:
    return [each for each in view.findChildren(QPushButton, name) if each.isVisible()]


def test_nothing_to_offer_takes_no_room(showing: Any) -> None:
    view, _ = showing(State())
    assert not view.lines.isVisible()


def test_a_line_says_instrument_values_and_time(showing: Any) -> None:
    view, _ = showing(State((PRESSURE,)))
    assert view.lines.lines() == ("A&D Medical UA-651BLE, BP 142/88, pulse 72, 10:41",)


def test_each_button_is_of_its_own_line(showing: Any, qtbot: QtBot) -> None:
    view, presenter = showing(State((PRESSURE, LOOSE)))
    qtbot.keyClick(buttons(view, "reading-use")[1], Qt.Key.Key_Space)
    qtbot.mouseClick(buttons(view, "reading-aside")[0], Qt.MouseButton.LeftButton)
    assert presenter.asked == [("use", "k2"), ("aside", "k1")]


def test_what_came_later_moves_no_button(qapp: QApplication, showing: Any) -> None:
    view, presenter = showing(State((PRESSURE,)))
    (first,) = buttons(view, "reading-use")
    before = first.mapTo(view, first.rect().center())
    presenter.show(State((PRESSURE, LOOSE), more=2))
    qapp.processEvents()
    assert first.mapTo(view, first.rect().center()) == before
    presenter.show(State((LOOSE,)))
    qapp.processEvents()
    assert [said.partition(" ")[0] for said in view.lines.lines()] == ["A&D"]
    assert len(buttons(view, "reading-use")) == 1


def test_what_cannot_be_used_has_its_button_off_and_says_why(showing: Any) -> None:
    full = replace(PRESSURE, may_use=False)
    pounds = replace(PRESSURE, key="k3", values=((Sign.WEIGHT, Shown("18.6", "lb")),), unfit=(Sign.WEIGHT,), may_use=False)
    view, _ = showing(State((full, pounds)))
    assert [button.isEnabled() for button in buttons(view, "reading-use")] == [False, False]
    assert [words.doubt(one) for one in (full, pounds)] == [
        "BP, Pulse: there is a value already",
        "switch the scale to kg and weigh again",
    ]


@pytest.mark.parametrize(
    ("missed", "said"),
    [
        (Missed("UA-651BLE", Why.AHEAD, timedelta(minutes=63)), "UA-651BLE: not offered, its clock is 1 h 3 min ahead"),
        (Missed("UA-651BLE", Why.OLDER), "UA-651BLE: not offered, from before this rooming, or its clock is behind"),
        (Missed("UA-651BLE", Refusal.NO_NUMBER), "UA-651BLE: not offered, it could not measure, try again"),
    ],
)
def test_what_is_not_offered_is_told(showing: Any, missed: Missed, said: str) -> None:
    view, _ = showing(State(missed=missed))
    assert view.lines.isVisible()
    assert words.missed(missed) == said


def test_every_word_for_what_instruments_say() -> None:
    assert all(words.doubt(replace(PRESSURE, remarks=(one,))) != one.value for one in Remark)
    assert all(
        words.missed(Missed("it", one)) != f"it: not offered, {one.value}" for one in (*Refusal, *Why) if one is not Why.AHEAD
    )
    assert words.doubt(LOOSE) == "the cuff was loose, the arm moved, its clock is 1 d behind: the time is put right"


@pytest.mark.parametrize("look", LOOKS)
def test_every_word_fits_and_everything_has_a_name(qapp: QApplication, showing: Any, look: Any) -> None:
    unusable = replace(LOOSE, key="k3", may_use=False)
    view, _ = showing(State((PRESSURE, LOOSE, unusable), 2, Missed("UA-651BLE", Why.OLDER)), look)
    qapp.processEvents()
    assert list(clipped(view.window())) == []
    assert nameless(view) == []


# the whole way


def test_from_a_radio_on_its_own_thread_to_the_fields(qtbot: QtBot, clock: SetClock, unit: UnitOfWork) -> None:
    air = Air([CUFF], sends=[octets("16 8e00 5800 6a00 ea07 0b 18 0a 29 07 4800 0000")])
    station = [Station(bluetooth=True, instruments={CUFF.id: CUFF.name})]
    jobs = Jobs()
    instruments = Instruments(lambda: station[0], clock, UsedReadings(unit), jobs, lambda: air)
    drawn: list[int] = []
    roomed = Moment(clock.utc - timedelta(minutes=5), -300)
    page = Offered(instruments, clock, VISIT.visit, lambda: roomed, lambda: drawn.append(1))
    qtbot.waitUntil(lambda: bool(drawn))
    (line,) = page.state(Form(), once, adult).lines
    form = page.use(line.key, Form(), once, adult)
    assert form.texts == {"bp.systolic": "142", "bp.diastolic": "88", "pulse": "72"}
    station[0] = replace(station[0], bluetooth=False)
    instruments.follow()
    qtbot.waitUntil(lambda: instruments.condition is Condition.OFF)
    jobs.close()
