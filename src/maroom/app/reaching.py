"""A client for the server as it is set, signed by whoever signs in there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from maroom.access import server_key
from maroom.core.clock import Clock
from maroom.core.settings import Server, SignIn, Station
from maroom.fhir.address import BadAddress
from maroom.fhir.client import Client, SignInNeeded
from maroom.fhir.signin import standalone
from maroom.fhir.signin.asking import NoSmart
from maroom.fhir.signin.choosing import authorizer
from maroom.fhir.signin.discovery import Discovery
from maroom.fhir.transport import NotSent, Wire
from maroom.fhir.trust import BadFile, Trust
from maroom.store import signins
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync import trying
from maroom.sync.push.modes import Mode
from maroom.sync.signing import Browser, Came
from maroom.sync.trial import Trial


def trust(station: Station) -> Trust:
    return Trust(station.ca_file, station.client_certificate, station.proxy)


def signed(unit: UnitOfWork, clock: Clock, server: Server, station: Station, who: str) -> Client:
    """`who` has signed in: the station, or a person by record id. BadAddress, PlainHttp, BadFile."""
    wire = Wire(trust(station))
    keys = signins.keys(unit)
    kept = signins.token(unit, server.address, who)
    signs = authorizer(server, wire, kept, lambda: server_key.kept(keys), clock)
    return Client(server.address, authorizer=signs, wire=wire)


def tried(unit: UnitOfWork, clock: Clock, server: Server, station: Station, who: str) -> Trial:
    """As the sync would connect, and then without an exchange."""
    mode = Mode(server.mode) if server.mode else None
    return trying.tried(
        server.address,
        lambda: Client(server.address, trust(station)),
        lambda: signed(unit, clock, server, station, signer(server, who)),
        mode,
        unit,
        clock,
    )


def sign_in(
    unit: UnitOfWork, clock: Clock, server: Server, station: Station, who: str, browser: Browser, stop: Callable[[], bool]
) -> Came:
    """A person, by record id, by the page of the server; her token is kept. `browser` is called on this thread."""
    shown = standalone.Browser(browser.show, browser.page)
    us = standalone.Application(server.address, server.client_id, server.scopes)
    kept = signins.token(unit, server.address, who)
    try:
        with closing(Wire(trust(station))) as wire:
            where = Discovery(wire, server.address, clock)()
            standalone.sign_in(wire, where, us, kept, clock, shown, stop)
    except SignInNeeded as needed:
        return Came.GAVE_UP if needed.why == "gave_up" else Came.REFUSED
    except NoSmart:
        return Came.NO_WAY_IN
    except (NotSent, BadAddress, BadFile):
        return Came.NOT_REACHED
    return Came.IN


def signer(server: Server, who: str) -> str:
    """Whose token is used at a server: hers where people sign in there, else the station's."""
    return who if who and server.sign_in is SignIn.PERSON else signins.STATION
