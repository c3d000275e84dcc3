"""Whom this station trusts, what it shows of itself, and by which way it goes."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from maroom.fhir.address import BadAddress
from maroom.fhir.transport import NoConnection, NotSent, Wire
from maroom.fhir.trust import BadFile, Trust
from tests.fhir.certificates import Authority, Made
from tests.fhir.conftest import OpenClient, OpenSocket
from tests.fhir.sockets import answer, says, waits
from tests.servers.fixtures import StartPeer

JSON = b'{"resourceType":"Patient","id":"7"}'


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def refused(deed: Callable[[], object]) -> NoConnection:
    with pytest.raises(NotSent) as told:
        deed()
    return told.value.reason


def secured(made: Made) -> tuple[str, ...]:
    return ("--tls-cert", str(made.certificate), "--tls-key", str(made.key))


def test_a_server_that_the_clinics_authority_vouches_for(peer: StartPeer, client: OpenClient, authority: Authority) -> None:
    base = peer(options=secured(authority.signs("server"))).base
    assert base.startswith("https:")
    assert client(base, trust=Trust(ca_file=str(authority.file))).get("metadata").status == 200
    assert refused(lambda: client(base).get("metadata")) is NoConnection.TLS


def test_a_server_that_vouches_for_itself_is_refused(peer: StartPeer, client: OpenClient, authority: Authority) -> None:
    base = peer(options=secured(authority.signs_not("server"))).base
    assert refused(lambda: client(base, trust=Trust(ca_file=str(authority.file))).get("metadata")) is NoConnection.TLS


def test_the_certificate_of_another_host_is_refused(sockets: OpenSocket, client: OpenClient, authority: Authority) -> None:
    server = sockets(answer(JSON), context=authority.signs("other", host="fhir.other.example").server())
    trust = Trust(ca_file=str(authority.file))
    assert refused(lambda: client(server.base, trust=trust).get("Patient/7")) is NoConnection.TLS
    assert server.heard == []


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated")
def test_nothing_older_than_tls_1_2(sockets: OpenSocket, client: OpenClient, authority: Authority) -> None:
    context = authority.signs("old").server()
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    server = sockets(answer(JSON), context=context)
    trust = Trust(ca_file=str(authority.file))
    assert refused(lambda: client(server.base, trust=trust).get("Patient/7")) is NoConnection.TLS


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_server_that_asks_for_our_certificate(
    sockets: OpenSocket, client: OpenClient, authority: Authority, version: ssl.TLSVersion
) -> None:
    context = authority.signs("server").server()
    context.maximum_version = context.minimum_version = version
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(authority.file)
    server = sockets(answer(JSON), context=context)
    shown = Trust(ca_file=str(authority.file), client_certificate=str(authority.signs("station").both))
    assert client(server.base, trust=shown).get("Patient/7").status == 200
    unknown = Trust(ca_file=str(authority.file), client_certificate=str(authority.signs_not("stranger").both))
    for trust in (Trust(ca_file=str(authority.file)), unknown):
        assert refused(lambda one=trust: client(server.base, trust=one).get("Patient/7")) is NoConnection.TLS


def test_files_that_cannot_be_used(tmp_path: Path, authority: Authority) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_bytes(b"")
    locked = authority.signs("locked", password=b"secret").both
    for words, setting in (
        ({"ca_file": str(tmp_path / "none.pem")}, "ca_file"),
        ({"ca_file": str(empty)}, "ca_file"),
        ({"client_certificate": str(authority.file)}, "client_certificate"),
        ({"client_certificate": str(locked)}, "client_certificate"),
    ):
        with pytest.raises(BadFile) as told:
            Trust(**words).context()
        assert told.value.setting == setting


# the proxy


def proxy(reply: bytes) -> Callable[[socket.socket], None]:
    return says(reply)


OUTSIDE = "https://fhir.clinic.example/fhir"


def test_the_proxy_that_is_set_is_used(sockets: OpenSocket, client: OpenClient) -> None:
    one = sockets(proxy(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"))
    other = sockets(waits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{other.port}")
        trust = Trust(proxy=f"http://127.0.0.1:{one.port}")
        assert refused(lambda: client(OUTSIDE, trust=trust).get("metadata")) is NoConnection.PROXY
    assert one.heard[0].startswith(b"CONNECT fhir.clinic.example:443 ")
    assert other.heard == []


def test_else_the_one_of_the_environment(sockets: OpenSocket, client: OpenClient, monkeypatch: pytest.MonkeyPatch) -> None:
    one = sockets(proxy(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"))
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{one.port}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert refused(lambda: client(OUTSIDE).get("metadata")) is NoConnection.PROXY
    assert len(one.heard) == 1


@pytest.mark.parametrize(
    "reply",
    [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 Connection established\r\n\r\n"],
    ids=["gone", "nonsense", "no tls behind"],
)
def test_a_proxy_that_fails(sockets: OpenSocket, client: OpenClient, reply: bytes) -> None:
    trust = Trust(proxy=f"http://127.0.0.1:{sockets(proxy(reply)).port}")
    expected = NoConnection.TLS if reply.startswith(b"HTTP") else NoConnection.PROXY
    assert refused(lambda: client(OUTSIDE, trust=trust).post("Patient", {})) is expected


def test_a_proxy_that_says_nothing_or_is_not_there(sockets: OpenSocket, client: OpenClient) -> None:
    silent = Trust(proxy=f"http://127.0.0.1:{sockets(waits).port}")
    assert refused(lambda: client(OUTSIDE, trust=silent).post("Patient", {})) is NoConnection.PROXY
    with socket.create_server(("127.0.0.1", 0)) as one:
        port = one.getsockname()[1]
    absent = Trust(proxy=f"http://127.0.0.1:{port}")
    assert refused(lambda: client(OUTSIDE, trust=absent).post("Patient", {})) is NoConnection.PROXY


def test_this_machine_is_never_reached_by_a_proxy(
    sockets: OpenSocket, client: OpenClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    between = sockets(waits)
    address = f"http://127.0.0.1:{between.port}"
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, address)
    server = sockets(answer(JSON))
    assert client(server.base).get("Patient/7").status == 200
    assert client(server.base, trust=Trust(proxy=address)).get("Patient/7").status == 200
    assert between.heard == []


@pytest.mark.parametrize("address", ["socks5://x:1", "nonsense", "ftp://x:1", "http://x:port", "http://me:secret@x:1"])
def test_an_address_that_is_no_proxys(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadAddress):
        Wire(Trust(proxy=address))
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(BadAddress):
        Wire()
