"""Which move can follow which, and where a visit stands after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from maroom.core.clock import Moment
from maroom.core.settings import Room
from maroom.visits.model import HERE, Move, Step, Visit, VisitStatus

_S = VisitStatus
_FROM: dict[Step, tuple[VisitStatus, ...]] = {
    Step.ARRIVE: (_S.EXPECTED, _S.NO_SHOW),
    Step.TAKE_TO_ROOM: HERE,
    Step.READY_FOR_PROVIDER: (_S.ROOMED,),
    Step.WITH_PROVIDER: (_S.ROOMED, _S.READY),
    Step.LEAVE: HERE,
    Step.CANCEL: (_S.EXPECTED, _S.ARRIVED, _S.ROOMED, _S.READY),
    Step.NO_SHOW: (_S.EXPECTED,),
}
_TO: dict[Step, VisitStatus] = {
    Step.ARRIVE: _S.ARRIVED,
    Step.READY_FOR_PROVIDER: _S.READY,
    Step.WITH_PROVIDER: _S.WITH_PROVIDER,
    Step.LEAVE: _S.OUT,
    Step.CANCEL: _S.CANCELLED,
    Step.NO_SHOW: _S.NO_SHOW,
}
_USUAL: dict[VisitStatus, Step] = {
    _S.EXPECTED: Step.ARRIVE,
    _S.ARRIVED: Step.TAKE_TO_ROOM,
    _S.ROOMED: Step.READY_FOR_PROVIDER,
    _S.READY: Step.WITH_PROVIDER,
    _S.WITH_PROVIDER: Step.LEAVE,
}


def standing(moves: Iterable[Move]) -> tuple[Move, ...]:
    """The moves that were not taken back."""
    left: list[Move] = []
    for move in moves:
        if move.undo:
            left.pop()
        else:
            left.append(move)
    return tuple(left)


def steps(visit: Visit) -> tuple[Step, ...]:
    """What can be done now, the usual next step first, undo last."""
    usual = _USUAL.get(visit.status)
    legal = [step for step, before in _FROM.items() if visit.status in before]
    undo = [Step.UNDO] if can_undo(visit) else []
    return tuple(sorted(legal, key=lambda step: step is not usual) + undo)


def can_undo(visit: Visit) -> bool:
    """The first move made the visit and cannot be taken back: a visit added by mistake is cancelled. What another system did is
    taken back there."""
    left = standing(visit.moves)
    return len(left) > 1 and left[-1].by != ""


def can(visit: Visit, step: Step, room: Room | None = None) -> bool:
    if step is Step.UNDO:
        return can_undo(visit)
    return visit.status in _FROM[step] and not (room and visit.room and room.id == visit.room.id)


def made(visit: Visit, step: Step, at: Moment, by: str, room: Room | None = None) -> Visit:
    """The visit after the step, which must be one that it `can` make. `room` is the one to go to."""
    if step is Step.UNDO:
        before = standing(visit.moves)[-2]
        return moved(visit, Move(before.status, at, before.room, by, undo=True))
    if step is Step.TAKE_TO_ROOM:
        status = VisitStatus.ROOMED if visit.status is VisitStatus.ARRIVED else visit.status
        return moved(visit, Move(status, at, room, by))
    status = _TO[step]
    return moved(visit, Move(status, at, visit.room if status in HERE else None, by))


def moved(visit: Visit, move: Move) -> Visit:
    return replace(visit, status=move.status, room=move.room, moves=(*visit.moves, move))


def arrived(moves: Iterable[Move]) -> Moment | None:
    """When the patient came, or None while nobody has."""
    return next((move.at for move in standing(moves) if move.status in HERE), None)


def roomed(moves: Iterable[Move]) -> Moment | None:
    """When the patient came into the room of the visit, the last one where there were several; None while there was none."""
    begun: Move | None = None
    for move in standing(moves):
        if move.room and not (begun and begun.room and begun.room.id == move.room.id):
            begun = move
    return begun.at if begun else None


def since(moves: Iterable[Move]) -> Moment | None:
    """When the visit came to its present status; going to another room does not count."""
    begun: Move | None = None
    for move in standing(moves):
        if begun is None or move.status is not begun.status:
            begun = move
    return begun.at if begun else None


def minutes(since: Moment, now: Moment) -> int:
    """Whole minutes gone; none where the clock was set back."""
    return max(0, int((now.utc - since.utc).total_seconds() // 60))
