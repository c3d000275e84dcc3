"""A process that saves vital signs is killed at random moments: what it reported is there, and all tells the same story."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from maroom.core.people import Opening
from maroom.duties.vitals.service import Vitals
from tests.builders import DANA, SetClock, unit_of_work
from tests.stories.saver import VISIT, measurements

ROUNDS, SOAK_ROUNDS = 50, 1000
ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="killing a saver at a chosen moment needs fork, which Windows has not")
@pytest.mark.parametrize("rounds", [ROUNDS, pytest.param(SOAK_ROUNDS, marks=pytest.mark.soak)])
def test_no_reported_save_is_lost(tmp_path: Path, rounds: int) -> None:
    command = [sys.executable, "-m", "tests.stories.saver", str(tmp_path), str(rounds), "17"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    reported = told["reported"]
    assert told["faults"] == []
    assert len(reported) >= rounds
    assert len(set(reported)) == len(reported)

    with unit_of_work(tmp_path, SetClock()) as unit:
        sets = Vitals(unit.write, unit.read, SetClock()).sets(Opening(DANA, VISIT))
    assert {one.id for one in sets} >= set(reported)
    assert {len(one.readings) for one in sets} == {len(measurements())}
    assert len(sets) <= len(reported) + rounds, "a set that nobody was told of, beyond the one in flight at each kill"
