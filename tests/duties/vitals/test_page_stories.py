"""Stories of the page beyond plain typing: the quick line, the pressure again, slips, oxygen, time, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from maroom.core.clock import Moment
from maroom.core.people import Author, Opening
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import HALVES, Absent, Component, Reading, Sign, Spared, Status, Subject, Why
from maroom.duties.vitals.presenter import Ports, VitalsPresenter, Whose, Wishes
from maroom.duties.vitals.presenter.state import Row
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.growth.flags import GrowthFound
from maroom.duties.vitals.rules.quick.parts import Mark
from maroom.duties.vitals.rules.shown import Shown
from maroom.duties.vitals.rules.weight_changes import WeightFound
from maroom.duties.vitals.service import Vitals
from maroom.visits.service import Visits
from tests.builders import AMARA, DANA, SetClock
from tests.duties.vitals.build import ADULT, INFANT, LATER, SCHOOLCHILD, VISIT, entry, measured, opened, pressure

Open = Callable[..., VitalsPresenter]
WOMAN = Subject(date(1990, 2, 2), "female")
ADULT_LINE = "142/88 L lg sit p72 98.6f 186# 5'7\" r16 s97 pain3"


@pytest.fixture
def page(ports: Ports) -> Open:
    def of(
        subject: Subject = ADULT, visit: VisitRef = VISIT, author: Author = DANA, wishes: Wishes | None = None
    ) -> VitalsPresenter:
        whole = replace(ports, wishes=wishes) if wishes else ports
        return VitalsPresenter(Opening(author, visit), Whose("Okafor-Reyes, Thomas", subject), whole)

    return of


def row(made: VitalsPresenter, key: str) -> Row:
    return next(one for one in made.state.rows if one.key == key)


def keys(made: VitalsPresenter) -> list[str]:
    return [one.key for one in made.state.rows]


def fill(made: VitalsPresenter, **texts: str) -> None:
    for name, text in texts.items():
        made.typed(name.replace("__", ".").replace("_2", "#2"), text)
    made.focused(None)


def of_sign(vitals: Vitals, sign: Sign) -> list[Reading]:
    return [one for made in vitals.sets(opened()) for one in made.readings if one.sign is sign]


def halves(reading: Reading) -> str:
    return "/".join(f"{half.value:f}" for part in HALVES if (half := reading.measurement.half(part)))


# the quick line


def test_a_line_is_read_back_while_it_is_typed_and_changes_no_row(page: Open) -> None:
    made = page()
    made.quick_typed("142/88 L 186#")
    assert [(chip.sign, chip.how, chip.why) for chip in made.state.quick.chips] == [
        (Sign.BP, ("left_arm",), None),
        (Sign.WEIGHT, (), None),
    ]
    assert made.state.quick.chips[1].other == Shown("84.4", "kg")
    assert made.state.quick.chips[0].severity == "warn"
    assert not any(cell.text for one in made.state.rows for cell in one.cells)


def test_enter_fills_the_rows_and_a_second_one_saves_once(page: Open, vitals: Vitals) -> None:
    made = page()
    made.quick_typed(ADULT_LINE)
    made.quick_entered()
    assert [cell.text for cell in row(made, "bp").cells] == ["142", "88"]
    assert {question.chosen for question in row(made, "bp").questions} == {"left_arm", "large_adult", "sitting"}
    assert (row(made, "weight").unit, row(made, "height").cells[0].text) == ("[lb_av]", "5'7\"")
    assert vitals.sets(opened()) == ()
    made.quick_entered()
    made.quick_entered()
    (saved,) = vitals.sets(opened())
    assert len([one for one in saved.readings if not one.measurement.derived_from]) == 8
    assert made.state.quick.text == ""


def test_a_line_that_was_changed_fills_again_before_it_saves(page: Open, vitals: Vitals) -> None:
    made = page()
    made.quick_typed("p72")
    made.quick_entered()
    made.quick_typed("p76")
    made.quick_entered()
    assert (row(made, "pulse").cells[0].text, vitals.sets(opened())) == ("76", ())


def test_a_piece_that_is_not_understood_is_wanted_and_nothing_is_filled_in(page: Open) -> None:
    made = page()
    made.quick_typed("p72 banana")
    made.quick_entered()
    assert made.state.wanted == "quick"
    marked = made.state.quick.marked
    assert marked
    assert (marked.why, marked.at) == (Mark.UNKNOWN, (4, 10))
    assert row(made, "pulse").cells[0].text == ""


def test_a_piece_that_is_still_typed_is_held_against_nobody(page: Open) -> None:
    made = page()
    made.quick_typed("p72 14")
    assert [(chip.unfinished, chip.severity) for chip in made.state.quick.chips] == [(False, "ok"), (True, "")]
    made.quick_typed("p72 14 ")
    assert made.state.quick.chips[1].severity == "refused"


def test_pounds_of_a_child_are_refused_with_the_kilograms(page: Open) -> None:
    made = page(INFANT)
    made.quick_typed("7 lb 4 oz hc44.1")
    made.quick_entered()
    marked = made.state.quick.marked
    assert marked
    assert (marked.why, marked.value, marked.other) == (Mark.POUNDS, Shown("7 lb 4 oz", ""), Shown("3.289", "kg"))
    assert row(made, "weight").cells[0].text == row(made, "head").cells[0].text == ""


def test_pounds_of_a_child_in_its_row_are_refused_and_no_key_turns_them_into_kilograms(page: Open) -> None:
    made = page(SCHOOLCHILD)
    fill(made, weight="7 lb 4 oz")
    found = row(made, "weight").finding
    assert found
    assert (found.code, f"{found.limit} {found.unit}", found.detail) == (Found.POUNDS, "3.289 kg", "7 lb 4 oz")
    assert row(made, "weight").slip is None


def test_a_clinic_may_allow_pounds_kept_as_entered_and_kilograms_shown(page: Open, vitals: Vitals) -> None:
    made = page(SCHOOLCHILD, wishes=Wishes(pounds=True))
    made.quick_typed("56#")
    made.quick_entered()
    assert row(made, "weight").value == Shown("25.4", "kg")
    made.save()
    quantity = of_sign(vitals, Sign.WEIGHT)[0].measurement.quantity
    assert quantity
    assert (f"{quantity.value}", quantity.unit) == ("56", "[lb_av]")


def test_a_draft_keeps_the_line(page: Open) -> None:
    made = page()
    made.quick_typed("142/88 p7")
    draft = made.draft()
    assert draft
    again = page()
    again.restore(draft)
    assert again.state.quick.text == "142/88 p7"


# rows by age and sex


def test_an_infant_is_weighed_and_measured_first_and_its_pressure_is_not_routine(page: Open) -> None:
    made = page(INFANT)
    assert keys(made)[:3] == ["weight", "length", "head"]
    assert row(made, "bp").from_years == 3
    made.ask_for("bp")
    assert row(made, "bp").from_years is None
    assert made.state.wanted == "bp.systolic"


def test_a_woman_is_asked_her_last_period_and_a_day_to_come_is_refused(page: Open, vitals: Vitals) -> None:
    made = page(WOMAN)
    assert keys(made)[-1] == "last_period"
    assert "last_period" not in keys(page(ADULT))
    fill(made, last_period="2026-11-25")
    found = row(made, "last_period").finding
    assert found
    assert found.code == Found.FUTURE
    fill(made, last_period="3 Nov")
    made.save()
    assert of_sign(vitals, Sign.LAST_PERIOD)[0].measurement.value == date(2026, 11, 3)


def test_another_sign_is_asked_for(page: Open, vitals: Vitals) -> None:
    made = page()
    assert "waist" in made.state.more
    made.ask_for("waist")
    assert "waist" not in made.state.more
    fill(made, waist="98")
    made.save()
    assert len(of_sign(vitals, Sign.WAIST)) == 1


def test_oxygen_that_is_given_has_rows_of_its_own_and_is_a_part_of_the_saturation(page: Open, vitals: Vitals) -> None:
    made = page()
    fill(made, spo2="95")
    made.chose("spo2", "oxygen", "on_oxygen")
    assert keys(made)[5:7] == ["spo2.oxygen_flow", "spo2.oxygen_share"]
    made.typed("spo2.oxygen_flow", "2")
    made.save()
    flow = of_sign(vitals, Sign.SPO2)[0].measurement.parts[Component.OXYGEN_FLOW]
    assert not isinstance(flow, Absent)
    assert (f"{flow.value}", flow.unit) == ("2", "L/min")


def test_room_air_takes_back_what_was_given(page: Open, vitals: Vitals) -> None:
    made = page()
    fill(made, spo2="95")
    made.chose("spo2", "oxygen", "on_oxygen")
    made.typed("spo2.oxygen_flow", "2")
    made.chose("spo2", "oxygen", "room_air")
    assert "spo2.oxygen_flow" not in keys(made)
    made.save()
    assert of_sign(vitals, Sign.SPO2)[0].measurement.parts == {}


def test_what_was_counted_for_half_a_minute_is_a_rate_and_says_so(page: Open, vitals: Vitals) -> None:
    made = page()
    made.unit_changed("breathing", "30 s")
    fill(made, breathing="8")
    assert row(made, "breathing").other == Shown("16", "/min")
    made.save()
    quantity = of_sign(vitals, Sign.BREATHING)[0].measurement.quantity
    assert quantity
    assert (f"{quantity.value}", quantity.unit, quantity.entered) == ("16", "/min", "8 in 30 s")


def test_a_rhythm_is_a_reading_of_its_own(page: Open, vitals: Vitals) -> None:
    made = page()
    fill(made, pulse="72")
    made.chose("pulse", "rhythm", "irregular")
    made.save()
    (rhythm,), (pulse,) = of_sign(vitals, Sign.RHYTHM), of_sign(vitals, Sign.PULSE)
    assert rhythm.measurement.derived_from == (pulse.id,)
    assert pulse.measurement.qualifiers == {}


# the pressure again


def test_a_high_pressure_is_taken_again_and_both_are_averaged(page: Open, vitals: Vitals, clock: SetClock) -> None:
    made = page()
    fill(made, bp__systolic="143/89")
    assert keys(made)[:2] == ["bp", "bp#2"]
    rest = row(made, "bp#2").rest
    assert rest
    assert (rest.minutes, rest.due) == (1, None)
    made.start_rest()
    clock.forward(seconds=61)
    fill(made, bp_2__systolic="138/84")
    made.save()
    first, second = of_sign(vitals, Sign.BP)
    (mean,) = of_sign(vitals, Sign.BP_AVERAGE)
    assert (halves(first), halves(second), halves(mean)) == ("143/89", "138/84", "141/87")
    assert mean.measurement.derived_from == (first.id, second.id)
    assert (second.measured.utc - first.measured.utc).seconds == 61
    assert mean.measurement.until == second.measured


def test_a_usual_pressure_is_not_taken_again_but_may_be(page: Open) -> None:
    made = page()
    fill(made, bp__systolic="118/76")
    assert "bp#2" not in keys(made)
    made.ask_for("bp#2")
    assert keys(made)[:2] == ["bp", "bp#2"]


def test_two_that_are_far_apart_want_a_third(page: Open) -> None:
    made = page()
    fill(made, bp__systolic="150/90", bp_2__systolic="138/84")
    assert keys(made)[:3] == ["bp", "bp#2", "bp#3"]


def test_a_row_does_not_come_while_the_pressure_is_typed(page: Open) -> None:
    made = page()
    made.typed("bp.systolic", "143")
    made.typed("bp.diastolic", "89")
    assert "bp#2" not in keys(made)
    made.focused("pulse")
    assert "bp#2" in keys(made)


def test_the_rest_is_kept_over_a_lock_and_ends_with_the_save(page: Open, clock: SetClock) -> None:
    made = page()
    fill(made, bp__systolic="143/89")
    made.start_rest()
    draft = made.draft()
    made.close()
    assert draft
    clock.forward(seconds=20)
    again = page()
    again.restore(draft)
    rest = row(again, "bp#2").rest
    assert rest
    assert rest.due
    assert rest.due - clock.now().local() == timedelta(seconds=40)
    fill(again, bp_2__systolic="138/84")
    again.save()
    fill(again, bp__systolic="160/95")
    assert all(one.rest is None or one.rest.due is None for one in again.state.rows)


def test_a_reading_in_a_later_set_is_averaged_with_the_first(page: Open, vitals: Vitals) -> None:
    vitals.record(opened(), entry(pressure(143, 89)))
    made = page()
    fill(made, bp__systolic="138/84")
    assert "bp#2" not in keys(made)
    made.save()
    assert [halves(one) for one in of_sign(vitals, Sign.BP_AVERAGE)] == ["141/87"]


def test_a_series_of_positions_is_no_part_of_an_average(page: Open, vitals: Vitals) -> None:
    vitals.record(opened(), entry(pressure(143, 89, position="lying"), pressure(120, 80, position="standing")))
    made = page()
    fill(made, bp__systolic="118/76")
    made.save()
    assert of_sign(vitals, Sign.BP_AVERAGE) == []


# what follows is worked out anew


def test_a_corrected_reading_corrects_its_average(page: Open, vitals: Vitals) -> None:
    made = page()
    fill(made, bp__systolic="143/89", bp_2__systolic="138/84")
    made.save()
    first = of_sign(vitals, Sign.BP)[0]
    made.correct(first.id)
    made.retype("149/89")
    made.explain("typed the wrong number")
    made.amend()
    (mean,) = of_sign(vitals, Sign.BP_AVERAGE)
    assert (halves(mean), mean.status, mean.reason) == ("144/87", Status.AMENDED, "typed the wrong number")
    assert halves(mean.replaced[0]) == "141/87"


@pytest.mark.parametrize(
    ("born", "sex", "asked", "offered"),
    [
        (date(1990, 2, 2), "female", True, False),
        (date(1990, 2, 2), "male", False, True),
        (date(1951, 10, 6), "male", False, False),
        (date(2020, 3, 3), "female", False, False),
    ],
)
def test_the_last_period_is_asked_and_offered_by_age(page: Open, born: date, sex: str, asked: bool, offered: bool) -> None:
    made = page(Subject(born, sex))
    assert ("last_period" in keys(made), "last_period" in made.state.more) == (asked, offered)


def test_an_average_of_one_counts_no_more(page: Open, vitals: Vitals) -> None:
    made = page()
    fill(made, bp__systolic="143/89", bp_2__systolic="138/84")
    made.save()
    made.correct(of_sign(vitals, Sign.BP)[0].id)
    made.explain("other patient")
    made.void()
    assert of_sign(vitals, Sign.BP_AVERAGE)[0].retracted


def test_the_index_follows_the_weight(page: Open, vitals: Vitals) -> None:
    made = page()
    fill(made, weight="186", height="5'7\"")
    made.save()
    (index,) = of_sign(vitals, Sign.BMI)
    assert index.measurement.quantity
    assert f"{index.measurement.quantity.value}" == "29.1"
    made.correct(of_sign(vitals, Sign.WEIGHT)[0].id)
    made.retype("168")
    made.explain("digits turned")
    made.amend()
    (index,) = of_sign(vitals, Sign.BMI)
    assert index.measurement.quantity
    assert (f"{index.measurement.quantity.value}", index.revision) == ("26.3", 2)


def test_what_follows_is_not_put_right_by_itself(page: Open, vitals: Vitals) -> None:
    made = page()
    fill(made, weight="186", height="5'7\"")
    made.save()
    made.correct(of_sign(vitals, Sign.BMI)[0].id)
    assert made.state.correction is None


def test_a_clinic_may_want_no_calculated_readings(page: Open, vitals: Vitals) -> None:
    made = page(wishes=Wishes(calculated=False))
    fill(made, weight="186", height="5'7\"")
    made.save()
    assert of_sign(vitals, Sign.BMI) == []


def test_a_childs_percentiles_are_readings_derived_from_what_was_measured(page: Open, vitals: Vitals) -> None:
    made = page(INFANT)
    fill(made, weight="8.42", length="69.5", head="44.1")
    made.save()
    (head,) = of_sign(vitals, Sign.HEAD_PERCENTILE)
    (for_length,) = of_sign(vitals, Sign.WEIGHT_FOR_LENGTH_PERCENTILE)
    by_id = {one.id: one.sign for made_set in vitals.sets(opened()) for one in made_set.readings}
    assert [by_id[one] for one in head.measurement.derived_from] == [Sign.HEAD]
    assert [by_id[one] for one in for_length.measurement.derived_from] == [Sign.WEIGHT, Sign.LENGTH]
    assert of_sign(vitals, Sign.BMI) == []


# slips


def test_a_slip_is_taken_by_one_key(page: Open, vitals: Vitals) -> None:
    vitals.record(opened(LATER), entry(measured(Sign.WEIGHT, "68.0", "kg"), visit=LATER))
    made = page(wishes=Wishes({"weight": "kg"}))
    fill(made, weight="680")
    slip = row(made, "weight").slip
    assert slip
    assert (slip.suggested_text, slip.suggested_unit) == ("68.0", "kg")
    made.take_slip("weight")
    assert (row(made, "weight").cells[0].text, row(made, "weight").slip) == ("68.0", None)


def test_a_true_value_is_kept_and_offered_nothing_more(page: Open, vitals: Vitals) -> None:
    vitals.record(opened(LATER), entry(measured(Sign.WEIGHT, "68.0", "kg"), visit=LATER))
    made = page(wishes=Wishes({"weight": "kg"}))
    fill(made, weight="150")
    made.confirm("weight")
    assert row(made, "weight").slip is None
    made.save()
    assert len(of_sign(vitals, Sign.WEIGHT)) == 1


def test_halves_that_ran_together_are_set_apart(page: Open) -> None:
    made = page()
    fill(made, bp__systolic="12080")
    made.take_slip("bp")
    assert [cell.text for cell in row(made, "bp").cells] == ["120", "80"]


# against the weights before


def test_a_loss_in_a_month_is_told_and_holds_nothing_up(page: Open, vitals: Vitals, clock: SetClock) -> None:
    clock.forward(days=-20)
    vitals.record(opened(LATER), entry(measured(Sign.WEIGHT, "200"), visit=LATER))
    clock.forward(days=20)
    made = page()
    fill(made, weight="188")
    found = row(made, "weight").finding
    assert found
    assert (found.code, row(made, "weight").asks) == (WeightFound.LOSS, None)
    made.save()
    assert len(of_sign(vitals, Sign.WEIGHT)) == 1


def test_a_childs_value_far_from_its_chart_is_asked_about(page: Open) -> None:
    made = page(INFANT)
    fill(made, length="45")
    asks = row(made, "length").asks
    assert asks
    assert asks.code in (Found.UNUSUALLY_LOW, GrowthFound.EXTREME)
    made.save()
    assert made.state.wanted == "length"


# why not


def test_a_value_that_could_not_be_had_says_why_in_words(page: Open, vitals: Vitals) -> None:
    made = page(INFANT)
    made.ask_reason("weight", Why.NOT_OBTAINED)
    made.give_reason()
    assert made.state.reason
    made.reason_typed(" would not hold still ")
    made.give_reason()
    assert made.state.reason is None
    made.save()
    assert of_sign(vitals, Sign.WEIGHT)[0].measurement.value == Absent(Why.NOT_OBTAINED, "would not hold still")


# at another time


def test_a_set_of_before_has_its_time_and_the_time_of_typing(page: Open, vitals: Vitals, clock: SetClock) -> None:
    made = page()
    fill(made, pulse="72")
    made.ask_time()
    made.time_typed(time="9:15", who=AMARA.staff)
    made.set_time()
    assert made.state.measured
    assert (f"{made.state.measured:%H:%M}", made.state.performer) == ("09:15", AMARA.name)
    made.save()
    (pulse,) = of_sign(vitals, Sign.PULSE)
    assert (f"{pulse.measured.local():%H:%M}", pulse.performer.name) == ("09:15", AMARA.name)
    assert pulse.recorded == Moment(clock.now().utc, pulse.recorded.offset)
    assert made.state.sets[0].typed
    assert made.state.measured is None


def test_a_time_to_come_is_refused(page: Open) -> None:
    made = page()
    made.ask_time()
    made.time_typed(time="23:50")
    assert made.state.timing
    assert made.state.timing.finding
    assert (made.state.timing.finding.code, made.state.timing.may) == (Found.FUTURE, False)
    made.set_time()
    assert made.state.timing


def test_a_time_of_another_day_is_told_to_be_late(page: Open) -> None:
    made = page()
    made.ask_time()
    made.time_typed(day="20 Nov", time="9:15")
    assert made.state.timing
    assert made.state.timing.finding
    assert (made.state.timing.finding.code, made.state.timing.may) == (Found.LATE, True)


def test_ages_go_by_the_time_of_measuring(page: Open) -> None:
    """Twelve on the day of measuring, thirteen today."""
    made = page(Subject(date(2013, 11, 24), "male"))
    fill(made, bp__systolic="118/76")
    made.ask_time()
    made.time_typed(day="2026-11-23", time="9:15")
    made.set_time()
    found = row(made, "bp").finding
    assert found
    assert found.code == Found.CHILD_HIGH


# an arm that is spared


def test_an_arm_that_is_spared_is_not_offered_and_said(page: Open) -> None:
    made = page(subject=replace(ADULT, spared=(Spared("PICC line, left arm", ("left",)),)))
    site = next(one for one in row(made, Sign.BP).questions if one.name == "site")
    assert [word for word in site.choices if word.startswith("left")] == ["left_thigh", "left_ankle"]
    assert made.state.spared == (Spared("PICC line, left arm", ("left",)),)
    assert [one for asked in made.series.state.how for one in asked.choices if one.startswith("left")] == [
        "left_thigh",
        "left_ankle",
    ]
    pulse = next(one for one in row(made, Sign.PULSE).questions if one.name == "site")
    assert "left_wrist" in pulse.choices


def test_a_pressure_typed_for_a_spared_arm_is_asked_about_and_can_stand(page: Open, vitals: Vitals) -> None:
    made = page(subject=replace(ADULT, spared=(Spared("PICC line, left arm", ("left",)),)))
    made.quick_typed("118/76 L")
    made.quick_entered()
    made.save()
    assert of_sign(vitals, Sign.BP) == []
    made.confirm("bp")
    made.save()
    assert len(of_sign(vitals, Sign.BP)) == 1


# told


def test_a_critical_value_is_an_open_notice_until_it_was_told(page: Open, vitals: Vitals, visits: Visits) -> None:
    made = page()
    fill(made, spo2="88")
    made.confirm("spo2")
    made.save()
    (notice,) = visits.open_notices(opened())
    assert notice.about == of_sign(vitals, Sign.SPO2)[0].id
    assert made.state.telling
    assert made.state.telling.findings == (f"spo2 {Found.VERY_LOW_OXYGEN}",)
    made.told_later()
    assert (made.state.telling, made.state.untold) == (None, 1)
    made.ask_told()
    made.told_typed(whom="Dr. Lindqvist")
    made.told_typed(read_back=True)
    made.told()
    assert visits.open_notices(opened()) == ()
    assert (made.state.untold, made.state.telling) == (0, None)


def test_a_value_is_noticed_once(page: Open, visits: Visits) -> None:
    made = page()
    fill(made, spo2="88")
    made.confirm("spo2")
    made.save()
    made.told_later()
    made.save()
    assert len(visits.open_notices(opened())) == 1


def test_the_first_of_two_pressures_is_told_with_its_own_value(page: Open, vitals: Vitals, visits: Visits) -> None:
    made = page()
    fill(made, bp__systolic="192/124", bp_2__systolic="138/84")
    made.confirm("bp")
    made.save()
    (notice,) = visits.open_notices(opened())
    first, second = (one for one in of_sign(vitals, Sign.BP) if not one.measurement.derived_from)
    assert notice.about == first.id
    assert second.id != first.id


def test_a_value_that_is_critical_only_when_put_right_is_to_be_told(page: Open, vitals: Vitals, visits: Visits) -> None:
    made = page()
    fill(made, spo2="98")
    made.save()
    (reading,) = of_sign(vitals, Sign.SPO2)
    made.correct(reading.id)
    made.retype("88")
    made.new_value_is_right()
    made.explain("digits mixed up")
    made.amend()
    (notice,) = visits.open_notices(opened())
    assert (notice.about, made.state.untold) == (reading.id, 1)
    assert made.state.telling


def test_a_critical_value_of_a_series_is_to_be_told(page: Open, vitals: Vitals, visits: Visits) -> None:
    made = page()
    made.series.open()
    made.series.typed("lying.systolic", "196/124")
    made.series.confirm("lying")
    made.series.save()
    (notice,) = visits.open_notices(opened())
    assert notice.about == of_sign(vitals, Sign.BP)[0].id
    assert made.state.telling


def test_nothing_is_told_without_a_name(page: Open, visits: Visits) -> None:
    made = page()
    fill(made, spo2="88")
    made.confirm("spo2")
    made.save()
    made.told()
    assert made.state.telling
    assert len(visits.open_notices(opened())) == 1


# NEWS2


def test_news2_has_a_total_of_all_seven_or_none(page: Open, vitals: Vitals) -> None:
    """The third worked example of the Royal College's chart with alertness."""
    made = page(wishes=Wishes(news2=True))
    fill(made, breathing="22", spo2="94", bp__systolic="105/70", pulse="112", temperature="38.4 c")
    made.chose("spo2", "oxygen", "room_air")
    remark = row(made, "news2").remark
    assert remark
    assert (remark.code, remark.value) == ("missing", "alert")
    made.chose("news2", "consciousness", "alert")
    found = row(made, "news2").finding
    assert found
    assert (found.code, found.limit) == (Found.NEWS_HIGH, 7)
    for key in ("breathing", "spo2", "bp", "pulse", "temperature"):
        made.confirm(key)
    made.save()
    (total,) = of_sign(vitals, Sign.NEWS2)
    assert total.measurement.quantity
    assert (total.measurement.quantity.value, len(total.measurement.derived_from)) == (7, 5)


def test_news2_follows_a_correction(page: Open, vitals: Vitals) -> None:
    made = page(wishes=Wishes(news2=True))
    fill(made, breathing="18", spo2="97", bp__systolic="118/76", pulse="76", temperature="36.8 c")
    made.chose("spo2", "oxygen", "room_air")
    made.chose("news2", "consciousness", "alert")
    made.save()
    made.correct(of_sign(vitals, Sign.PULSE)[0].id)
    made.retype("112")
    made.explain("digits turned")
    made.amend()
    (total,) = of_sign(vitals, Sign.NEWS2)
    assert total.measurement.quantity
    assert (total.measurement.quantity.value, total.reason) == (2, "digits turned")


def test_news2_is_not_asked_where_the_clinic_does_not_count_it_nor_of_a_child(page: Open) -> None:
    assert "news2" not in keys(page())
    assert "news2" not in keys(page(SCHOOLCHILD, wishes=Wishes(news2=True)))


def test_the_mean_is_shown_before_it_is_saved(page: Open) -> None:
    made = page()
    fill(made, bp__systolic="143/89", bp_2__systolic="138/84")
    assert made.state.mean
    assert (made.state.mean.text, made.state.mean.count) == ("141/87", 2)
