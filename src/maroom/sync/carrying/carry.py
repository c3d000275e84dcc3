"""What was carried goes up: asked for first, then sent, by the one protocol. Nothing comes down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from maroom.core.clock import Clock
from maroom.fhir.client import Client
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.account import Account
from maroom.sync.carrying import unpacking
from maroom.sync.carrying.content import Content
from maroom.sync.carrying.leaving import LeftToStation
from maroom.sync.kinds import Exchanges
from maroom.sync.meeting import Meeting, Met, Patience
from maroom.sync.phase import Ended, Phase, Tell
from maroom.sync.push.errand import At, Stop
from maroom.sync.push.modes import Mode
from maroom.sync.push.pace import Pace
from maroom.sync.push.push import Push


class Carry:
    """`unit` is of a store of its own in `folder`, made for this content alone, `program` what the program hands to the sync.
    Problem CARRIED_NEWER."""

    def __init__(
        self,
        content: Content,
        folder: Path,
        unit: UnitOfWork,
        program: Exchanges,
        clock: Clock,
        connect: Callable[[], Client],
        *,
        patience: Patience,
        mode: Mode | None = None,
        pace: Pace | None = None,
        at: At = lambda _name: None,
    ) -> None:
        self._content = content
        self._unit = unit
        self._exchanges = unpacking.exchanges(content, program)
        self._clock = clock
        self._meeting = Meeting(folder, unit, clock, connect, mode, patience)
        self._pace = pace or Pace()
        self._at = at

    def __call__(self, stop: Stop, tell: Tell, holder: str) -> Account:
        """Problem SYNC_RUNNING."""
        unpacking.unpack(self._unit, self._content)
        self._at("carry.unpacked")
        return self._meeting.hold(stop, tell, holder, "", self._exchanged)

    def _exchanged(self, met: Met) -> Ended:
        left = LeftToStation(self._unit, self._content, met.client.base)
        push = Push(self._unit, self._exchanges, met.client, met.facts, left, self._clock, self._pace, at=self._at)
        push.recover()
        pushed = self._meeting.push(met, push, Phase.SENDING)
        pushed = self._meeting.push_what_comes_due(met, push, pushed)
        return Ended.STOPPED if met.stop() else pushed.ended
