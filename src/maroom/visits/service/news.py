"""What other systems say of visits: an appointment makes the visit expected, an Encounter tells where it stands."""

from __future__ import annotations

from dataclasses import replace

from maroom.core.ids import id_of_appointment_visit
from maroom.core.visit import VisitRef
from maroom.fhir import reading
from maroom.fhir.exchange import Arrival, NotUsable
from maroom.store.base import Origin
from maroom.store.clinic import clinic
from maroom.store.unit_of_work import Write
from maroom.visits.model import Appointment
from maroom.visits.rows import chart as rows
from maroom.visits.rows import person as person_rows
from maroom.visits.rows import visit as visit_rows
from maroom.visits.rows.chart import Came
from maroom.visits.rules import news as rules
from maroom.visits.service import occupancy
from maroom.visits.service.base import stamped
from maroom.visits.wire import appointment as appointment_wire
from maroom.visits.wire import visit as wire


def take_appointment(unit: Write, arrival: Arrival, origin: str) -> None:
    """The appointment, and the visit that stands for it, as long as nobody here has moved it. A slot without a patient known
    here makes none."""
    read = appointment_wire.appointment(arrival.resource, arrival.local_id)
    patient, provider = _attending(unit, arrival)
    appointment = replace(read, provider=provider)
    about = VisitRef(id_of_appointment_visit(clinic(unit.session).id, arrival.resource["id"]), patient)
    rows.add_appointment(unit, appointment, about, Came(Origin(origin), arrival.after, arrival.resource))
    if patient:
        _expect(unit, appointment, about, Origin(origin))


def _attending(unit: Write, arrival: Arrival) -> tuple[str, str]:
    """The patient's record id, and the name of the first of the others who has one."""
    actors = [(arrival.link(reference), display) for reference, display in appointment_wire.actors(arrival.resource)]
    patients = [local_id for local_id, _ in actors if local_id and person_rows.revision(unit.session, local_id)]
    names = [display for local_id, display in actors if display and local_id not in patients]
    return next(iter(patients), ""), next(iter(names), "")


def _expect(unit: Write, appointment: Appointment, about: VisitRef, origin: Origin) -> None:
    stands = appointment_wire.standing_of(appointment.status)
    before = visit_rows.find(unit.session, about.visit)
    made = rules.expected(before, appointment, about, stands, stamped(unit.now))
    if made is not None and made != before:
        visit_rows.add(unit, made if before else replace(made, local=origin is Origin.IMPORTED), origin)


def take_encounter(unit: Write, arrival: Arrival, origin: str) -> None:
    """NotUsable without a patient known here. Of a visit that was moved here too and comes from a file, the later state stands;
    what comes from the server was brought together with ours before."""
    resource = arrival.resource
    patient = arrival.link(reading.reference(resource, "subject"))
    if not patient:
        raise NotUsable("subject", "leads to no patient known here")
    rooms = clinic(unit.session).rooms if "location" in resource else ()
    told, now = wire.visit(resource, VisitRef(arrival.local_id, patient), arrival.after, rooms), stamped(unit.now)
    before = visit_rows.find(unit.session, arrival.local_id) if arrival.after else None
    if before is None:
        made = replace(rules.begun(told, now), local=origin == Origin.IMPORTED)
    else:
        made = rules.united(before, rules.begun(told, now)) if origin == Origin.IMPORTED else rules.followed(before, told, now)
    booked = next((arrival.link(reading.text(one, "reference")) for one in reading.parts(resource, "appointment")), "")
    made = replace(made, appointment=made.appointment or booked)
    visit_rows.add(unit, made, Origin(origin))
    occupancy.follow_news(unit, before, made)
