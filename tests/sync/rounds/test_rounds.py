"""Rounds of use, faults and kills in each family of servers; and broken protocols, which must not come through."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.servers.fixtures import StartPeer
from tests.sync.rounds.faults import FAULTS, USUAL
from tests.sync.rounds.mutants import MUTANTS
from tests.sync.rounds.processes import Failed
from tests.sync.rounds.rounds import rounds

PRESETS = ("hapi", "medplum", "azure", "ehr", "lenient")
ROUNDS = 12
SOAK_ROUNDS = 200
_LONG = (pytest.mark.soak, pytest.mark.timeout(4 * 3600))


@pytest.mark.parametrize("number", [ROUNDS, pytest.param(SOAK_ROUNDS, marks=_LONG)])
@pytest.mark.parametrize("preset", PRESETS)
def test_nothing_is_lost_and_nothing_twice(peer: StartPeer, tmp_path: Path, preset: str, number: int) -> None:
    faults = USUAL if number == ROUNDS else tuple(FAULTS)
    with rounds(tmp_path / "a", peer(preset), seed=1, registers=preset != "ehr", faults=faults) as made:
        made.expect_people()
        made.sync()
        for _ in range(number):
            made.round()
        made.become_quiet()
        assert made.found() == []
        assert made.kills >= number // 3
        assert len(made.day.readings) > 30


@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_protocol_is_caught(peer: StartPeer, tmp_path: Path, name: str) -> None:
    mutant = MUTANTS[name]
    broken = {"mode": mutant.mode, "hold": mutant.hold, "mutant": name}
    server = peer(mutant.preset, **dict(mutant.settings))
    with rounds(tmp_path / "a", server, 1, registers=mutant.preset != "ehr", faults=mutant.faults, extra=broken) as made:
        made.expect_people()
        made.sync()
        try:
            for _ in range(ROUNDS // 2):
                made.round()
            made.become_quiet()
        except Failed:
            assert mutant.fails
        else:
            assert {fault.wrong for fault in made.found()} & set(mutant.found)
