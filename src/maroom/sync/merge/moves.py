"""A visit that two stations moved: the later state stands and the times of both are kept; what somebody took back is a
person's to decide. Participants and reasons are united, the rest is merged element by element."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maroom.fhir import reading
from maroom.fhir.exchange import NotUsable, Resource
from maroom.fhir.rule import Rule
from maroom.sync.merge import timeline
from maroom.sync.merge.fields import cut
from maroom.sync.merge.result import Choices, Clash, Conflict, Merged, Side, Taken, Told
from maroom.sync.merge.same import same
from maroom.sync.merge.three_way import three_way
from maroom.sync.merge.timeline import Point

PATH = "status"
"""The one path under which all that tells of moves is chosen."""
_OF_MOVES = ("status", "statusHistory", "location", "period")
_NO_VISIT = ("cancelled", "entered-in-error")


def moves(rule: Rule, base: Mapping[str, Any], mine: Resource, theirs: Resource, choices: Choices) -> Merged | Conflict:
    before, ours, there = (cut(body, _OF_MOVES) for body in (base, mine, theirs))
    whose = _whose(before, ours, there)
    moved = _moved(whose, before, ours, there, choices)
    rest = three_way(rule, _without(base), _without(mine), _without(theirs), choices)
    if isinstance(rest, Conflict):
        return Conflict((*([moved] if isinstance(moved, Clash) else []), *rest.clashes), rest.taken)
    if isinstance(moved, Clash):
        return Conflict((moved,), rest.taken)
    taken = [Taken(PATH, whose, base.get(PATH), moved.get(PATH))] if whose else []
    told = Told.MOVES_UNITED if whose is Side.BOTH else Told.NOTHING
    return Merged(rest.resource | moved, (*taken, *rest.taken), told)


def _without(body: Mapping[str, Any]) -> Resource:
    return {name: value for name, value in body.items() if name not in _OF_MOVES}


def _whose(base: Resource, mine: Resource, theirs: Resource) -> Side | None:
    """Whose moves are new to the other side; None where nobody's are."""
    if same(mine, theirs):
        return None
    if same(theirs, base):
        return Side.MINE
    return Side.THEIRS if same(mine, base) else Side.BOTH


def _moved(whose: Side | None, base: Resource, mine: Resource, theirs: Resource, choices: Choices) -> Resource | Clash:
    stands = choices.get(PATH) if whose is Side.BOTH else whose
    if stands in (Side.MINE, Side.THEIRS) or whose is not Side.BOTH:
        return mine if stands is Side.MINE else theirs
    try:
        asked = _no_visit(mine, theirs) or _took_back(base, mine) or _took_back(base, theirs)
        return _clash(base, mine, theirs) if asked else _united(mine, theirs)
    except NotUsable:
        return _clash(base, mine, theirs)


def _clash(base: Resource, mine: Resource, theirs: Resource) -> Clash:
    recommended = Side.MINE if _rank(mine) > _rank(theirs) else Side.THEIRS
    return Clash(PATH, base.get(PATH), mine.get(PATH), theirs.get(PATH), recommended)


def _rank(body: Resource) -> int:
    return timeline.rank(reading.text(body, "status"))


def _no_visit(mine: Resource, theirs: Resource) -> bool:
    """One says that there is none, the other that there is; or a status that has no place in the order."""
    differ = mine["status"] != theirs["status"]
    return differ and any(_rank(side) < 0 for side in (mine, theirs))


def _took_back(base: Resource, side: Resource) -> bool:
    """Whether something that was told before is no longer so."""
    if not base:
        return False
    lowered = side["status"] not in _NO_VISIT and _rank(side) < _rank(base)
    pairs = (timeline.states(base), timeline.states(side)), (timeline.stays(base), timeline.stays(side))
    return lowered or any(_keys(before) - _keys(after) for before, after in pairs)


def _keys(points: list[Point]) -> set[Any]:
    return {point.key for point in points}


def _united(mine: Resource, theirs: Resource) -> Resource:
    status = max(mine["status"], theirs["status"], key=timeline.rank)
    until = _end(mine, theirs) if status == "finished" else ""
    states = _with_last(timeline.once([*timeline.states(theirs), *timeline.states(mine)]), status)
    stays = timeline.once([*timeline.stays(theirs), *timeline.stays(mine)])
    made = {
        "status": status,
        "statusHistory": timeline.history(states),
        "location": timeline.located(stays, until),
        "period": _period(mine, theirs, until),
    }
    return {name: value for name, value in made.items() if value}


def _with_last(points: list[Point], status: str) -> list[Point]:
    """Where another state began after the one that stands, this one stands again from then on."""
    if points and points[-1].what["status"] != status:
        return [*points, points[-1]._replace(what={"status": status}, until="")]
    return points


def _end(*sides: Resource) -> str:
    """When the visit was over, by the earlier of those who say so."""
    ends = [end for side in sides if (end := reading.text(reading.part(side, "period"), "end"))]
    return min(ends, key=timeline.instant, default="")


def _period(mine: Resource, theirs: Resource, until: str) -> Resource:
    starts = [start for side in (theirs, mine) if (start := reading.text(reading.part(side, "period"), "start"))]
    first = min(starts, key=timeline.instant, default="")
    return {name: written for name, written in (("start", first), ("end", until)) if written}
