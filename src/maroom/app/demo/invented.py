"""The whole invented clinic, still as nothing but data: settings, people who work there, and resources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from maroom.app.demo import wire
from maroom.app.demo.day import appointments
from maroom.app.demo.history import history
from maroom.app.demo.people import people
from maroom.app.demo.seed import Seed, table
from maroom.core.ids import id_of_imported
from maroom.core.people import Role
from maroom.core.settings import Clinic, Room
from maroom.fhir.exchange import Resource


@dataclass(frozen=True)
class Colleague:
    """Somebody who works there: `id` is the record id that she has or gets."""

    id: str
    name: str
    role: Role
    pin: str


def settings(number: int) -> Clinic:
    """The clinic's settings, the same on every day."""
    told = table("clinic")
    clinic_id = Seed.clinic_id_of(number)
    return Clinic(
        id=clinic_id,
        name=told["names"][(number - 1) % len(told["names"])],
        zone=told["zone"],
        namespace=f"urn:uuid:{clinic_id}",
        phone=told["phone"],
        after_hours_phone=told["after_hours_phone"],
        rooms=tuple(Room(str(uuid5(NAMESPACE_URL, f"{clinic_id}/room/{name}")), name) for name in told["rooms"]),
        demo=number,
    )


def administrator(number: int) -> Colleague:
    """The one who is there first; she is no Practitioner of any server."""
    return _colleague(number, table("clinic")["administrator"])


def colleagues(number: int) -> tuple[Colleague, ...]:
    """The others, who come as Practitioners and are then given their role and PIN."""
    return tuple(_colleague(number, told) for told in table("clinic")["staff"])


def resources(seed: Seed) -> Iterator[Resource]:
    """Practitioners, patients with their histories, and today's appointments and orders."""
    staff = table("clinic")["staff"]
    for told in staff:
        yield wire.practitioner(told["key"], told)
    provider, *_ = _references(staff, Role.PROVIDER)
    assistants = _references(staff, Role.ASSISTANT)
    zone = settings(seed.number).tz()
    for person in people(seed):
        yield from history(seed, person, zone, provider, assistants)
    yield from booked(seed, seed.today)


def booked(seed: Seed, day: date) -> Iterator[Resource]:
    """Who comes on a day, with their orders: those who were invented to come on the day that the clinic was made."""
    coming = [person for person in people(seed) if person.visit]
    provider, *_ = _references(table("clinic")["staff"], Role.PROVIDER)
    yield from appointments(seed, coming, day, settings(seed.number).tz(), provider)


def _references(staff: Sequence[dict[str, str]], role: Role) -> list[Resource]:
    return [wire.to("Practitioner", told["key"], _name(told)) for told in staff if told["role"] == role]


def _name(told: dict[str, str]) -> str:
    return told.get("name") or " ".join(filter(None, (told.get("prefix"), told["given"], told["family"])))


def _colleague(number: int, told: dict[str, str]) -> Colleague:
    record = id_of_imported(Seed.clinic_id_of(number), "Practitioner", told["key"])
    return Colleague(record, _name(told), Role(told["role"]), told["pin"])
