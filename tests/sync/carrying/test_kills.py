"""A power cut at each step of export and carry: afterwards everything is there once, and the station knows it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from maroom.store import check
from maroom.store.outbox import State
from maroom.sync.push.modes import Mode
from tests.builders import KEY, START, SetClock
from tests.servers.fixtures import StartPeer
from tests.sync.carrying.killed import ROUNDS
from tests.sync.push.killed import KILLED, LIVED
from tests.sync.push.oracle import agree, of
from tests.sync.push.servers import PRESETS
from tests.sync.push.station import station

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="ending at a chosen step needs fork, which Windows has not")
@pytest.mark.parametrize("family", ["hapi", "medplum", "ehr", "nameless"])
def test_a_power_cut_at_each_step(tmp_path: Path, peer: StartPeer, family: str) -> None:
    preset, settings, mode = PRESETS[family]
    server = peer(preset, **settings)
    words = [sys.executable, "-m", "tests.sync.carrying.killed", preset, server.base, server.admin, str(tmp_path), mode]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    ends = json.loads(ended.stdout)
    assert ends == {f"{point} {nth}": [KILLED, LIVED] for point, nth in ROUNDS}, ended.stderr
    with station(tmp_path / "desk", SetClock(START + timedelta(days=2))) as desk:
        pushed = desk.drain(server)
        assert (pushed.held, pushed.refused, pushed.conflicts, pushed.queued) == (0, 0, 0, 0)
        agree(desk, server, by_content=mode is Mode.F)
        assert len(of(server, "Patient")) == len(ROUNDS)
        assert set(desk.states()) <= {State.DONE, State.SQUASHED, State.KEPT}
    assert check.faults(tmp_path / "desk" / "store.db", KEY) == []
