"""The one frozen state of the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maroom.core.settings import Room
from maroom.duties.board.model import Claim, Line, Tile
from maroom.duties.board.presenter.adding import Adding
from maroom.visits.model import RoomState


class Question(StrEnum):
    """What has to be said before a move is made."""

    ROOM = "room"
    OVERRIDE = "override"
    """why a room that is not ready may be used as it is"""
    CANCEL = "cancel"
    CLOSE = "close"
    """why a room is taken out of service"""


@dataclass(frozen=True)
class Choice:
    """A room that is not occupied."""

    room: Room
    state: RoomState


@dataclass(frozen=True)
class Asked:
    """A question about one visit, and the room that was chosen for it; or about a room alone, then there is no `line`."""

    what: Question
    line: Line | None = None
    rooms: tuple[Choice, ...] = ()
    room: Room | None = None
    reason: str = ""

    @property
    def must_say_why(self) -> bool:
        return self.what in (Question.OVERRIDE, Question.CLOSE)


@dataclass(frozen=True)
class State:
    """`lines` are those that are shown: all, or without those who have gone. `undo` names whose last move can be taken back."""

    day: date
    tiles: tuple[Tile, ...] = ()
    lines: tuple[Line, ...] = ()
    gone: tuple[Line, ...] = ()
    unfolded: bool = False
    visits: int = 0
    roomed: int = 0
    claims: tuple[Claim, ...] = ()
    undo: str = ""
    may_move: bool = False
    may_add: bool = False
    asked: Asked | None = None
    adding: Adding | None = None
    here: str = ""
