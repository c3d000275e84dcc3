"""The verbs of vital signs on a real encrypted store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from maroom.core.clock import Moment
from maroom.core.drafts import Draft, DraftKey
from maroom.core.people import Opening, Right
from maroom.core.problems import Code, Problem
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import Absent, Critical, Measurement, Performer, Reading, Sign, Status, Why
from maroom.duties.vitals.service import PAGE, Vitals, exchange
from maroom.fhir.exchange import Arrival
from maroom.store.audit import AuditRow
from maroom.store.base import Origin
from maroom.store.drafts import Drafts
from maroom.store.outbox import OutboxRow
from maroom.store.unit_of_work import Act, UnitOfWork
from maroom.visits.service import Visits
from tests.builders import AMARA, SetClock
from tests.duties.vitals.build import LATER, VISIT, adult_set, entry, measured, opened, pressure

KIND = "vital_sign"


def _plain(reading: Reading) -> Reading:
    return replace(reading, replaced=())


def test_a_set_is_read_back_exactly_as_it_was_recorded(vitals: Vitals) -> None:
    saved = vitals.record(opened(), entry(*adult_set()))
    (found,) = vitals.sets(opened())
    assert found.id == saved.id
    assert sorted(map(_plain, found.readings), key=lambda one: one.id) == sorted(saved.readings, key=lambda one: one.id)
    assert [reading.measurement.qualifiers for reading in found.readings if reading.sign is Sign.BP] == [
        {"site": "left_arm", "cuff": "large_adult", "position": "sitting"}
    ]


def test_who_and_when_are_those_of_the_page(vitals: Vitals, clock: SetClock) -> None:
    reading = vitals.record(opened(), entry(measured(Sign.PULSE, "72"))).readings[0]
    assert (reading.performer.name, reading.measured, reading.status) == ("Dana Reyes", clock.now(), Status.FINAL)
    assert (reading.revision, reading.visit) == (1, VISIT)


def test_each_reading_has_its_outbox_line_and_the_act_its_audit_line(vitals: Vitals, unit: UnitOfWork) -> None:
    saved = vitals.record(opened(), entry(*adult_set()))
    with unit.glance() as session:
        lines = session.scalars(select(OutboxRow).where(OutboxRow.kind == KIND)).all()
        act = session.scalars(select(AuditRow).where(AuditRow.act == "vitals.record")).one()
    assert {line.local_id for line in lines} == {reading.id for reading in saved.readings}
    assert (act.visit, act.patient, act.late) == (VISIT.visit, VISIT.patient, False)
    assert {record[1] for record in act.records} >= {reading.id for reading in saved.readings}


def test_a_critical_value_and_its_notice_are_one_act(vitals: Vitals, visits: Visits, unit: UnitOfWork) -> None:
    """A power cut leaves both or neither."""
    low = replace(entry(measured(Sign.PULSE, "72"), measured(Sign.SPO2, "84")), critical=(Critical(1, "84 %: very low"),))
    made = vitals.record(opened(), low)
    vitals.record(opened(), low)
    (notice,) = visits.open_notices(opened())
    assert (notice.about, notice.finding, notice.visit) == (made.readings[1].id, "84 %: very low", VISIT)
    with unit.glance() as session:
        acts = session.scalars(select(AuditRow).where(AuditRow.act == "vitals.record").order_by(AuditRow.seq)).all()
    assert {notice.id, *(one.id for one in made.readings)} <= {record[1] for record in acts[0].records}


def test_saving_the_same_form_twice_makes_one_set(vitals: Vitals) -> None:
    """A double press, or a form that came back after a crash between the save and its answer."""
    form = entry(*adult_set())
    first, again = vitals.record(opened(), form), vitals.record(opened(), form)
    assert {reading.id for reading in again.readings} == {reading.id for reading in first.readings}
    assert len(vitals.sets(opened())) == 1


def test_the_draft_goes_with_the_save(vitals: Vitals, unit: UnitOfWork, clock: SetClock) -> None:
    drafts, page = Drafts(unit), opened()
    drafts.keep(Draft(DraftKey.of(page, PAGE), b"{}"), clock.now())
    vitals.record(page, entry(measured(Sign.PULSE, "72")))
    assert drafts.latest(page.author.staff) is None


def test_an_entry_of_another_visit_than_the_page_is_a_bug(vitals: Vitals) -> None:
    with pytest.raises(ValueError, match="belongs to the visit"):
        vitals.record(opened(), entry(measured(Sign.PULSE, "72"), visit=LATER))
    with pytest.raises(ValueError, match="holds something"):
        vitals.record(opened(), entry())
    assert vitals.sets(opened()) == ()


def test_two_readings_of_one_sign_are_a_second_apart(vitals: Vitals) -> None:
    saved = vitals.record(opened(), entry(pressure(142, 88), pressure(138, 84), pressure(136, 84), measured(Sign.PULSE, "72")))
    times = [reading.measured.utc for reading in saved.readings if reading.sign is Sign.BP]
    assert [(later - times[0]).seconds for later in times] == [0, 1, 2]


def test_a_set_from_an_outage_keeps_its_time_and_is_marked_late(vitals: Vitals, clock: SetClock, unit: UnitOfWork) -> None:
    yesterday = Moment(clock.now().utc - timedelta(hours=25), -300)
    form = replace(entry(measured(Sign.PULSE, "72")), measured=yesterday, performer=Performer(AMARA.staff, AMARA.name))
    saved = vitals.record(opened(), form)
    assert (saved.measured, saved.performer.name, saved.readings[0].recorded) == (yesterday, "Amara Koroma", clock.now())
    with unit.glance() as session:
        assert session.scalars(select(AuditRow.late).where(AuditRow.act == "vitals.record")).one()


def test_an_amendment_keeps_the_old_value_who_and_why(vitals: Vitals, clock: SetClock) -> None:
    reading = vitals.record(opened(), entry(pressure(152, 88))).readings[0]
    clock.forward(minutes=5)
    page = Opening(AMARA, VISIT)
    amended = vitals.amend(page, reading.id, reading.revision, pressure(142, 88), "typed the wrong number")
    (found,) = vitals.sets(page)[0].readings
    assert _plain(found) == amended
    assert (found.status, found.revision, found.author, found.reason) == (
        Status.AMENDED,
        2,
        AMARA.staff,
        "typed the wrong number",
    )
    assert (found.performer, found.measured) == (reading.performer, reading.measured)
    assert found.replaced == (reading,)


def test_a_void_reading_stays_on_record_and_counts_no_more(vitals: Vitals) -> None:
    reading = vitals.record(opened(), entry(measured(Sign.WEIGHT, "186"))).readings[0]
    vitals.void(opened(), reading.id, reading.revision, "other patient")
    (found,) = vitals.sets(opened())[0].readings
    assert (found.retracted, found.reason, found.measurement) == (True, "other patient", reading.measurement)
    assert vitals.history(opened(), Sign.WEIGHT) == ()
    assert vitals.last_values(opened(LATER)) == {}


def test_of_two_who_change_one_reading_the_second_is_told(vitals: Vitals) -> None:
    reading = vitals.record(opened(), entry(measured(Sign.PULSE, "72"))).readings[0]
    vitals.amend(opened(), reading.id, reading.revision, measured(Sign.PULSE, "76"), "counted again")
    with pytest.raises(Problem) as told:
        vitals.void(opened(), reading.id, reading.revision, "wrong")
    assert told.value.code is Code.CHANGED_MEANWHILE
    assert vitals.history(opened(), Sign.PULSE)[0].measurement.quantity == measured(Sign.PULSE, "76").quantity


def test_another_patients_reading_cannot_be_changed_from_here(vitals: Vitals) -> None:
    reading = vitals.record(opened(), entry(measured(Sign.PULSE, "72"))).readings[0]
    stranger = opened(VisitRef("v", "somebody else"))
    with pytest.raises(ValueError, match="whose page"):
        vitals.void(stranger, reading.id, reading.revision, "wrong")
    with pytest.raises(ValueError, match="same sign"):
        vitals.amend(opened(), reading.id, reading.revision, measured(Sign.SPO2, "97"), "wrong")


def test_last_values_are_the_newest_of_each_sign_from_before_this_visit(vitals: Vitals, clock: SetClock) -> None:
    vitals.record(opened(), entry(measured(Sign.WEIGHT, "184"), measured(Sign.PULSE, "70")))
    clock.forward(days=30)
    vitals.record(opened(), entry(measured(Sign.WEIGHT, "186"), Measurement(Sign.PULSE, Absent(Why.DECLINED))))
    clock.forward(days=30)
    vitals.record(opened(LATER), entry(measured(Sign.WEIGHT, "190"), pressure(142, 88), visit=LATER))
    last = vitals.last_values(opened(LATER))
    texts = {sign: reading.measurement.quantity.entered for sign, reading in last.items() if reading.measurement.quantity}
    assert texts == {Sign.WEIGHT: "186", Sign.PULSE: "70"}
    assert vitals.last_values(opened())[Sign.BP].measurement == pressure(142, 88)


def test_history_is_the_newest_with_the_oldest_first(vitals: Vitals, clock: SetClock) -> None:
    for systolic in (120, 130, 140, 150):
        vitals.record(opened(), entry(pressure(systolic, 80)))
        clock.forward(days=1)
    found = vitals.history(opened(LATER), Sign.BP, most=3)
    assert [reading.measurement for reading in found] == [pressure(130, 80), pressure(140, 80), pressure(150, 80)]


def test_sets_come_newest_first(vitals: Vitals, clock: SetClock) -> None:
    first = vitals.record(opened(), entry(measured(Sign.PULSE, "72")))
    clock.forward(minutes=10)
    second = vitals.record(opened(), entry(measured(Sign.PULSE, "70")))
    assert [one.id for one in vitals.sets(opened())] == [second.id, first.id]


def _arrive(unit: UnitOfWork, local_id: str, code: str, value: int, minute: int, after: int = 0) -> None:
    resource = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "subject": {"reference": VISIT.patient},
        "encounter": {"reference": VISIT.visit},
        "performer": [{"reference": "nurse", "display": "R. N."}],
        "effectiveDateTime": f"2026-11-24T10:{minute:02}:07-05:00",
        "valueQuantity": {"value": value, "code": "/min"},
    }
    made = exchange(lambda: "urn:clinic")
    with unit.write(Act(AMARA, "pull", Right.UPKEEP)) as w:
        made.take(w, Arrival(resource, local_id, after, lambda reference: reference), Origin.PULLED)


def test_what_comes_in_stands_beside_what_was_typed(vitals: Vitals, unit: UnitOfWork) -> None:
    """A server that drops the mark of a set: readings of one performer and minute are shown together."""
    _arrive(unit, "p-1", "8867-4", 72, 5)
    _arrive(unit, "p-2", "9279-1", 16, 5)
    _arrive(unit, "p-3", "8867-4", 74, 9)
    sets = vitals.sets(opened())
    assert [[reading.id for reading in one.readings] for one in sets] == [["p-3"], ["p-1", "p-2"]]
    assert sets[0].performer == Performer("nurse", "R. N.")


def test_what_comes_in_again_is_the_next_revision_and_is_not_sent(vitals: Vitals, unit: UnitOfWork) -> None:
    _arrive(unit, "p-1", "8867-4", 72, 5)
    made = exchange(lambda: "urn:clinic")
    with unit.read(Act(AMARA, "sync", Right.READ)) as r:
        assert (made.revision(r, "p-1"), made.revision(r, "p-9")) == (1, 0)
    _arrive(unit, "p-1", "8867-4", 76, 5, after=1)
    (found,) = vitals.sets(opened())[0].readings
    assert (found.revision, len(found.replaced)) == (2, 1)
    with unit.glance() as session:
        assert session.scalars(select(OutboxRow).where(OutboxRow.kind == KIND)).all() == []


def test_the_body_is_of_the_revision_asked_for(vitals: Vitals, unit: UnitOfWork) -> None:
    reading = vitals.record(opened(), entry(measured(Sign.PULSE, "72"))).readings[0]
    vitals.amend(opened(), reading.id, 1, measured(Sign.PULSE, "76"), "counted again")
    made = exchange(lambda: "urn:clinic")
    assert made.body
    assert made.needs
    with unit.read(Act(AMARA, "sync", Right.READ)) as r:
        first, second = made.body(r, reading.id, 1, {}), made.body(r, reading.id, 2, {})
        assert VISIT.patient in made.needs(r, reading.id, 2)
        with pytest.raises(LookupError, match="no revision 3"):
            made.body(r, reading.id, 3, {})
    assert [(body["status"], body["valueQuantity"]["value"]) for body in (first, second)] == [("final", 72), ("amended", 76)]
    assert first["meta"]["tag"][0]["system"] == "urn:clinic/vitals-set"


def test_a_sign_of_a_newer_version_is_left_alone(vitals: Vitals, unit: UnitOfWork) -> None:
    vitals.record(opened(), entry(measured(Sign.PULSE, "72"), measured(Sign.SPO2, "97")))
    with unit.bookkeeping("a later version wrote it") as session:
        session.execute(text("UPDATE vital_sign SET sign = 'aura' WHERE sign = 'spo2'"))
    assert [reading.sign for reading in vitals.sets(opened())[0].readings] == [Sign.PULSE]


def test_the_page_is_opened_with_one_audit_line(vitals: Vitals, unit: UnitOfWork) -> None:
    page = opened()
    vitals.sets(page), vitals.last_values(page), vitals.history(page, Sign.BP)
    with unit.glance() as session:
        assert len(session.scalars(select(AuditRow).where(AuditRow.act == "vitals.read")).all()) == 1


def test_of_two_sets_of_one_second_the_later_typed_is_the_newer(vitals: Vitals, clock: SetClock) -> None:
    page = opened()
    made = []
    for _ in range(4):
        made.append(vitals.record(page, entry(pressure(142, 88))).id)
        clock.forward(milliseconds=120)
    assert [one.id for one in vitals.sets(page)] == made[::-1]
