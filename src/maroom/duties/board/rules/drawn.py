"""The day's visits and rooms as lines and tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from maroom.core.clock import Moment, shown_in
from maroom.core.names import HumanName, listed
from maroom.core.settings import Room
from maroom.duties.board.model import Claim, Line, RoomStep, Tile
from maroom.visits.model import HERE, OVER, Board, BoardRow, RoomNow, RoomState, Step, VisitStatus

_ROOM_STEPS = {
    RoomState.DIRTY: RoomStep.CLEAN,
    RoomState.CLEANING: RoomStep.READY,
    RoomState.OUT_OF_SERVICE: RoomStep.READY,
}

_FREE = (RoomState.READY, RoomState.DIRTY, RoomState.CLEANING)


def dealt(board: Board) -> dict[str, Room]:
    """The free, ready rooms, one to each who waits, in the order of the board: visit id > room."""
    free = [room.room for room in board.rooms if room.state is RoomState.READY]
    waiting = [row.visit.visit for row in board.visits if row.status is VisitStatus.ARRIVED]
    return dict(zip(waiting, free, strict=False))


def lines(board: Board, zone: ZoneInfo, limit: int, may_move: bool) -> tuple[Line, ...]:
    """In the order of the board. `limit` in minutes; who may not move anybody is offered no step."""
    rooms = dealt(board)
    return tuple(_line(row, zone, limit, rooms, may_move) for row in board.visits)


def is_gone(line: Line) -> bool:
    return line.status in OVER


def tiles(board: Board, zone: ZoneInfo, may_move: bool) -> tuple[Tile, ...]:
    return tuple(_tile(room, _inside(room, board.visits), zone, may_move) for room in board.rooms)


def claims(board: Board) -> tuple[Claim, ...]:
    """By room: who is in it at the same time as somebody else."""
    return tuple(Claim(room, tuple(short(row.name) for row in rows)) for room, rows in board.claimed_twice.items())


def short(name: HumanName) -> str:
    """For a tile: `García, M. E.`; a name of one part, or without letters to cut, stands as it is."""
    if not name.given or not name.family[:1].isupper():
        return listed(name)
    return f"{name.family}, {' '.join(f'{part[0]}.' for part in name.given if part)}"


def _line(row: BoardRow, zone: ZoneInfo, limit: int, rooms: Mapping[str, Room], may_move: bool) -> Line:
    steps = row.steps if may_move else ()
    next_ = None if row.status in OVER else next(iter(steps), None)
    return Line(
        visit=row.visit,
        at=_wall(row.expected or row.arrived or row.since, zone),
        name=listed(row.name),
        sex=row.sex,
        age=row.age,
        reason=row.reason,
        status=row.status,
        since=_wall(row.since, zone),
        room=row.room.name if row.room else "",
        minutes=row.stands,
        over=limit if row.waits_long else 0,
        alike=row.same_name,
        came=row.arrived is not None,
        next=next_,
        into=rooms.get(row.visit.visit),
        further=tuple(step for step in steps if step is not next_ or step is Step.TAKE_TO_ROOM),
    )


def _tile(room: RoomNow, inside: Sequence[BoardRow], zone: ZoneInfo, may_move: bool) -> Tile:
    first = next(iter(inside), None)
    return Tile(
        key=room.room.id,
        name=room.room.name,
        state=room.state,
        who=tuple(short(row.name) for row in inside),
        status=room.status or (first.status if first else None),
        minutes=first.stands if first else None,
        over=any(row.waits_long for row in inside),
        since=_wall(room.since, zone),
        note=room.note,
        may=_ROOM_STEPS.get(room.state) if may_move else None,
        may_close=may_move and room.state in _FREE,
    )


def _inside(room: RoomNow, visits: Sequence[BoardRow]) -> tuple[BoardRow, ...]:
    return tuple(row for row in visits if row.room == room.room and row.status in HERE)


def _wall(moment: Moment | None, zone: ZoneInfo) -> datetime | None:
    return shown_in(moment, zone).replace(second=0, microsecond=0) if moment else None
