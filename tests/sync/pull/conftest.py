from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.station import Station, station

StartStation = Callable[..., Station]


@pytest.fixture
def server(peer: StartPeer) -> Peer:
    return peer()


@pytest.fixture
def stations(tmp_path: Path) -> Iterator[StartStation]:
    """As many as a test wishes for, each with a store of its own: `stations(peer, "b", count=10)`."""
    with ExitStack() as opened:
        yield lambda server, name="a", **how: opened.enter_context(station(tmp_path / name, server, **how))


@pytest.fixture
def here(stations: StartStation, server: Peer) -> Station:
    return stations(server)
