"""A visit and its moves through the clinic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from maroom.core.clock import Moment
from maroom.core.settings import Room
from maroom.core.visit import VisitRef


class VisitStatus(StrEnum):
    """Where a visit stands, in the words of the board."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    ROOMED = "roomed"
    READY = "ready"
    WITH_PROVIDER = "with_provider"
    OUT = "out"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    VOID = "void"
    """entered in error by another system: no visit at all, kept for what refers to it"""


HERE = (VisitStatus.ARRIVED, VisitStatus.ROOMED, VisitStatus.READY, VisitStatus.WITH_PROVIDER)
"""The patient is in the house."""
OVER = (VisitStatus.OUT, VisitStatus.CANCELLED, VisitStatus.NO_SHOW, VisitStatus.VOID)


class Step(StrEnum):
    """What can be done with a visit, each a verb of `Visits`."""

    ARRIVE = "arrive"
    TAKE_TO_ROOM = "take_to_room"
    READY_FOR_PROVIDER = "ready_for_provider"
    WITH_PROVIDER = "with_provider"
    LEAVE = "leave"
    CANCEL = "cancel"
    NO_SHOW = "no_show"
    UNDO = "undo"


@dataclass(frozen=True)
class Move:
    """A visit came to stand at `status`, in `room` where it has one. `undo` takes back the last move that stood until then;
    its status and room are those it restores."""

    status: VisitStatus
    at: Moment
    room: Room | None = None
    by: str = ""
    """record id of the person; empty where another system said it"""
    undo: bool = False


@dataclass(frozen=True)
class Visit:
    """One patient's coming on one day. `moves` are all that were made, the undone and their undoing among them."""

    ref: VisitRef
    revision: int
    status: VisitStatus
    room: Room | None = None
    reason: str = ""
    expected: Moment | None = None
    moves: tuple[Move, ...] = ()
    provider: str = ""
    """the name of whom the visit is with"""
    appointment: str = ""
    """record id; empty for a walk-in"""
    local: bool = True
    """made here or imported; else the server's own"""
