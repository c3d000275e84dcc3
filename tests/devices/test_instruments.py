"""The station's instruments: listened to as its settings say, from the radio to the tray."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from maroom.core.settings import Station
from maroom.devices.instruments import JOB, Condition, Instruments
from maroom.devices.model import Instrument, Refusal, What
from maroom.devices.radio import Radio
from tests.builders import SetClock
from tests.devices.air import Air, Silent
from tests.devices.build import CUFF, octets
from tests.fakes import JobByHand

STRANGER = Instrument("D0:00", "Scale next door")


class Kept:
    def is_used(self, key: str) -> bool:
        return False


class Here:
    """A station whose settings a test may change."""

    def __init__(self, air: Radio | None, *chosen: Instrument, bluetooth: bool = True) -> None:
        self.station = Station(bluetooth=bluetooth, instruments={one.id: one.name for one in chosen})
        self.clock, self.jobs = SetClock(), JobByHand()
        self.told = 0
        self.instruments = Instruments(lambda: self.station, self.clock, Kept(), self.jobs, lambda: air)
        self.forget = self.instruments.listen(self.tell)

    def tell(self) -> None:
        self.told += 1

    def systolics(self) -> list[str]:
        offers = self.instruments.tray.offers(self.clock.now())
        return [str(one.reading.values[What.SYSTOLIC].value) for one in offers]

    def wish(self, **changed: object) -> None:
        self.station = replace(self.station, **changed)  # type: ignore[arg-type]
        self.instruments.follow()


def begun(air: Radio | None, *chosen: Instrument, until: Callable[[Here], bool] = lambda _here: True) -> Here:
    here = Here(air, *chosen)
    here.instruments.follow()
    here.jobs.run(lambda: until(here))
    return here


def came_in(here: Here) -> bool:
    return bool(here.instruments.last_heard or here.instruments.last_refused)


def test_a_reading_comes_from_the_radio_into_the_tray() -> None:
    here = begun(Air([CUFF]), CUFF, until=came_in)
    assert here.systolics() == ["142"]
    assert here.instruments.last_heard == {CUFF.id: here.clock.now()}
    assert here.told


def test_what_is_no_reading_is_remembered_and_not_in_the_tray() -> None:
    here = begun(Air([CUFF], sends=[octets("00 ff07 ff07 ff07")]), CUFF, until=came_in)
    assert here.systolics() == []
    assert here.instruments.last_refused is not None
    assert here.instruments.last_refused[0].code is Refusal.NO_NUMBER


def test_a_reading_puts_an_end_to_what_was_no_reading() -> None:
    sends = [octets("00 ff07 ff07 ff07"), octets("00 8e00 5800 6a00")]
    here = begun(Air([CUFF], sends=sends), CUFF, until=lambda here: bool(here.instruments.last_heard))
    assert here.instruments.last_refused is None


def test_the_instruments_of_nobody_are_told_by_name_and_once() -> None:
    named = replace(CUFF, name="")
    air = Air([named, STRANGER, STRANGER, CUFF])
    here = begun(air, until=lambda here: CUFF in here.instruments.about)
    assert here.instruments.about == (STRANGER, CUFF)
    assert (air.connections, here.systolics()) == ([], [])


def test_nothing_runs_where_it_is_not_wished() -> None:
    here = Here(Air([CUFF]), CUFF, bluetooth=False)
    here.instruments.follow()
    assert (here.jobs.started, here.instruments.condition) == ([], Condition.OFF)


def test_a_job_of_the_net_listens_once_however_often_it_is_wished() -> None:
    here = Here(Air([CUFF]), CUFF)
    here.instruments.follow()
    here.instruments.follow()
    assert (here.jobs.started, here.instruments.condition) == ([JOB], Condition.LISTENING)


def test_it_listens_anew_to_the_instruments_that_are_chosen_now() -> None:
    here = Here(air := Air([CUFF]))
    here.instruments.follow()
    here.wish(instruments={CUFF.id: CUFF.name})
    here.jobs.run(lambda: False)  # it sees the change by itself and ends
    assert here.jobs.started == [JOB, JOB]
    here.jobs.run(lambda: came_in(here))
    assert (air.connections, here.systolics()) == ([CUFF.id], ["142"])


def test_switched_off_it_ends_and_keeps_what_came() -> None:
    here = Here(Air([CUFF]), CUFF)
    here.instruments.follow()

    def switched_off() -> bool:
        if came_in(here) and here.station.bluetooth:
            here.wish(bluetooth=False)
        return False

    here.jobs.run(switched_off)
    assert (here.jobs.started, here.instruments.condition) == ([JOB], Condition.OFF)
    assert here.systolics() == ["142"]


@pytest.mark.parametrize(("air", "condition"), [(Silent([]), Condition.NO_BLUETOOTH), (None, Condition.NOT_INSTALLED)])
def test_without_bluetooth_that_is_said_and_tried_again_when_it_is_wished(air: Radio | None, condition: Condition) -> None:
    here = begun(air, CUFF)
    assert here.instruments.condition is condition
    here.instruments.follow()
    assert here.jobs.started == [JOB, JOB]


def test_a_fault_of_the_radio_is_reported() -> None:
    class Broken(Air):
        def scanning(self, *_: object) -> object:  # type: ignore[override]
            raise RuntimeError("a bug")

    here = Here(Broken([]), CUFF)
    here.instruments.follow()
    with pytest.raises(RuntimeError):
        here.jobs.run(lambda: False)
    assert here.instruments.condition is Condition.NO_BLUETOOTH


def test_who_listens_no_more_is_told_no_more() -> None:
    here = Here(Air([CUFF]), CUFF)
    here.forget()
    here.instruments.follow()
    assert here.told == 0


def test_the_program_without_instruments_loads_nothing_for_them() -> None:
    loaded = "import sys, maroom.kit; assert not {'asyncio', 'bleak', 'maroom.devices.listening'} & set(sys.modules)"
    loaded = loaded.replace("maroom.kit", "maroom.devices.instruments")
    subprocess.run([sys.executable, "-c", loaded], check=True)
