"""Encounter.

An Encounter knows each status with its period, and each room with its period. A visit knows moves: each the status and the
room from then on. Both say the same, but for what an Encounter cannot say: that a visit was expected, and what was undone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import dropwhile, groupby
from typing import Any, TypeVar

from maroom.core.clock import Moment
from maroom.core.settings import Room
from maroom.core.visit import VisitRef
from maroom.fhir import reading
from maroom.fhir.exchange import NotUsable, Resource
from maroom.fhir.reading import SNOMED
from maroom.fhir.writing import concept, reference
from maroom.visits.model import HERE, OVER, Move, Visit, VisitStatus
from maroom.visits.rules.moves import standing
from maroom.visits.wire.elements import identified

_S = VisitStatus
_AMBULATORY = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB", "display": "ambulatory"}
PATIENT_VISIT = concept(SNOMED, "308335008", "Patient encounter procedure")
_OUT: dict[VisitStatus, str] = {
    _S.EXPECTED: "planned",
    _S.ARRIVED: "arrived",
    _S.ROOMED: "arrived",
    _S.READY: "triaged",
    _S.WITH_PROVIDER: "in-progress",
    _S.OUT: "finished",
    _S.CANCELLED: "cancelled",
    _S.NO_SHOW: "cancelled",
    _S.VOID: "entered-in-error",
}
_IN: dict[str, VisitStatus] = {
    "planned": _S.EXPECTED,
    "arrived": _S.ARRIVED,
    "triaged": _S.READY,
    "in-progress": _S.WITH_PROVIDER,
    "onleave": _S.WITH_PROVIDER,
    "finished": _S.OUT,
    "unknown": _S.OUT,
    "cancelled": _S.CANCELLED,
    "entered-in-error": _S.VOID,
}
_OF_MOVES = ("period", "statusHistory", "location")
_Status = tuple[Moment, VisitStatus]
"""Since when it held."""
_Stay = tuple[Moment, Moment | None, Room]
"""From, until, where."""


def visit(resource: Resource, about: VisitRef, after: int, rooms: Sequence[Room]) -> Visit:
    """`rooms` are the clinic's: a location that is named like one of them is that one. NotUsable."""
    status = _status(resource)
    moves = _moves(resource, {room.name: room for room in rooms})
    start, _ = _span(resource)
    return Visit(
        ref=about,
        revision=after,
        status=moves[-1].status if moves else status,
        room=moves[-1].room if moves else None,
        reason=_reason(resource),
        expected=start if status is VisitStatus.EXPECTED else None,
        moves=moves,
        provider=_provider(resource),
    )


def _status(element: Resource) -> VisitStatus:
    written = reading.text(element, "status")
    if written not in _IN:
        raise NotUsable("status", "is none of an Encounter")
    return _IN[written]


def _reason(resource: Resource) -> str:
    """Why the patient comes, else what kind of visit it is."""
    told = (*reading.concepts(resource, "reasonCode"), *reading.concepts(resource, "type"))
    return next((concept.words() for concept in told if concept.words()), "")


def _provider(resource: Resource) -> str:
    named = (reading.text(reading.part(one, "individual"), "display") for one in reading.parts(resource, "participant"))
    return next((name for name in named if name), "")


def _moves(resource: Resource, clinic: Mapping[str, Room]) -> tuple[Move, ...]:
    """One for each time at which the status or the room changed."""
    statuses, stays = _statuses(resource), _stays(resource, clinic)
    times = {at for at, _ in statuses} | {at for start, end, _ in stays for at in (start, end) if at}
    moves = [_move(status, at, _room_at(stays, at)) for at in sorted(times) if (status := _status_at(statuses, at))]
    return tuple(next(run) for _, run in groupby(moves, key=lambda move: (move.status, move.room)))


def _move(status: VisitStatus, at: Moment, room: Room | None) -> Move:
    """A patient who has arrived and is in a room is roomed; one who is not in the house is in no room."""
    if status not in HERE or room is None:
        return Move(status, at)
    return Move(_S.ROOMED if status is _S.ARRIVED else status, at, room)


def _status_at(statuses: Sequence[_Status], at: Moment) -> VisitStatus | None:
    return next((status for since, status in reversed(statuses) if since.utc <= at.utc), None)


def _room_at(stays: Sequence[_Stay], at: Moment) -> Room | None:
    return next((room for start, end, room in stays if start.utc <= at.utc and (not end or at.utc < end.utc)), None)


def _statuses(resource: Resource) -> list[_Status]:
    """By time. The present one began when the last before it ended; without a history the period tells what it can."""
    before = [(_status(one), *_span(one)) for one in reading.parts(resource, "statusHistory")]
    known = [(start, status) for status, start, _ in before if start]
    start, end = _span(resource)
    now = _status(resource)
    if not known and start and now is _S.OUT:
        known = [(start, _S.ARRIVED)]
    last_end = max((until for *_, until in before if until), default=None)
    begun = (end if now in OVER else None) or last_end or start
    if begun and now is not _S.EXPECTED:
        known.append((begun, now))
    return sorted(known, key=lambda one: one[0].utc)


def _stays(resource: Resource, clinic: Mapping[str, Room]) -> list[_Stay]:
    """A location without a period of its own holds for the whole visit."""
    stays: list[_Stay] = []
    for one in reading.parts(resource, "location"):
        where = reading.part(one, "location")
        name = reading.text(where, "display") or reading.text(where, "reference")
        start, end = _span(one if one.get("period") else resource)
        if start and name:
            stays.append((start, end, clinic.get(name, Room("", name))))
    return stays


def _span(element: Resource) -> tuple[Moment | None, Moment | None]:
    """Of its period, start and end where they have a time."""
    start, end = reading.period(element, "period")
    return start if isinstance(start, Moment) else None, end if isinstance(end, Moment) else None


def body(of: Visit, base: Mapping[str, Any], places: Mapping[str, str] | None = None) -> Resource:
    """Made of the moves that stand, from arrival on. `places` are record ids of Locations by the names of rooms."""
    moves = list(dropwhile(lambda move: move.status not in HERE, standing(of.moves)))
    made: Resource = {**base, "resourceType": "Encounter", "status": _OUT[of.status]}
    made["identifier"] = identified(base, of.ref.visit)
    made.setdefault("class", _AMBULATORY)
    made.setdefault("type", [PATIENT_VISIT])
    made["subject"] = base.get("subject", {}) | reference(of.ref.patient)
    if of.appointment:
        made.setdefault("appointment", [reference(of.appointment)])
    if of.reason and not base:
        made["reasonCode"] = [{"text": of.reason}]
    made |= {"period": _period(of, moves), "statusHistory": _history(moves), "location": _locations(moves, base, places or {})}
    return {name: value for name, value in made.items() if value or name not in _OF_MOVES}


def _period(of: Visit, moves: Sequence[Move]) -> Resource:
    """From arrival to departure; while nobody has come, when the visit is expected."""
    start = moves[0].at if moves else of.expected
    end = next((move.at for move in moves if move.status is VisitStatus.OUT), None)
    return _written(start, end)


def _history(moves: Sequence[Move]) -> list[Resource]:
    """The statuses before the present one."""
    spans = _spans([(move.at, _OUT[move.status]) for move in moves])
    return [{"status": status, "period": _written(start, end)} for start, end, status in spans if end]


def _locations(moves: Sequence[Move], base: Mapping[str, Any], places: Mapping[str, str]) -> list[Resource]:
    """A Location that the server gave is kept as it was; a room of ours is the Location of that name, else it is named only."""
    given = {where.get("display"): where for one in base.get("location", []) if (where := one.get("location"))}
    return [
        {
            "location": given.get(room.name) or _place(room.name, places),
            "status": "completed" if end else "active",
            "period": _written(start, end),
        }
        for start, end, room in _spans([(move.at, move.room) for move in moves])
        if room
    ]


def _place(name: str, places: Mapping[str, str]) -> Resource:
    return (reference(places[name]) if name in places else {}) | {"display": name}


T = TypeVar("T")


def _spans(changes: Sequence[tuple[Moment, T]]) -> list[tuple[Moment, Moment | None, T]]:
    """What held from when until when; neighbours that are equal are one."""
    runs = [(next(run)[0], value) for value, run in groupby(changes, key=lambda change: change[1])]
    ends = [*(start for start, _ in runs[1:]), None]
    return [(start, end, value) for (start, value), end in zip(runs, ends, strict=False)]


def _written(start: Moment | None, end: Moment | None) -> Resource:
    """A period; a clock that was set back must not make it end before it began."""
    if start and end:
        end = max(start, end)
    return {name: at.iso() for name, at in (("start", start), ("end", end)) if at}
