"""A power cut at each step: afterwards nothing is lost and nothing is there twice, and no version is more than ours."""

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
from tests.sync.push.killed import KILLED, LIVED, POISON, ROUNDS
from tests.sync.push.oracle import agree, of
from tests.sync.push.servers import PRESETS
from tests.sync.push.station import station

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="ending at a chosen step needs fork, which Windows has not")
@pytest.mark.parametrize("family", ["hapi", "medplum", "ehr", "nameless"])
def test_a_power_cut_at_each_step(tmp_path: Path, peer: StartPeer, family: str) -> None:
    preset, settings, mode = PRESETS[family]
    server = peer(preset, **settings)
    server.fault("status", 9999, bodyContains=f'"value":{POISON}', status=422)
    words = [sys.executable, "-m", "tests.sync.push.killed", preset, server.base, server.admin, str(tmp_path / "desk"), mode]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    ends = json.loads(ended.stdout)
    assert set(ends.values()) <= {KILLED, LIVED}, ended.stderr
    assert [round_ for round_, end in ends.items() if end == LIVED] == [], "a step that was never come to"
    server.no_faults()
    with station(tmp_path / "desk", SetClock(START + timedelta(days=2))) as desk:
        pushed = desk.drain(server)
        assert (pushed.held, pushed.refused > 0, pushed.conflicts) == (0, True, 0)
        stopped = [line for line in desk.lines() if line["state"] in (State.QUARANTINED, State.BLOCKED)]
        assert {line["kind"] for line in stopped} == {"vital_sign", "provenance"}, stopped
        agree(desk, server, by_content=mode is Mode.F)
        assert len(of(server, "Patient")) == len(ROUNDS)
        desk.retry_refused()
        assert desk.drain(server).queued == 0
        agree(desk, server, by_content=mode is Mode.F)
        assert set(desk.states()) <= {State.DONE, State.SQUASHED, State.KEPT}
    assert check.faults(tmp_path / "desk" / "store.db", KEY) == []
