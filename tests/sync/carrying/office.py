"""A station without a network, a stick, and another machine that has one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from maroom.fhir.client import Client
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.account import Account
from maroom.sync.carrying import content, sealing
from maroom.sync.carrying.carry import Carry
from maroom.sync.carrying.content import Content
from maroom.sync.carrying.export import Export
from maroom.sync.meeting import Patience
from maroom.sync.push.modes import Mode
from tests.builders import SetClock, unit_of_work
from tests.servers.peers import Peer
from tests.sync.push.station import PACE, TIMEOUTS, Station
from tests.visits.build import CLINIC

SECRET, PUBLIC = sealing.new_pair()
AT = Callable[[str], None]


def _nothing(_name: str) -> None:
    pass


def export_of(desk: Station, folder: Path, at: AT = _nothing) -> Export:
    return Export(folder, desk.unit, desk.exchanges, CLINIC, "station-1", desk.clock, at)


def exported(desk: Station, folder: Path, out: Path, at: AT = _nothing) -> Path:
    export_of(desk, folder, at).everything(out, PUBLIC)
    return out


def read(out: Path) -> Content:
    return content.unpacked(sealing.opened(out.read_bytes(), SECRET))


class Machine:
    """Where the stick is carried to. Its working store is left between tries."""

    def __init__(self, folder: Path, desk: Station, clock: SetClock | None = None) -> None:
        self.folder = folder
        self.folder.mkdir(exist_ok=True)
        self._program = desk.exchanges
        self._clock = clock or SetClock(desk.clock.utc)

    def carry(self, stick: Path, server: Peer, mode: Mode | None = None, at: AT = _nothing) -> Account:
        with unit_of_work(self.folder, self._clock) as unit:
            return self._carry(unit, read(stick), server, mode, at)

    def _carry(self, unit: UnitOfWork, what: Content, server: Peer, mode: Mode | None, at: AT) -> Account:
        patience = Patience(each=PACE.hold * 4, whole=PACE.hold * 8)
        carry = Carry(
            what, self.folder, unit, self._program, self._clock, lambda: Client(server.base, timeouts=TIMEOUTS),
            patience=patience, mode=mode, pace=PACE, at=at,
        )  # fmt: skip
        return carry(lambda: False, self._told, "test")

    def _told(self, _phase: str, _done: int, _of: int) -> None:
        """A clock that stands would be waited for without end."""
        self._clock.forward(seconds=PACE.hold.total_seconds())
