"""A run of the sync, put together from an open store. The client is loaded here alone, as it takes its time."""

from __future__ import annotations

from collections.abc import Callable

from maroom.app import compose, reaching
from maroom.app.compose import Services
from maroom.core.people import Author
from maroom.core.problems import Code, Problem
from maroom.core.settings import Server
from maroom.fhir.address import BadAddress, PlainHttp
from maroom.fhir.client import Client
from maroom.fhir.trust import BadFile
from maroom.sync.meeting import AT_ONCE, Patience
from maroom.sync.push.modes import Mode
from maroom.sync.push.pace import Pace
from maroom.sync.run import Place, Run
from maroom.visits.service.exchange import load_charts


def run(
    services: Services,
    server: Server,
    patience: Patience = AT_ONCE,
    pace: Pace | None = None,
    *,
    asked: bool = True,
    by: str = "",
) -> Run:
    """`by`: record id of who is at the keyboard. Problem NO_SERVER."""
    if not server.address:
        raise Problem(Code.NO_SERVER)
    exchanges = compose.exchanges(compose.offers(compose.windowless(services)))
    place = Place(services.folder, services.unit, exchanges, services.settings.clinic.id, load_charts, services.clock)
    mode = Mode(server.mode) if server.mode else None
    return Run(place, connected(services, server, by), mode, pace, patience, asked=asked)


def for_station(services: Services, by: Author | None, asked: bool) -> Run:
    """The run of an open window: whoever asks for one waits for what the server has not answered yet."""
    server = services.settings.clinic.server
    return run(services, server, Patience() if asked else AT_ONCE, asked=asked, by=by.staff if by else "")


def connected(services: Services, server: Server, by: str) -> Callable[[], Client]:
    """`by`: record id of who is at the keyboard, empty where nobody is. The call may end in Problem BAD_SERVER."""
    station, who = services.settings.station, reaching.signer(server, by)

    def connect() -> Client:
        try:
            return reaching.signed(services.unit, services.clock, server, station, who)
        except PlainHttp:
            raise Problem(Code.BAD_SERVER, why="http without encryption is for this machine alone") from None
        except BadAddress:
            raise Problem(Code.BAD_SERVER, why="an address is none of a server") from None
        except BadFile as bad:
            raise Problem(Code.BAD_SERVER, why=f"its {bad.setting.replace('_', ' ')} cannot be used") from None

    return connect
