from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.push.servers import PRESETS
from tests.sync.push.station import Station, station


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Station]:
    """A workstation that was never in sync with anything."""
    with station(tmp_path / "desk") as made:
        yield made


@pytest.fixture(scope="module", params=PRESETS)
def family(request: pytest.FixtureRequest) -> str:
    """Of the module, so that tests of one server come one after the other and it is started once."""
    return request.param


@pytest.fixture
def server(family: str, peer: StartPeer) -> Peer:
    preset, settings, _ = PRESETS[family]
    return peer(preset, **settings)
