"""The people as tiles: who may sign in, what waits for each, and who fits the letters typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maroom.access.model import StaffMember
from maroom.core.names import search_keys
from maroom.core.people import Role


@dataclass(frozen=True)
class Person:
    """`kept` is how many pages wait for her; what stands on them is hers alone."""

    key: str
    letters: str
    name: str
    role: Role
    kept: int = 0


def tiles(staff: Iterable[StaffMember], kept: Mapping[str, int]) -> tuple[Person, ...]:
    return tuple(Person(who.id, who.letters, who.name, who.role, kept.get(who.id, 0)) for who in staff)


def fits(person: Person, letters: str) -> bool:
    """Whether every word typed begins a part of the name."""
    parts = search_keys(person.name)
    return all(any(part.startswith(word) for part in parts) for word in search_keys(letters))
