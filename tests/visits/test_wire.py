"""Visits, patients and allergies as resources, there and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import dropwhile, groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.core.clock import Moment
from maroom.core.settings import Room
from maroom.core.visit import VisitRef
from maroom.fhir.exchange import NotUsable
from maroom.fhir.reading import PartialDate
from maroom.visits.model import HERE, Allergy, Move, Notice, Order, Patient, Sex, Step, Visit, VisitStatus
from maroom.visits.rules import moves as rules
from maroom.visits.wire import chart, notice, person
from maroom.visits.wire import visit as wire
from tests.visits.build import CLINIC, ROOMS

S = VisitStatus
ABOUT = VisitRef("3c7e4a0e-visit", "9d2b4c1a-patient")
NINE = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def at(minutes: int) -> Moment:
    return Moment(NINE + timedelta(minutes=minutes), -300)


def walked(*steps: tuple[Step, Room | None]) -> Visit:
    """A visit that was expected, and then one step a minute."""
    visit = Visit(ABOUT, 1, S.EXPECTED, moves=(Move(S.EXPECTED, at(-60)),), expected=at(0))
    for minute, (step, room) in enumerate(steps, start=1):
        visit = rules.made(visit, step, at(minute), "staff", room)
    return visit


WHOLE = walked(
    (Step.ARRIVE, None),
    (Step.TAKE_TO_ROOM, ROOMS[0]),
    (Step.READY_FOR_PROVIDER, None),
    (Step.TAKE_TO_ROOM, ROOMS[1]),
    (Step.WITH_PROVIDER, None),
    (Step.LEAVE, None),
)


def when(minute: int) -> str:
    return f"2026-11-24T09:{minute:02}:00-05:00"


def span(start: int, end: int | None = None) -> dict[str, str]:
    return {"start": when(start)} | ({} if end is None else {"end": when(end)})


def test_a_whole_visit_as_an_encounter() -> None:
    assert wire.body(WHOLE, {}) == {
        "resourceType": "Encounter",
        "status": "finished",
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{ABOUT.visit}"}],
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB", "display": "ambulatory"},
        "type": [wire.PATIENT_VISIT],
        "subject": {"reference": f"urn:uuid:{ABOUT.patient}"},
        "period": span(1, 6),
        "statusHistory": [
            {"status": "arrived", "period": span(1, 3)},
            {"status": "triaged", "period": span(3, 5)},
            {"status": "in-progress", "period": span(5, 6)},
        ],
        "location": [
            {"location": {"display": "1"}, "status": "completed", "period": span(2, 4)},
            {"location": {"display": "2"}, "status": "completed", "period": span(4, 6)},
        ],
    }


def test_a_visit_in_a_room() -> None:
    body = wire.body(walked((Step.ARRIVE, None), (Step.TAKE_TO_ROOM, ROOMS[0])), {})
    assert (body["status"], body["period"]) == ("arrived", span(1))
    assert body["location"] == [{"location": {"display": "1"}, "status": "active", "period": span(2)}]
    assert "statusHistory" not in body


def test_what_was_undone_is_not_sent() -> None:
    undone = walked((Step.ARRIVE, None), (Step.TAKE_TO_ROOM, ROOMS[0]), (Step.UNDO, None))
    once = walked((Step.ARRIVE, None))
    assert wire.body(undone, {}) == wire.body(once, {})
    nobody = wire.body(walked((Step.ARRIVE, None), (Step.UNDO, None)), wire.body(once, {}))
    assert (nobody["status"], nobody["period"]) == ("planned", span(0))


def test_what_others_wrote_stays() -> None:
    base = {
        "resourceType": "Encounter",
        "id": "77",
        "identifier": [{"system": "urn:ehr", "value": "E-77"}],
        "class": {"code": "VR"},
        "type": [{"text": "Office visit"}],
        "subject": {"reference": "Patient/12", "display": "Okafor"},
        "participant": [{"individual": {"reference": "Practitioner/3"}}],
        "location": [{"location": {"reference": "Location/5", "display": "1"}, "status": "active", "period": span(2)}],
        "hospitalization": {"origin": {"display": "home"}},
        "x": False,
    }
    body = wire.body(WHOLE, base)
    assert {name: body[name] for name in ("id", "class", "type", "participant", "hospitalization", "x")} == {
        name: base[name] for name in ("id", "class", "type", "participant", "hospitalization", "x")
    }
    assert body["subject"] == {"reference": f"urn:uuid:{ABOUT.patient}", "display": "Okafor"}
    assert [one["value"] for one in body["identifier"]] == ["E-77", f"urn:uuid:{ABOUT.visit}"]
    assert [one["location"] for one in body["location"]] == [base["location"][0]["location"], {"display": "2"}]  # type: ignore[index]
    assert "reasonCode" not in body


STEPS = st.lists(st.tuples(st.sampled_from(list(Step)), st.sampled_from(ROOMS)), max_size=14)


@given(STEPS)
def test_there_and_back(steps: list[tuple[Step, Room]]) -> None:
    """Of any visit: the moves that stand come back from arrival on; a no-show comes back as a cancellation."""
    visit = walked()
    for minute, (step, room) in enumerate(steps, start=1):
        if rules.can(visit, step, room):
            visit = rules.made(visit, step, at(minute), "staff", room if step is Step.TAKE_TO_ROOM else None)
    back = wire.visit(wire.body(visit, {}), ABOUT, 1, CLINIC.rooms)
    standing = list(dropwhile(lambda move: move.status not in HERE, rules.standing(visit.moves)))
    assert back.status is (S.CANCELLED if visit.status is S.NO_SHOW else visit.status)
    assert back.room == visit.room
    if standing:
        assert [(move.status, move.at, move.room) for move in back.moves] == _changes(standing)


def _changes(moves: list[Move]) -> list[tuple[VisitStatus, Moment, Room | None]]:
    """Only what changed status or room: two steps that end where they began are one."""
    runs = groupby(moves, key=lambda move: (move.status, move.room))
    return [(first.status, first.at, first.room) for _, run in runs for first in [next(run)]]


def encounter(status: str, **elements: Any) -> dict[str, Any]:
    return {"resourceType": "Encounter", "status": status, **elements}


def moves_of(resource: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    visit = wire.visit(resource, ABOUT, 0, CLINIC.rooms)
    return [(move.status.value, move.at.iso(), move.room.name if move.room else None) for move in visit.moves]


def test_servers_that_say_less() -> None:
    assert moves_of(encounter("finished")) == []
    assert moves_of(encounter("finished", period=span(1, 9))) == [("arrived", when(1), None), ("out", when(9), None)]
    assert moves_of(encounter("finished", period=span(1))) == [("out", when(1), None)]
    assert moves_of(encounter("in-progress", period=span(1))) == [("with_provider", when(1), None)]
    assert moves_of(encounter("onleave", period=span(1))) == [("with_provider", when(1), None)]
    assert moves_of(encounter("unknown", period={"start": "2019"})) == []
    here = [{"location": {"display": "Hall B"}}]
    assert moves_of(encounter("arrived", period=span(1), location=here)) == [("roomed", when(1), "Hall B")]


def test_a_present_status_that_stands_in_the_history_too() -> None:
    history = [{"status": "in-progress", "period": span(5)}, {"status": "arrived", "period": span(1, 5)}]
    told = encounter("in-progress", period=span(1), statusHistory=history)
    assert moves_of(told) == [("arrived", when(1), None), ("with_provider", when(5), None)]


def test_a_planned_encounter_is_expected_at_its_start() -> None:
    visit = wire.visit(encounter("planned", period=span(1)), ABOUT, 0, ())
    assert (visit.status, visit.expected, visit.moves) == (S.EXPECTED, at(1), ())


@pytest.mark.parametrize(
    ("resource", "path"),
    [
        (encounter("departed"), "status"),
        ({"resourceType": "Encounter"}, "status"),
        (encounter("finished", period="today"), "period"),
        (encounter("finished", location={"display": "1"}), "location"),
        (encounter("finished", statusHistory=[{"status": "gone"}]), "status"),
        (encounter("finished", period={"start": "2026-11-24T09:00:00"}), "start"),
        (encounter("finished", reasonCode=[{"text": 7}]), "text"),
    ],
)
def test_what_is_no_encounter_is_told_by_its_path(resource: dict[str, Any], path: str) -> None:
    with pytest.raises(NotUsable) as raised:
        wire.visit(resource, ABOUT, 0, ())
    assert raised.value.path == path


def test_somebody_registered_as_a_patient() -> None:
    birth = PartialDate("1968-02-02", date(1968, 2, 2))
    name = person.patient({"name": [{"family": "García", "given": ["María", "Elena"]}]}, "x", 0, local=True).name
    registered = Patient("p-1", 1, name, birth, Sex.FEMALE, "L-7QX-000001", "555-0101")
    body = person.body(registered, "urn:clinic", {})
    assert body == {
        "resourceType": "Patient",
        "active": True,
        "identifier": [
            {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:p-1"},
            {"use": "secondary", "system": "urn:clinic/record-number", "value": "L-7QX-000001"},
        ],
        "name": [{"use": "official", "family": "García", "given": ["María", "Elena"]}],
        "telecom": [{"system": "phone", "value": "555-0101"}],
        "gender": "female",
        "birthDate": "1968-02-02",
    }
    assert person.body(registered, "urn:clinic", body) == body
    back = person.patient(body, "p-1", 1, local=True)
    assert (back.name, back.birth, back.sex, back.phone) == (name, birth, "female", "555-0101")


def test_an_unknown_sex_and_birth_are_left_out() -> None:
    body = person.body(Patient("p", 1, person.patient({}, "x", 0, local=True).name, None), "urn:c", {})
    assert body.keys() == {"resourceType", "active", "identifier", "name"}


def test_none_known_as_an_allergy() -> None:
    none = Allergy("a-1", 1, "No known allergy", chart.allergy(NONE, "", 0).coding, "active", "confirmed", recorded=at(0))
    body = chart.allergy_body(none, ABOUT, {})
    assert body["code"]["coding"] == NONE["code"]["coding"]
    assert body["patient"] == {"reference": f"urn:uuid:{ABOUT.patient}"}
    assert body["encounter"] == {"reference": f"urn:uuid:{ABOUT.visit}"}
    assert chart.allergy(body, "a-1", 1) == none


NONE: dict[str, Any] = {
    "code": {"coding": [{"system": "http://snomed.info/sct", "code": "716186003", "display": "No known allergy"}]}
}


def test_an_allergy_in_error_has_no_clinical_status() -> None:
    wrong = Allergy("a-1", 2, "latex", None, "active", "entered-in-error", reactions=("rash",), recorded=at(0))
    body = chart.allergy_body(wrong, VisitRef("", "p"), {})
    assert "clinicalStatus" not in body
    assert "encounter" not in body
    assert body["reaction"] == [{"manifestation": [{"text": "rash"}]}]


def test_a_critical_notice_is_completed_when_it_was_read_back() -> None:
    told = Notice("n-1", 1, ABOUT, "reading-1", "BP 212/124")
    body = notice.body(told, "staff-1", {})
    assert (body["status"], body["payload"]) == ("in-progress", [{"contentString": "BP 212/124"}])
    assert (body["about"], body["sender"]) == ([{"reference": "urn:uuid:reading-1"}], {"reference": "urn:uuid:staff-1"})
    assert not body.keys() & {"recipient", "sent", "note"}
    answered = notice.body(replace(told, whom="Dr. Amara", when=at(5), read_back=True), "staff-1", body)
    assert (answered["status"], answered["recipient"], answered["sent"]) == ("completed", [{"display": "Dr. Amara"}], when(5))


def test_a_clock_that_was_set_back_makes_no_period_that_ends_before_it_began() -> None:
    back = rules.made(walked((Step.ARRIVE, None)), Step.LEAVE, at(-30), "staff")
    assert wire.body(back, {})["period"] == span(1, 1)


def test_an_order_there_and_back() -> None:
    order = Order("o-1", 1, ABOUT, "Rapid strep", None, "active", "Dr. Amara", "Verbal order", at(0))
    body = chart.order_body(order, {})
    assert (body["intent"], body["status"], body["requester"]) == ("order", "active", {"display": "Dr. Amara"})
    assert chart.order(body, "o-1", 1, ABOUT) == order


@pytest.mark.parametrize(
    ("elements", "reads"),
    [
        ({"valueQuantity": {"value": 7, "unit": "%"}}, "7 %"),
        ({"valueQuantity": {"value": 5, "comparator": "<", "code": "mg/dL"}}, "<5 mg/dL"),
        ({"valueCodeableConcept": {"text": "Never smoker"}}, "Never smoker"),
        ({"valueString": "clear"}, "clear"),
        ({"valueBoolean": False}, "no"),
        ({"valueInteger": 0}, "0"),
        ({"dataAbsentReason": {"coding": [{"code": "unknown"}]}}, "unknown"),
        ({"component": [{"code": {"text": "A"}, "valueInteger": 1}, {"valueString": "x"}, {"code": {"text": "B"}}]}, "A 1; x"),
        ({"valueRatio": {"numerator": {"value": 1}}}, ""),
        ({}, ""),
    ],
)
def test_a_value_reads_as_it_was_sent(elements: dict[str, Any], reads: str) -> None:
    assert chart.value(elements) == reads
