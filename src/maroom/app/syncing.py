"""A run of the sync, put together from an open store. The client is loaded here alone, as it takes its time."""

from __future__ import annotations

from collections.abc import Callable

from maroom.access import server_key
from maroom.app import compose
from maroom.app.compose import Services
from maroom.core.people import Author
from maroom.core.problems import Code, Problem
from maroom.core.settings import Server
from maroom.fhir.address import BadAddress, PlainHttp
from maroom.fhir.client import Client
from maroom.fhir.signin.choosing import authorizer
from maroom.fhir.transport import Wire
from maroom.fhir.trust import BadFile, Trust
from maroom.store import signins
from maroom.sync.push.modes import Mode
from maroom.sync.push.pace import Pace
from maroom.sync.run import AT_ONCE, Patience, Place, Run
from maroom.visits.service.exchange import load_charts


def run(
    services: Services, server: Server, patience: Patience = AT_ONCE, pace: Pace | None = None, *, asked: bool = True
) -> Run:
    """Problem NO_SERVER."""
    if not server.address:
        raise Problem(Code.NO_SERVER)
    exchanges = compose.exchanges(compose.offers(compose.windowless(services)))
    place = Place(services.folder, services.unit, exchanges, services.settings.clinic.id, load_charts, services.clock)
    mode = Mode(server.mode) if server.mode else None
    return Run(place, connected(services, server), mode, pace, patience, asked=asked)


def for_station(services: Services, _by: Author | None, asked: bool) -> Run:
    """The run of an open window: whoever asks for one waits for what the server has not answered yet."""
    server = services.settings.clinic.server
    return run(services, server, Patience() if asked else AT_ONCE, asked=asked)


def connected(services: Services, server: Server, who: str = signins.STATION) -> Callable[[], Client]:
    """`who` has signed in: the station, or a person by record id. The call may end in Problem BAD_SERVER."""
    station = services.settings.station
    trust = Trust(station.ca_file, station.client_certificate, station.proxy)

    def connect() -> Client:
        try:
            kept = signins.token(services.unit, server.address, who)
            keys = signins.keys(services.unit)
            wire = Wire(trust)
            signed = authorizer(server, wire, kept, lambda: server_key.kept(keys), services.clock)
            return Client(server.address, authorizer=signed, wire=wire)
        except PlainHttp:
            raise Problem(Code.BAD_SERVER, why="http without encryption is for this machine alone") from None
        except BadAddress:
            raise Problem(Code.BAD_SERVER, why="an address is none of a server") from None
        except BadFile as bad:
            raise Problem(Code.BAD_SERVER, why=f"its {bad.setting.replace('_', ' ')} cannot be used") from None

    return connect
