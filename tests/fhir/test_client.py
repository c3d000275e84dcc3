"""What became of a request: certainly not executed, perhaps executed, or answered; and what an answer says."""

from __future__ import annotations

import gzip
import logging
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from maroom.fhir.address import BadAddress, PlainHttp
from maroom.fhir.client import ForeignOrigin, SignInNeeded
from maroom.fhir.reply import Location
from maroom.fhir.transport import NoAnswer, NoConnection, NotSent, Timeouts, Unknown
from maroom.fhir.trust import Trust
from tests.fhir.conftest import OpenClient, OpenSocket
from tests.fhir.sockets import answer, request, resets, says, waits
from tests.servers.fixtures import StartPeer

PERSON = {"resourceType": "Patient", "gender": "female"}
JSON = b'{"resourceType":"Patient","id":"7"}'


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


# what is said and understood


def test_a_create_is_answered_with_its_place_and_version(peer: StartPeer, client: OpenClient) -> None:
    asked = client(peer().base)
    reply = asked.post("Patient", PERSON)
    assert (reply.status, reply.version, reply.foreign) == (201, "1", False)
    assert reply.resource is not None
    assert reply.location == Location("Patient", reply.resource["id"], "1")
    assert reply.date is not None
    assert abs(reply.date - datetime.now(UTC)) < timedelta(seconds=5)


def test_an_empty_answer_is_no_foreign_one(peer: StartPeer, client: OpenClient) -> None:
    reply = client(peer("ehr").base).post(
        "Observation", {"resourceType": "Observation", "status": "final", "code": {"text": "x"}}
    )
    assert (reply.status, reply.resource, reply.foreign) == (201, None, False)
    assert reply.location is not None
    assert reply.version == reply.location.version


def test_an_update_and_a_transaction(peer: StartPeer, client: OpenClient) -> None:
    asked = client(peer().base)
    made = asked.put("Patient/abc", PERSON | {"id": "abc"})
    assert made.status == 201
    stale = asked.put("Patient/abc", PERSON | {"id": "abc"}, headers=[("If-Match", 'W/"99"')])
    assert stale.status == 409
    assert stale.resource is not None
    assert stale.resource["resourceType"] == "OperationOutcome"
    bundle = {"resourceType": "Bundle", "type": "transaction"}
    entry = {"resource": PERSON, "request": {"method": "POST", "url": "Patient"}}
    done = asked.post("", bundle | {"entry": [entry, entry]})
    assert done.resource is not None
    assert [one["response"]["status"][:3] for one in done.resource["entry"]] == ["201", "201"]


def test_what_is_searched_for_is_escaped(sockets: OpenSocket, client: OpenClient) -> None:
    server = sockets(answer(JSON))
    client(server.base).get(
        "Patient", [("identifier", "urn:ietf:rfc:3986|urn:uuid:1,b"), ("_lastUpdated", "ge2026-01-01T00:00:00+00:00")]
    )
    first = server.heard[0].split(b"\r\n")[0].decode()
    assert first == (
        "GET /fhir/Patient?identifier=urn:ietf:rfc:3986%7Curn:uuid:1,b&_lastUpdated=ge2026-01-01T00:00:00%2B00:00 HTTP/1.1"
    )


def test_what_goes_with_each_request(sockets: OpenSocket, client: OpenClient) -> None:
    server = sockets(answer(JSON))
    asked = client(server.base)
    asked.post("Patient", PERSON, headers=[("If-None-Exist", "identifier=1")])
    head = server.heard[0].partition(b"\r\n\r\n")[0].lower().decode()
    for line in (
        "accept: application/fhir+json", "content-type: application/fhir+json", "prefer: return=representation",
        "accept-encoding: gzip", "if-none-exist: identifier=1",
    ):  # fmt: skip
        assert line in head.split("\r\n")
    assert (asked.requests, asked.received_bytes) == (1, len(JSON))
    assert asked.sent_bytes == len(b'{"resourceType":"Patient","gender":"female"}')


def test_numbers_keep_their_digits_both_ways(sockets: OpenSocket, client: OpenClient) -> None:
    server = sockets(answer(b'{"resourceType":"X","v":72.10}'))
    asked = client(server.base)
    reply = asked.get("X/1")
    assert reply.resource is not None
    asked.post("X", reply.resource)
    assert server.heard[1].endswith(b'"v":72.10}')


@pytest.mark.parametrize(
    ("etag", "version"), [('W/"3"', "3"), ('"3"', "3"), ("3", "3"), ("W/3", "3"), ("", "of-meta")]
)  # fmt: skip
def test_versions_in_all_spellings(sockets: OpenSocket, client: OpenClient, etag: str, version: str) -> None:
    body = b'{"resourceType":"X","meta":{"versionId":"of-meta"}}'
    server = sockets(answer(body, head=f"ETag: {etag}\r\n".encode() if etag else b""))
    assert client(server.base).get("X/1").version == version


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("https://h/fhir/Patient/9", Location("Patient", "9")),
        ("Patient/9/_history/2", Location("Patient", "9", "2")),
        ("/r4/Patient/9/_history/2?x=y", Location("Patient", "9", "2")),
        ("https://h/auth", None),
        ("", None),
    ],
)
def test_places_in_all_spellings(told: str, place: Location | None) -> None:
    assert Location.parse(told) == place


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7), ("86400", 3600), ("Sun, 01 Mar 2026 12:01:30 GMT", 90), ("Sun, 01 Mar 2020 12:00:00 GMT", 0), ("soon", None)],
)
def test_how_long_to_wait_by_the_servers_own_clock(
    sockets: OpenSocket, client: OpenClient, told: str, seconds: int | None
) -> None:
    head = f"Date: Sun, 01 Mar 2026 12:00:00 GMT\r\nRetry-After: {told}\r\n".encode()
    reply = client(sockets(answer(b"", "503 Busy", head)).base).get("X")
    assert reply.retry_after == (None if seconds is None else timedelta(seconds=seconds))


def test_packed_answers_are_unpacked(sockets: OpenSocket, client: OpenClient) -> None:
    packed = gzip.compress(JSON)
    asked = client(sockets(answer(packed, head=b"Content-Encoding: gzip\r\n")).base)
    reply = asked.get("Patient/7")
    assert reply.resource == {"resourceType": "Patient", "id": "7"}
    assert asked.received_bytes == len(packed)


# what is no FHIR


def test_a_captive_portal_is_told(peer: StartPeer, client: OpenClient) -> None:
    server = peer()
    server.fault("portal")
    reply = client(server.base).post("Patient", PERSON)
    assert (reply.status, reply.foreign, reply.resource, reply.ok) == (200, True, None, False)


@pytest.mark.parametrize("body", [b"<html></html>", b'{"ok":true}', b"[1]", b'"x"', b"\xff\xfe", b'{"resourceType":1}'])
def test_a_body_that_is_no_fhir(sockets: OpenSocket, client: OpenClient, body: bytes) -> None:
    reply = client(sockets(answer(body)).base).get("Patient/7")
    assert (reply.foreign, reply.resource) == (True, None)


def test_a_redirect_is_not_followed(sockets: OpenSocket, client: OpenClient) -> None:
    elsewhere = sockets(answer(JSON))
    server = sockets(answer(b"", "302 Found", f"Location: {elsewhere.base}/Patient/7\r\n".encode()))
    reply = client(server.base).get("Patient/7")
    assert (reply.status, reply.foreign) == (302, True)
    assert elsewhere.heard == []


def test_a_gateways_own_page_keeps_its_status(sockets: OpenSocket, client: OpenClient) -> None:
    reply = client(sockets(answer(b"<h1>Bad gateway</h1>", "502 Bad Gateway")).base).get("X")
    assert (reply.status, reply.foreign, reply.resource) == (502, True, None)


# certainly not executed


def test_nobody_there(client: OpenClient) -> None:
    with pytest.raises(NotSent) as told:
        client(f"http://127.0.0.1:{closed_port()}/fhir").post("Patient", PERSON)
    assert told.value.reason is NoConnection.REFUSED


def test_no_such_name(client: OpenClient, monkeypatch: pytest.MonkeyPatch) -> None:
    # a name that nobody can have; a resolver of the network might take its time to say so
    def unknown(*_args: object, **_words: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NotSent) as told:
        client("https://maroom.invalid/fhir", trust=Trust(proxy="direct")).get("metadata")
    assert told.value.reason is NoConnection.DNS


def test_a_connection_that_does_not_come_about(client: OpenClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_args: object, **_words: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", late)
    with pytest.raises(NotSent) as told:
        client("https://maroom.invalid/fhir", trust=Trust(proxy="direct")).get("metadata")
    assert told.value.reason is NoConnection.TIMEOUT_CONNECTING


# perhaps executed


@pytest.mark.parametrize(
    ("action", "reason", "done"),
    [
        ("drop", NoAnswer.RESET, 0),
        ("hang", NoAnswer.TIMEOUT, 0),
        ("lose", NoAnswer.RESET, 1),
        ("truncate", NoAnswer.SHORT, 1),
    ],
)
def test_what_the_server_did_cannot_be_known(
    peer: StartPeer, client: OpenClient, action: str, reason: NoAnswer, done: int
) -> None:
    server = peer()
    server.fault(action, method="POST")
    asked = client(server.base)
    with pytest.raises(Unknown) as told:
        asked.post("Patient", PERSON)
    assert told.value.reason is reason
    assert len(server.dump()) == done
    assert len(server.log()) == 1, "it was asked again"
    assert asked.get("metadata").status == 200, "the client is of use after it"


def test_a_reset_after_the_request(sockets: OpenSocket, client: OpenClient) -> None:
    with pytest.raises(Unknown) as told:
        client(sockets(resets).base).post("Patient", PERSON)
    assert told.value.reason is NoAnswer.RESET


def test_a_connection_that_went_away_while_it_was_idle(sockets: OpenSocket, client: OpenClient) -> None:
    """The server takes the second request and is gone: nothing says that it was not executed."""

    def once(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(JSON), JSON))
        server.heard.append(request(connection))
        connection.close()

    server = sockets(once)
    asked = client(server.base)
    assert asked.get("Patient/7").status == 200
    with pytest.raises(Unknown):
        asked.post("Patient", PERSON)
    assert len(server.heard) == 2


@pytest.mark.parametrize(
    "deed",
    [
        answer(JSON[:-1], length=len(JSON)),
        answer(JSON[:-1]),
        says(b"HTTP/1.1 200 OK\r\n\r\n" + JSON[:20]),
        says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n" + JSON[:5] + b"\r\n"),
        answer(gzip.compress(JSON)[:-12], head=b"Content-Encoding: gzip\r\n"),
        answer(b"no gzip at all", head=b"Content-Encoding: gzip\r\n"),
    ],
    ids=["length", "json", "until closed", "chunked", "gzip", "no gzip"],
)
def test_an_answer_that_breaks_off(sockets: OpenSocket, client: OpenClient, deed: object) -> None:
    with pytest.raises(Unknown) as told:
        client(sockets(deed).base).post("Patient", PERSON)
    assert told.value.reason is NoAnswer.SHORT


def test_an_answer_that_drips_for_ever(sockets: OpenSocket, client: OpenClient) -> None:
    def drips(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n")
        while True:
            connection.sendall(b" " * 100)

    with pytest.raises(Unknown) as told:
        client(sockets(drips).base, timeouts=Timeouts(read=5, whole=0.05)).get("X")
    assert told.value.reason is NoAnswer.TIMEOUT


def test_no_word_at_all(sockets: OpenSocket, client: OpenClient) -> None:
    with pytest.raises(Unknown) as told:
        client(sockets(waits).base).get("Patient", [("name", "Quarrington")])
    assert told.value.reason is NoAnswer.TIMEOUT
    assert "Quarrington" not in repr(told.value)
    assert told.value.__cause__ is None


# where it may go


@pytest.mark.parametrize(
    "address", ["http://fhir.clinic.example/fhir", "http://127.0.0.1.evil.example/", "http://10.0.0.1/fhir"]
)
def test_nothing_goes_unencrypted_to_another_machine(client: OpenClient, address: str) -> None:
    with pytest.raises(PlainHttp):
        client(address)


@pytest.mark.parametrize("address", ["ftp://h/fhir", "fhir", "", "https://", "https://me:secret@h/fhir", "https://h:port/fhir"])
def test_what_is_no_address(client: OpenClient, address: str) -> None:
    with pytest.raises(BadAddress):
        client(address)


def test_a_next_page_of_our_server_is_followed_as_it_stands(sockets: OpenSocket, client: OpenClient) -> None:
    server = sockets(answer(JSON))
    asked = client(server.base)
    asked.follow(f"http://127.0.0.1:{server.port}/other?_getpages=a%7Cb&x=1%2B2")
    asked.follow("?page=2")
    lines = [heard.split(b"\r\n")[0] for heard in server.heard]
    assert lines == [b"GET /other?_getpages=a%7Cb&x=1%2B2 HTTP/1.1", b"GET /fhir/?page=2 HTTP/1.1"]


@pytest.mark.parametrize(
    "where", ["http://127.0.0.2:{port}/fhir", "https://127.0.0.1:{port}/", "http://127.0.0.1:1/", "//evil.example/", "http://a@127.0.0.1:{port}/"]
)  # fmt: skip
def test_a_next_page_elsewhere_is_refused(sockets: OpenSocket, client: OpenClient, where: str) -> None:
    server = sockets(answer(JSON))
    with pytest.raises(ForeignOrigin):
        client(server.base).follow(where.format(port=server.port))
    assert server.heard == []


def test_nothing_of_a_request_stands_in_the_log(
    sockets: OpenSocket, client: OpenClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client(sockets(answer(JSON)).base).get("Patient", [("name", "Quarrington")])
    assert "Quarrington" not in caplog.text


# who asks


class Badge:
    """Hands out one header after the other."""

    def __init__(self, *words: str) -> None:
        self.words = list(words)
        self.renewed = 0

    def header(self) -> str | None:
        return self.words[0]

    def renew(self) -> bool:
        self.renewed += 1
        if len(self.words) == 1:
            return False
        self.words.pop(0)
        return True


def test_a_sign_in_that_ran_out_is_renewed_once_and_the_request_repeated(sockets: OpenSocket, client: OpenClient) -> None:
    server = sockets(answer(b"", "401 Unauthorized"), answer(JSON, "201 Created"))
    badge = Badge("Bearer old", "Bearer new")
    reply = client(server.base, authorizer=badge).post("Patient", PERSON)
    assert reply.status == 201
    assert [b"Bearer old" in server.heard[0], b"Bearer new" in server.heard[1]] == [True, True]


def test_a_sign_in_that_is_refused_again_is_asked_for(sockets: OpenSocket, client: OpenClient) -> None:
    server = sockets(answer(b"", "401 Unauthorized"))
    badge = Badge("Bearer old", "Bearer new", "Bearer newer")
    with pytest.raises(SignInNeeded):
        client(server.base, authorizer=badge).get("Patient/7")
    assert (badge.renewed, len(server.heard)) == (1, 2)


def test_of_several_requests_that_are_refused_at_once_one_renews(sockets: OpenSocket, client: OpenClient) -> None:
    def judged(connection: socket.socket) -> None:
        good = b"Bearer new" in server.heard[-1]
        answer(JSON if good else b"", "200 OK" if good else "401 Unauthorized")(connection)

    server = sockets(judged)
    badge = Badge("Bearer old", "Bearer new", "Bearer newer")
    asked = client(server.base, authorizer=badge)
    with ThreadPoolExecutor(4) as pool:
        statuses = [reply.status for reply in pool.map(asked.get, ["Patient/7"] * 4)]
    assert statuses == [200] * 4
    assert (badge.renewed, badge.words) == (1, ["Bearer new", "Bearer newer"])


def test_nobody_to_sign_in(sockets: OpenSocket, client: OpenClient) -> None:
    with pytest.raises(SignInNeeded):
        client(sockets(answer(b"", "401 Unauthorized")).base).get("Patient/7")
