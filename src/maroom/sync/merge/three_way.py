"""Element by element: what one side changed stands, what both changed is a person's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from maroom.fhir.exchange import Resource
from maroom.fhir.rule import Manner, Rule
from maroom.sync.merge.fields import content, cut, fields
from maroom.sync.merge.lists import Lists, as_objects
from maroom.sync.merge.meta import meta
from maroom.sync.merge.result import Choices, Clash, Conflict, Merged, Side, Taken, Told
from maroom.sync.merge.same import plain, same


def three_way(
    rule: Rule, base: Mapping[str, Any], mine: Resource, theirs: Resource, choices: Choices, told: Told = Told.NOTHING
) -> Merged | Conflict:
    """What nobody changed, and what both changed alike, is left as theirs has it."""
    merging = _Merging(rule, base, mine, theirs, choices)
    made = merging.made()
    taken = tuple(merging.taken)
    return Conflict(tuple(merging.clashes), taken) if merging.clashes else Merged(made, taken, told)


class _Merging:
    """One merge, with what it finds on its way."""

    def __init__(self, rule: Rule, base: Mapping[str, Any], mine: Resource, theirs: Resource, choices: Choices) -> None:
        self._rule = rule
        self._bodies = base, mine, theirs
        self._choices = choices
        self._both_changed = not same(content(mine), content(base)) and not same(content(theirs), content(base))
        self._fields = fields(rule, (theirs, mine, base))
        self.taken: list[Taken] = []
        self.clashes: list[Clash] = []

    def made(self) -> Resource:
        base, mine, theirs = self._bodies
        made = dict(theirs) | meta(base, mine, theirs)
        for field, elements in self._fields.items():
            stands = self._stands(field, elements)
            for name in elements:
                made.pop(name, None)
            made |= {name: value for name, value in stands.items() if value not in (None, [], {})}
        return made

    def _stands(self, field: str, elements: list[str]) -> Resource:
        """What becomes of a field: of several elements they are one value, of one its own value is."""
        cuts = [cut(body, elements) for body in self._bodies]
        if len(elements) > 1:
            return self._settled(field, *cuts) or {}
        name = elements[0]
        return {name: self._settled(field, *(body.get(name) for body in cuts))}

    def _settled(self, field: str, base: Any, mine: Any, theirs: Any) -> Any:
        weighty = self._is_weighty(field, base, mine, theirs)
        return (self._chosen if weighty else self._decided)(field, base, mine, theirs)

    def _is_weighty(self, field: str, base: Any, mine: Any, theirs: Any) -> bool:
        if not self._both_changed or field not in self._rule.sensitive or same(mine, theirs):
            return False
        return field not in self._rule.grows or not (_only_grew(base, mine) and _only_grew(base, theirs))

    def _decided(self, path: str, base: Any, mine: Any, theirs: Any) -> Any:
        if same(mine, theirs):
            return theirs
        if same(mine, base):
            self.taken.append(Taken(path, Side.THEIRS, base, theirs))
            return theirs
        if same(theirs, base):
            self.taken.append(Taken(path, Side.MINE, base, mine))
            return mine
        return self._of_both(path, base, mine, theirs)

    def _of_both(self, path: str, base: Any, mine: Any, theirs: Any) -> Any:
        """Both changed it, and not alike."""
        if path in self._choices:
            return self._chosen(path, base, mine, theirs)
        if (later := self._later(path, mine, theirs)) is not None:
            return later
        lists = [as_objects(side) for side in (base, mine, theirs)]
        merged = Lists(path, *cast("list[list[Resource]]", lists)).merged(self._decided) if None not in lists else None
        united = _united_concept(base, mine, theirs) if merged is None else merged
        return self._chosen(path, base, mine, theirs) if united is None else united

    def _later(self, path: str, mine: Any, theirs: Any) -> Any:
        """The later of two times or statuses of which the later stands; None for anything else."""
        order = self._rule.order
        if path == "status" and mine in order and theirs in order:
            return max(mine, theirs, key=order.index)
        if path not in self._rule.latest:
            return None
        ours, there = plain(mine), plain(theirs)
        if not isinstance(ours, datetime) or not isinstance(there, datetime):
            return None
        return mine if ours > there else theirs

    def _chosen(self, path: str, base: Any, mine: Any, theirs: Any) -> Any:
        """What a person chose; until somebody does, theirs."""
        side = self._choices.get(path)
        if side is Side.MINE:
            return mine
        if side is Side.BOTH and (united := _both(path, mine, theirs)) is not None:
            return united
        if side is not Side.THEIRS:
            self.clashes.append(Clash(path, *self._shown(path, base, mine, theirs), self._recommended(path, mine, theirs)))
        return theirs

    def _shown(self, path: str, base: Any, mine: Any, theirs: Any) -> tuple[Any, Any, Any]:
        """Of a field of several elements only those that differ."""
        elements = self._fields.get(path, [])
        if len(elements) < 2:
            return base, mine, theirs
        differ = [name for name in elements if not same(mine.get(name), theirs.get(name))]
        return cut(base, differ), cut(mine, differ), cut(theirs, differ)

    def _recommended(self, path: str, mine: Any, theirs: Any) -> Side:
        """Both readings; a value rather than none; else what the server has."""
        if self._rule.manner is Manner.APPEND_ONLY and path in self._rule.together:
            return Side.BOTH
        return Side.MINE if plain(theirs) is None and plain(mine) is not None else Side.THEIRS


def _only_grew(before: Any, after: Any) -> bool:
    kept = {plain(one) for one in as_objects(after) or []}
    return all(plain(one) in kept for one in as_objects(before) or [])


def _united_concept(base: Any, mine: Any, theirs: Any) -> Resource | None:
    """A CodeableConcept to which both only added codings."""
    sides = [_as_concept(side) for side in (base, mine, theirs)]
    if None in sides:
        return None
    (codings, rest), (ours, my_rest), (there, their_rest) = (side for side in sides if side)
    grew = _only_grew(codings, ours) and _only_grew(codings, there)
    if not grew or not same(my_rest, rest) or not same(their_rest, rest):
        return None
    return theirs | {"coding": Lists("coding", codings, ours, there).united()}


def _as_concept(value: Any) -> tuple[list[Resource], Resource] | None:
    """Codings and the rest, where it is a CodeableConcept with codings."""
    found = cast("Resource", value) if isinstance(value, dict) else {}
    codings = as_objects(found.get("coding"))
    return (codings, {name: one for name, one in found.items() if name != "coding"}) if codings else None


def _both(path: str, mine: Any, theirs: Any) -> Any:
    """What can be kept side by side: the elements of two lists. None for anything else."""
    lists = as_objects(mine), as_objects(theirs)
    return Lists(path, [], lists[0], lists[1]).united() if lists[0] and lists[1] else None
