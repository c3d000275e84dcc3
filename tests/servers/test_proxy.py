"""The wire that is cut: what the client sees, and what the server has done."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException, IncompleteRead, RemoteDisconnected
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.servers import proxy as proxies
from tests.servers.asking import ask
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.servers.proxy import At, Cut, Dice, Proxy, Request

PERSON = {"resourceType": "Patient", "gender": "female"}


@pytest.fixture
def server(peer: StartPeer) -> Peer:
    return peer()


def post(proxy: Proxy) -> Any:
    return ask("POST", f"{proxy.base}/Patient", PERSON, {})


def test_what_is_not_cut_goes_through(server: Peer) -> None:
    with Proxy(server.base) as proxy:
        assert post(proxy).status == 201
        assert ask("GET", f"{proxy.base}/Patient?gender=female", None, {}).body["total"] == 1
    assert [(request.method, request.path.rpartition("/")[2]) for request in proxy.requests] == [
        ("POST", "Patient"),
        ("GET", "Patient?gender=female"),
    ]


@pytest.mark.parametrize(
    ("cut", "seen", "done"),
    [
        (Cut.BEFORE, (RemoteDisconnected, ConnectionError), 0),
        (Cut.WITHIN, (RemoteDisconnected, ConnectionError), 0),
        (Cut.BEFORE_REPLY, (RemoteDisconnected, ConnectionError), 1),
        (Cut.WITHIN_REPLY, (IncompleteRead, HTTPException), 1),
    ],
)
def test_a_cut(server: Peer, cut: Cut, seen: tuple[type[Exception], ...], done: int) -> None:
    with Proxy(server.base, At(cut)) as proxy:
        with pytest.raises(seen):
            post(proxy)
        assert len(server.dump()) == done
        assert post(proxy).status == 201
    assert proxy.cuts == [cut]


def test_a_request_that_nobody_hears_of_is_executed_by_and_by(server: Peer) -> None:
    with Proxy(server.base, At(Cut.UNHEARD)) as proxy, pytest.raises((RemoteDisconnected, ConnectionError)):
        post(proxy)
    while not server.dump():
        pass  # the time limit of the tests ends this where it never comes


def test_one_of_its_kind_is_cut(server: Peer) -> None:
    with Proxy(server.base, At(Cut.BEFORE, nth=2, method="POST")) as proxy:
        assert post(proxy).status == 201
        ask("GET", f"{proxy.base}/Patient", None, {})
        with pytest.raises((RemoteDisconnected, ConnectionError)):
            post(proxy)


def test_the_moment_is_told_before_the_client_sees_it(server: Peer) -> None:
    told: list[Cut] = []
    with Proxy(server.base, At(Cut.BEFORE_REPLY), told.append) as proxy:
        with pytest.raises((RemoteDisconnected, ConnectionError)):
            post(proxy)
        assert told == [Cut.BEFORE_REPLY]


def test_many_at_once(server: Peer) -> None:
    with Proxy(server.base) as proxy:
        threads = [Thread(target=post, args=(proxy,)) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.dump()) == 12


def test_it_ends_though_a_server_never_answers(server: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no end to its patience the time limit of the tests would come first."""
    monkeypatch.setattr(proxies, "PATIENCE", None)
    server.fault("hang")
    with Proxy(server.base) as proxy:
        asking = HTTPConnection(urlsplit(proxy.base).netloc)
        asking.request("GET", "/fhir/Patient")
        while not proxy.requests:
            pass
        asking.close()


def test_a_seed_cuts_the_same(server: Peer) -> None:
    requests = [Request(number, "GET", "/") for number in range(1, 200)]

    def cuts(seed: int, most: int | None = None) -> list[Cut | None]:
        dice = Dice(seed, 0.3, most)
        return [dice(request) for request in requests]

    assert cuts(7) == cuts(7)
    assert cuts(7) != cuts(8)
    assert set(cuts(7)) == {*Cut, None}
    assert 30 < sum(cut is not None for cut in cuts(7)) < 90
    assert sum(cut is not None for cut in cuts(7, most=4)) == 4
