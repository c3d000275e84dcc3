"""A series lying, sitting and standing: typed, timed by the clock, judged, put on record once, and never lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.core.findings import Severity
from maroom.duties.vitals.model import Absent, Component, Entry, Measurement, Reading, Sign, Why
from maroom.duties.vitals.presenter.orthostatic import OrthostaticPresenter, State
from maroom.duties.vitals.presenter.orthostatic.drawing import measurements
from maroom.duties.vitals.presenter.orthostatic.form import Form
from maroom.duties.vitals.presenter.orthostatic.state import Line
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.orthostatic import OrthostaticFound, Position
from maroom.duties.vitals.rules.steps import Step, minutes_since, note, steps
from maroom.duties.vitals.service import Vitals
from maroom.store.timers import Timers
from maroom.store.unit_of_work import UnitOfWork
from tests.builders import SetClock
from tests.duties.vitals.build import ADULT, VISIT, opened
from tests.duties.vitals.test_wire import read, sent


class Page:
    """The page around a series: counts drawings, puts on record what it is given."""

    def __init__(self, unit: UnitOfWork, clock: SetClock, vitals: Vitals) -> None:
        self._unit, self._clock, self._vitals = unit, clock, vitals
        self.entries: list[Entry] = []
        self.drawings = 0
        self.refuses = False
        self.series = self.anew()

    def anew(self) -> OrthostaticPresenter:
        """As after a lock or a restart."""
        self.series = OrthostaticPresenter(VISIT, ADULT, self._clock, Timers(self._unit), self._record, self._draw)
        return self.series

    @property
    def state(self) -> State:
        return self.series.state

    def line(self, key: str) -> Line:
        return next(line for line in self.state.lines if line.key == key)

    def take(self, step: str, pressure: str, pulse: str = "") -> None:
        upper, _, lower = pressure.partition("/")
        for part, text in (("systolic", upper), ("diastolic", lower), ("pulse", pulse)):
            if text:
                self.series.typed(f"{step}.{part}", text)
        self.series.left(step)

    def readings(self) -> list[Reading]:
        return [one for made in self._vitals.sets(opened()) for one in made.readings]

    def _record(self, entry: Entry) -> bool:
        if not self.refuses:
            self.entries.append(entry)
            self._vitals.record(opened(), entry)
        return not self.refuses

    def _draw(self) -> None:
        self.drawings += 1


@pytest.fixture
def page(unit: UnitOfWork, clock: SetClock, vitals: Vitals) -> Page:
    return Page(unit, clock, vitals)


def timed(page: Page, clock: SetClock) -> None:
    """Lying for five minutes, then standing for one and for three, a cuff taking half a minute."""
    page.series.lies_down()
    clock.forward(minutes=5, seconds=30)
    page.take("lying", "138/84", "70")
    page.series.stands_up()
    clock.forward(minutes=1, seconds=30)
    page.take("standing-1", "116/76", "84")
    clock.forward(minutes=2)
    page.take("standing-3", "120/78", "82")


def codes(page: Page) -> list[str]:
    return [one.code for one in page.state.found]


def test_the_steps_are_those_of_the_procedure() -> None:
    assert [(step.key, step.position, step.minutes) for step in steps()] == [
        ("lying", Position.LYING, 5),
        ("sitting", Position.SITTING, None),
        ("standing-1", Position.STANDING, 1),
        ("standing-3", Position.STANDING, 3),
    ]


def test_a_drop_is_told_while_it_is_typed(page: Page, clock: SetClock) -> None:
    timed(page, clock)
    assert (codes(page), page.state.positive) == ([OrthostaticFound.DROP], True)
    assert page.state.found[0].detail == "22/8"
    change = page.line("standing-1").change
    assert change is not None
    assert (str(change), change.pulse) == ("22/8", 14)
    assert [line.fell for line in page.state.lines] == [False, False, True, False]
    assert page.line("lying").change is None


def test_minutes_come_from_the_clock_and_are_not_moved_by_later_typing(page: Page, clock: SetClock) -> None:
    timed(page, clock)
    clock.forward(minutes=10)
    page.series.typed("standing-1.pulse", "85")
    page.series.stands_up()
    assert [line.counted for line in page.state.lines] == [5, None, 1, 3]


def test_without_the_clock_nobody_knows_the_minutes_until_they_are_typed(page: Page) -> None:
    page.take("lying", "138/84")
    page.take("standing-1", "110/76")
    assert codes(page) == [OrthostaticFound.MINUTES_UNKNOWN]
    page.series.typed("standing-1.minutes", "1")
    assert codes(page) == [OrthostaticFound.DROP]


@pytest.mark.parametrize(
    ("key", "seconds", "counted"),
    [
        ("standing-1", 60, "1"),
        ("standing-1", 150, "1"),  # 90 seconds for the cuff
        ("standing-1", 151, "2.5"),
        ("standing-1", 59, "0.9"),
        ("standing-1", 15, "0.2"),
        ("standing-3", 270, "3"),
        ("standing-3", 271, "4.5"),
        ("standing-3", 100, "1.6"),
        ("lying", 299, "4"),
        ("lying", 720, "12"),
        ("sitting", 60, "1"),
    ],
)
def test_how_long_it_was(key: str, seconds: int, counted: str) -> None:
    step, began = next(step for step in steps() if step.key == key), datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert minutes_since(step, began, began + timedelta(seconds=seconds)) == Decimal(counted)


def test_a_time_before_it_began_tells_nothing() -> None:
    began = datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert minutes_since(steps()[0], began, began - timedelta(seconds=1)) is None
    assert minutes_since(steps()[0], None, began) is None


@given(st.sampled_from([step for step in steps() if step.position is Position.STANDING]), st.integers(0, 3600))
def test_standing_is_never_counted_longer_than_it_was(step: Step, seconds: int) -> None:
    began = datetime(2026, 11, 24, 15, tzinfo=UTC)
    counted = minutes_since(step, began, began + timedelta(seconds=seconds))
    assert counted is not None
    assert counted * 60 <= seconds


def test_the_series_goes_on_record_once_as_one_set(page: Page, clock: SetClock) -> None:
    page.series.chose("site", "left_arm")
    page.series.chose("cuff", "adult")
    timed(page, clock)
    page.series.felt("standing-1", "dizzy")
    page.series.save()
    page.series.save()
    assert len(page.entries) == 1
    kept = [(one.measurement.sign, one.measurement.qualifiers, one.measurement.note) for one in page.readings()]
    how = {"site": "left_arm", "cuff": "adult"}
    assert kept == [
        (Sign.BP, {**how, "position": "lying"}, "Lying 5 min."),
        (Sign.PULSE, {"position": "lying"}, "Lying 5 min."),
        (Sign.BP, {**how, "position": "standing", "symptom": "dizzy"}, "Standing 1 min."),
        (Sign.PULSE, {"position": "standing"}, "Standing 1 min."),
        (Sign.BP, {**how, "position": "standing"}, "Standing 3 min."),
        (Sign.PULSE, {"position": "standing"}, "Standing 3 min."),
    ]
    assert len({one.set_id for one in page.readings()}) == 1
    lying, standing = (one.measured.utc for one in page.readings()[:3:2])
    assert (standing - lying).total_seconds() == 90


def test_after_saving_the_sheet_is_empty_and_its_timers_have_stopped(page: Page, clock: SetClock, unit: UnitOfWork) -> None:
    page.series.open()
    timed(page, clock)
    page.series.save()
    assert not page.state.is_open
    assert not any(line.is_taken for line in page.state.lines)
    assert (page.state.rest, page.state.stood) == (None, None)
    assert Timers(unit).running() == ()
    assert page.series.draft() is None


def test_what_is_not_put_on_record_stays(page: Page, clock: SetClock) -> None:
    page.series.open()
    timed(page, clock)
    page.refuses = True
    page.series.save()
    assert page.state.is_open
    assert page.line("lying").systolic.text == "138"
    assert page.state.stood is not None


def test_timers_outlive_the_page(page: Page, clock: SetClock) -> None:
    page.series.lies_down()
    clock.forward(minutes=5)
    page.take("lying", "138/84")
    page.series.stands_up()
    draft = page.series.draft()
    assert draft is not None
    clock.forward(minutes=1)
    page.anew().restore(draft)
    page.take("standing-1", "130/80")
    assert [line.counted for line in page.state.lines] == [5, None, 1, None]
    assert page.state.stood is not None
    assert page.line("standing-3").due == page.state.stood.started + timedelta(minutes=3)


def test_the_draft_of_a_set_that_is_on_record_is_left_alone(page: Page, clock: SetClock) -> None:
    timed(page, clock)
    draft = page.series.draft()
    assert draft is not None
    page.series.save()
    page.anew().restore(draft, frozenset(one.set_id for one in page.readings()))
    assert not page.state.may_save


def test_an_open_sheet_is_open_again(page: Page) -> None:
    page.series.open()
    page.series.typed("lying.systolic", "138")
    draft = page.series.draft()
    assert draft is not None
    page.anew().restore(draft)
    assert page.state.is_open
    assert page.line("lying").systolic.text == "138"


def test_a_draft_of_another_shape_is_left_alone(page: Page) -> None:
    page.series.restore(b'{"form": 3}')
    page.series.restore(b"\x00")
    assert not page.state.may_save


# typing


def test_a_pasted_pressure_is_shared_out_and_a_stroke_leads_on(page: Page) -> None:
    page.series.typed("lying.systolic", "138/84")
    assert [cell.text for cell in page.line("lying").cells] == ["138", "84", ""]
    page.series.typed("standing-1.systolic", "120/")
    assert page.state.wanted == "standing-1.diastolic"
    assert page.line("standing-1").systolic.text == "120"


def test_nothing_is_refused_while_it_is_typed(page: Page) -> None:
    page.series.typed("lying.systolic", "13")
    assert page.line("lying").finding is None
    page.series.left("lying")
    finding = page.line("lying").finding
    assert finding is not None
    assert finding.severity is Severity.REFUSED
    assert page.line("lying").systolic.severity == Severity.REFUSED


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("lying.systolic", "13884", Found.RUN_TOGETHER),
        ("lying.diastolic", "x", Found.NO_NUMBER),
        ("lying.pulse", "70.5", Found.NOT_WHOLE),
        ("lying.minutes", "soon", Found.NO_NUMBER),
        ("lying.minutes", "61", Found.TOO_HIGH),
    ],
)
def test_what_cannot_be_is_shown_at_its_field_and_not_saved(page: Page, field: str, text: str, code: Found) -> None:
    page.take("lying", "138/84", "70")
    page.series.typed(field, text)
    page.series.save()
    assert (page.state.wanted, page.entries) == (field, [])
    finding = page.line("lying").finding
    assert finding is not None
    assert finding.code == code


def test_half_a_pressure_is_not_saved(page: Page) -> None:
    page.series.typed("lying.systolic", "138")
    page.series.save()
    assert page.state.wanted == "lying.diastolic"
    assert page.entries == []


def test_an_unusual_value_is_asked_about_once(page: Page) -> None:
    page.take("lying", "84/50")
    asks = page.line("lying").asks
    assert asks is not None
    assert asks.code == Found.UNUSUALLY_LOW
    page.series.save()
    assert page.entries == []
    page.series.confirm("lying")
    page.series.save()
    assert len(page.entries) == 1


def test_a_value_typed_anew_has_to_be_said_to_be_right_anew(page: Page) -> None:
    page.take("lying", "84/50")
    page.series.confirm("lying")
    page.take("lying", "82/50")
    assert page.line("lying").asks is not None


def test_an_impossible_reading_is_no_part_of_the_series(page: Page) -> None:
    page.take("lying", "138/84")
    page.take("standing-1", "70/110")
    assert page.state.found == ()
    assert page.line("standing-1").change is None


# not taken


def test_a_step_that_was_not_taken_says_why(page: Page) -> None:
    page.take("lying", "138/84")
    page.series.not_taken("standing-1", Why.DECLINED)
    page.series.save()
    (_, absent) = page.readings()
    assert absent.measurement == Measurement(
        Sign.BP, Absent(Why.DECLINED), qualifiers={"position": "standing"}, parts=absent.measurement.parts
    )


def test_a_value_takes_the_place_of_the_reason(page: Page) -> None:
    page.series.not_taken("lying", Why.NOT_DONE)
    assert page.line("lying").absent == Why.NOT_DONE
    page.take("lying", "138/84")
    assert page.line("lying").absent == ""
    page.series.not_taken("lying", Why.NOT_DONE)
    assert not page.line("lying").is_taken
    page.series.not_taken("lying", "")
    assert not page.state.may_save


def test_symptoms_ask_to_stop_and_what_was_not_taken_is_said(page: Page) -> None:
    page.take("lying", "138/84")
    page.take("standing-1", "110/70")
    page.series.felt("standing-1", "none")
    assert not page.state.stop
    page.series.felt("standing-1", "faint")
    assert page.state.stop
    page.series.stop()
    assert [line.absent for line in page.state.lines] == ["", "", "", Why.NOT_OBTAINED]
    assert page.line("standing-1").systolic.text == "110"


def test_nothing_typed_is_nothing_saved(page: Page) -> None:
    page.series.lies_down()
    page.series.chose("site", "left_arm")
    page.series.save()
    assert page.entries == []
    assert not page.state.may_save
    page.series.typed("lying.systolic", "1")
    page.series.typed("lying.systolic", "")
    assert not page.state.may_save
    assert page.series.entry() is None


def test_a_pulse_alone_carries_what_was_felt(page: Page) -> None:
    page.series.typed("standing-1.pulse", "120")
    page.series.felt("standing-1", "dizzy")
    entry = page.series.entry()
    assert entry is not None
    assert [(one.sign, one.qualifiers) for one in entry.measurements] == [
        (Sign.PULSE, {"position": "standing", "symptom": "dizzy"})
    ]


def test_arm_and_cuff_are_asked_and_never_filled_in(page: Page) -> None:
    assert [(one.name, one.chosen) for one in page.state.how] == [("site", ""), ("cuff", "")]
    assert all(line.symptom == "" for line in page.state.lines)
    assert "none" in page.state.symptoms


def test_leaving_keeps_all(page: Page) -> None:
    page.series.open()
    page.take("lying", "138/84")
    page.series.leave()
    assert not page.state.is_open
    page.series.open()
    assert page.line("lying").systolic.text == "138"


def test_every_change_is_drawn(page: Page) -> None:
    for number, act in enumerate((page.series.open, page.series.lies_down, page.series.stands_up, page.series.stop), start=1):
        act()
        assert page.drawings == number


NUMBERS = st.integers(60, 220)


@given(NUMBERS, st.integers(40, 59))
def test_what_was_typed_is_what_is_on_record(systolic: int, diastolic: int) -> None:
    now, form = SetClock().now(), Form()
    for part, number in (("systolic", systolic), ("diastolic", diastolic)):
        form = form.typed(f"standing-3.{part}", str(number), now, Decimal(3))
    (only,) = measurements(form)
    halves = [only.half(half) for half in (Component.SYSTOLIC, Component.DIASTOLIC)]
    assert [(half and half.value, half and half.entered) for half in halves] == [
        (systolic, str(systolic)),
        (diastolic, str(diastolic)),
    ]
    assert (only.at, only.note) == (now, "Standing 3 min.")


def test_notes_say_tenths_only_where_there_are_any() -> None:
    assert note(Position.STANDING, Decimal("3.0")) == "Standing 3 min."
    assert note(Position.STANDING, Decimal(10)) == "Standing 10 min."
    assert note(Position.LYING, Decimal("0.5")) == "Lying 0.5 min."
    assert note(Position.LYING, None) == ""


def test_another_station_reads_position_minutes_and_symptoms(page: Page, clock: SetClock) -> None:
    """FHIR has no element for the last two: they stand in notes."""
    timed(page, clock)
    page.series.felt("standing-1", "dizzy")
    entry = page.series.entry()
    assert entry is not None
    standing = next(one for one in entry.measurements if one.note == "Standing 1 min." and one.sign is Sign.BP)
    body = sent(standing)
    assert [note["text"] for note in body["note"]] == ["Dizzy on standing.", "Standing 1 min."]
    back = read(body).measurement
    assert (back.qualifiers, back.note) == ({"position": "standing", "symptom": "dizzy"}, "Standing 1 min.")
