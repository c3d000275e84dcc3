"""What becomes of a visit by what another system says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from maroom.core.clock import Moment
from maroom.core.visit import VisitRef
from maroom.visits.model import OVER, Appointment, Move, Visit, VisitStatus
from maroom.visits.rules.moves import moved, standing

_BEFORE = (VisitStatus.EXPECTED, VisitStatus.CANCELLED, VisitStatus.NO_SHOW)
_COMING = (VisitStatus.EXPECTED, VisitStatus.ARRIVED)
_ORDER = (
    VisitStatus.EXPECTED,
    VisitStatus.ARRIVED,
    VisitStatus.ROOMED,
    VisitStatus.READY,
    VisitStatus.WITH_PROVIDER,
    VisitStatus.OUT,
    VisitStatus.CANCELLED,
    VisitStatus.NO_SHOW,
    VisitStatus.VOID,
)


def expected(
    before: Visit | None, appointment: Appointment, about: VisitRef, stands: VisitStatus | None, now: Moment
) -> Visit | None:
    """The visit of an appointment, which `stands` so by the appointment; None where there is none. A new one must be to come;
    one that somebody here has moved stays as it is."""
    if before is None:
        return _made(appointment, about, stands, now) if stands and stands in _COMING else None
    if before.status not in _BEFORE or _moved_here(before):
        return before
    changed = _told(replace(before, ref=about), appointment)
    return moved(changed, Move(stands, now)) if stands and stands is not before.status else changed


def _made(appointment: Appointment, about: VisitRef, stands: VisitStatus, now: Moment) -> Visit:
    new = _told(Visit(about, 0, VisitStatus.EXPECTED, moves=(Move(VisitStatus.EXPECTED, now),)), appointment)
    if stands is VisitStatus.EXPECTED:
        return new
    return moved(new, Move(stands, min(now, appointment.start or now)))


def _told(visit: Visit, by: Appointment) -> Visit:
    return replace(visit, expected=by.start, reason=by.words, provider=by.provider, appointment=by.id)


def begun(told: Visit, now: Moment) -> Visit:
    """With a first move, so that what is done here next can be taken back; what is over needs none."""
    if told.moves or told.status in OVER:
        return told
    return moved(told, Move(told.status, now))


def united(before: Visit, told: Visit) -> Visit:
    """What is told of a visit that is known: the later state stands, and what is not told stays."""
    stays = _moved_here(before) and _ORDER.index(before.status) >= _ORDER.index(told.status)
    latest = before if stays else told
    return replace(
        told,
        status=latest.status,
        room=latest.room,
        moves=latest.moves,
        expected=told.expected or before.expected,
        reason=told.reason or before.reason,
        provider=told.provider or before.provider,
        appointment=told.appointment or before.appointment,
        local=before.local,
    )


def followed(before: Visit, told: Visit, now: Moment) -> Visit:
    """What the clinic's server says of a visit that is known, nothing of ours being left to be said: it stands as told. Who
    made a move is known here alone and stays with it."""
    kept = replace(
        told,
        expected=told.expected or before.expected,
        reason=told.reason or before.reason,
        provider=told.provider or before.provider,
        appointment=told.appointment or before.appointment,
        local=before.local,
    )
    if told.moves and not _alike(before, told):
        hands = {_key(move): move.by for move in before.moves}
        return replace(kept, moves=tuple(replace(move, by=hands.get(_key(move), "")) for move in told.moves))
    stays = replace(kept, status=before.status, room=before.room, moves=before.moves)
    same = told.moves or _SAME.get(before.status, before.status) is _SAME.get(told.status, told.status)
    return stays if same else moved(stays, Move(told.status, now, told.room))


_SAME = {VisitStatus.NO_SHOW: VisitStatus.CANCELLED, VisitStatus.ROOMED: VisitStatus.ARRIVED}
"""An Encounter has one status for both."""


def _alike(before: Visit, told: Visit) -> bool:
    """An Encounter knows nothing of moves that were taken back, nor from when a visit was expected."""
    stood = [move for move in standing(before.moves) if move.status is not VisitStatus.EXPECTED]
    return [_key(move) for move in stood] == [_key(move) for move in told.moves]


def _key(move: Move) -> tuple[VisitStatus, datetime, str]:
    return _SAME.get(move.status, move.status), move.at.utc, move.room.name if move.room else ""


def _moved_here(visit: Visit) -> bool:
    return any(move.by for move in visit.moves)
