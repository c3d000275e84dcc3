"""A day as it is booked: who comes when, for what, and what was ordered beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from maroom.app.demo import wire
from maroom.app.demo.people import Person
from maroom.app.demo.seed import Seed, table
from maroom.core.clock import Moment, at_local
from maroom.fhir.exchange import Resource

_SLOTS = [minutes for minutes in range(8 * 60, 17 * 60, 15) if not 12 * 60 <= minutes < 13 * 60]
"""Minutes after midnight; closed at noon."""


def appointments(seed: Seed, coming: Sequence[Person], day: date, zone: ZoneInfo, provider: Resource) -> Iterator[Resource]:
    """One appointment each, with its orders; more people than slots means that some slots are booked twice."""
    rng = seed.rng("day", day)
    twice = rng.sample(_SLOTS, len(coming) - len(_SLOTS))
    order = rng.sample(coming, len(coming))
    for person, minutes in zip(order, sorted(_SLOTS + twice), strict=True):
        yield from _booked(seed, person, day, at_local(day, minutes, zone), provider)


def _booked(seed: Seed, person: Person, day: date, start: Moment, provider: Resource) -> Iterator[Resource]:
    visits = table("visits")
    told = visits["reasons"][person.visit]
    who, ahead = wire.to("Patient", seed.id(person.key)), 1 + seed.rng("ordered", person.key, day).randrange(20)
    authored = Moment(start.utc - timedelta(days=ahead), start.offset)
    orders = [
        wire.order(seed.id(person.key, "order", key, day), who, visits["orders"][key], authored, start, provider)
        for key in told["orders"]
    ]
    yield from orders
    yield wire.appointment(
        seed.id(person.key, "appointment", day),
        who,
        told,
        start,
        provider,
        basedOn=[wire.to("ServiceRequest", one["id"]) for one in orders],
        comment=f"with {person.comes_with}" if person.comes_with else "",
    )
