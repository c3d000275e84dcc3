"""What becomes of a visit by what another system says of it."""

from __future__ import annotations

from dataclasses import replace

from maroom.core.clock import Moment
from maroom.core.visit import VisitRef
from maroom.visits.model import OVER, Appointment, Move, Visit, VisitStatus
from maroom.visits.rules.moves import moved

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


def _moved_here(visit: Visit) -> bool:
    return any(move.by for move in visit.moves)
