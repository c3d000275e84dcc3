"""A person signs in with the server's own page in her browser, and stays signed in as long as the server lets her."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwk, jwt

from maroom.core.settings import Server, SignIn
from maroom.fhir.client import SignInNeeded
from maroom.fhir.signin.asking import NoSmart
from maroom.fhir.signin.choosing import authorizer
from maroom.fhir.signin.discovery import Discovery, Endpoints
from maroom.fhir.signin.person import Person
from maroom.fhir.signin.standalone import Application, Browser, sign_in
from maroom.fhir.signin.tokens import Token
from maroom.fhir.transport import Wire
from tests.builders import SetClock
from tests.fhir.conftest import OpenClient, OpenSocket
from tests.fhir.signin.browser import TestBrowser, asked, back
from tests.fhir.signin.conftest import Drawer
from tests.fhir.sockets import Deed, Socket, answer
from tests.servers.fixtures import StartPeer

OpenBrowser = Callable[..., TestBrowser]


@pytest.fixture
def browsers() -> Iterator[OpenBrowser]:
    made: list[TestBrowser] = []

    def opened(turned: Callable[[str], str] = lambda address: address) -> TestBrowser:
        made.append(TestBrowser(turned))
        return made[-1]

    yield opened
    for one in made:
        one.close()


def page(good: bool) -> str:
    return "<p>welcome</p>" if good else "<p>sorry</p>"


def now() -> SetClock:
    return SetClock(datetime.now(UTC))


def signed_in(
    wire: Wire, where: Endpoints, browser: TestBrowser, base: str = "https://h/fhir", drawer: Drawer | None = None, **words: Any
) -> Token:
    seen = Browser(browser.show, page)
    return sign_in(wire, where, Application(base, "maroom"), drawer or Drawer(), now(), seen, **({"patience": 10} | words))


# against a server


def test_she_signs_in_works_and_goes_on_by_refreshing(
    peer: StartPeer, client: OpenClient, wire: Wire, browsers: OpenBrowser
) -> None:
    server, drawer, browser = peer(options=("--auth", "on")), Drawer(), browsers()
    signed_in(wire, Discovery(wire, server.base, now())(), browser, server.base, drawer)
    words = asked(browser.asked)
    assert (words["aud"], words["code_challenge_method"], words["response_type"]) == (server.base, "S256", "code")
    assert "offline_access" in words["scope"].split()
    assert words["redirect_uri"].startswith("http://127.0.0.1:")
    browser.close()
    assert browser.shown == [(200, "<p>welcome</p>")]
    badge = Person(wire, Discovery(wire, server.base, now()), "maroom", drawer, now())
    asking = client(server.base, authorizer=badge)
    assert asking.get("Patient").status == 200
    for _ in range(2):  # each refresh token is good for one use
        server.tell("POST", "/expire-tokens")
        assert asking.get("Patient").status == 200
    assert [request["status"] for request in server.log() if "/Patient" in request["path"]] == [200, 401, 200, 401, 200]


def test_she_is_asked_again_when_the_server_takes_her_refresh_no_more(
    peer: StartPeer, client: OpenClient, wire: Wire, browsers: OpenBrowser
) -> None:
    server, drawer = peer(options=("--auth", "on")), Drawer()
    signed_in(wire, Discovery(wire, server.base, now())(), browsers(), server.base, drawer)
    drawer.value = dict(drawer.value or {}) | {"refresh": "revoked"}
    badge = Person(wire, Discovery(wire, server.base, now()), "maroom", drawer, now())
    server.tell("POST", "/expire-tokens")
    asking = client(server.base, authorizer=badge)
    for _ in range(2):
        with pytest.raises(SignInNeeded):
            asking.get("Patient")
    assert drawer.value is None
    assert len([request for request in server.log() if request["path"] == "/auth/token"]) == 2, "one refresh was enough"


def test_nobody_signed_in(wire: Wire) -> None:
    made = authorizer(Server("https://h/fhir", SignIn.PERSON, "maroom"), wire, Drawer(), lambda: None, now())
    assert made is not None
    with pytest.raises(SignInNeeded) as told:
        made.header()
    assert told.value.why == "signed_out"
    assert authorizer(Server("https://h/fhir"), wire, Drawer(), lambda: None, now()) is None


# what the browser brings


def endpoints(server: Socket, **words: Any) -> Endpoints:
    origin = f"http://127.0.0.1:{server.port}"
    return Endpoints(f"{origin}/token", f"{origin}/authorize", **words)


TOKEN = {"access_token": "a1", "token_type": "Bearer", "expires_in": 300, "refresh_token": "r1", "scope": "user/*.cruds"}


def json_answer(body: dict[str, Any]) -> Deed:
    return answer(json.dumps(body).encode())


def test_an_answer_with_another_state_is_not_ours(sockets: OpenSocket, wire: Wire, browsers: OpenBrowser) -> None:
    server = sockets(json_answer(TOKEN))
    browser = browsers(lambda address: back(address, code="stolen", state="other"))
    with pytest.raises(SignInNeeded) as told:
        signed_in(wire, endpoints(server), browser, patience=1.5)
    assert told.value.why == "gave_up"
    browser.close()
    assert browser.shown == [(404, "")]
    assert server.heard == []


def test_a_refusal_in_the_browser(sockets: OpenSocket, wire: Wire, browsers: OpenBrowser) -> None:
    browser = browsers(lambda address: back(address, error="access_denied"))
    with pytest.raises(SignInNeeded) as told:
        signed_in(wire, endpoints(sockets(json_answer(TOKEN))), browser)
    assert told.value.why == "access_denied"
    browser.close()
    assert browser.shown == [(200, "<p>sorry</p>")]


def test_an_answer_of_another_issuer(sockets: OpenSocket, wire: Wire, browsers: OpenBrowser) -> None:
    server = sockets(json_answer(TOKEN))
    browser = browsers(lambda address: back(address, code="c", iss="https://evil.example"))
    with pytest.raises(SignInNeeded):
        signed_in(wire, endpoints(server, issuer="https://h"), browser)
    assert server.heard == []


def test_waiting_can_be_given_up(sockets: OpenSocket, wire: Wire) -> None:
    begun = time.monotonic()
    silent = Browser(lambda _address: None, page)
    with pytest.raises(SignInNeeded) as told:
        sign_in(
            wire, endpoints(sockets(json_answer(TOKEN))), Application("https://h", "m"), Drawer(), now(), silent, lambda: True
        )
    assert told.value.why == "gave_up"
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "words", [{"challenges": ("plain",)}, {"authorize": ""}, {"authorize": "http://h/authorize"}, {"authorize": "file:///etc"}]
)
def test_a_server_with_no_safe_way(wire: Wire, words: dict[str, Any]) -> None:
    browser = TestBrowser()
    with pytest.raises(NoSmart):
        signed_in(wire, Endpoints(**({"token": "https://h/t", "authorize": "https://h/a"} | words)), browser)
    assert browser.asked == ""


# who it was


ISSUER = "https://issuer.example"


class Issuer:
    """Answers the token request with an id_token, and then shows its keys."""

    def __init__(self) -> None:
        self.key = jwk.ECKey.generate_key("P-256")
        self.shown = {"keys": [self.key.as_dict(private=False) | {"kid": "k"}]}
        self.nonce = ""

    def turned(self, address: str) -> str:
        self.nonce = asked(address)["nonce"]
        return back(address, code="c")

    def token(self, **changed: Any) -> Deed:
        def deed(connection: Any) -> None:
            claims = {
                "iss": ISSUER, "aud": "maroom", "exp": int(time.time()) + 60, "nonce": self.nonce, "sub": "s",
                "fhirUser": "Practitioner/7",
            } | changed  # fmt: skip
            made = jwt.encode({"alg": "ES256", "kid": "k"}, claims, self.key)
            json_answer(TOKEN | {"id_token": made})(connection)

        return deed


def test_the_person_is_known_by_a_proved_identity(sockets: OpenSocket, wire: Wire, browsers: OpenBrowser) -> None:
    issuer, drawer = Issuer(), Drawer()
    server = sockets(issuer.token(), json_answer(issuer.shown))
    where = endpoints(server, issuer=ISSUER, keys=f"http://127.0.0.1:{server.port}/keys")
    assert signed_in(wire, where, browsers(issuer.turned), drawer=drawer).user == "Practitioner/7"
    assert Token.of_kept(drawer.value).user == "Practitioner/7"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "changed", [{"iss": "https://evil.example"}, {"aud": "other"}, {"exp": 1000}, {"nonce": "old"}, {"exp": None}]
)
def test_an_identity_that_is_not_proved_signs_nobody_in(
    sockets: OpenSocket, wire: Wire, browsers: OpenBrowser, changed: dict[str, Any]
) -> None:
    issuer, drawer = Issuer(), Drawer()
    server = sockets(issuer.token(**changed), json_answer(issuer.shown))
    where = endpoints(server, issuer=ISSUER, keys=f"http://127.0.0.1:{server.port}/keys")
    with pytest.raises(SignInNeeded) as told:
        signed_in(wire, where, browsers(issuer.turned), drawer=drawer)
    assert told.value.why == "id_token"
    assert drawer.saved == []


def test_an_identity_under_a_key_that_is_not_the_issuers(sockets: OpenSocket, wire: Wire, browsers: OpenBrowser) -> None:
    issuer, other = Issuer(), Issuer()
    server = sockets(issuer.token(), json_answer(other.shown))
    where = endpoints(server, issuer=ISSUER, keys=f"http://127.0.0.1:{server.port}/keys")
    with pytest.raises(SignInNeeded):
        signed_in(wire, where, browsers(issuer.turned))


# how it is kept


def test_a_kept_token_is_the_same_token() -> None:
    token = Token("a", datetime(2026, 1, 1, tzinfo=UTC), "r", "s", user="Practitioner/7")
    assert Token.of_kept(json.loads(json.dumps(token.kept()))) == token
    assert "'a'" not in repr(token)
    assert token.good(datetime(2026, 1, 1, tzinfo=UTC) - timedelta(minutes=1))
    assert not token.good(datetime(2026, 1, 1, tzinfo=UTC) - timedelta(seconds=20))


@pytest.mark.parametrize("value", [None, {}, {"access": 7}, {"access": ""}, {"access": "a", "until": "soon"}])
def test_what_makes_no_sense_is_no_token(value: dict[str, Any] | None) -> None:
    assert Token.of_kept(value) is None
