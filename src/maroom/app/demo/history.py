"""A person's years before today: problems, medicines, allergies, and visits with what was measured there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from maroom.app.demo import wire
from maroom.app.demo.bodies import Body
from maroom.app.demo.measured import Sitting
from maroom.app.demo.people import Person
from maroom.app.demo.seed import Seed, table
from maroom.core.clock import at_local
from maroom.fhir.exchange import Resource

_CHILD_UNTIL, _GROWN_FROM = 3, 19
_YEARS_OF_A_CHILD = 6
_YEARS_OF_A_GROWN = 5
_FOLLOWED_EVERY = 120
_LEAST_GAP = 5
_FIRST_HOUR, _LAST_HOUR = 8, 16


def history(seed: Seed, person: Person, zone: ZoneInfo, provider: Resource, assistants: list[Resource]) -> Iterator[Resource]:
    """The patient first."""
    rng = seed.rng("history", person.key)
    yield wire.patient(seed.id(person.key), person)
    yield from _chart(seed, person, rng, provider)
    days = _days(person, seed.today, rng)
    body = Body.of(person, rng)
    for number, day in enumerate(days):
        minutes = 60 * rng.randint(_FIRST_HOUR, _LAST_HOUR) + 5 * rng.randrange(12)
        start = at_local(day, minutes, zone)
        seen = wire.encounter(seed.id(person.key, day), _who(seed, person), _reason(person, day), start, provider)
        yield seen
        visit = wire.to("Encounter", seen["id"])
        at = wire.later(start, rng.randint(3, 9))
        sitting = Sitting(seed, body, day, at, visit, rng.choice(assistants), number / len(days))
        yield from sitting.signs(rng)
        yield from sitting.results(rng)


def _who(seed: Seed, person: Person) -> Resource:
    return wire.to("Patient", seed.id(person.key))


def _chart(seed: Seed, person: Person, rng: Random, provider: Resource) -> Iterator[Resource]:
    health = table("health")
    who = _who(seed, person)
    for key in person.problems:
        told = health["problems"][key]
        since = _since(person, told, seed.today, rng)
        yield wire.problem(seed.id(person.key, key), who, told, since)
        for medicine in told["medicines"]:
            yield wire.medicine(seed.id(person.key, medicine), who, health["medicines"][medicine], since, provider)
    for key in person.allergies:
        asked = seed.today - timedelta(days=rng.randint(30, 900))
        yield wire.allergy(seed.id(person.key, "allergy", key), who, health["allergies"][key], max(asked, person.born))


def _since(person: Person, told: dict[str, Any], today: date, rng: Random) -> date:
    """A pregnancy is of this year; anything else began some years ago, in grown life."""
    if told["share"] == 0:
        return today - timedelta(weeks=24)
    years = min(rng.uniform(1, 9), max(person.age(today) - told["from"], 0.5))
    return today - timedelta(days=round(years * 365))


def _days(person: Person, today: date, rng: Random) -> list[date]:
    """When the person was here before: small children by their checks, others yearly, those who are followed more often."""
    age = person.age(today)
    if age < _CHILD_UNTIL:
        found = [person.born + timedelta(days=days) for days in table("bodies")["checks"]["days"]]
    elif age < _GROWN_FROM:
        found = [today - timedelta(days=365 * back + rng.randint(-40, 40)) for back in range(1, _YEARS_OF_A_CHILD + 1)]
    else:
        followed = [today - timedelta(days=_FOLLOWED_EVERY * back + rng.randint(-15, 15)) for back in range(1, 4)]
        yearly = [
            today - timedelta(days=365 * back + rng.randint(-60, 60)) for back in range(1, rng.randint(2, _YEARS_OF_A_GROWN))
        ]
        found = (followed if person.problems else []) + yearly
    workdays = {_workday(day) for day in found if day > person.born}
    return sorted(day for day in workdays if (today - day).days >= _LEAST_GAP)


def _workday(day: date) -> date:
    """That day, or the Monday after."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _reason(person: Person, day: date) -> dict[str, Any]:
    reasons = table("visits")["reasons"]
    age = person.age(day)
    if age < _GROWN_FROM:
        return reasons["newborn" if age < 0.05 else "well_infant" if age < 2 else "well_child"]
    followed = [one for one in reasons.values() if one.get("follows") in person.problems]
    return followed[0] if followed else reasons["yearly"]
