"""Observations and the like, to which is only added, and the lists of a chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maroom.fhir import reading
from maroom.fhir.exchange import Resource
from maroom.fhir.rule import Rule
from maroom.sync.merge.fields import content, cut, fields
from maroom.sync.merge.result import Choices, Clash, Conflict, Merged, Side, Told
from maroom.sync.merge.same import plain, same
from maroom.sync.merge.three_way import three_way

VOID = "entered-in-error"


def append_only(rule: Rule, base: Mapping[str, Any], mine: Resource, theirs: Resource, choices: Choices) -> Merged | Conflict:
    """An entry in error stays one. Of two corrections of one reading neither is written over the other."""
    if is_void(theirs) and not is_void(base):
        return Merged(theirs, told=_told(is_void(mine) or same(content(mine), content(base))))
    if is_void(mine) and not is_void(base):
        return _voided(rule, base, mine, theirs)
    return three_way(rule, base, mine, theirs, choices)


def _voided(rule: Rule, base: Mapping[str, Any], mine: Resource, theirs: Resource) -> Merged:
    """Theirs, in error: what they changed stays to be read."""
    clashing = three_way(rule, base, mine, theirs, {})
    asked = {clash.path: Side.THEIRS for clash in clashing.clashes} if isinstance(clashing, Conflict) else {}
    merged = three_way(rule, base, mine, theirs, asked)
    resource = merged.resource if isinstance(merged, Merged) else dict(theirs)
    return Merged(resource | {"status": VOID}, merged.taken, _told(same(content(theirs), content(base))))


def _told(nobody_else: bool) -> Told:
    return Told.NOTHING if nobody_else else Told.VOID_STANDS


def additions(rule: Rule, base: Mapping[str, Any], mine: Resource, theirs: Resource, choices: Choices) -> Merged | Conflict:
    """One that both changed, and not alike, is shown whole."""
    if same(content(mine), content(base)) or same(content(theirs), content(base)) or same(content(mine), content(theirs)):
        return three_way(rule, base, mine, theirs, choices)
    asked: list[Clash] = []
    made = dict(theirs)
    for field, elements in fields(rule, (theirs, mine, base)).items():
        before, ours, there = (cut(body, elements) for body in (base, mine, theirs))
        if same(ours, there):
            continue
        if choices.get(field) is Side.MINE:
            made = {name: value for name, value in made.items() if name not in elements} | ours
        elif choices.get(field) is not Side.THEIRS:
            asked.append(_asked(field, elements, before, ours, there))
    return Conflict(tuple(asked)) if asked else Merged(made)


def _asked(field: str, elements: list[str], base: Resource, mine: Resource, theirs: Resource) -> Clash:
    """What only one changed is recommended, and a value rather than none."""
    kept_by_them = same(theirs, base) or (plain(theirs) is None and plain(mine) is not None)
    sides = [side if len(elements) > 1 else side.get(elements[0]) for side in (base, mine, theirs)]
    return Clash(field, sides[0], sides[1], sides[2], Side.MINE if kept_by_them else Side.THEIRS)


def is_void(body: Mapping[str, Any]) -> bool:
    """Entered in error."""
    codings = reading.concept(dict(body), "verificationStatus").codings
    return body.get("status") == VOID or any(coding.code == VOID for coding in codings)
