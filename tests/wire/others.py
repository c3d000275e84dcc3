"""What else goes out: patients, visits, allergies, orders, and the proof of each act and the word to the server's audit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from maroom.access import wire as staff
from maroom.access.model import Deed, Witnessed
from maroom.core.names import HumanName
from maroom.core.settings import Room
from maroom.fhir.exchange import Resource
from maroom.fhir.reading import SNOMED, Coding, PartialDate
from maroom.visits.model import Allergy, Move, Order, Patient, Sex, Visit, VisitStatus
from maroom.visits.wire import chart, person
from maroom.visits.wire import visit as visits
from tests.builders import DANA
from tests.duties.vitals.build import VISIT
from tests.wire.readings import AT, FIRST, LATER, SECOND

NAMESPACE = "https://clinic.example/maroom"
ROOM = Room("r1", "Room 1")
S = VisitStatus


def others() -> dict[str, Resource]:
    """Name > body."""
    return dict([*_patients(), *_visits(), *_allergies(), *_orders(), *_deeds(), *_events()])


def record(name: str) -> str:
    """A record id that is the same each time."""
    return str(uuid5(NAMESPACE_URL, name))


def _patients() -> Iterator[tuple[str, Resource]]:
    name, born = HumanName("García", ("María", "Elena")), PartialDate.parse("1968-02-02")
    known = Patient(VISIT.patient, 1, name, born, Sex.FEMALE, "000417", "212-555-0100")
    for told, patient in {
        "a patient": known,
        "a patient of one name": replace(known, name=HumanName("", ("Suharto",)), record_number="", phone=""),
        "a patient whose name is text": replace(known, name=HumanName(text="小龍"), sex=Sex.UNKNOWN),
        "a patient of whom a year is known": replace(known, birth=PartialDate.parse("1950"), sex=Sex.OTHER),
        "a patient without a birth date": replace(known, birth=None, active=False),
    }.items():
        yield told, person.body(replace(patient, id=record(told)), NAMESPACE, {})


def _visits() -> Iterator[tuple[str, Resource]]:
    here = (Move(S.EXPECTED, AT), Move(S.ARRIVED, AT), Move(S.ROOMED, LATER, ROOM))
    walked = Visit(VISIT, 1, S.ROOMED, ROOM, "Cough", AT, here)
    for status in VisitStatus:
        last = () if status in (S.EXPECTED, S.ROOMED, S.VOID) else (Move(status, LATER, None if status is S.OUT else ROOM),)
        visit = replace(walked, status=status, moves=here[:1] if status is S.EXPECTED else (*here, *last))
        yield f"a visit {status}", visits.body(replace(visit, ref=replace(VISIT, visit=record(f"visit {status}"))), {})
    booked = replace(walked, appointment=record("appointment"), ref=replace(VISIT, visit=record("visit of appointment")))
    yield "a visit of an appointment", visits.body(booked, {})


def _allergies() -> Iterator[tuple[str, Resource]]:
    penicillin = Coding(SNOMED, "764146007", "Penicillin")
    known = Allergy("", 1, "Penicillin", penicillin, "active", "unconfirmed", reactions=("Hives", "Swelling"), recorded=AT)
    for name, allergy in {
        "an allergy": known,
        "an allergy in words": replace(known, substance="Grandma's ointment", coding=None, reactions=()),
        "an allergy resolved": replace(known, clinical="resolved", verification="confirmed"),
        "an allergy entered in error": replace(known, verification="entered-in-error"),
        "no known allergy": replace(known, coding=Coding(SNOMED, "716186003", "No known allergy"), reactions=()),
    }.items():
        yield name, chart.allergy_body(replace(allergy, id=record(name)), VISIT, {})
    yield "an allergy outside a visit", chart.allergy_body(replace(known, id=record("outside")), replace(VISIT, visit=""), {})


def _orders() -> Iterator[tuple[str, Resource]]:
    known = Order("", 1, VISIT, "Urine dipstick", None, "active", "Dr. Amara Koroma", "verbal, read back", AT)
    coded = replace(known, coding=Coding("http://loinc.org", "24356-8", "Urinalysis complete panel - Urine"), note="")
    for name, order in {
        "an order": known,
        "an order by code": coded,
        "an order revoked": replace(known, status="revoked"),
    }.items():
        yield name, chart.order_body(replace(order, id=record(name)), {})


def _deeds() -> Iterator[tuple[str, Resource]]:
    for activity in ("CREATE", "UPDATE", "NULLIFY"):
        for on_server in (True, False):
            deed = Deed(
                activity, AT, (FIRST, SECOND), DANA.staff, DANA.name, on_server, "MA-1", "Test Clinic", NAMESPACE, "0.1.0"
            )
            yield (
                f"proof of {activity} by {'staff of the server' if on_server else 'staff named only'}",
                staff.provenance(deed, {}),
            )


def _events() -> Iterator[tuple[str, Resource]]:
    opened = Witnessed(
        "open", AT, DANA.staff, DANA.name, False, VISIT.patient, VISIT.visit, "MA-1", NAMESPACE, "0.1.0"
    )  # fmt: skip
    for name, event in {
        "a chart opened": opened,
        "a chart opened by staff of the server": replace(opened, on_server=True),
        "a chart opened outside a visit": replace(opened, visit=""),
        "records exported by the program itself": replace(opened, event="export", who="", name="", patient="", visit=""),
        "a failed sign-in": replace(opened, event="sign_in_failed", patient="", visit=""),
    }.items():
        yield name, staff.audit_event(event, {})
