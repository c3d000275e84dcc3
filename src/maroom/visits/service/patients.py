"""Patients: found as somebody types, registered, and put on the day's list."""

from __future__ import annotations

from maroom.core.people import Opening
from maroom.visits.model import NewPatient, Patient, PatientCard, Visit
from maroom.visits.service.base import VisitsBase


class PatientVerbs(VisitsBase):
    def find(self, opening: Opening, typed: str, limit: int = 50) -> tuple[PatientCard, ...]:
        """By parts of names, a date of birth in any usual order, or a record number; whole words first, then beginnings."""
        raise NotImplementedError

    def patient(self, opening: Opening, patient_id: str) -> Patient:
        """KeyError where there is none."""
        raise NotImplementedError

    def near_matches(self, opening: Opening, new: NewPatient) -> tuple[PatientCard, ...]:
        """Who is here already and could be the same person."""
        raise NotImplementedError

    def register(self, opening: Opening, new: NewPatient) -> Patient:
        """Not verified until another system knows the patient; the record number is this station's own."""
        raise NotImplementedError

    def add_visit(self, opening: Opening, patient_id: str, reason: str, provider: str = "") -> Visit:
        """A walk-in: arrived now. The same patient may have two visits a day."""
        raise NotImplementedError
