"""The station signs in by its own key."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from maroom.fhir.client import SignInNeeded
from maroom.fhir.signin import keys
from maroom.fhir.signin.backend import Backend
from maroom.fhir.signin.discovery import Discovery, Endpoints
from maroom.fhir.transport import NoConnection, NotSent, Wire
from tests.builders import SetClock
from tests.fhir.conftest import OpenClient, OpenSocket
from tests.fhir.signin.conftest import Drawer
from tests.fhir.sockets import Socket, answer, resets
from tests.servers.fixtures import StartPeer

PERSON = {"resourceType": "Patient", "gender": "female"}


@pytest.fixture
def known(tmp_path: Path, private: str) -> tuple[str, ...]:
    """Options of a peer that knows our key."""
    path = tmp_path / "jwks.json"
    path.write_text(keys.public(private), encoding="utf-8")
    return ("--auth", "on", "--client-jwks", str(path))


def now() -> SetClock:
    return SetClock(datetime.now(UTC))


def test_it_signs_in_writes_and_goes_on_when_the_token_ran_out(
    peer: StartPeer, client: OpenClient, wire: Wire, private: str, known: tuple[str, ...]
) -> None:
    server, drawer = peer(options=known), Drawer()
    badge = Backend(wire, Discovery(wire, server.base, now()), "maroom", "", lambda: private, drawer, now())
    asked = client(server.base, authorizer=badge)
    assert asked.post("Patient", PERSON).status == 201
    server.tell("POST", "/expire-tokens")
    assert asked.post("Patient", PERSON).status == 201
    assert len(drawer.saved) == 2
    assert server.state()["counts"] == {"Patient": 2}


def test_a_token_is_used_again_after_a_restart(
    peer: StartPeer, client: OpenClient, wire: Wire, private: str, known: tuple[str, ...]
) -> None:
    server, drawer = peer(options=known), Drawer()
    for _ in range(2):
        badge = Backend(wire, Discovery(wire, server.base, now()), "maroom", "", lambda: private, drawer, now())
        assert client(server.base, authorizer=badge).get("Patient").status == 200
    assert len(drawer.saved) == 1


def test_a_station_whose_clock_is_a_day_off_still_signs_in(
    peer: StartPeer, client: OpenClient, wire: Wire, private: str, known: tuple[str, ...]
) -> None:
    server = peer(options=known)
    for days in (-1, 1):
        wrong = SetClock(datetime.now(UTC) + timedelta(days=days))
        badge = Backend(wire, Discovery(wire, server.base, wrong), "maroom", "", lambda: private, Drawer(), wrong)
        assert client(server.base, authorizer=badge).get("Patient").status == 200


@pytest.mark.parametrize("algorithm", ["RS384", "ES384"])
def test_either_algorithm_is_taken(
    peer: StartPeer, client: OpenClient, wire: Wire, private: str, known: tuple[str, ...], algorithm: str
) -> None:
    server = peer(options=known)
    found = Discovery(wire, server.base, now())()
    only = Endpoints(found.token, algorithms=(algorithm,))
    badge = Backend(wire, lambda: only, "maroom", "system/*.cruds", lambda: private, Drawer(), now())
    assert client(server.base, authorizer=badge).get("Patient").status == 200


def test_a_key_that_the_server_does_not_know(
    peer: StartPeer, client: OpenClient, wire: Wire, private: str, known: tuple[str, ...]
) -> None:
    server = peer(options=known)
    badge = Backend(wire, Discovery(wire, server.base, now()), "other", "", lambda: private, Drawer(), now())
    with pytest.raises(SignInNeeded) as told:
        client(server.base, authorizer=badge).post("Patient", PERSON)
    assert told.value.why == "invalid_client"
    assert server.dump() == []


def test_a_station_without_a_key(wire: Wire) -> None:
    badge = Backend(wire, lambda: Endpoints("https://h/t"), "maroom", "", lambda: None, Drawer(), now())
    with pytest.raises(SignInNeeded) as told:
        badge.header()
    assert told.value.why == "no_key"


# what is signed


def claims(server: Socket, heard: int = 0) -> tuple[dict[str, Any], dict[str, str]]:
    form = dict(parse_qsl(server.heard[heard].partition(b"\r\n\r\n")[2].decode()))
    payload = form["client_assertion"].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "==")), form


TOKEN = b'{"access_token":"a1","token_type":"Bearer","expires_in":300}'


def test_an_assertion_is_short_and_never_twice_the_same(sockets: OpenSocket, wire: Wire, private: str) -> None:
    server, clock = sockets(answer(TOKEN)), now()
    where = Endpoints(f"http://127.0.0.1:{server.port}/t")
    badge = Backend(wire, lambda: where, "maroom", "", lambda: private, Drawer(), clock)
    assert badge.header() == "Bearer a1"
    assert badge.renew()
    (first, form), (second, _) = claims(server), claims(server, 1)
    assert (first["iss"], first["sub"], first["aud"]) == ("maroom", "maroom", where.token)
    assert 0 < first["exp"] - clock.utc.timestamp() <= 300
    assert first["jti"] != second["jti"]
    assert form["grant_type"] == "client_credentials"
    assert form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def test_a_token_is_asked_for_anew_before_it_runs_out(sockets: OpenSocket, wire: Wire, private: str) -> None:
    server, clock = sockets(answer(TOKEN), answer(TOKEN.replace(b"a1", b"a2"))), now()
    where = Endpoints(f"http://127.0.0.1:{server.port}/t")
    badge = Backend(wire, lambda: where, "maroom", "", lambda: private, Drawer(), clock)
    headers = [badge.header()]
    for seconds in (260, 15):
        clock.forward(seconds=seconds)
        headers.append(badge.header())
    assert headers == ["Bearer a1", "Bearer a1", "Bearer a2"]


def test_a_lost_answer_of_the_token_endpoint_executed_nothing(sockets: OpenSocket, wire: Wire, private: str) -> None:
    where = Endpoints(f"http://127.0.0.1:{sockets(resets).port}/t")
    with pytest.raises(NotSent) as told:
        Backend(wire, lambda: where, "maroom", "", lambda: private, Drawer(), now()).header()
    assert told.value.reason is NoConnection.SIGN_IN


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"access_token":7}', b'{"access_token":"a","token_type":"mac"}', b"<html></html>"]
)
def test_an_answer_that_is_no_token(sockets: OpenSocket, wire: Wire, private: str, body: bytes) -> None:
    where = Endpoints(f"http://127.0.0.1:{sockets(answer(body)).port}/t")
    with pytest.raises(SignInNeeded):
        Backend(wire, lambda: where, "maroom", "", lambda: private, Drawer(), now()).header()


def test_what_is_handed_to_the_server_holds_no_secret(private: str) -> None:
    public = json.loads(keys.public(private))["keys"]
    assert [(key["kty"], key["alg"], key["use"]) for key in public] == [("RSA", "RS384", "sig"), ("EC", "ES384", "sig")]
    assert not any(secret in key for key in public for secret in ("d", "p", "q", "dp", "dq", "qi"))
    assert len({key["kid"] for key in public}) == 2
