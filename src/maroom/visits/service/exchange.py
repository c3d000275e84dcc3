"""What patients, visits and charts hand to sync and import. They come last of all: what no duty claims is history here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from maroom.core.visit import VisitRef
from maroom.fhir import reading
from maroom.fhir.exchange import Arrival, Exchange, NotUsable, Resource
from maroom.fhir.rule import Manner, Rule
from maroom.store import mirror
from maroom.store.base import Origin, Revision
from maroom.store.clinic import clinic
from maroom.store.unit_of_work import Read, Write
from maroom.visits.model import Visit
from maroom.visits.rows import chart as rows
from maroom.visits.rows import notice as notice_rows
from maroom.visits.rows import person as person_rows
from maroom.visits.rows import visit as visit_rows
from maroom.visits.rows.chart import Came
from maroom.visits.rules.numbers import numbered
from maroom.visits.service.news import take_appointment, take_encounter
from maroom.visits.wire import chart as wire
from maroom.visits.wire import notice as notice_wire
from maroom.visits.wire import person as person_wire
from maroom.visits.wire import visit as visit_wire

_PERSON = Rule(Manner.THREE_WAY, sensitive=("name", "birthDate", "gender", "identifier", "deceased"), grows=("identifier",))
_VISIT = Rule(Manner.MOVES)
_LISTED = Rule(Manner.ADDITIONS)
_SAID = Rule(Manner.APPEND_ONLY, together=("payload",))


def exchanges() -> tuple[Exchange[Read, Write], ...]:
    """Those with a body are written as well as taken. Orders of medicines and what is taken of them are one kind."""
    patient = Exchange("patient", "Patient", _any, _take_patient, _stands(person_rows.revision), _patient_body, rule=_PERSON)
    encounter = Exchange(
        "encounter", "Encounter", _any, take_encounter, _stands(visit_rows.revision), _visit_body, _visit_needs, _VISIT
    )
    allergy = Exchange(
        "allergy", "AllergyIntolerance", _any, _take_allergy, _kept(rows.AllergyRow), _allergy_body, _allergy_needs, _LISTED
    )
    order = Exchange("order", "ServiceRequest", _any, _take_order, _kept(rows.OrderRow), _order_body, _order_needs, _LISTED)
    medicines = tuple(
        Exchange("medication", rtype, _any, _take_medicine, _kept(rows.MedicationRow), needs=_about_of(rows.MedicationRow))
        for rtype in ("MedicationRequest", "MedicationStatement")
    )
    return (
        patient,
        Exchange("location", "Location", _any, _take_location, _never, _location_body),
        Exchange(
            "appointment",
            "Appointment",
            _any,
            take_appointment,
            _kept(rows.AppointmentRow),
            needs=_about_of(rows.AppointmentRow),
        ),
        encounter,
        allergy,
        Exchange("condition", "Condition", _any, _take_condition, _kept(rows.ConditionRow), needs=_about_of(rows.ConditionRow)),
        *medicines,
        order,
        Exchange(
            "observation",
            "Observation",
            _any,
            _take_observation,
            _kept(rows.ObservationRow),
            needs=_about_of(rows.ObservationRow),
        ),
        Exchange(
            "critical_notice",
            "Communication",
            _none,
            _take_notice,
            _kept(notice_rows.NoticeRow),
            _notice_body,
            _notice_needs,
            _SAID,
        ),
    )


def load_charts(unit: Write, patients: Iterable[str]) -> None:
    """Says that all that is known elsewhere of these patients has been pulled, however little it was. Record ids."""
    person_rows.load_charts(unit.session, patients)


def _any(_resource: Resource) -> bool:
    return True


def _none(_resource: Resource) -> bool:
    return False


def _take_notice(unit: Write, arrival: Arrival, origin: str) -> None:
    """Only ours, which follows its patient; of others none is taken."""
    if not arrival.after or origin != Origin.MERGED:
        raise NotUsable("Communication", "of others is not taken")
    before, about = notice_rows.get(unit.session, arrival.local_id), _about(arrival)
    visit = VisitRef(about.visit or before.visit.visit, about.patient)
    notice_rows.add(unit, replace(before, visit=visit), Origin.MERGED)


def _stands(revision: Callable[[Any, str], int]) -> Callable[[Read | Write, str], int]:
    return lambda unit, local_id: revision(unit.session, local_id)


def _kept(row: type[Revision]) -> Callable[[Read | Write, str], int]:
    return _stands(rows.revision(row))


def _about_of(row: type[rows.Remembered]) -> Callable[[Read, str, int], tuple[str, ...]]:
    return lambda unit, local_id, revision: _needed(rows.about(unit.session, row, local_id, revision))


def _take_patient(unit: Write, arrival: Arrival, origin: str) -> None:
    """Imported ones are ours to create elsewhere, pulled ones are not; numbers given here stay among the identifiers."""
    patient = person_wire.patient(arrival.resource, arrival.local_id, arrival.after, local=origin == Origin.IMPORTED)
    identifiers = list(reading.parts(arrival.resource, "identifier"))
    if arrival.after:
        before = person_rows.get(unit.session, arrival.local_id)
        patient = replace(patient, local=before.local)
        for number in person_rows.numbers_given_here(unit.session, before):
            identifiers = numbered(identifiers, number, clinic(unit.session).namespace)
    person_rows.add(unit, patient, identifiers, Origin(origin))


def _patient_body(unit: Read, local_id: str, revision: int, base: Mapping[str, Any]) -> Resource:
    patient = person_rows.at_revision(unit.session, local_id, revision)
    return person_wire.body(patient, clinic(unit.session).namespace, base)


def _never(_unit: Read | Write, _local_id: str) -> int:
    return 0


def _take_location(_unit: Write, arrival: Arrival, _origin: str) -> None:
    """The clinic's rooms are its own setting: of a server's places only the mirror knows."""
    if not reading.text(arrival.resource, "name"):
        raise NotUsable("name", "is missing")


def _location_body(_unit: Read, _local_id: str, _revision: int, base: Mapping[str, Any]) -> Resource:
    return dict(base)


def _visit_body(unit: Read, local_id: str, revision: int, base: Mapping[str, Any]) -> Resource:
    visit = visit_rows.at_revision(unit.session, local_id, revision)
    return visit_wire.body(visit, base, _places(unit, visit))


def _visit_needs(unit: Read, local_id: str, revision: int) -> tuple[str, ...]:
    visit = visit_rows.at_revision(unit.session, local_id, revision)
    return (visit.ref.patient, *_places(unit, visit).values())


def _places(unit: Read, visit: Visit) -> dict[str, str]:
    """Record ids of the server's places that are named like the rooms of a visit."""
    return mirror.named(unit.session, "Location", {move.room.name for move in visit.moves if move.room})


def _take_allergy(unit: Write, arrival: Arrival, origin: str) -> None:
    about = _about(arrival, "patient")
    rows.add_allergy(unit, wire.allergy(arrival.resource, arrival.local_id, arrival.after), about, Origin(origin))
    load_charts(unit, [about.patient])


def _allergy_body(unit: Read, local_id: str, revision: int, base: Mapping[str, Any]) -> Resource:
    return wire.allergy_body(*rows.allergy_at(unit.session, local_id, revision), base)


def _allergy_needs(unit: Read, local_id: str, revision: int) -> tuple[str, ...]:
    return _needed(rows.allergy_at(unit.session, local_id, revision)[1])


def _take_order(unit: Write, arrival: Arrival, origin: str) -> None:
    rows.add_order(unit, wire.order(arrival.resource, arrival.local_id, arrival.after, _about(arrival)), Origin(origin))


def _order_body(unit: Read, local_id: str, revision: int, base: Mapping[str, Any]) -> Resource:
    return wire.order_body(rows.order_at(unit.session, local_id, revision), base)


def _order_needs(unit: Read, local_id: str, revision: int) -> tuple[str, ...]:
    return _needed(rows.order_at(unit.session, local_id, revision).visit)


def _notice_body(unit: Read, local_id: str, revision: int, base: Mapping[str, Any]) -> Resource:
    return notice_wire.body(*notice_rows.at_revision(unit.session, local_id, revision), base)


def _notice_needs(unit: Read, local_id: str, revision: int) -> tuple[str, ...]:
    notice, _ = notice_rows.at_revision(unit.session, local_id, revision)
    return (*_needed(notice.visit), notice.about)


def _take_condition(unit: Write, arrival: Arrival, origin: str) -> None:
    rows.add_condition(unit, wire.condition(arrival.resource, arrival.local_id), _about(arrival), _came(arrival, origin))


def _take_medicine(unit: Write, arrival: Arrival, origin: str) -> None:
    rows.add_medicine(unit, wire.medicine(arrival.resource, arrival.local_id), _about(arrival), _came(arrival, origin))


def _take_observation(unit: Write, arrival: Arrival, origin: str) -> None:
    rows.add_observation(unit, wire.observation(arrival.resource, arrival.local_id), _about(arrival), _came(arrival, origin))


def _came(arrival: Arrival, origin: str) -> Came:
    return Came(Origin(origin), arrival.after, arrival.resource)


def _about(arrival: Arrival, whose: str = "subject") -> VisitRef:
    """NotUsable where the patient is not known: what is kept under nobody's name would be missed under the right one."""
    patient = arrival.link(reading.reference(arrival.resource, whose))
    if not patient:
        raise NotUsable(whose, "leads to no patient known here")
    encounters = ("encounter", "context")
    visits = (arrival.link(reading.reference(arrival.resource, name)) for name in encounters if name in arrival.resource)
    return VisitRef(next(visits, ""), patient)


def _needed(about: VisitRef) -> tuple[str, ...]:
    return tuple(one for one in (about.patient, about.visit) if one)
