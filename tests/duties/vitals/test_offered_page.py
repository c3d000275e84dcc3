"""A reading of an instrument on the vitals page itself: offered, used by a key, saved, and after a kill offered still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from maroom.duties.vitals.model import Component, Sign
from maroom.duties.vitals.presenter import Ports, VitalsPresenter, Whose
from maroom.duties.vitals.service import Vitals
from maroom.duties.vitals.view import VitalsView
from maroom.store.unit_of_work import UnitOfWork
from maroom.ui.widgets import Widgets
from tests.builders import SetClock
from tests.devices.build import octets
from tests.duties.vitals.build import ADULT, opened
from tests.duties.vitals.test_offered import SCALE, WITH_PULSE, Room
from tests.duties.windows import LOOKS, nameless, shown
from tests.fakes import SaidMessages
from tests.ui.clipped import clipped


@pytest.fixture
def room(clock: SetClock, unit: UnitOfWork) -> Room:
    return Room(clock, unit)


@pytest.fixture
def page(room: Room, ports: Ports) -> Any:
    whose = Whose("Okafor-Reyes, Thomas", ADULT, lambda: room.roomed)
    return lambda: VitalsPresenter(opened(), whose, replace(ports, instruments=room.instruments))


@pytest.fixture
def window(qapp: QApplication, page: Any, clock: SetClock) -> Iterator[Any]:
    stack: list[Any] = []

    def show(look: tuple[str, float] = LOOKS[0]) -> VitalsView:
        def make(widgets: Widgets) -> VitalsView:
            view = VitalsView(widgets, clock, SaidMessages())
            view.attach(page())
            return view

        stack.append(shown(qapp, make, look))
        return stack[-1].__enter__()[1]

    yield show
    for each in stack:
        each.__exit__(None, None, None)


def key(presenter: VitalsPresenter, number: int = 0) -> str:
    return presenter.state.offered.lines[number].key


def cells(presenter: VitalsPresenter) -> dict[str, str]:
    return {cell.field: cell.text for row in presenter.state.rows for cell in row.cells if cell.text}


def test_used_and_saved_it_is_on_record_with_instrument_and_time(
    room: Room, page: Any, vitals: Vitals, clock: SetClock
) -> None:
    presenter = page()
    room.sends(octets("16 7600 4c00 5a00 ea07 0b 18 0a 29 07 4800 0000"))
    assert cells(presenter) == {}
    presenter.use_reading(key(presenter))
    assert cells(presenter) == {"bp.systolic": "118", "bp.diastolic": "76", "pulse": "72"}
    assert presenter.state.offered.lines == ()
    clock.forward(minutes=4)
    presenter.save()
    (made,) = vitals.sets(opened())
    pressure = next(one for one in made.readings if one.sign is Sign.BP)
    assert pressure.measurement.half(Component.SYSTOLIC).value == Decimal(118)  # type: ignore[union-attr]
    assert pressure.measurement.qualifiers["device"] == "UA-651BLE"
    assert pressure.measured.iso() == "2026-11-24T10:41:07-05:00"
    assert page().state.offered.lines == ()


def test_killed_between_use_and_save_it_is_in_the_draft_and_in_the_tray(room: Room, page: Any) -> None:
    presenter = page()
    room.sends(WITH_PULSE)
    presenter.use_reading(key(presenter))
    draft = presenter.draft()
    assert draft is not None
    assert len(page().state.offered.lines) == 1
    again = page()
    again.restore(draft)
    assert (cells(again), again.state.offered.lines) == (cells(presenter), ())


def test_a_second_pressure_typed_by_hand_is_not_the_instruments(room: Room, page: Any, vitals: Vitals) -> None:
    presenter = page()
    room.sends(octets("00 7600 4c00 5a00"))
    presenter.use_reading(key(presenter))
    presenter.ask_for("bp#2")
    presenter.typed("bp#2.systolic", "120")
    presenter.typed("bp#2.diastolic", "80")
    presenter.save()
    (made,) = vitals.sets(opened())
    devices = [one.measurement.qualifiers.get("device", "") for one in made.readings if one.sign is Sign.BP]
    assert devices == ["UA-651BLE", ""]


def test_the_next_reading_of_the_cuff_goes_to_the_next_row(room: Room, page: Any, clock: SetClock) -> None:
    presenter = page()
    room.sends(octets("00 9600 5c00 6a00"))
    presenter.use_reading(key(presenter))
    clock.forward(minutes=2)
    room.sends(octets("00 8e00 5800 6a00"))
    presenter.use_reading(key(presenter))
    assert (cells(presenter)["bp.systolic"], cells(presenter)["bp#2.systolic"]) == ("150", "142")


def test_typed_over_it_is_offered_again(room: Room, page: Any) -> None:
    presenter = page()
    room.sends(octets("00 1042"), of=SCALE, number=0x2A9D)
    presenter.use_reading(key(presenter))
    presenter.typed("weight", "84.5")
    assert len(presenter.state.offered.lines) == 1


def test_by_keyboard_the_reading_is_used(qapp: QApplication, qtbot: QtBot, room: Room, window: Any) -> None:
    view = window()
    room.sends(WITH_PULSE)
    qapp.processEvents()
    button = next(each for each in view.findChildren(QPushButton, "reading-use") if each.isVisible())
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert cells(view.presenter)["bp.systolic"] == "142"


@pytest.mark.parametrize("look", LOOKS)
def test_with_an_offer_every_word_fits(qapp: QApplication, room: Room, window: Any, look: Any) -> None:
    view = window(look)
    room.sends(WITH_PULSE)
    qapp.processEvents()
    assert list(clipped(view.window())) == []
    assert nameless(view) == []
    if look[1] == 1.0:
        areas = [area for area in view.findChildren(QScrollArea) if area.isVisible()]
        assert all(area.verticalScrollBar().maximum() == 0 for area in areas)
