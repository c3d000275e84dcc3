from __future__ import annotations

import json
from datetime import timedelta

import pytest

from maroom.fhir.signin.asking import NoSmart
from maroom.fhir.signin.discovery import Discovery, discover
from maroom.fhir.transport import NoConnection, NotSent, Wire
from tests.builders import SetClock
from tests.fhir.conftest import OpenSocket
from tests.fhir.sockets import answer, resets
from tests.servers.fixtures import StartPeer


def test_a_servers_smart_configuration(peer: StartPeer, wire: Wire) -> None:
    base = peer(options=("--auth", "on")).base
    found = discover(wire, base, SetClock().utc)
    origin = base.removesuffix("/fhir")
    assert (found.token, found.authorize, found.issuer) == (f"{origin}/auth/token", f"{origin}/auth/authorize", origin)
    assert (found.algorithms, found.challenges) == (("RS384", "ES384"), ("S256",))
    assert found.usual_scopes("system") == "system/*.cruds"


def statement(*addresses: tuple[str, str]) -> bytes:
    parts = [{"url": name, "valueUri": address} for name, address in addresses]
    uris = {"url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris", "extension": parts}
    rest = {"mode": "server", "security": {"extension": [uris]}}
    return json.dumps({"resourceType": "CapabilityStatement", "rest": [rest]}).encode()


@pytest.mark.parametrize("first", [answer(b"", "404 Not Found"), answer(b"<html></html>"), answer(b'{"token_endpoint":7}')])
def test_else_what_the_capability_statement_says(sockets: OpenSocket, wire: Wire, first: object) -> None:
    server = sockets(first, answer(statement(("token", "https://h/t"), ("authorize", "https://h/a"), ("manage", "x"))))
    found = discover(wire, server.base, SetClock().utc)
    assert (found.token, found.authorize) == ("https://h/t", "https://h/a")
    assert server.heard[1].startswith(b"GET /fhir/metadata ")


def test_one_that_names_nothing(sockets: OpenSocket, wire: Wire) -> None:
    with pytest.raises(NoSmart):
        discover(wire, sockets(answer(b"", "404 Not Found"), answer(statement())).base, SetClock().utc)


def test_older_servers_have_other_words_for_scopes(sockets: OpenSocket, wire: Wire) -> None:
    told = {"token_endpoint": "../t", "capabilities": ["client-public", "permission-v1"]}
    server = sockets(answer(json.dumps(told).encode()))
    found = discover(wire, server.base, SetClock().utc)
    assert found.usual_scopes("user") == "user/*.*"
    assert found.token == f"http://127.0.0.1:{server.port}/t"


@pytest.mark.parametrize("deed", [resets, answer(b"", "503 Busy"), answer(b"{}", length=9)], ids=["reset", "busy", "short"])
def test_what_is_lost_on_the_way_to_the_sign_in_executed_nothing(sockets: OpenSocket, wire: Wire, deed: object) -> None:
    with pytest.raises(NotSent) as told:
        discover(wire, sockets(deed).base, SetClock().utc)
    assert told.value.reason is NoConnection.SIGN_IN


def test_it_is_asked_once_and_the_servers_clock_noted(sockets: OpenSocket, wire: Wire) -> None:
    head = b"Date: Wed, 25 Nov 2026 15:42:00 GMT\r\n"
    server = sockets(answer(b'{"token_endpoint":"https://h/t"}', head=head))
    endpoints = Discovery(wire, server.base + "/", SetClock())
    assert endpoints() is endpoints()
    assert endpoints().offset == timedelta(days=1, seconds=0.5)
    assert len(server.heard) == 1
    assert server.heard[0].startswith(b"GET /fhir/.well-known/smart-configuration ")
