"""The fixtures `peer` and `hapi`: servers for a test, started once for all tests that wish for the same.

Where Node, Java or their packages are not to be had, the tests that ask for it are skipped, and the run closes with saying so.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.servers.hapis import Hapi
from tests.servers.missing import Missing
from tests.servers.peers import Peer, Wish

AT_ONCE = 3
"""servers kept running for later tests; each takes up to 300 MB"""
HAPI = {"hapi", "hapi_judging"}
"""fixtures that a real server stands behind"""
NOT_TESTED = "not tested"
"""under this name a test's report carries what it would have tested, and why it could not"""


class Peers:
    """Running servers by what they were started with."""

    def __init__(self) -> None:
        self._free: list[Peer] = []

    def take(self, wish: Wish) -> Peer:
        """One that nobody has, as new."""
        for peer in self._free:
            if peer.wish == wish and peer.alive:
                self._free.remove(peer)
                peer.reset()
                return peer
        return Peer.start(wish)

    def give_back(self, peer: Peer) -> None:
        """One that runs with options of its own (a journal, a port) is of no use to others."""
        if not peer.alive or peer.wish.options:
            peer.stop()
            return
        self._free.append(peer)
        while len(self._free) > AT_ONCE:
            self._free.pop(0).stop()

    def stop(self) -> None:
        while self._free:
            self._free.pop().stop()


class StartPeer(Protocol):
    """`settings` go over those of the preset; `options` are further words: `--data FILE`."""

    def __call__(
        self, preset: str = "hapi", validate: str = "none", profiles: tuple[Path, ...] = (), options: tuple[str, ...] = (),
        **settings: Any,
    ) -> Peer: ...  # fmt: skip


@pytest.fixture(scope="session")
def peers() -> Iterator[Peers]:
    made = Peers()
    yield made
    made.stop()


@pytest.fixture
def peer(peers: Peers, request: pytest.FixtureRequest) -> Iterator[StartPeer]:
    """Starts a server, or hands out one that runs already, emptied: `peer("ehr", validate="base", pageSize=5)`."""
    lent: list[Peer] = []

    def start(
        preset: str = "hapi",
        validate: str = "none",
        profiles: tuple[Path, ...] = (),
        options: tuple[str, ...] = (),
        **settings: Any,
    ) -> Peer:
        told = tuple((name, json.dumps(value)) for name, value in sorted(settings.items()))
        try:
            lent.append(peers.take(Wish(preset, validate, profiles, told, options)))
        except Missing as missing:
            not_tested(request, "against a FHIR server", str(missing))
        return lent[-1]

    yield start
    for one in lent:
        peers.give_back(one)


@pytest.fixture(scope="session")
def hapi_running() -> Iterator[Hapi | Missing]:
    """One server for the whole run, started when the first test asks for it."""
    try:
        server = Hapi.start()
    except Missing as missing:
        yield missing
        return
    yield server
    server.stop()


@pytest.fixture
def hapi(hapi_running: Hapi | Missing, request: pytest.FixtureRequest) -> Hapi:
    """A real HAPI FHIR JPA server, with nothing stored. It answers equal searches within 60 seconds as it did first."""
    if isinstance(hapi_running, Missing):
        not_tested(request, "against HAPI", str(hapi_running))
    hapi_running.empty()
    return hapi_running


def not_tested(request: pytest.FixtureRequest, what: str, why: str) -> None:
    """Skips this test, and has the run close with what was not tested, and why."""
    request.node.user_properties.append((NOT_TESTED, f"{what}: {why}"))
    pytest.skip(f"not tested {what}: {why}")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes share the tests, each begins with its own part of the list and then takes from the ends of the
    others': what stands first is done by the first of them, so that one HAPI serves all who ask for it, and what takes longest
    is not begun last."""
    items.sort(key=lambda item: (not HAPI & set(getattr(item, "fixturenames", ())), "rounds" not in item.path.parts))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    told = Counter(
        str(what)
        for report in terminalreporter.stats.get("skipped", [])
        for name, what in report.user_properties
        if name == NOT_TESTED
    )
    for what, tests in told.items():
        terminalreporter.section("NOT TESTED", red=True, bold=True)
        terminalreporter.line(f"{tests} tests {what}", red=True)
