"""Lists merged by what their elements are, never by where they stand."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from maroom.fhir.exchange import Resource
from maroom.sync.merge.same import plain

Decide = Callable[[str, Any, Any, Any], Any]
"""Path, base, mine, theirs (None: absent) > what stands."""
_KEYS: Mapping[str, tuple[str, ...]] = {
    "telecom": ("system", "value"),
    "name": ("use",),
    "address": ("use",),
    "identifier": ("system", "value"),
    "coding": ("system", "code"),
    "tag": ("system", "code"),
    "security": ("system", "code"),
    "extension": ("url",),
    "modifierExtension": ("url",),
    "component": ("code",),
    "communication": ("language",),
}
"""By which elements one of a list is known; of other lists only an equal one is the same."""


@dataclass(frozen=True)
class Lists:
    """One list as the three have it."""

    name: str
    base: list[Resource]
    mine: list[Resource]
    theirs: list[Resource]

    def _keys(self) -> tuple[str, ...]:
        """None where two elements of one list would have the same key."""
        keys = _KEYS.get(self.name, ())
        for side in (self.base, self.mine, self.theirs):
            found = {_key(one, keys) for one in side}
            if len(found) < len(side):
                return ()
        return keys

    def merged(self, decide: Decide) -> list[Resource] | None:
        """In the order of theirs, then what mine added. None where both put something else in the place of the same."""
        keys = self._keys()
        base, mine, theirs = ({_key(one, keys): one for one in side} for side in (self.base, self.mine, self.theirs))
        if _both_replaced(base, mine, theirs):
            return None
        stands = {key: self._one(keys, key, (base, mine, theirs), decide) for key in dict.fromkeys((*theirs, *mine))}
        return [one for one in stands.values() if one]

    def _one(
        self, keys: tuple[str, ...], key: Hashable, sides: tuple[dict[Hashable, Resource], ...], decide: Decide
    ) -> Resource | None:
        base, mine, theirs = (side.get(key) for side in sides)
        return decide(f"{self.name}[{_words(mine or theirs or {}, keys)}]", base, mine, theirs)

    def united(self) -> list[Resource]:
        """All that either has."""
        there = {plain(one) for one in self.theirs}
        return [*self.theirs, *(one for one in self.mine if plain(one) not in there)]


def _both_replaced(base: dict[Hashable, Resource], mine: dict[Hashable, Resource], theirs: dict[Hashable, Resource]) -> bool:
    taken_out = base.keys() - mine.keys() - theirs.keys()
    put_in = mine.keys() - base.keys(), theirs.keys() - base.keys()
    return bool(taken_out) and bool(put_in[0] - put_in[1]) and bool(put_in[1] - put_in[0])


def _key(one: Resource, keys: tuple[str, ...]) -> Hashable:
    return tuple(plain(one.get(name)) for name in keys) if keys else plain(one)


def _words(one: Resource, keys: tuple[str, ...]) -> str:
    return "|".join(value for name in keys if isinstance(value := one.get(name), str))


def as_objects(value: Any) -> list[Resource] | None:
    """The list where it is one of objects; an absent one is empty. None for anything else."""
    found = cast("list[Any]", [] if value is None else value)
    return found if isinstance(value, list | None) and all(isinstance(one, dict) for one in found) else None
