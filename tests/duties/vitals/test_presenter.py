"""The page told as stories, without a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from maroom.core.clock import Moment
from maroom.core.findings import Severity
from maroom.core.people import Author, Opening
from maroom.core.problems import Code
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import Absent, Reading, Sign, Status, Subject, Why
from maroom.duties.vitals.presenter import Ports, State, VitalsPresenter, Whose, Wishes
from maroom.duties.vitals.presenter.state import Cell, Row
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.service import Vitals
from tests.builders import AMARA, DANA, SetClock
from tests.duties.vitals.build import ADULT, INFANT, LATER, VISIT, entry, measured, opened, pressure
from tests.fakes import SaidMessages

Open = Callable[..., VitalsPresenter]
NO_WISHES = Wishes()


class Drawn:
    """A view that keeps every state it was told."""

    def __init__(self) -> None:
        self.states: list[State] = []

    def render(self, state: State) -> None:
        self.states.append(state)


@pytest.fixture
def page(ports: Ports) -> Open:
    def opened_page(
        subject: Subject = ADULT, visit: VisitRef = VISIT, author: Author = DANA, wishes: Wishes = NO_WISHES
    ) -> VitalsPresenter:
        with_wishes = replace(ports, wishes=wishes)
        return VitalsPresenter(Opening(author, visit), Whose("Okafor-Reyes, Thomas", subject), with_wishes)

    return opened_page


def row(made: VitalsPresenter, sign: Sign) -> Row:
    return next(one for one in made.state.rows if one.sign is sign)


def fill(made: VitalsPresenter, **texts: str) -> None:
    for name, text in texts.items():
        made.typed(name.replace("__", "."), text)
    made.focused(None)


ADULT_TEXTS = {"bp__systolic": "142/88", "pulse": "72", "temperature": "98.6", "breathing": "16"} | {
    "spo2": "97",
    "weight": "186",
    "height": "5'7\"",
    "pain": "3",
}


# the form


def test_an_adult_is_asked_eight_signs_and_nothing_is_filled_in(page: Open) -> None:
    state = page().state
    assert [one.sign.value for one in state.rows] == [
        "bp",
        "pulse",
        "temperature",
        "breathing",
        "spo2",
        "weight",
        "height",
        "pain",
    ]
    assert not any(cell.text for one in state.rows for cell in one.cells)
    assert not any(question.chosen for one in state.rows for question in one.questions)
    assert not state.may_save


def test_an_infant_has_a_length_and_is_weighed_in_kilograms(page: Open) -> None:
    made = page(INFANT, wishes=Wishes({"weight": "[lb_av]"}))
    assert row(made, Sign.LENGTH).unit == "cm"
    assert (row(made, Sign.WEIGHT).unit, row(made, Sign.WEIGHT).units) == ("kg", ("kg", "g"))


def test_the_clinics_unit_comes_first(page: Open) -> None:
    assert row(page(wishes=Wishes({"temperature": "Cel"})), Sign.TEMPERATURE).unit == "Cel"
    assert row(page(), Sign.TEMPERATURE).unit == "[degF]"


def test_a_whole_set_is_saved_and_said(page: Open, vitals: Vitals, clock: SetClock) -> None:
    made = page()
    fill(made, **ADULT_TEXTS)
    made.chose(Sign.BP, "site", "left_arm")
    made.save()
    (saved,) = vitals.sets(opened())
    assert {one.sign for one in saved.readings} == {one.sign for one in made.state.rows} | {Sign.BMI}
    assert next(one for one in saved.readings if one.sign is Sign.BP).measurement == pressure(142, 88, site="left_arm")
    assert made.state.saved
    assert (made.state.saved.name, f"{made.state.saved.at:%H:%M}") == ("Okafor-Reyes, Thomas", "10:42")
    assert not any(cell.text for one in made.state.rows for cell in one.cells)
    assert [one.by for one in made.state.sets] == ["Dana Reyes"]


def test_a_double_press_makes_one_set(page: Open, vitals: Vitals) -> None:
    made = page()
    fill(made, pulse="72")
    made.save()
    made.save()
    assert len(vitals.sets(opened())) == 1


def test_what_was_saved_is_forgotten_with_the_next_key(page: Open) -> None:
    made = page()
    fill(made, pulse="72")
    made.save()
    made.typed("pulse", "7")
    assert made.state.saved is None


def test_a_closed_page_draws_no_more(page: Open, vitals: Vitals) -> None:
    made, view = page(), Drawn()
    made.attach(view)
    made.close()
    vitals.record(opened(), entry(measured(Sign.PULSE, "72")))
    assert len(view.states) == 1


# a pressure in two fields


def test_the_stroke_leads_to_the_other_half(page: Open) -> None:
    made = page()
    for text in ("1", "14", "142", "142/"):
        made.typed("bp.systolic", text)
    assert made.state.wanted == "bp.diastolic"
    made.typed("bp.diastolic", "88")
    assert row(made, Sign.BP).cells == (Cell("bp.systolic", "142", Severity.ASK), Cell("bp.diastolic", "88", Severity.ASK))
    assert made.state.wanted == ""


def test_a_pasted_pressure_is_shared_out(page: Open) -> None:
    made = page()
    made.typed("bp.systolic", " 142 / 88 ")
    assert [cell.text for cell in row(made, Sign.BP).cells] == ["142", "88"]


@pytest.mark.parametrize(
    ("upper", "lower", "code"),
    [
        ("12080", "", Found.RUN_TOGETHER),
        ("142", "", Found.HALF_MISSING),
        ("80", "120", Found.REVERSED),
        ("x", "88", Found.NO_NUMBER),
    ],
)
def test_what_is_no_pressure_is_told_when_its_row_is_left(page: Open, upper: str, lower: str, code: Found) -> None:
    made = page()
    made.typed("bp.systolic", upper)
    made.typed("bp.diastolic", lower)
    assert row(made, Sign.BP).finding is None
    made.focused(Sign.PULSE, typing=True)
    finding = row(made, Sign.BP).finding
    assert finding
    assert (finding.code, finding.severity) == (code, Severity.REFUSED)


def test_a_missing_half_may_have_a_reason(page: Open, vitals: Vitals) -> None:
    made = page()
    fill(made, bp__systolic="142")
    made.not_taken(Sign.BP, Why.NOT_OBTAINED)
    made.save()
    assert vitals.sets(opened())[0].readings[0].measurement == pressure(142, Absent(Why.NOT_OBTAINED))


def test_a_refused_pressure_is_one_reading_without_halves(page: Open, vitals: Vitals) -> None:
    made = page()
    made.not_taken(Sign.BP, Why.DECLINED)
    assert row(made, Sign.BP).absent == Absent(Why.DECLINED)
    made.save()
    assert vitals.sets(opened())[0].readings[0].measurement.absent == Absent(Why.DECLINED)


def test_a_reason_is_taken_back_by_a_value_or_by_itself(page: Open) -> None:
    made = page()
    made.not_taken(Sign.PULSE, Why.DECLINED)
    made.typed("pulse", "72")
    assert row(made, Sign.PULSE).absent is None
    made.not_taken(Sign.PAIN, Why.NOT_DONE)
    made.not_taken(Sign.PAIN, "")
    assert row(made, Sign.PAIN).absent is None
    made.not_taken(Sign.PULSE, Why.DECLINED)
    assert row(made, Sign.PULSE).cells[0].text == ""


# findings


def test_every_wrong_field_is_told_and_the_first_is_wanted(page: Open, vitals: Vitals) -> None:
    made = page()
    fill(made, pulse="72", temperature="46c", spo2="101")
    made.save()
    refused = [one.sign for one in made.state.rows if one.finding and one.finding.severity is Severity.REFUSED]
    assert refused == [Sign.TEMPERATURE, Sign.SPO2]
    assert made.state.wanted == "temperature"
    assert vitals.sets(opened()) == ()


def test_an_unusual_value_is_asked_once_and_stands(page: Open, vitals: Vitals) -> None:
    made = page()
    fill(made, pulse="35")
    made.save()
    assert (made.state.wanted, bool(row(made, Sign.PULSE).asks)) == ("pulse", True)
    made.save()
    assert vitals.sets(opened()) == ()
    made.confirm(Sign.PULSE)
    assert (row(made, Sign.PULSE).asks, row(made, Sign.PULSE).kept) == (None, True)
    made.save()
    assert len(vitals.sets(opened())) == 1


def test_another_unusual_value_is_asked_about_anew(page: Open) -> None:
    made = page()
    fill(made, pulse="35")
    made.confirm(Sign.PULSE)
    fill(made, pulse="36")
    assert row(made, Sign.PULSE).asks


def test_a_told_finding_holds_nothing_up(page: Open, vitals: Vitals) -> None:
    made = page()
    fill(made, bp__systolic="142/88", pulse="55")
    made.save()
    assert len(vitals.sets(opened())) == 1


def test_limit_and_value_follow_the_unit(page: Open) -> None:
    made = page()
    fill(made, temperature="38.6")
    finding = row(made, Sign.TEMPERATURE).finding
    assert finding
    assert (finding.code, finding.unit) == (Found.UNIT_SLIP, "Cel")
    made.unit_changed(Sign.TEMPERATURE, "Cel")
    there = row(made, Sign.TEMPERATURE)
    assert (there.cells[0].text, there.unit, str(there.other)) == ("38.6", "Cel", "101.5 °F")
    assert there.finding
    assert there.finding.code == Found.FEVER


def test_a_unit_typed_with_the_number_counts(page: Open) -> None:
    made = page()
    fill(made, weight="84.4 kg")
    assert (row(made, Sign.WEIGHT).unit, str(row(made, Sign.WEIGHT).other)) == ("kg", "186.1 lb")


def test_the_site_decides_about_fever(page: Open) -> None:
    made = page()
    fill(made, temperature="99.0")
    assert row(made, Sign.TEMPERATURE).finding.code == Found.USUAL  # type: ignore[union-attr]
    made.chose(Sign.TEMPERATURE, "site", "armpit")
    assert row(made, Sign.TEMPERATURE).finding.code == Found.FEVER  # type: ignore[union-attr]


def test_body_mass_follows_weight_and_height(page: Open) -> None:
    made = page()
    fill(made, weight="186", height="5 7")
    remark = row(made, Sign.HEIGHT).remark
    assert remark
    assert (remark.code, remark.value) == ("bmi", "29.1")
    fill(made, weight="x")
    assert row(made, Sign.HEIGHT).remark is None


# before


def test_the_last_value_stands_beside_and_the_change_is_told(page: Open, vitals: Vitals, clock: SetClock) -> None:
    vitals.record(opened(), entry(measured(Sign.WEIGHT, "177"), pressure(128, 80)))
    clock.forward(days=120)
    made = page(visit=LATER)
    fill(made, weight="186")
    there = row(made, Sign.WEIGHT)
    assert there.last
    assert (there.last.text, f"{there.last.at:%d %b}") == ("177", "24 Nov")
    assert there.remark
    assert (there.remark.code, there.remark.value, there.remark.unit) == ("up", "9", "lb")
    assert row(made, Sign.BP).last.text == "128/80"  # type: ignore[union-attr]


def test_the_trend_is_of_the_sign_at_hand_in_its_unit_with_what_is_typed(page: Open, vitals: Vitals, clock: SetClock) -> None:
    vitals.record(opened(), entry(measured(Sign.WEIGHT, "80", "kg")))
    clock.forward(days=120)
    made = page(visit=LATER)
    fill(made, weight="186")
    curve = made.state.curve
    assert (curve.sign, curve.unit, curve.typed) == (Sign.WEIGHT, "[lb_av]", True)
    assert [f"{point.value:.1f}" for point in curve.points] == ["176.4", "186.0"]
    made.focused(Sign.BP)
    assert (made.state.curve.sign, made.state.curve.points) == (Sign.BP, ())


def test_a_set_that_arrives_meanwhile_is_shown(page: Open, vitals: Vitals) -> None:
    made = page()
    made.typed("pulse", "7")
    vitals.record(Opening(AMARA, VISIT), entry(measured(Sign.SPO2, "97")))
    assert [one.by for one in made.state.sets] == ["Amara Koroma"]
    assert row(made, Sign.PULSE).cells[0].text == "7"


# drafts


def test_a_draft_comes_back_as_it_was(page: Open) -> None:
    made = page()
    fill(made, temperature="37,4", pulse="35")
    made.unit_changed(Sign.TEMPERATURE, "Cel")
    made.chose(Sign.BP, "cuff", "large_adult")
    made.confirm(Sign.PULSE)
    made.not_taken(Sign.PAIN, Why.DECLINED)
    kept = made.draft()
    assert kept
    again = page()
    again.restore(kept)
    made.focused(Sign.BP)
    assert again.state.rows == made.state.rows


def test_an_untouched_page_has_no_draft(page: Open) -> None:
    assert page().draft() is None


def test_a_draft_that_was_saved_already_is_left_alone(page: Open, vitals: Vitals) -> None:
    """Killed between the save and its answer: the draft on disk is older than what is on record."""
    made = page()
    fill(made, pulse="72")
    kept = made.draft()
    assert kept
    made.save()
    again = page()
    again.restore(kept)
    assert not again.state.may_save
    assert len(vitals.sets(opened())) == 1


@pytest.mark.parametrize("draft", [b"", b"{}", b"[1]", b'{"form":{"texts":3}}'])
def test_a_draft_of_another_shape_is_left_alone(page: Open, draft: bytes) -> None:
    made = page()
    made.restore(draft)
    assert not made.state.may_save


# putting right


@pytest.fixture
def reading(vitals: Vitals) -> Reading:
    return vitals.record(opened(), entry(pressure(152, 88), measured(Sign.PULSE, "72"))).readings[0]


def test_a_value_is_put_right_with_a_reason(page: Open, vitals: Vitals, reading: Reading) -> None:
    made = page(author=AMARA)
    made.correct(reading.id)
    assert made.state.correction
    assert (made.state.correction.text, made.state.correction.may_amend) == ("152/88", False)
    made.retype("142/88")
    assert not made.state.correction.may_amend
    made.explain("typed the wrong number")
    assert made.state.correction.may_amend
    made.amend()
    assert made.state.correction is None
    now = next(one for one in vitals.sets(opened())[0].readings if one.id == reading.id)
    assert (now.measurement, now.status) == (pressure(142, 88), Status.AMENDED)
    value = next(one for one in made.state.sets[0].values if one.id == reading.id)
    assert [(str(one.value), one.by, one.reason) for one in value.before] == [
        ("152/88 mmHg", "Amara Koroma", "typed the wrong number")
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Found.NO_NUMBER),
        ("14288", Found.RUN_TOGETHER),
        ("142", Found.HALF_MISSING),
        ("88/142", Found.REVERSED),
        ("400/88", Found.TOO_HIGH),
    ],
)
def test_what_cannot_be_is_refused_here_too(page: Open, reading: Reading, text: str, code: Found) -> None:
    made = page()
    made.correct(reading.id)
    made.explain("wrong")
    made.retype(text)
    assert made.state.correction
    assert made.state.correction.finding
    assert (made.state.correction.finding.code, made.state.correction.may_amend) == (code, False)


def test_an_unusual_new_value_must_be_said_to_be_right(page: Open, reading: Reading) -> None:
    made = page()
    made.correct(reading.id)
    made.explain("wrong")
    made.retype("210/88")
    assert made.state.correction
    assert (made.state.correction.asks, made.state.correction.may_amend) == (True, False)
    made.new_value_is_right()
    assert made.state.correction.may_amend


def test_a_reading_is_marked_as_entered_in_error(page: Open, vitals: Vitals, reading: Reading) -> None:
    made = page()
    made.correct(reading.id)
    made.void()
    assert made.state.correction
    made.explain("other patient")
    made.void()
    value = next(one for one in made.state.sets[0].values if one.id == reading.id)
    assert value.retracted
    made.correct(reading.id)
    assert made.state.correction is None


def test_who_was_slower_is_told_and_sees_what_stands(
    page: Open, vitals: Vitals, reading: Reading, messages: SaidMessages
) -> None:
    made = page()
    made.correct(reading.id)
    made.retype("142/88")
    made.explain("wrong")
    vitals.amend(Opening(AMARA, VISIT), reading.id, reading.revision, pressure(140, 88), "misheard")
    made.amend()
    assert [problem.code for problem in messages.problems] == [Code.CHANGED_MEANWHILE]
    value = next(one for one in made.state.sets[0].values if one.id == reading.id)
    assert str(value.value) == "140/88 mmHg"


def test_a_correction_left_alone_changes_nothing(page: Open, vitals: Vitals, reading: Reading) -> None:
    made = page()
    made.correct(reading.id)
    made.retype("1")
    made.leave_correction()
    assert made.state.correction is None
    assert made.draft() is None


def test_a_correction_is_kept_in_the_draft(page: Open, reading: Reading) -> None:
    made = page()
    made.correct(reading.id)
    made.retype("142/88")
    made.explain("wro")
    kept = made.draft()
    assert kept
    again = page()
    again.restore(kept)
    assert again.state.correction == made.state.correction


def test_what_is_wrong_with_the_store_is_told_and_the_page_stays(
    page: Open, vitals: Vitals, messages: SaidMessages, monkeypatch: pytest.MonkeyPatch
) -> None:
    from maroom.core.problems import Problem

    def full(*_: object) -> None:
        raise Problem(Code.DISK_FULL)

    made = page()
    fill(made, pulse="72")
    monkeypatch.setattr(vitals, "record", full)
    made.save()
    assert [problem.code for problem in messages.problems] == [Code.DISK_FULL]
    assert row(made, Sign.PULSE).cells[0].text == "72"
    assert made.state.may_save


def test_a_mere_day_is_shown_as_that_day(page: Open, vitals: Vitals, clock: SetClock) -> None:
    from dataclasses import replace
    from datetime import UTC, datetime

    day = replace(entry(measured(Sign.PULSE, "70")), measured=Moment(datetime(2026, 3, 12, tzinfo=UTC), 0))
    vitals.record(opened(), day)
    made = page(visit=LATER)
    assert f"{row(made, Sign.PULSE).last.at:%d %b}" == "12 Mar"  # type: ignore[union-attr]
