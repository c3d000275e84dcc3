"""Patients: found as somebody types, registered, and put on the day's list."""

from __future__ import annotations

from dataclasses import replace

from maroom.core.ids import new_id
from maroom.core.names import fold
from maroom.core.people import Opening, Right
from maroom.core.visit import VisitRef
from maroom.fhir.reading import PartialDate
from maroom.store.base import Origin
from maroom.store.unit_of_work import Act, Write
from maroom.visits.model import Move, NewPatient, Patient, PatientCard, Visit, VisitStatus
from maroom.visits.rows import person as rows
from maroom.visits.rows import visit as visit_rows
from maroom.visits.rules import likeness, numbers
from maroom.visits.rules import typed as typed_rules
from maroom.visits.service.base import VisitsBase, act_about, stamped

_CANDIDATES = 500


class PatientVerbs(VisitsBase):
    def find(self, opening: Opening, typed: str, limit: int = 50) -> tuple[PatientCard, ...]:
        """By parts of names, a date of birth in any usual order, or a record number. Whole words first, then beginnings."""
        found: dict[str, PatientCard] = {}
        with self._unit.read(Act.of(opening, "patient.find", Right.READ)) as unit:
            for expression in typed_rules.expressions(typed, self._clock.today()):
                if len(found) < limit:
                    hits = sorted(rows.search(unit.session, expression, limit), key=lambda card: fold(card.display))
                    found |= {card.id: card for card in hits if card.id not in found}
        return tuple(found.values())[:limit]

    def patient(self, opening: Opening, patient_id: str) -> Patient:
        """KeyError where there is none."""
        with self._unit.read(act_about(opening, VisitRef("", patient_id), "patient.read", Right.READ)) as unit:
            return rows.get(unit.session, patient_id)

    def near_matches(self, opening: Opening, new: NewPatient) -> tuple[PatientCard, ...]:
        """Who is here already and could be the same person: of those with that birth date or that family name."""
        found: dict[str, PatientCard] = {}
        with self._unit.read(Act.of(opening, "patient.near_matches", Right.READ)) as unit:
            for expression in typed_rules.near(new):
                found |= {card.id: card for card in rows.search(unit.session, expression, _CANDIDATES)}
        return tuple(card for card in found.values() if likeness.near(new, card))

    def register(self, opening: Opening, new: NewPatient) -> Patient:
        """Not verified until another system knows the patient; the record number is this station's own."""
        patient_id = new_id()
        with self._unit.write(act_about(opening, VisitRef("", patient_id), "patient.register", Right.REGISTER)) as unit:
            patient = Patient(
                id=patient_id,
                revision=0,
                name=new.name,
                birth=PartialDate(new.born.isoformat(), new.born),
                sex=new.sex,
                record_number=_next_number(unit),
                phone=new.phone.strip(),
            )
            rows.add(unit, patient, [], Origin.TYPED)
        return replace(patient, revision=1)

    def add_visit(self, opening: Opening, patient_id: str, reason: str, provider: str = "") -> Visit:
        """A walk-in: arrived now. The same patient may have two visits a day."""
        about = VisitRef(new_id(), patient_id)
        with self._unit.write(act_about(opening, about, "visit.add", Right.REGISTER)) as unit:
            rows.get(unit.session, patient_id)
            came = Move(VisitStatus.ARRIVED, stamped(unit.now), by=opening.author.staff)
            visit = Visit(about, 0, came.status, reason=reason.strip(), moves=(came,), provider=provider)
            visit_rows.add(unit, visit, Origin.TYPED)
        return replace(visit, revision=1)


def _next_number(unit: Write) -> str:
    begins = numbers.prefix(unit.station)
    return numbers.following(rows.last_number(unit.session, begins), begins)
