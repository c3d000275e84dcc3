"""Appointment: read only."""

from __future__ import annotations

from maroom.fhir import reading
from maroom.fhir.exchange import Resource
from maroom.visits.model import Appointment, VisitStatus
from maroom.visits.wire.elements import first_coding

_STANDS: dict[str, VisitStatus] = {
    "booked": VisitStatus.EXPECTED,
    "arrived": VisitStatus.ARRIVED,
    "checked-in": VisitStatus.ARRIVED,
    "cancelled": VisitStatus.CANCELLED,
    "entered-in-error": VisitStatus.CANCELLED,
    "noshow": VisitStatus.NO_SHOW,
}


def appointment(resource: Resource, local_id: str) -> Appointment:
    """NotUsable."""
    told = (*reading.concepts(resource, "reasonCode"), *reading.concepts(resource, "serviceType"))
    kind = (*told, reading.concept(resource, "appointmentType"))
    words = reading.text(resource, "description") or next((one.words() for one in kind if one.words()), "")
    minutes = reading.number(resource, "minutesDuration")
    return Appointment(
        id=local_id,
        words=words,
        coding=next((coding for one in kind if (coding := first_coding(one))), None),
        status=reading.text(resource, "status"),
        start=reading.moment(resource, "start"),
        minutes=None if minutes is None else int(minutes),
    )


def actors(resource: Resource) -> tuple[tuple[str, str], ...]:
    """Reference and display of everybody and everything that takes part."""
    found = (reading.part(one, "actor") for one in reading.parts(resource, "participant"))
    return tuple((reading.text(one, "reference"), reading.text(one, "display")) for one in found)


def standing_of(status: str) -> VisitStatus | None:
    """Where the visit stands by its appointment; None where the appointment does not tell: proposed, pending, fulfilled, ..."""
    return _STANDS.get(status)
