"""What comes from files and servers: odd, sparse and hostile resources, appointments, and visits that others moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from maroom.core.names import HumanName
from maroom.core.people import Opening, Right
from maroom.core.settings import Room
from maroom.core.visit import VisitRef
from maroom.fhir.bundle import BrokenFile
from maroom.fhir.exchange import Arrival
from maroom.fhir.reading import PartialDate
from maroom.store import outbox
from maroom.store.base import Origin
from maroom.store.unit_of_work import Act, UnitOfWork
from maroom.visits.model import Chart, Patient, RoomState, Visit, VisitStatus
from maroom.visits.service import Visits, exchanges
from tests.builders import DANA, SetClock, opening
from tests.visits.build import UPKEEP, appointment, faults, new, of_patient, page, patient, state, take

S = VisitStatus
NOON = "2026-11-24T12:00:00-05:00"


def taken(unit: UnitOfWork, visits: Visits, origin: Origin = Origin.IMPORTED, **elements: Any) -> Patient:
    take(unit, patient(birthDate="1968-02-02", **elements), origin=origin)
    (card,) = visits.find(opening(), "1968")
    return visits.patient(opening(), card.id)


NAMES: list[tuple[list[dict[str, Any]], HumanName]] = [
    ([], HumanName()),
    ([{"text": "Nguyễn Thị Ánh"}], HumanName(text="Nguyễn Thị Ánh")),
    ([{"family": "李"}], HumanName("李")),
    ([{"given": ["Madonna"]}], HumanName("", ("Madonna",))),
    ([{"use": "old", "family": "Smith"}, {"use": "official", "family": "Jones"}], HumanName("Jones")),
    ([{"use": "nickname", "given": ["Bo"]}, {"family": "Lee"}], HumanName("Lee")),
    ([{"use": "maiden", "family": "Smith"}], HumanName()),
]


@pytest.mark.parametrize(("names", "shown"), NAMES)
def test_names_as_they_come(unit: UnitOfWork, visits: Visits, names: list[dict[str, Any]], shown: HumanName) -> None:
    assert taken(unit, visits, name=names).name == shown


@pytest.mark.parametrize("written", [None, "1968", "1968-02", "1968-02-29"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Honolulu", "America/New_York"])
def test_a_birth_date_is_a_date_in_every_zone(
    unit: UnitOfWork, visits: Visits, desk: Opening, clock: SetClock, zone: str, written: str | None
) -> None:
    clock.zone = ZoneInfo(zone)
    take(unit, patient(**{"birthDate": written} if written else {}))
    (card,) = visits.find(desk, "okafor")
    birth = PartialDate.parse(written or "1968-02-02")
    assert (card.birth, visits.patient(desk, card.id).birth) == (birth, birth)
    assert birth
    assert visits.patient(desk, card.id).born == birth.first


def test_a_patient_of_nothing_but_an_id(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, {"resourceType": "Patient", "id": "p1"}, appointment(NOON))
    (row,) = visits.today(desk).visits
    facts = visits.banner(opening(visit=row.visit))
    assert (facts.name, facts.birth, facts.age, facts.sex, facts.record_number) == (HumanName(), None, "", "unknown", "")


def test_language_phone_and_death(unit: UnitOfWork, visits: Visits) -> None:
    spoken = [
        {"language": {"coding": [{"code": "en-US"}]}},
        {"language": {"coding": [{"code": "vi"}]}, "preferred": True},
    ]
    phones = [
        {"system": "email", "value": "x@example.org"},
        {"system": "phone", "use": "old", "value": "1"},
        {"system": "phone", "value": "2"},
    ]
    read = taken(unit, visits, communication=spoken, telecom=phones, deceasedDateTime="2026-01-01")
    assert (read.language, read.phone, read.deceased, read.verified) == ("vi", "2", True, True)
    assert visits.find(opening(), "okafor")[0].deceased


@pytest.mark.parametrize(("origin", "local"), [(Origin.IMPORTED, True), (Origin.PULLED, False)])
def test_who_may_create_it_elsewhere(unit: UnitOfWork, visits: Visits, desk: Opening, origin: Origin, local: bool) -> None:
    assert taken(unit, visits, origin).local is local
    take(unit, appointment(NOON), origin=origin)
    (row,) = visits.today(desk).visits
    assert visits.visit(opening(visit=row.visit)).local is local


HOSTILE: list[tuple[dict[str, Any], str]] = [
    (patient(birthDate="2/2/1968"), "birthDate"),
    (patient(birthDate="1968-02-30"), "birthDate"),
    (patient(name={"family": "x"}), "name"),
    (patient(name=[{"given": "x"}]), "given"),
    (patient(gender=1), "gender"),
    (patient(telecom=["555"]), "telecom"),
    (of_patient("Condition", "c", whose="nobody"), "subject"),
    (of_patient("AllergyIntolerance", "c", whose="nobody"), "patient"),
    ({"resourceType": "Observation", "id": "o", "status": "final"}, "subject"),
    (of_patient("Encounter", "e", whose="nobody", status="finished"), "subject"),
    (of_patient("Encounter", "e", status="arrived-ish"), "status"),
    (of_patient("Condition", "c", code={"coding": {}}), "coding"),
    (of_patient("AllergyIntolerance", "a", clinicalStatus="active"), "clinicalStatus"),
    (of_patient("Observation", "o", effectiveDateTime="2026-11-24T09:00"), "effectiveDateTime"),
    (appointment("noon"), "start"),
]


@pytest.mark.parametrize(("resource", "path"), HOSTILE)
def test_what_cannot_be_taken_is_named_and_nothing_of_its_file_is_kept(
    unit: UnitOfWork, visits: Visits, desk: Opening, resource: dict[str, Any], path: str
) -> None:
    files = [patient(), resource] if resource["resourceType"] != "Patient" else [resource]
    with pytest.raises(BrokenFile) as raised:
        take(unit, *files)
    assert raised.value.why.startswith(f"{path}:")
    assert visits.find(desk, "okafor") == ()


def test_history_of_any_kind(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    chart = history(unit, visits, desk)
    assert [one.words for one in chart.conditions if one.active] == ["Gout"]
    assert [(one.words, one.dose, one.active) for one in chart.medicines] == [
        ("Aspirin", "1 daily", True),
        ("Ibuprofen", "2 as needed; 1 at night", False),
    ]
    assert [(one.words, one.value) for one in chart.observations] == [("A1c", "7.1 %"), ("Smoking", "Never")]
    assert [(one.words, one.provider, one.minutes) for one in chart.appointments] == [("Cough", "Dr. Amara", 20)]
    assert [(one.words, one.requester) for one in chart.orders] == [("CBC", "Dr. Bell")]
    assert [one.status for one in chart.visits] == [S.EXPECTED, S.OUT]


def history(unit: UnitOfWork, visits: Visits, desk: Opening) -> Chart:
    resolved = {"coding": [{"code": "resolved"}]}
    take(
        unit,
        of_patient(
            "Observation", "o1", status="final", code={"text": "A1c"}, effectiveDateTime="2026-01-01T09:00:00Z", **SEVEN
        ),
        of_patient(
            "Observation", "o2", status="final", code={"text": "Smoking"}, valueString="Never", effectiveDateTime="2020"
        ),
        of_patient("Observation", "o3", status="entered-in-error", code={"text": "Wrong"}, valueString="x"),
        of_patient("MedicationRequest", "m1", status="stopped", authoredOn="2020-01-01", **IBUPROFEN),
        of_patient("MedicationStatement", "m2", status="active", effectivePeriod={"start": "2021"}, **ASPIRIN),
        of_patient("Condition", "c1", code={"text": "Gout"}, encounter={"reference": "Encounter/e"}),
        of_patient("Condition", "c2", code={"text": "Cold"}, clinicalStatus=resolved),
        of_patient("ServiceRequest", "s", status="active", code={"text": "CBC"}, requester={"display": "Dr. Bell"}),
        of_patient("Encounter", "e", status="finished", period={"start": "2020-01-01T09:00:00Z"}),
        of_patient("Encounter", "v", status="entered-in-error"),
        appointment(NOON, minutesDuration=20),
        patient(),
    )
    (card,) = visits.find(desk, "okafor")
    return visits.chart(opening(visit=VisitRef("", card.id)))


SEVEN: dict[str, Any] = {"valueQuantity": {"value": 7.1, "unit": "%"}}
IBUPROFEN: dict[str, Any] = {
    "medicationCodeableConcept": {"text": "Ibuprofen"},
    "dosageInstruction": [{"text": "2 as needed"}, {"text": "1 at night"}],
}
ASPIRIN: dict[str, Any] = {"medicationReference": {"display": "Aspirin"}, "dosage": [{"text": "1 daily"}]}


def only(visits: Visits, desk: Opening) -> Opening:
    (row,) = visits.today(desk).visits
    return opening(visit=row.visit)


def test_an_appointment_makes_one_visit_however_often_it_comes(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, patient(), appointment(NOON))
    take(unit, appointment(NOON))
    visit = visits.visit(only(visits, desk))
    assert (visit.status, visit.reason, visit.provider, visit.revision) == (S.EXPECTED, "Cough", "Dr. Amara", 1)
    take(unit, appointment(NOON, comment="bring the letter"))
    assert visits.visit(page(visit)).revision == 1
    take(unit, appointment(NOON, description="Cough, fever"))
    assert visits.visit(page(visit)).reason == "Cough, fever"


@pytest.mark.parametrize(
    ("status", "stands"), [("arrived", S.ARRIVED), ("checked-in", S.ARRIVED), ("cancelled", S.CANCELLED), ("noshow", S.NO_SHOW)]
)
def test_an_appointment_moves_the_visit_that_nobody_moved_here(
    unit: UnitOfWork, visits: Visits, desk: Opening, status: str, stands: VisitStatus
) -> None:
    take(unit, patient(), appointment(NOON))
    take(unit, appointment(NOON, status=status))
    assert visits.visit(only(visits, desk)).status is stands
    take(unit, appointment(NOON, comment="x", status="fulfilled"))
    assert visits.visit(only(visits, desk)).status is stands
    if stands is not S.ARRIVED:
        take(unit, appointment(NOON))
        assert visits.visit(only(visits, desk)).status is S.EXPECTED


@pytest.mark.parametrize("status", ["cancelled", "noshow", "proposed", "pending", "waitlist", "fulfilled", "entered-in-error"])
def test_an_appointment_that_nobody_will_come_to_makes_no_visit(
    unit: UnitOfWork, visits: Visits, desk: Opening, status: str
) -> None:
    take(unit, patient(), appointment(NOON, status=status))
    assert visits.today(desk).visits == ()


def test_a_slot_without_a_patient_makes_no_visit(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, appointment(NOON, participant=[{"actor": {"display": "Dr. Amara"}}]))
    assert visits.today(desk).visits == ()


def test_what_somebody_did_here_is_not_undone_by_an_appointment(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, patient(), appointment(NOON))
    about = only(visits, desk)
    visit = visits.visit(about)
    visit = visits.arrive(desk, visit.ref, visit.revision)
    take(unit, appointment(NOON, status="cancelled"))
    assert visits.visit(about) == visit
    visit = visits.undo(desk, visit.ref, visit.revision)
    take(unit, appointment(NOON, status="noshow"))
    assert visits.visit(about).status is S.EXPECTED, "her undo is hers too"


def test_an_encounter_of_an_appointment_is_its_visit(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    booked = [{"reference": "Appointment/a1"}]
    take(unit, patient(), appointment(NOON))
    arrived = of_patient("Encounter", "e1", status="arrived", period={"start": "2026-11-24T11:50:00-05:00"}, appointment=booked)
    take(unit, appointment(NOON), arrived)
    visit = visits.visit(only(visits, desk))
    assert (visit.status, visit.reason, visit.revision) == (S.ARRIVED, "Cough", 2)
    assert visit.expected
    assert visit.expected.iso() == NOON


def encounter_now(status: str, **elements: Any) -> dict[str, Any]:
    period = {"start": "2026-11-24T10:00:00-05:00"} | ({"end": "2026-11-24T10:30:00-05:00"} if status == "finished" else {})
    return of_patient("Encounter", "e1", status=status, period=period, **elements)


IN_TWO: dict[str, Any] = {"location": [{"location": {"display": "2"}, "status": "active"}]}


def test_a_room_follows_what_another_station_did(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, patient(), encounter_now("in-progress", **IN_TWO), origin=Origin.PULLED)
    assert (state(visits, "r2"), visits.rooms(desk)[1].name) == (RoomState.OCCUPIED, HumanName("Okafor", ("Thomas",)))
    take(unit, patient(), encounter_now("finished", **IN_TWO), origin=Origin.PULLED)
    assert state(visits, "r2") is RoomState.DIRTY


@pytest.mark.parametrize("status", ["finished", "cancelled", "entered-in-error"])
def test_a_room_is_left_also_when_the_others_say_it_late(
    unit: UnitOfWork, visits: Visits, desk: Opening, clock: SetClock, status: str
) -> None:
    take(unit, patient(), encounter_now("in-progress", **IN_TWO), origin=Origin.PULLED)
    clock.forward(days=3)
    take(unit, encounter_now(status), origin=Origin.PULLED)
    assert state(visits, "r2") is RoomState.DIRTY
    assert visits.room_ready(desk, "r2").state is RoomState.READY


def test_a_room_of_another_house_is_no_tile(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, patient(), encounter_now("in-progress", location=[{"location": {"display": "Hall B"}}]))
    assert [tile.room.name for tile in visits.rooms(desk)] == ["1", "2", "3", "4"]
    assert visits.today(desk).visits[0].room == Room("", "Hall B")


def test_two_in_one_room_are_both_shown(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, patient(), patient("p2", name=[{"family": "Nguyen"}]))
    card = visits.find(desk, "nguyen")[0]
    here = visits.add_visit(desk, card.id, "Cough")
    visits.take_to_room(desk, here.ref, here.revision, "r2")
    take(unit, patient(), encounter_now("in-progress", **IN_TWO), origin=Origin.PULLED)
    assert [row.room and row.room.name for row in visits.today(desk).visits] == ["2", "2"]
    assert visits.rooms(desk)[1].visit == here.ref


def test_the_later_state_stands_against_a_file(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, patient(), encounter_now("arrived"), origin=Origin.PULLED)
    about = only(visits, desk)
    visit = visits.visit(about)
    visit = visits.take_to_room(desk, visit.ref, visit.revision, "r1")
    take(unit, patient(), encounter_now("arrived", priority={"text": "x"}))
    kept = visits.visit(about)
    assert (kept.status, kept.room, state(visits, "r1")) == (S.ROOMED, visit.room, RoomState.OCCUPIED)
    take(unit, patient(), encounter_now("finished"))
    gone = visits.visit(about)
    assert (gone.status, gone.room, state(visits, "r1")) == (S.OUT, None, RoomState.DIRTY)


def sent(unit: UnitOfWork, visit: Visit) -> dict[str, Any]:
    """The Encounter as the server has it after ours was sent."""
    exchange = next(one for one in exchanges() if one.kind == "encounter")
    with unit.read(UPKEEP) as read:
        body = exchange.body(read, visit.ref.visit, visit.revision, {})
    return body | {"id": "e1", "subject": {"reference": "Patient/p1"}}


def test_what_the_server_says_after_ours_was_sent_stands(
    unit: UnitOfWork, visits: Visits, desk: Opening, clock: SetClock
) -> None:
    """Another station took back what was done here, and who did the rest is still known."""
    take(unit, patient(), encounter_now("arrived"), origin=Origin.PULLED)
    visit = visits.visit(only(visits, desk))
    clock.forward(minutes=5)
    visit = visits.take_to_room(desk, visit.ref, visit.revision, "r1")
    before = sent(unit, visit)
    clock.forward(minutes=5)
    visit = visits.with_provider(desk, visit.ref, visit.revision)
    take(unit, patient(), before, origin=Origin.PULLED)
    told = visits.visit(page(visit))
    assert (told.status, told.room, state(visits, "r1")) == (S.ROOMED, visit.room, RoomState.OCCUPIED)
    assert [move.by for move in told.moves] == ["", DANA.staff]


def test_news_that_tells_no_times_leaves_what_is_known(
    unit: UnitOfWork, visits: Visits, desk: Opening, clock: SetClock
) -> None:
    take(unit, patient(), encounter_now("arrived"), origin=Origin.PULLED)
    visit = visits.visit(only(visits, desk))
    visit = visits.take_to_room(desk, visit.ref, visit.revision, "r1")
    bare = of_patient("Encounter", "e1", status="arrived", priority={"text": "x"})
    take(unit, patient(), bare, origin=Origin.PULLED)
    assert visits.visit(page(visit)).moves == visit.moves
    clock.forward(minutes=5)
    take(unit, patient(), bare | {"status": "in-progress"}, origin=Origin.PULLED)
    assert [move.status for move in visits.visit(page(visit)).moves] == [
        *(move.status for move in visit.moves),
        S.WITH_PROVIDER,
    ]


@pytest.mark.parametrize("status", ["planned", "arrived", "in-progress"])
def test_what_is_done_with_a_visit_that_came_without_times_can_be_taken_back(
    unit: UnitOfWork, visits: Visits, desk: Opening, status: str
) -> None:
    take(unit, patient(), of_patient("Encounter", "e1", status=status, period={"start": "2026-11-24T09:00:00-05:00"}))
    visit = visits.visit(only(visits, desk))
    step = visits.arrive if visit.status is S.EXPECTED else visits.leave
    after = step(desk, visit.ref, visit.revision)
    assert visits.undo(desk, visit.ref, after.revision).status is visit.status


def test_an_old_encounter_that_nobody_closed_takes_no_room(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    old = of_patient("Encounter", "e", status="in-progress", period={"start": "2019-01-01T10:00:00Z"}, **IN_TWO)
    take(unit, patient(), old)
    assert (state(visits, "r2"), visits.today(desk).visits) == (RoomState.READY, ())


def test_a_number_given_here_is_found_after_the_server_gave_its_own(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    registered = visits.register(desk, new())
    number = {"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}, "value": "MRN-9"}
    for version in ("female", "other"):
        named = {"name": [{"family": "García", "given": ["María"]}], "gender": version}
        _link(unit, registered, patient("77", identifier=[number], **named))
    known = visits.patient(desk, registered.id)
    assert (known.record_number, known.verified, known.local) == ("MRN-9", True, True)
    for typed in (registered.record_number, "mrn-9", "garcia"):
        assert [card.id for card in visits.find(desk, typed)] == [registered.id]


def _link(unit: UnitOfWork, registered: Patient, resource: dict[str, Any]) -> None:
    """As sync does once it knows which patient of the server it is."""
    exchange = next(one for one in exchanges() if one.kind == "patient")
    with unit.write(Act(DANA, "sync", Right.CHART)) as write:
        after = exchange.revision(write, registered.id)
        exchange.take(write, Arrival(resource, registered.id, after, lambda _: ""), Origin.PULLED)


def test_bodies_are_made_from_the_rows(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, patient(), encounter_now("arrived"))
    about = only(visits, desk)
    visits.ask_allergies(about, ())
    assert about.visit
    made = {one.kind: one for one in exchanges() if one.body}
    assert made.keys() == {"patient", "encounter", "allergy", "order", "critical_notice", "location"}
    with unit.read(Act.of(about, "sync", Right.READ)) as read:
        encounter = made["encounter"].body(read, about.visit.visit, 1, {})  # type: ignore[misc]
        assert encounter["status"] == "arrived"
        assert made["patient"].body(read, about.visit.patient, 1, {})["birthDate"] == "1968-02-02"  # type: ignore[misc]
        assert made["encounter"].needs
        assert made["encounter"].needs(read, about.visit.visit, 1) == (about.visit.patient,)


def test_what_was_taken_leaves_nothing_to_send(unit: UnitOfWork, visits: Visits, desk: Opening, tmp_path: Path) -> None:
    history(unit, visits, desk)
    take(unit, encounter_now("in-progress", **IN_TWO))
    assert faults(tmp_path) == []
    with unit.glance() as session:
        assert outbox.waiting(session) == 0


def test_dates_of_birth_in_every_offset_are_one_day(visits: Visits, desk: Opening, clock: SetClock) -> None:
    born = date(2026, 11, 20)
    patient_id = visits.register(desk, new(born=born)).id
    for zone in ("Pacific/Honolulu", "Pacific/Kiritimati"):
        clock.zone = ZoneInfo(zone)
        assert visits.patient(desk, patient_id).born == born
        assert [card.born for card in visits.find(desk, "2026-11-20")] == [born]
