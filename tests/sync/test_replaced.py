"""A workstation that was replaced: a new store of the same clinic, and the old one's work on the server."""

from __future__ import annotations

from pathlib import Path

import pytest

from maroom.duties.vitals.model import Sign
from maroom.store import check
from maroom.store.opening import STORE
from maroom.visits.model import NewAllergy, VisitStatus
from tests.builders import KEY, opening
from tests.duties.vitals.build import adult_set, measured
from tests.servers.fixtures import StartPeer
from tests.sync.station import got, station
from tests.visits.build import new


@pytest.mark.parametrize("preset", ["hapi", "azure", "medplum"])
def test_a_new_store_takes_the_day_over_where_the_old_one_left_it(peer: StartPeer, tmp_path: Path, preset: str) -> None:
    server = peer(preset)
    with station(tmp_path / "old", server) as old:
        visit = old.visits.add_visit(opening(), old.visits.register(opening(), new()).id, "Cough")
        readings = old.chart(visit.ref, *adult_set())
        old.visits.ask_allergies(old.page(visit.ref), (NewAllergy("Latex"),))
        visit = old.visits.take_to_room(opening(), visit.ref, visit.revision, "r1")
        assert old.sync().clean
    counts = server.state()["counts"]
    with station(tmp_path / "new", server) as here:
        account = here.sync()
        assert (account.clean, account.sent, account.set_back, account.doubles) == (True, 0, (), ())
        assert server.state()["counts"] == counts
        (row,) = here.visits.today(opening()).visits
        page = here.page(row.visit)
        assert (row.visit, row.status, row.room and row.room.name) == (visit.ref, VisitStatus.ROOMED, "1")
        assert {one.id for one in here.vitals.sets(page)[0].readings} == set(readings)
        assert [one.substance for one in here.visits.chart(page).allergies.listed] == ["Latex"]
        weight = next(
            one for one in here.vitals.sets(page)[0].readings if one.measurement.sign is Sign.WEIGHT and one.id in readings
        )
        here.vitals.amend(page, weight.id, weight.revision, measured(Sign.WEIGHT, "185"), "typed wrong")
        here.visits.ready_for_provider(opening(), row.visit, row.revision)
        assert here.sync().clean
        there = got(server, f"/{here.mirrored_address(weight.id)}")
        assert (there["status"], float(there["valueQuantity"]["value"])) == ("amended", 185)
        after = server.state()
        assert [one for one in after["duplicates"] if "urn:uuid" in one["identifier"]] == []
        assert after["counts"]["Observation"] == counts["Observation"]
    assert check.faults(tmp_path / "new" / STORE, KEY) == []
