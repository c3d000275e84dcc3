"""A record that was changed here and on the server: merged by the rule of its kind, or left to a person with both in sight.

Every way in comes here: a resource that is pulled while changes of ours wait, an update that the server refused as stale, and a
person's choice. Nothing is discarded: what does not stand stays among the revisions, and theirs in the mirror.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from maroom.fhir.exchange import Arrival, Resource
from maroom.store import mirror, received
from maroom.store.base import Origin
from maroom.store.outbox import State
from maroom.store.received import Line
from maroom.store.unit_of_work import Read, Write
from maroom.sync.equality import equal
from maroom.sync.kinds import Kind
from maroom.sync.merge import Choices, Clash, Conflict, Merged, Side, merge, same
from maroom.sync.merge.fields import content
from maroom.sync.merge.references import named
from maroom.sync.persons import same_person
from maroom.sync.served import Served

UNREADABLE = "unreadable"
"""Why a line waits for a person: what the server has of its record cannot be read here."""
_STAYS = (State.KEPT, State.BY_HAND)
_WHO = ("name", "birthDate")


class Settled(StrEnum):
    """What became of it."""

    EQUAL = "equal"
    """the server has what we have: confirmed"""
    THEIRS = "theirs"
    """nothing of ours was left to be sent"""
    REBASED = "rebased"
    """ours is sent again, on top of theirs"""
    MERGED = "merged"
    """a new revision of both, which waits to be sent"""
    CONFLICT = "conflict"
    """a person decides"""
    DEFERRED = "deferred"
    """ours is on its way, and its answer not known: theirs waits in the mirror"""


@dataclass(frozen=True)
class Case:
    """One record with what the server has of it. `link` follows references of bodies from either side to record ids;
    `lines` are those that the server has not confirmed."""

    exchange: Kind
    local_id: str
    served: Served
    lines: Sequence[Line]
    link: Callable[[str], str]


@dataclass(frozen=True)
class Bodies:
    """What both started from, and what each has now, with references by record id."""

    base: Resource
    mine: Resource
    theirs: Resource


def settle(unit: Write, case: Case, choices: Choices | None = None) -> Settled:
    """In the open unit of work. NotUsable where theirs cannot be read."""
    if any(line.under_way for line in case.lines):
        _keep_theirs(unit, case)
        return Settled.DEFERRED
    bodies = bodies_of(unit, case)
    result = judged(case, bodies, choices)
    if isinstance(result, Conflict):
        return set_aside(unit, case)
    if same(content(result.resource), content(bodies.theirs)):
        return _theirs(unit, case, bodies, str(result.told))
    return _ours_on_top(unit, case, result)


def bodies_of(unit: Write | Read, case: Case) -> Bodies:
    """Where nothing of ours waits, ours is what both started from."""
    row = mirror.of(unit.session, case.local_id)
    start = (row.base if row else None) or {}
    known_there = start if row and row.source == mirror.SERVER else None
    base = known_there or received.first_sent(unit.session, case.local_id) or {}
    revision = case.exchange.revision(unit, case.local_id)
    make = case.exchange.body if revision and case.lines else None
    mine = make(Read(unit.session), case.local_id, revision, start) if make else base
    return Bodies(named(base, case.link), named(mine, case.link), named(case.served.resource, case.link))


def judged(case: Case, bodies: Bodies, choices: Choices | None = None) -> Merged | Conflict:
    """A person who became another one on the server is never taken unseen."""
    strangers = _strangers(case, bodies, choices or {})
    return strangers or merge(case.exchange.rule, bodies.base, bodies.mine, bodies.theirs, choices)


def _strangers(case: Case, bodies: Bodies, choices: Choices) -> Conflict | None:
    if case.exchange.rtype != "Patient" or not bodies.base or same_person(bodies.base, bodies.theirs):
        return None
    asked = [name for name in _WHO if name not in choices]
    sides = (bodies.base, bodies.mine, bodies.theirs)
    clashes = [Clash(name, sides[0].get(name), sides[1].get(name), sides[2].get(name), Side.MINE) for name in asked]
    return Conflict(tuple(clashes)) if clashes else None


def set_aside(unit: Write, case: Case, why: str = "") -> Settled:
    """Left to a person; `why` is UNREADABLE where theirs cannot be taken, whatever the rule says."""
    _keep_theirs(unit, case)
    received.move(unit.session, _moving(case.lines), State.CONFLICT, why)
    return Settled.CONFLICT


def _keep_theirs(unit: Write, case: Case) -> None:
    """Beside what we know of it."""
    there = mirror.of(unit.session, case.local_id)
    line = case.served.line(case.local_id, case.exchange.kind, with_base=False)
    before = {"version": None, "updated": None, "digest": "", "source": mirror.SERVER, "base": None}
    if there:
        before = {name: getattr(there, name) for name in before}
    mirror.put(unit.session, **line | before | {"theirs": case.served.resource})


def _theirs(unit: Write, case: Case, bodies: Bodies, told: str) -> Settled:
    there = equal(content(bodies.mine), content(bodies.theirs))
    confirmed = there or same(content(bodies.mine), content(bodies.base))
    if not there:
        _take(unit, case, case.served.resource, Origin.PULLED)
    known(unit, case)
    lines = case.lines if confirmed else _moving(case.lines)
    received.move(unit.session, lines, State.DONE if confirmed else State.SQUASHED, told)
    return Settled.EQUAL if there else Settled.THEIRS


def _ours_on_top(unit: Write, case: Case, merged: Merged) -> Settled:
    """Where our newest revision, made from theirs, says all that was merged, it is sent as it is."""
    revision = case.exchange.revision(unit, case.local_id)
    again = case.exchange.body(Read(unit.session), case.local_id, revision, case.served.resource) if case.exchange.body else {}
    moving = _moving(case.lines)
    if moving and moving[-1].revision == revision and same(content(named(again, case.link)), content(merged.resource)):
        received.move(unit.session, moving[:-1], State.SQUASHED)
        received.rebase(unit.session, moving[-1])
        known(unit, case)
        return Settled.REBASED
    _take(unit, case, merged.resource, Origin.MERGED)
    known(unit, case)
    received.move(unit.session, moving, State.SQUASHED, str(merged.told))
    return Settled.MERGED


def _moving(lines: Sequence[Line]) -> list[Line]:
    """Without those that stay here or are made there by hand."""
    return [line for line in lines if line.state not in _STAYS]


def _take(unit: Write, case: Case, resource: Resource, origin: Origin) -> None:
    revision = case.exchange.revision(unit, case.local_id)
    case.exchange.take(unit, Arrival(resource, case.local_id, revision, case.link), origin)


def known(unit: Write, case: Case) -> None:
    """Theirs is what a further change of ours is made from."""
    line: dict[str, Any] = case.served.line(case.local_id, case.exchange.kind, case.exchange.body is not None)
    mirror.put(unit.session, **line)
