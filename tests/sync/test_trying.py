"""What is said of a server before anything is exchanged with it: reached or why not, by what way it would be written to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from maroom.fhir.client import Client
from maroom.fhir.signin.discovery import Discovery
from maroom.fhir.signin.person import Person
from maroom.fhir.transport import Timeouts, Wire
from maroom.fhir.trust import Trust
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.push.modes import Mode
from maroom.sync.trial import Belongs, Met, Trial
from maroom.sync.trying import tried
from tests.builders import SetClock
from tests.fhir.certificates import Authority
from tests.fhir.signin.conftest import Drawer
from tests.fhir.sockets import Socket, answer, waits
from tests.servers.fixtures import StartPeer
from tests.sync.station import appointment, patient, seed, station

QUICK = Timeouts(connect=2, read=2, whole=4)


def tells(
    unit: UnitOfWork, base: str, trust: Trust | None = None, mode: Mode | None = None, clock: SetClock | None = None
) -> Trial:
    def connect() -> Client:
        return Client(base, trust or Trust(), QUICK)

    return tried(base, connect, connect, mode, unit, clock or SetClock())


@pytest.mark.parametrize(
    ("preset", "mode", "reasons"),
    [
        ("hapi", "P", ()),
        ("medplum", "C", ("no_own_ids",)),
        ("ehr", "S", ("no_own_ids", "no_condition")),
    ],
)
def test_a_server_that_is_there(unit: UnitOfWork, peer: StartPeer, preset: str, mode: str, reasons: tuple[str, ...]) -> None:
    server = peer(preset)
    told = tells(unit, server.base)
    said = server.ask("GET", "/metadata").body
    assert (told.met, told.mode, told.reasons, told.belongs) == (Met.WELL, mode, reasons, Belongs.YES)
    assert told.software.startswith(said["software"]["name"])
    assert told.fhir == "4.0.1"
    assert server.state()["counts"] == {}, "nothing was left there"


def test_the_way_that_somebody_chose(unit: UnitOfWork, peer: StartPeer) -> None:
    told = tells(unit, peer("hapi").base, mode=Mode.S)
    assert (told.mode, told.reasons) == ("S", ("chosen",))


def test_a_clock_that_is_off(unit: UnitOfWork, peer: StartPeer) -> None:
    told = tells(unit, peer().base, clock=SetClock(datetime.now(UTC) - timedelta(minutes=10)))
    assert told.offset is not None
    assert abs(told.offset - timedelta(minutes=10)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("base", "met"),
    [
        ("http://127.0.0.1:9/fhir", Met.REFUSED),
        ("https://no-such-server.invalid/fhir", Met.NO_NAME),
        ("http://fhir.example.org/fhir", Met.BAD_ADDRESS),
        ("fhir", Met.BAD_ADDRESS),
    ],
)
def test_a_server_that_is_not_there(unit: UnitOfWork, base: str, met: Met) -> None:
    assert tells(unit, base, Trust(proxy="direct")).met is met


def test_a_proxy_that_is_not_there(unit: UnitOfWork) -> None:
    assert tells(unit, "https://fhir.example.org/fhir", Trust(proxy="http://127.0.0.1:9")).met is Met.PROXY


@pytest.mark.parametrize(
    ("deed", "met"),
    [
        (answer(b"<html>Welcome to the network</html>"), Met.NO_FHIR),
        (answer(b'{"resourceType":"Patient","id":"7"}'), Met.NO_FHIR),
        (answer(b"", status="503 Service Unavailable"), Met.FAILS),
        (waits, Met.TOO_SLOW),
    ],
)
def test_something_else_answers(unit: UnitOfWork, deed: Callable[..., None], met: Met) -> None:
    server = Socket(deed)
    try:
        assert tells(unit, f"http://127.0.0.1:{server.port}/fhir").met is met
    finally:
        server.close()


def test_a_certificate_that_nobody_vouches_for(unit: UnitOfWork, peer: StartPeer, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    made = authority.signs("server")
    server = peer(options=("--tls-cert", str(made.certificate), "--tls-key", str(made.key)))
    assert tells(unit, server.base).met is Met.CERTIFICATE
    assert tells(unit, server.base, Trust(ca_file=str(authority.file))).met is Met.WELL


@pytest.mark.parametrize(
    ("trust", "met"),
    [
        (Trust(ca_file="/no/such/file.pem"), Met.CA_FILE),
        (Trust(client_certificate="/no/such/file.pem"), Met.CERTIFICATE_FILE),
    ],
)
def test_a_file_of_this_station_that_cannot_be_used(unit: UnitOfWork, trust: Trust, met: Met) -> None:
    assert tells(unit, "https://127.0.0.1:9/fhir", trust).met is met


def test_a_server_that_asks_who_we_are(unit: UnitOfWork, peer: StartPeer) -> None:
    server = peer(options=("--auth", "on"))
    told = tells(unit, server.base)
    assert (told.met, told.mode) == (Met.SIGN_IN, "P"), "what it says of itself it says to everybody"


def test_nobody_has_signed_in_yet(unit: UnitOfWork, peer: StartPeer) -> None:
    server = peer(options=("--auth", "on"))
    wire = Wire(timeouts=QUICK)
    nobody = Person(wire, Discovery(wire, server.base, SetClock()), "maroom", Drawer(), SetClock())

    def connect() -> Client:
        return Client(server.base, timeouts=QUICK, authorizer=nobody)

    told = tried(server.base, lambda: Client(server.base, timeouts=QUICK), connect, None, unit, SetClock())
    wire.close()
    assert (told.met, told.why, told.mode) == (Met.SIGN_IN, "signed_out", "P")


def test_another_server_than_that_of_this_store(peer: StartPeer, tmp_path: Path) -> None:
    first, second = peer(), peer()
    seed(first, appointment(seed(first, patient()), "2026-11-24T09:00:00-05:00"))
    with station(tmp_path, first) as here:
        here.receive()
        assert tells(here.unit, first.base).belongs is Belongs.MOVED
        told = tells(here.unit, second.base)
    assert (told.met, told.belongs) == (Met.WELL, Belongs.NO)
