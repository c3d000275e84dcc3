"""Who could be taken for whom."""

from __future__ import annotations

from collections.abc import Mapping

from maroom.core.names import Likeness, alike
from maroom.visits.model import NewPatient, PatientCard


def mistakable(people: Mapping[str, Likeness]) -> frozenset[str]:
    """The keys of those who could be taken for another one among them. One person twice under two keys is no other one,
    so key by patient."""
    everyone = list(people.items())
    found: set[str] = set()
    for number, (key, one) in enumerate(everyone):
        for other_key, other in everyone[number + 1 :]:
            if alike(one, other):
                found |= {key, other_key}
    return frozenset(found)


def near(new: NewPatient, card: PatientCard) -> bool:
    """Could be the same person: alike, or of one birth date and one given or family name, in whichever field it stands."""
    one, other = Likeness.of(new.name, new.born), Likeness.of(card.name, card.born)
    if alike(one, other):
        return True
    shared = {one.family, one.given} & {other.family, other.given} - {""}
    return bool(shared) and one.born == other.born
