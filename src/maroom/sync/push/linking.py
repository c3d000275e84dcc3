"""Patients and visits that a server lets nobody create: its own are looked for, and kept for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maroom.core.names import fold
from maroom.fhir import reading
from maroom.fhir.exchange import NotUsable, Resource
from maroom.store import sending
from maroom.store.outbox import State
from maroom.sync.pull import pages
from maroom.sync.pull.pages import Unavailable
from maroom.sync.push.errand import Errand
from maroom.sync.push.parcels import Parcel
from maroom.sync.push.plan import Why
from maroom.sync.push.seeking import as_searchset
from maroom.sync.served import Served

Question = tuple[tuple[str, str], ...]


class Linking:
    def __init__(self, errand: Errand) -> None:
        self._errand = errand

    def look(self, parcels: Sequence[Parcel]) -> None:
        """Asks for each, the surest question first, until one finds something. Halted and what the client raises."""
        for parcel in parcels:
            found = self._candidates(parcel)
            with self._errand.book("candidates") as session:
                outcome = as_searchset(found) if found else None
                sending.move(session, [parcel.step.seq], State.TO_LINK, Why.TYPE_NOT_TAKEN, outcome=outcome)
            self._errand.at("push.looked_up")

    def _candidates(self, parcel: Parcel) -> list[Served]:
        for question in questions(parcel.body):
            found = self._asked(parcel.rtype, question)
            if found:
                return found
        return []

    def _asked(self, rtype: str, question: Question) -> list[Served]:
        try:
            page = pages.search(self._errand.client, rtype, question)
        except Unavailable:
            return []
        return [served for served in page.served if served.rtype == rtype and answers(served.resource, question)]


def questions(body: Resource) -> Iterator[Question]:
    """A patient by each number, then by name and birth date; a visit by its appointment, then by patient and day."""
    try:
        yield from _of_patient(body) if body["resourceType"] == "Patient" else _of_visit(body)
    except NotUsable:
        return


def _of_patient(body: Resource) -> Iterator[Question]:
    for one in reading.parts(body, "identifier"):
        system, value = reading.text(one, "system"), reading.text(one, "value")
        if value and system != reading.OURS:
            yield (("identifier", f"{system}|{value}"),)
    name, birth = reading.human_name(body, "name"), reading.text(body, "birthDate")
    if name.family and birth:
        yield (("family", name.family), ("birthdate", birth))


def _of_visit(body: Resource) -> Iterator[Question]:
    for one in reading.parts(body, "appointment"):
        if booked := reading.text(one, "reference"):
            yield (("appointment", booked),)
    patient, day = reading.reference(body, "subject"), reading.text(reading.part(body, "period"), "start")[:10]
    if patient and day:
        yield (("patient", patient), ("date", day))


def answers(resource: Resource, question: Iterable[tuple[str, str]]) -> bool:
    """Whether it is what was asked for: a server may ignore a parameter that it does not know."""
    try:
        return all(_CHECKS[name](resource, value) for name, value in question)
    except NotUsable:
        return False


def _has_identifier(resource: Resource, asked: str) -> bool:
    system, _, value = asked.partition("|")
    given = reading.parts(resource, "identifier")
    return any(
        reading.text(one, "value") == value and system in ("", reading.text(one, "system")) for one in given
    )  # fmt: skip


def _is_named(resource: Resource, family: str) -> bool:
    return any(fold(reading.text(one, "family")) == fold(family) for one in reading.parts(resource, "name"))


def _was_born(resource: Resource, day: str) -> bool:
    return reading.text(resource, "birthDate") == day


def _has_appointment(resource: Resource, booked: str) -> bool:
    return any(reading.text(one, "reference").endswith(booked) for one in reading.parts(resource, "appointment"))


def _is_of(resource: Resource, patient: str) -> bool:
    return reading.reference(resource, "subject").endswith(patient)


def _is_on(resource: Resource, day: str) -> bool:
    return reading.text(reading.part(resource, "period"), "start")[:10] in (day, "")


_CHECKS = {
    "identifier": _has_identifier,
    "family": _is_named,
    "birthdate": _was_born,
    "appointment": _has_appointment,
    "patient": _is_of,
    "date": _is_on,
}
