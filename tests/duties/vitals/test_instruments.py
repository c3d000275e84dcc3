"""The section where a station is given its instruments: what is chosen there is listened to at once, and on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from maroom.access.rights import gate
from maroom.app.settings import Settings
from maroom.core.people import Opening
from maroom.core.problems import Code
from maroom.devices.instruments import Condition, Instruments
from maroom.devices.model import Instrument
from maroom.duties.admin.duty import DUTY as ADMIN
from maroom.duties.vitals.duty import DUTY, INSTRUMENTS
from maroom.duties.vitals.presenter.instruments import InstrumentsPresenter, Line
from maroom.kit import Kit, Page
from maroom.store.audit import AuditRow
from maroom.store.unit_of_work import UnitOfWork
from maroom.store.used_readings import UsedReadings
from maroom.ui.widgets import Widgets
from tests.builders import AMARA, DANA, SetClock, unit_of_work
from tests.devices.air import Air, Silent
from tests.devices.build import CUFF
from tests.duties.windows import LOOKS, nameless, shown
from tests.fakes import JobByHand, SaidMessages
from tests.ui.clipped import clipped

SCALE = Instrument("5C:A1:E0:00:00:02", "A&D Medical UC-352BLE scale")
NAMELESS = Instrument("7E:40:00:00:00:03")


@dataclass
class Office:
    unit: UnitOfWork
    settings: Settings
    clock: SetClock
    messages: SaidMessages
    jobs: JobByHand
    air: Air
    instruments: Instruments

    def presenter(self, author: Any = AMARA) -> InstrumentsPresenter:
        return InstrumentsPresenter(Opening(author), self.settings, self.instruments, self.clock, self.messages)

    def wait_for(self, what: Any) -> None:
        """The radio at work until something came of it; it goes on after that."""
        self.jobs.run(lambda: bool(what()))
        self.instruments.follow()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock, jobs, air = SetClock(), JobByHand(), Air([])
    with unit_of_work(tmp_path, clock, gate) as unit:
        settings = Settings(tmp_path)
        settings.load(unit)
        here = Instruments(lambda: settings.station, clock, UsedReadings(unit), jobs, lambda: air)
        yield Office(unit, settings, clock, SaidMessages(), jobs, air, here)


def test_it_is_off_until_somebody_switches_it_on(office: Office) -> None:
    presenter = office.presenter()
    assert (presenter.state.on, presenter.state.condition, office.jobs.started) == (False, Condition.OFF, [])
    presenter.switch(True)
    assert (presenter.state.on, presenter.state.condition, len(office.jobs.started)) == (True, Condition.LISTENING, 1)
    presenter.switch(False)
    office.jobs.run(lambda: False)
    assert (presenter.state.on, presenter.state.condition, len(office.jobs.started)) == (False, Condition.OFF, 1)


def test_one_that_is_about_is_chosen_and_listened_to(office: Office) -> None:
    office.air.about = [NAMELESS, SCALE, CUFF]
    presenter = office.presenter()
    presenter.switch(True)
    office.wait_for(lambda: len(office.instruments.about) == 3)
    assert [line.name for line in presenter.state.about] == [SCALE.name, CUFF.name, ""]
    presenter.choose(CUFF.id)
    assert office.settings.station.instruments == {CUFF.id: "UA-651BLE"}
    assert (presenter.state.chosen, len(presenter.state.about)) == ((Line(CUFF.id, "UA-651BLE"),), 2)
    office.jobs.run(lambda: False)  # what listened to none ends by itself
    office.wait_for(lambda: office.instruments.last_heard)
    assert office.air.connections == [CUFF.id]
    (line,) = presenter.state.chosen
    assert line.last is not None
    assert f"{line.last:%H:%M}" == "10:42"


def test_one_that_is_left_out_is_listened_to_no_more(office: Office) -> None:
    office.settings.change_station(Opening(AMARA), replace(office.settings.station, bluetooth=True, instruments={CUFF.id: ""}))
    office.air.about = [CUFF]
    presenter = office.presenter()
    office.instruments.follow()
    presenter.leave_out(CUFF.id)
    assert (presenter.state.chosen, office.settings.station.instruments) == ((), {})
    office.jobs.run(lambda: False)
    office.wait_for(lambda: office.instruments.about)
    assert office.air.connections == []


def test_what_is_about_no_more_cannot_be_chosen(office: Office) -> None:
    office.presenter().choose("unknown")
    assert office.settings.station.instruments == {}


def test_each_choice_is_on_record(office: Office) -> None:
    office.presenter().switch(True)
    with office.unit.glance() as session:
        (line,) = session.query(AuditRow).filter_by(act="station.change")
        assert (line.actor, line.reason) == (AMARA.staff, "bluetooth")


def test_an_assistant_changes_nothing(office: Office) -> None:
    presenter = office.presenter(DANA)
    presenter.switch(True)
    assert [problem.code for problem in office.messages.problems] == [Code.NOT_ALLOWED]
    assert (presenter.state.on, office.jobs.started) == (False, [])


def test_without_bluetooth_that_is_said_and_may_be_tried_again(office: Office) -> None:
    here = office.instruments = Instruments(
        lambda: office.settings.station, office.clock, UsedReadings(office.unit), office.jobs, lambda: Silent([])
    )
    presenter = office.presenter()
    presenter.switch(True)
    office.jobs.run(lambda: False)
    assert presenter.state.condition is Condition.NO_BLUETOOTH
    presenter.look_again()
    assert (presenter.state.condition, here.condition) == (Condition.LISTENING, Condition.LISTENING)


def test_a_closed_section_is_told_nothing(office: Office) -> None:
    presenter = office.presenter()
    presenter.close()
    office.presenter().switch(True)
    assert presenter.state.condition is Condition.OFF


# in the window


@pytest.fixture
def section(qapp: QApplication, office: Office) -> Iterator[Any]:
    stack: list[Any] = []

    def open_it(look: tuple[str, float] = LOOKS[0]) -> Any:
        def make(widgets: Widgets) -> Any:
            kit = cast("Kit", SimpleNamespace(**vars(office), look=widgets))
            page: Page = ADMIN.build(kit, (ADMIN.offers(kit), DUTY.offers(kit)))
            page.open(Opening(AMARA))
            return page.view

        stack.append(shown(qapp, make, look))
        window, view = stack[-1].__enter__()
        button(window, f"section-{INSTRUMENTS}").click()
        qapp.processEvents()
        return window, view

    yield open_it
    for window in stack:
        window.__exit__(None, None, None)


def button(window: Any, name: str) -> QPushButton:
    return next(each for each in window.findChildren(QPushButton, name) if each.isVisible())


def test_by_keyboard_it_is_switched_on_and_an_instrument_chosen(
    qapp: QApplication, qtbot: QtBot, office: Office, section: Any
) -> None:
    window, view = section()
    assert view.primary() is None
    switch = window.findChild(QCheckBox, "bluetooth")
    switch.setFocus()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert office.settings.station.bluetooth
    office.air.about = [CUFF]
    office.wait_for(lambda: office.instruments.about)
    qapp.processEvents()
    choose = button(window, f"instrument-{CUFF.id}")
    assert choose.accessibleName() == "Choose: UA-651BLE"
    qtbot.keyClick(choose, Qt.Key.Key_Space)
    assert office.settings.station.instruments == {CUFF.id: "UA-651BLE"}
    qapp.processEvents()
    assert button(window, f"instrument-{CUFF.id}").accessibleName() == "Leave out: UA-651BLE"


@pytest.mark.parametrize("look", LOOKS)
def test_every_word_fits_and_everything_has_a_name(qapp: QApplication, office: Office, section: Any, look: Any) -> None:
    office.air.about = [NAMELESS, SCALE, CUFF]
    presenter = office.presenter()
    presenter.switch(True)
    office.wait_for(lambda: len(office.instruments.about) == 3)
    presenter.choose(CUFF.id)
    window, view = section(look)
    qapp.processEvents()
    assert list(clipped(window)) == []
    assert nameless(view) == []
