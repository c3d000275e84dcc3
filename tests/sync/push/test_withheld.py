"""A clinic whose server refuses what is calculated sends none of it, and all of it from the day that it may."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Coded, Derived, Entry, Measurement, Sign
from maroom.duties.vitals.service.exchanging import exchange
from tests.duties.vitals.build import measured, opened
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.push.station import Station, station
from tests.visits.build import CLINIC

BMI, WEIGHT, PULSE, RHYTHM = "39156-5", "29463-7", "8867-4", "8884-9"


class Wish:
    calculated = False


def charted(here: Station) -> None:
    """A weight and a pulse, with the index and the rhythm that rest on them."""
    visit = here.visit()
    typed = (measured(Sign.WEIGHT, "72"), measured(Sign.PULSE, "72"))
    index = Derived(Measurement(Sign.BMI, Quantity(Decimal("24.9"), "kg/m2")), of=(0,))
    felt = Derived(Measurement(Sign.RHYTHM, Coded("http://snomed.info/sct", "271636001", "Pulse regular")), of=(1,))
    here.vitals.record(opened(visit.ref), Entry(visit.ref, typed, (index, felt)))


def codes(server: Peer) -> Counter[str]:
    found = (one for one in server.dump() if one["resourceType"] == "Observation")
    return Counter(one["code"]["coding"][0]["code"] for one in found)


@pytest.mark.parametrize("preset", ["hapi", "ehr"])
def test_it_stays_here_until_it_may_go(peer: StartPeer, tmp_path: Path, preset: str) -> None:
    server, wish = peer(preset, readOnlyTypes=[]), Wish()
    with station(tmp_path) as here:
        others = [one for one in here.exchanges if one.kind != "vital_sign"]
        here.exchanges = (exchange(lambda: CLINIC.namespace, lambda: wish.calculated), *others)
        charted(here)
        pushed = here.drain(server)
        there = codes(server)
        assert (there[BMI], there[WEIGHT], there[PULSE], there[RHYTHM]) == (0, 1, 1, 1)
        assert (pushed.queued, pushed.refused, pushed.held) == (0, 0, 0)
        assert here.drain(server).sent == 0
        wish.calculated = True
        assert here.drain(server).refused == 0
        assert codes(server) == there + Counter({BMI: 1})
