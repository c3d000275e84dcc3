"""A small clinic, its patients, and resources that come to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from maroom.core.people import SYSTEM, Opening, Right
from maroom.core.settings import Clinic, Room
from maroom.store import check
from maroom.store.base import Origin
from maroom.store.check import Fault
from maroom.store.clinic import save
from maroom.store.opening import STORE
from maroom.store.unit_of_work import Act, UnitOfWork
from maroom.sync.intake import Counts, Intake
from maroom.visits.model import BoardRow, NewPatient, RoomState, Sex, Visit
from maroom.visits.service import Visits, exchanges
from tests.builders import KEY, opening

ROOMS = tuple(Room(f"r{number}", str(number)) for number in range(1, 5))
CLINIC = Clinic(id="0f7b4c1e-clinic", name="Test", namespace="urn:test", rooms=ROOMS)
UPKEEP = Act(SYSTEM, "import", Right.UPKEEP)
BORN = date(1968, 2, 2)
Resource = dict[str, Any]


def keep_clinic(unit: UnitOfWork) -> None:
    with unit.write(UPKEEP) as write:
        save(write, CLINIC)


def faults(folder: Path) -> list[Fault]:
    """All that is wrong with the store."""
    return check.faults(folder / STORE, KEY)


def new(family: str = "García", given: str = "María", born: date = BORN, phone: str = "") -> NewPatient:
    return NewPatient(family, given, born, Sex.FEMALE, phone)


def arrived(visits: Visits, family: str = "García", given: str = "María", born: date = BORN) -> Visit:
    """Somebody who has just been registered and walked in."""
    patient = visits.register(opening(), new(family, given, born))
    return visits.add_visit(opening(), patient.id, "Cough")


def roomed(visits: Visits, room: str = "r1", **who: Any) -> Visit:
    visit = arrived(visits, **who)
    return visits.take_to_room(opening(), visit.ref, visit.revision, room)


def page(visit: Visit) -> Opening:
    """A page opened for a visit."""
    return opening(visit=visit.ref)


def state(visits: Visits, room: str = "r1") -> RoomState:
    return next(one.state for one in visits.rooms(opening()) if one.room.id == room)


def row(visits: Visits, visit: Visit) -> BoardRow:
    return next(one for one in visits.today(opening()).visits if one.visit == visit.ref)


def take(unit: UnitOfWork, *resources: Resource, origin: Origin = Origin.IMPORTED) -> Counts:
    """As if they came in one file."""
    return Intake(unit, exchanges(), CLINIC.id).take(resources, origin, UPKEEP)


def patient(file_id: str = "p1", **elements: Any) -> Resource:
    named = {"name": [{"family": "Okafor", "given": ["Thomas"]}], "birthDate": "1968-02-02", "gender": "male"}
    return {"resourceType": "Patient", "id": file_id, **named, **elements}


def of_patient(rtype: str, file_id: str, whose: str = "p1", **elements: Any) -> Resource:
    element = "patient" if rtype == "AllergyIntolerance" else "subject"
    return {"resourceType": rtype, "id": file_id, element: {"reference": f"Patient/{whose}"}, **elements}


def appointment(start: str, file_id: str = "a1", whose: str = "p1", **elements: Any) -> Resource:
    people = [{"actor": {"reference": "Practitioner/d1", "display": "Dr. Amara"}}, {"actor": {"reference": f"Patient/{whose}"}}]
    return {
        "resourceType": "Appointment",
        "id": file_id,
        "status": "booked",
        "start": start,
        "description": "Cough",
        "participant": people,
        **elements,
    }
