"""A workstation with the Sync page open on its real store, and a way to a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from maroom.app.settings import Settings
from maroom.core.people import Author, Opening
from maroom.core.settings import Server
from maroom.duties.syncing.presenter import Ports, SyncPresenter
from maroom.duties.syncing.presenter.state import Refused
from maroom.fhir.client import Client
from maroom.kit import Mending
from maroom.store.changes import Changes
from maroom.store.outbox import State as Stands
from maroom.sync.carrying.export import Export
from maroom.sync.run import Place, Run
from maroom.sync.signing import Came, Signing
from maroom.sync.station import Station as SyncStation
from maroom.sync.waiting import Record, Records
from maroom.visits.service import load_charts
from tests.builders import AMARA, DANA
from tests.fakes import JobsAtOnce, Navigated, SaidMessages
from tests.servers.peers import Peer
from tests.sync.push.station import TIMEOUTS, Station, station
from tests.visits.build import CLINIC


@dataclass
class Office:
    """`desk` is the station below the page: what it charts, and its way up without the page."""

    folder: Path
    desk: Station
    settings: Settings
    jobs: JobsAtOnce = field(default_factory=JobsAtOnce)
    messages: SaidMessages = field(default_factory=SaidMessages)
    went: Navigated = field(default_factory=Navigated)
    changes: Changes = field(default_factory=Changes)

    def __post_init__(self) -> None:
        self.sync = SyncStation(self._run, self.jobs, self.desk.clock)
        self.signing = Signing(lambda _who, _stop: Came.NO_WAY_IN, self.jobs)

    def use(self, address: str) -> None:
        """As an administrator sets it."""
        self.settings.clinic = replace(self.settings.clinic, server=Server(address=address))

    def opened(self, author: Author = DANA) -> SyncPresenter:
        records = Records.of(self.desk.unit, self.desk.exchanges, CLINIC.id, self.settings.clinic.server.address)
        mendings = {"vital_sign": Mending("vital_sign", "vitals", self._void)}
        names = {who.staff: who.name for who in (DANA, AMARA)}
        ports = Ports(
            station=self.sync,
            records=records,
            settings=self.settings,
            clock=self.desk.clock,
            messages=self.messages,
            navigate=self.went,
            changes=self.changes,
            names=lambda: names,
            mendings=mendings,
            signing=self.signing,
            jobs=self.jobs,
            export=self._export,
        )
        return SyncPresenter(Opening(author), ports)

    def _export(self, opening: Opening, local_id: str, out: Path) -> object:
        desk = self.desk
        export = Export(self.folder, desk.unit, desk.exchanges, self.settings.clinic, "station", desk.clock)
        return export.refused(opening, local_id, out)

    def _void(self, opening: Opening, reading: str, after: int, why: str) -> None:
        self.desk.vitals.void(opening, reading, after, why)

    def _run(self, _by: Author | None, asked: bool) -> Run:
        desk, address = self.desk, self.settings.clinic.server.address
        place = Place(self.folder, desk.unit, desk.exchanges, CLINIC.id, load_charts, desk.clock)
        return Run(place, lambda: Client(address, timeouts=TIMEOUTS), pace=desk.pace, asked=asked)

    def refuse(self, peer: Peer) -> str:
        """A pulse that the server does not like, refused by it; its record id."""
        visit = self.desk.charted()
        bad = self.desk.pulse(visit, "222")
        peer.fault("status", 99, bodyContains='"value":222', status=422)
        self.desk.run(peer)
        return bad


def record(page: SyncPresenter, stands: Stands) -> Record:
    return next(one for one in page.state.waiting.records if one.state is stands)


def refused(page: SyncPresenter) -> Refused:
    """With the refused record at hand."""
    page.select(record(page, Stands.QUARANTINED).key)
    shown = page.state.detail
    assert isinstance(shown, Refused)
    return shown


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    with station(folder) as desk:
        settings = Settings(folder)
        settings.load(desk.unit)
        yield Office(folder, desk, settings)
