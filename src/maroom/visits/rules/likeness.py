"""Who could be taken for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from maroom.core.names import Likeness, alike
from maroom.visits.model import NewPatient, PatientCard


def mistakable(people: Mapping[str, Likeness]) -> frozenset[str]:
    """The keys of those who could be taken for another one among them. One person twice under two keys is no other one,
    so key by patient."""
    close: defaultdict[str, list[str]] = defaultdict(list)
    for key, one in people.items():
        for shortened in _shortened(one.family):
            close[shortened].append(key)
    pairs = {pair for keys in close.values() for pair in combinations(keys, 2)}
    return frozenset(key for pair in pairs if alike(people[pair[0]], people[pair[1]]) for key in pair)


def _shortened(family: str) -> Iterable[str]:
    """The name, and the name without each of its letters: two names one slip apart always share one of these."""
    return {family, *(family[:place] + family[place + 1 :] for place in range(len(family)))}


def near(new: NewPatient, card: PatientCard) -> bool:
    """Could be the same person: alike, or of one birth date and one given or family name, in whichever field it stands."""
    one, other = Likeness.of(new.name, new.born), Likeness.of(card.name, card.born)
    if alike(one, other):
        return True
    shared = {one.family, one.given} & {other.family, other.given} - {""}
    return bool(shared) and one.born == other.born
