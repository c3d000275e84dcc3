"""Readings of instruments on the vitals page, from octets to the set on record: offered, used once, never taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from maroom.core.clock import Moment
from maroom.core.problems import Code, Problem
from maroom.core.quantity import Quantity
from maroom.core.settings import Station
from maroom.devices.instruments import Instruments
from maroom.devices.model import Instrument, Refusal, Remark
from maroom.devices.offers import Doubt, Why
from maroom.duties.vitals.model import Component, Entry, Measurement, Sign, field_of
from maroom.duties.vitals.presenter import filling
from maroom.duties.vitals.presenter.form import Form
from maroom.duties.vitals.presenter.offered import NOTHING, Line, Missed, Offered
from maroom.duties.vitals.service import Vitals
from maroom.store.unit_of_work import UnitOfWork
from maroom.store.used_readings import UsedReadings
from tests.builders import SetClock, unit_of_work
from tests.devices.air import Air
from tests.devices.build import CUFF, octets
from tests.duties.vitals.build import LATER, VISIT, measured, opened
from tests.fakes import JobByHand

SCALE = Instrument("5C:A1:E0:00:00:02", "Scale UC-352")
THERMOMETER = Instrument("7E:40:00:00:00:03")
BP_UPPER, BP_LOWER = (field_of(Sign.BP, half) for half in (Component.SYSTOLIC, Component.DIASTOLIC))
AT = "ea07 0b 18 0a 29 07"
"""2026-11-24 10:41:07, before the clock of the tests stands at 10:42:00 in New York"""
WITH_PULSE = octets(f"16 8e00 5800 6a00 {AT} 4800 0200")
"""142/88, pulse 72, at 10:41:07, the cuff loose"""


@dataclass(frozen=True)
class Row:
    key: str
    fields: tuple[tuple[str, Component | None], ...]


def once(sign: Sign) -> Sequence[Row]:
    if sign is Sign.BP:
        return (Row("bp", ((BP_UPPER, Component.SYSTOLIC), (BP_LOWER, Component.DIASTOLIC))),)
    return (Row(sign.value, ((sign.value, None),)),)


def twice(sign: Sign) -> Sequence[Row]:
    again = Row("bp#2", (("bp#2.systolic", Component.SYSTOLIC), ("bp#2.diastolic", Component.DIASTOLIC)))
    return (*once(sign), again) if sign is Sign.BP else once(sign)


def adult(sign: Sign) -> tuple[str, ...]:
    return {Sign.WEIGHT: ("[lb_av]", "kg"), Sign.BP: ("mm[Hg]",), Sign.PULSE: ("/min",), Sign.SPO2: ("%",)}.get(
        sign, ("[degF]", "Cel")
    )


def child(sign: Sign) -> tuple[str, ...]:
    return ("kg", "g") if sign is Sign.WEIGHT else adult(sign)


@dataclass
class Room:
    """An exam room with instruments, and the page of one visit after the other."""

    clock: SetClock
    unit: UnitOfWork
    roomed: Moment | None = None
    drawn: int = 0
    jobs: JobByHand = field(default_factory=JobByHand)

    def __post_init__(self) -> None:
        self.air = Air([])
        station = Station(bluetooth=True, instruments={one.id: one.name for one in (CUFF, SCALE, THERMOMETER)})
        self.instruments = Instruments(lambda: station, self.clock, UsedReadings(self.unit), self.jobs, lambda: self.air)
        self.instruments.follow()
        self.roomed = self.roomed or Moment(self.clock.utc - timedelta(minutes=5), -300)

    def page(self, visit: str = VISIT.visit) -> Offered:
        return Offered(self.instruments, self.clock, visit, lambda: self.roomed, self.draw)

    def draw(self) -> None:
        self.drawn += 1

    def sends(self, *raw: bytes, of: Instrument = CUFF, number: int = 0x2A35, its_clock: str = "") -> None:
        """The instrument wakes up, sends, and goes to sleep."""
        self.air.about, self.air.sends, self.air.speaks = [of], list(raw), number
        self.air.time = octets(its_clock) if its_clock else None
        before = (dict(self.instruments.last_heard), self.instruments.last_refused)
        self.instruments.last_heard.pop(of.id, None)
        self.instruments.follow()
        self.jobs.run(lambda: of.id in self.instruments.last_heard or self.instruments.last_refused not in (None, before[1]))
        self.instruments.follow()


@pytest.fixture
def room(clock: SetClock, unit: UnitOfWork) -> Room:
    return Room(clock, unit)


def lines(page: Offered, form: Form | None = None, **around: Any) -> tuple[Line, ...]:
    return page.state(form or Form(), around.get("places", once), around.get("units", adult)).lines


def said(line: Line) -> dict[str, str]:
    return {sign.value: value.text for sign, value in line.values}


def used(page: Offered, form: Form | None = None, **around: Any) -> Form:
    """With the first of what is offered."""
    form = form or Form()
    (first, *_) = lines(page, form, **around)
    return page.use(first.key, form, around.get("places", once), around.get("units", adult))


def saved(vitals: Vitals, form: Form, *measurements: Measurement, visit: Any = VISIT) -> None:
    taken = measurements or (measured(Sign.PULSE, "72"),)
    vitals.record(opened(visit), Entry(visit, taken, instruments=filling.used(form), id=form.set_id))


# offered


def test_a_reading_is_offered_and_nothing_is_filled_in(room: Room) -> None:
    page = room.page()
    assert page.state(Form(), once, adult) == NOTHING
    room.sends(WITH_PULSE)
    (line,) = lines(page)
    assert (line.instrument, f"{line.at:%H:%M}", line.may_use) == ("UA-651BLE", "10:41", True)
    assert said(line) == {"bp": "142/88", "pulse": "72"}
    assert (line.remarks, line.doubts, line.unfit) == ((Remark.CUFF_LOOSE,), (), ())
    assert room.drawn > 0


def test_a_page_that_is_opened_later_offers_it_too(room: Room) -> None:
    room.sends(WITH_PULSE)
    assert len(lines(room.page())) == 1


def test_a_reading_from_before_the_rooming_is_not_offered_and_its_value_not_told(room: Room) -> None:
    room.roomed = Moment(room.clock.utc - timedelta(seconds=30), -300)
    room.sends(WITH_PULSE)
    state = room.page().state(Form(), once, adult)
    assert state.lines == ()
    assert state.missed == Missed("UA-651BLE", Why.OLDER, timedelta(seconds=-53))


def test_where_nobody_was_roomed_only_what_comes_from_now_on_is_offered(room: Room) -> None:
    room.sends(octets("00 8e00 5800 6a00"))
    room.roomed = None
    room.clock.forward(minutes=1)
    page = room.page()
    assert lines(page) == ()
    room.clock.forward(minutes=1)
    room.sends(octets("00 8200 5000 6000"))
    assert [said(line) for line in lines(page)] == [{"bp": "130/80"}]


def test_an_error_code_is_no_reading_and_that_is_said(room: Room) -> None:
    page = room.page()
    room.sends(octets(f"12 ff07 ff07 ff07 {AT} 0000"))
    state = page.state(Form(), once, adult)
    assert (state.lines, state.missed) == ((), Missed("UA-651BLE", Refusal.NO_NUMBER))


def test_a_clock_that_is_off_is_told(room: Room) -> None:
    """It says 11:42:00 when it is 10:42, and measured at 11:41:07 by its own clock."""
    page = room.page()
    room.sends(octets("02 8e00 5800 6a00 ea07 0b 18 0b 29 07"), its_clock="ea07 0b 18 0b 2a 00 02 00 00")
    (line,) = lines(page)
    assert (f"{line.at:%H:%M}", line.doubts, line.ahead) == ("10:41", (Doubt.CLOCK_OFF,), timedelta(hours=1))


def test_a_clock_ahead_that_could_not_be_asked_is_told_and_nothing_offered(room: Room) -> None:
    page = room.page()
    room.sends(octets("02 8e00 5800 6a00 ea07 0b 18 0b 29 07"))
    assert page.state(Form(), once, adult).missed == Missed("UA-651BLE", Why.AHEAD, timedelta(minutes=59, seconds=7))


def test_what_comes_later_stands_below_and_moves_nothing(room: Room) -> None:
    page = room.page()
    for at, systolic in enumerate(("8200", "8300", "8400", "8500")):
        room.clock.forward(seconds=at)
        room.sends(octets(f"00 {systolic} 5000 6000"))
    state = page.state(Form(), once, adult)
    assert [said(line)["bp"] for line in state.lines] == ["130/80", "131/80", "132/80"]
    assert state.more == 1


# used


def test_use_fills_the_fields_with_the_instrument_named(room: Room) -> None:
    page = room.page()
    room.sends(WITH_PULSE)
    form = used(page)
    assert form.texts == {BP_UPPER: "142", BP_LOWER: "88", "pulse": "72"}
    assert form.how == {"bp": {"device": "UA-651BLE"}, "pulse": {"device": "UA-651BLE"}}
    assert form.units == {"bp": "mm[Hg]", "pulse": "/min"}
    assert (lines(page, form), len(filling.used(form))) == ((), 1)
    assert filling.measured_at(form, "bp") == Moment(room.clock.utc - timedelta(seconds=53), -300)


@pytest.mark.parametrize(
    ("instrument", "number", "raw", "texts", "ucum", "how"),
    [
        (SCALE, 0x2A9D, "00 1042", {"weight": "84.560"}, "kg", {"device": "Scale UC-352"}),
        (SCALE, 0x2A9D, "01 d048", {"weight": "186.40"}, "[lb_av]", {"device": "Scale UC-352"}),
        (THERMOMETER, 0x2A1C, "04 6d0100ff 03", {"temperature": "36.5"}, "Cel", {"device": THERMOMETER.id, "site": "ear"}),
        (SCALE, 0x2A5E, "00 6100 4700", {"spo2": "97", "pulse": "71"}, "%", {"device": "Scale UC-352"}),
        (SCALE, 0x2A5E, "00 cbf3 4700", {"spo2": "97", "pulse": "71"}, "%", {"device": "Scale UC-352"}),  # 97.1 %
        (CUFF, 0x2A35, "01 bdf0 75f0 9bf0", {BP_UPPER: "142", BP_LOWER: "88"}, "mm[Hg]", {"device": "UA-651BLE"}),
    ],
)
def test_each_profile_fills_its_own_fields(
    room: Room, instrument: Instrument, number: int, raw: str, texts: dict[str, str], ucum: str, how: dict[str, str]
) -> None:
    page = room.page()
    room.sends(octets(raw), of=instrument, number=number)
    form = used(page)
    first = form.instruments[0].row
    assert (form.texts, form.units[first], form.how[first]) == (texts, ucum, how)


def test_what_was_typed_is_never_typed_over(room: Room) -> None:
    page = room.page()
    room.sends(WITH_PULSE)
    form = used(page, Form(texts={"pulse": "80"}))
    assert form.texts == {"pulse": "80", BP_UPPER: "142", BP_LOWER: "88"}
    assert [one.row for one in form.instruments] == ["bp"]


def test_a_reading_without_an_empty_row_cannot_be_used(room: Room) -> None:
    page = room.page()
    room.sends(octets("00 8e00 5800 6a00"))
    for full in (Form(texts={BP_UPPER: "130"}), Form(absent={BP_UPPER: "asked-declined"})):
        (line,) = lines(page, full)
        assert not line.may_use
        assert page.use(line.key, full, once, adult) == full


def test_the_second_pressure_goes_to_the_row_where_it_is_taken_again(room: Room) -> None:
    page = room.page()
    room.sends(octets("00 8e00 5800 6a00"))
    form = used(page, Form(how={"bp": {"site": "left_arm"}}), places=twice)
    room.clock.forward(minutes=5)
    room.sends(octets("00 8200 5000 6000"))
    form = used(page, form, places=twice)
    assert (form.texts["bp#2.systolic"], form.texts["bp#2.diastolic"]) == ("130", "80")
    assert form.how["bp#2"] == {"device": "UA-651BLE"}
    assert len(filling.used(form)) == 2


def test_a_childs_weight_in_pounds_is_not_filled_in(room: Room) -> None:
    page = room.page()
    room.sends(octets("01 d048"), of=SCALE, number=0x2A9D)
    (line,) = lines(page, units=child)
    assert (line.unfit, line.may_use) == ((Sign.WEIGHT,), False)
    assert page.use(line.key, (empty := Form()), once, child) == empty


def test_a_site_that_she_said_stays(room: Room) -> None:
    page = room.page()
    room.sends(octets("04 6d0100ff 03"), of=THERMOMETER, number=0x2A1C)
    form = used(page, Form(how={"temperature": {"site": "mouth"}}))
    assert form.how["temperature"] == {"site": "mouth", "device": THERMOMETER.id}


# still the instrument's


@pytest.fixture
def both(room: Room) -> Form:
    page = room.page()
    room.sends(WITH_PULSE)
    return used(page)


def test_a_row_that_is_typed_in_is_no_more_the_instruments(both: Form) -> None:
    form = filling.kept_true(both.typed(BP_UPPER, "138"))
    assert form.how["bp"] == {}
    assert [one.row for one in form.instruments] == ["pulse"]
    assert filling.used(form) == filling.used(both)


def test_nothing_of_it_left_means_not_used(room: Room, both: Form) -> None:
    form = filling.kept_true(both.typed(BP_UPPER, "138").typed("pulse", ""))
    assert filling.used(form) == ()
    assert len(lines(room.page(), form)) == 1


def test_another_unit_is_another_value(room: Room) -> None:
    page = room.page()
    room.sends(octets("00 1042"), of=SCALE, number=0x2A9D)
    form = used(page)
    assert filling.kept_true(form) == form
    changed = filling.kept_true(replace(form, units={"weight": "[lb_av]"}))
    assert (changed.instruments, changed.how["weight"]) == ((), {})


def test_what_was_filled_in_outlives_a_restart(both: Form) -> None:
    assert msgspec.json.decode(msgspec.json.encode(both), type=Form) == both


# on record


def test_saved_it_is_used_and_offered_to_nobody(room: Room, vitals: Vitals, both: Form) -> None:
    page, next_page = room.page(), room.page(LATER.visit)
    saved(vitals, both)
    for each in (page, next_page):
        each.look()
        assert lines(each) == ()


def test_until_it_is_saved_it_is_still_offered(room: Room, both: Form) -> None:
    """The process was killed between Use and Save: the store knows nothing of it."""
    assert len(lines(room.page())) == 1
    assert not UsedReadings(room.unit).is_used(filling.used(both)[0])


def test_after_a_restart_what_was_used_is_not_offered_again(tmp_path: Path, clock: SetClock) -> None:
    with unit_of_work(tmp_path, clock) as unit:
        room = Room(clock, unit)
        room.sends(WITH_PULSE)
        saved(Vitals(unit.write, unit.read, clock), used(room.page()))
    with unit_of_work(tmp_path, clock) as unit:
        room = Room(clock, unit)
        room.sends(WITH_PULSE)
        assert room.page().state(Form(), once, adult) == NOTHING


def test_one_reading_in_two_forms_is_saved_once(room: Room, vitals: Vitals, both: Form) -> None:
    other = used(room.page(LATER.visit))
    saved(vitals, both)
    with pytest.raises(Problem) as raised:
        saved(vitals, other, visit=LATER)
    assert raised.value.code is Code.READING_USED
    assert vitals.sets(opened(LATER)) == ()


def test_saving_the_same_form_twice_is_once(vitals: Vitals, both: Form) -> None:
    saved(vitals, both)
    saved(vitals, both)
    assert len(vitals.sets(opened())) == 1


def test_it_is_charted_with_the_instrument_and_as_sent(room: Room, vitals: Vitals) -> None:
    page = room.page()
    room.sends(octets("00 1042"), of=SCALE, number=0x2A9D)
    form = used(page)
    weight = measured(Sign.WEIGHT, form.texts["weight"], form.units["weight"], **form.how["weight"])
    saved(vitals, form, weight)
    (made,) = vitals.sets(opened())
    assert made.readings[0].measurement.value == Quantity(Decimal("84.560"), "kg", "84.560")
    assert made.readings[0].measurement.qualifiers == {"device": "Scale UC-352"}


# not this patient


def test_what_is_not_hers_is_offered_to_others_alone(room: Room) -> None:
    page, other = room.page(), room.page(LATER.visit)
    room.sends(WITH_PULSE)
    page.not_theirs(lines(page)[0].key)
    assert (lines(page), lines(room.page())) == ((), ())
    assert len(lines(other)) == 1


def test_what_is_offered_no_more_fills_nothing(room: Room, vitals: Vitals, both: Form) -> None:
    page = room.page()
    (line,) = lines(page)
    saved(vitals, both)
    empty = Form()
    assert page.use(line.key, empty, once, adult) == empty


def test_a_closed_page_is_told_nothing(room: Room) -> None:
    page = room.page()
    page.close()
    room.sends(WITH_PULSE)
    assert room.drawn == 0


def test_without_bluetooth_nothing_is_asked(clock: SetClock, unit: UnitOfWork) -> None:
    def never() -> Any:
        raise AssertionError

    asleep: Callable[[], Station] = Station
    page = Offered(Instruments(asleep, clock, UsedReadings(unit), JobByHand(), never), clock, VISIT.visit, never, lambda: None)
    assert page.state(Form(), once, adult) is NOTHING
