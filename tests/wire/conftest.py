"""Servers that check what is sent against profiles."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.fixtures import StartPeer, not_tested
from tests.servers.hapis import Hapi
from tests.servers.missing import Missing
from tests.servers.node import with_packages
from tests.servers.peers import FOLDER, Peer
from tests.wire.judged import referred


@pytest.fixture
def r4(peer: StartPeer) -> Peer:
    """Checks against FHIR R4, its own profiles and US Core 5.0.1's blood pressure and patient."""
    return peer("lenient", validate="profile")


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Version of US Core > a folder of its profiles. They are published as differences, and are made whole here."""
    given = os.environ.get("MAROOM_US_CORE", "")
    found = sorted(Path(given).glob("*/profiles")) if given else []
    made = tmp_path_factory.mktemp("us-core")
    return {one.parent.name: _whole(one, made / one.parent.name) for one in found}


def _whole(source: Path, to: Path) -> Path:
    try:
        node = with_packages(FOLDER)
    except Missing:
        return to  # the test that asks for a server says so
    words = [str(node.program), str(FOLDER / "snapshots.mjs"), str(source), str(to)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return to


@pytest.fixture(params=["6.1.0", "7.0.0"])
def us_core(request: pytest.FixtureRequest, peer: StartPeer, snapshots: dict[str, Path]) -> Peer:
    """Checks against the vital signs of one version of US Core too."""
    if request.param not in snapshots:
        not_tested(request, "against the profiles of US Core", "MAROOM_US_CORE names no folder with them")
    return peer("lenient", validate="profile", profiles=(snapshots[request.param],))


@pytest.fixture(scope="session")
def hapi_judging() -> Iterator[Hapi | str]:
    """HAPI with the profiles of US Core 7.0.0, or why it is not to be had. It takes half a minute to start."""
    profiles = Path(os.environ.get("MAROOM_US_CORE", "")) / "7.0.0" / "profiles"
    if not os.environ.get("MAROOM_US_CORE") or not profiles.is_dir():
        yield "MAROOM_US_CORE names no folder with the profiles of 7.0.0"
        return
    try:
        server = Hapi.judging(profiles, "7.0.0")
    except Missing as missing:
        yield str(missing)
        return
    yield server
    server.stop()


@pytest.fixture
def judge(hapi_judging: Hapi | str, request: pytest.FixtureRequest) -> Hapi:
    """HAPI's own validator, with what our bodies refer to on it."""
    if isinstance(hapi_judging, str):
        not_tested(request, "against HAPI with the profiles of US Core", hapi_judging)
    referred(hapi_judging)
    return hapi_judging
