"""The board's lines, made from the day's visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maroom.core.clock import Clock, Moment
from maroom.core.names import Likeness, alike
from maroom.visits.model import HERE, OVER, BoardRow, Patient, RoomNow, RoomState, SameName, Visit, VisitStatus
from maroom.visits.rules import moves
from maroom.visits.rules.age import age_on
from maroom.visits.rules.likeness import mistakable

Listed = Sequence[tuple[Visit, Patient]]
"""The day's visits, each with its patient."""
_WAITING = (VisitStatus.ARRIVED, VisitStatus.ROOMED, VisitStatus.READY)


def rows(listed: Listed, clock: Clock, waiting_limit: int) -> tuple[BoardRow, ...]:
    """`waiting_limit` in minutes."""
    now, today = clock.now(), clock.today()
    flagged = mistakable({who.id: likeness(who) for visit, who in listed if visit.status not in OVER})
    return tuple(
        _row(visit, who, age_on(who.birth, today), now, waiting_limit, visit.status not in OVER and who.id in flagged)
        for visit, who in listed
    )


def _row(visit: Visit, who: Patient, age: str, now: Moment, limit: int, same_name: bool) -> BoardRow:
    arrived, since = moves.arrived(visit.moves), moves.since(visit.moves)
    present = visit.status in HERE
    stands = moves.minutes(since, now) if present and since else None
    return BoardRow(
        visit=visit.ref,
        revision=visit.revision,
        name=who.name,
        birth=who.birth,
        age=age,
        sex=who.sex,
        verified=who.verified,
        status=visit.status,
        room=visit.room,
        reason=visit.reason,
        expected=visit.expected,
        provider=visit.provider,
        arrived=arrived,
        since=since,
        here=moves.minutes(arrived, now) if present and arrived else None,
        stands=stands,
        waits_long=visit.status in _WAITING and (stands or 0) > limit,
        same_name=same_name,
        steps=moves.steps(visit),
    )


def peopled(rooms: Sequence[RoomNow], listed: Listed) -> tuple[RoomNow, ...]:
    """The rooms with the names of who is in them, and last those that the clinic gave up while somebody is in them."""
    by_visit = {visit.ref: (visit, who) for visit, who in listed}
    known = {room.room.id for room in rooms}
    given_up = [
        RoomNow(visit.room, RoomState.OCCUPIED, moves.since(visit.moves), visit.ref)
        for visit, _ in listed
        if visit.room and visit.room.id and visit.room.id not in known
    ]
    return tuple(_peopled(room, by_visit.get(room.visit) if room.visit else None) for room in (*rooms, *given_up))


def _peopled(room: RoomNow, inside: tuple[Visit, Patient] | None) -> RoomNow:
    return replace(room, name=inside[1].name, status=inside[0].status) if inside else room


def same_names(patient: Patient, listed: Listed) -> tuple[SameName, ...]:
    """Who of the day, not gone yet, could be taken for the patient."""
    one = likeness(patient)
    return tuple(
        SameName(visit.ref, who.name, who.birth, visit.room)
        for visit, who in listed
        if who.id != patient.id and visit.status not in OVER and alike(one, likeness(who))
    )


def likeness(who: Patient) -> Likeness:
    return Likeness.of(who.name, who.born)
