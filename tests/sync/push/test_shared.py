"""Several hands on one server: colleagues who change what we change, removals, two stations with one visit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from maroom.store import mirror
from maroom.store.outbox import State
from maroom.store.unit_of_work import UnitOfWork
from tests.builders import opening
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.push.oracle import of, one_of
from tests.sync.push.servers import PRESETS
from tests.sync.push.station import Station, station
from tests.visits.build import appointment, patient, take


@pytest.fixture(params=["hapi", "medplum", "ehr"], scope="module")
def family(request: pytest.FixtureRequest) -> str:
    """409 and 412, together and alone."""
    return request.param


def changed(server: Peer, there: dict[str, Any], **elements: Any) -> None:
    tag = {"If_Match": f'W/"{there["meta"]["versionId"]}"'}
    assert server.ask("PUT", f"/{there['resourceType']}/{there['id']}", there | elements, **tag).status == 200


def test_a_colleague_added_something_else(desk: Station, server: Peer) -> None:
    """Both stand."""
    visit = desk.charted()
    pulse = desk.pulse(visit)
    desk.run(server)
    changed(server, one_of(server, pulse), interpretation=[{"text": "seen"}])
    desk.amend(visit, pulse, "47")
    pushed = desk.drain(server)
    assert (pushed.conflicts, pushed.queued) == (0, 0)
    there = one_of(server, pulse)
    assert (there["valueQuantity"]["value"], there["interpretation"]) == (47, [{"text": "seen"}])


def test_a_colleague_changed_the_same(desk: Station, server: Peer) -> None:
    """A person decides; the rest of the visit goes up meanwhile, and what comes after it waits."""
    visit = desk.charted()
    pulse = desk.pulse(visit)
    desk.run(server)
    there = one_of(server, pulse)
    changed(server, there, valueQuantity=there["valueQuantity"] | {"value": 99})
    desk.amend(visit, pulse, "47")
    other = desk.pulse(visit, "80")
    pushed = desk.drain(server)
    assert (pushed.conflicts, desk.stopped(State.CONFLICT)) == (1, [pulse])
    assert one_of(server, pulse)["valueQuantity"]["value"] == 99
    assert one_of(server, other)["valueQuantity"]["value"] == 80
    assert _theirs(desk.unit, pulse)["valueQuantity"]["value"] == 99
    desk.amend(visit, pulse, "48", after=2)
    assert desk.drain(server).conflicts == 1


def _theirs(unit: UnitOfWork, local_id: str) -> dict[str, Any]:
    with unit.glance() as session:
        row = mirror.of(session, local_id)
        assert row
        assert row.theirs
        return row.theirs


def test_moves_of_two_are_united(desk: Station, server: Peer) -> None:
    visit = desk.charted()
    desk.run(server)
    (there,) = of(server, "Encounter")
    changed(server, there, reasonCode=[{"text": "Fever"}, *there.get("reasonCode", [])])
    desk.move(visit)
    pushed = desk.drain(server)
    assert (pushed.conflicts, pushed.queued) == (0, 0)
    (there,) = of(server, "Encounter")
    assert there["location"][0]["location"]["display"] == "1"
    assert {"text": "Fever"} in there["reasonCode"]


def test_what_was_removed_there_is_a_person_s(desk: Station, peer: StartPeer) -> None:
    server = peer("medplum")
    visit = desk.charted()
    pulse = desk.pulse(visit)
    desk.run(server)
    server.ask("DELETE", f"/Observation/{one_of(server, pulse)['id']}")
    desk.amend(visit, pulse, "47")
    pushed = desk.drain(server)
    assert (pushed.conflicts, pushed.queued) == (1, 1), "its Provenance waits"
    assert [line["why"] for line in desk.lines() if line["state"] == "conflict"] == ["removed_there"]
    assert len(of(server, "Observation")) == 8


# two stations with one visit


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Station]:
    with station(tmp_path / "other") as made:
        yield made


def test_one_visit_of_two_stations_is_one_encounter(desk: Station, other: Station, peer: StartPeer, family: str) -> None:
    """Both know the appointment and the patient from the server; both see her arrive."""
    preset, settings, _ = PRESETS[family]
    server = peer(preset, **settings)
    for one in (desk, other):
        take(one.unit, patient(), appointment("2026-11-24T15:00:00Z"))
        (row,) = one.visits.today(opening()).visits
        one.visits.arrive(opening(), row.visit, row.revision)
        one.clock.forward(minutes=3)
    assert desk.drain(server).queued == 0
    pushed = other.drain(server)
    assert (pushed.queued, pushed.refused) == (0, 0)
    assert len(of(server, "Encounter")) == 1
    assert len(of(server, "Patient")) == 1
    assert server.state()["orphans"] == []


def test_the_server_s_own_encounter_of_an_appointment_is_taken_over(desk: Station, server: Peer) -> None:
    """The front desk has checked her in already."""
    take(desk.unit, patient(), appointment("2026-11-24T15:00:00Z"))
    (row,) = desk.visits.today(opening()).visits
    booked = server.ask("POST", "/Appointment", {"resourceType": "Appointment", "status": "booked", "participant": []})
    place = booked.headers["location"].split("/fhir/")[1].split("/_history")[0]
    known = {"rtype": "Appointment", "server_id": place.split("/")[1], "version": "1", "source": "server"}
    with desk.unit.bookkeeping("as pulled") as session:
        (found,) = [one for one in session.query(mirror.MirrorRow) if one.rtype == "Appointment"]
        for name, value in known.items():
            setattr(found, name, value)
    server.ask(
        "POST", "/Encounter",
        {"resourceType": "Encounter", "status": "arrived", "class": {"code": "AMB"}, "appointment": [{"reference": place}],
         "period": {"start": "2026-11-24T15:30:00Z"}},
    )  # fmt: skip
    desk.visits.arrive(opening(), row.visit, row.revision)
    pushed = desk.drain(server)
    (there,) = of(server, "Encounter")
    with desk.unit.glance() as session:
        linked = mirror.of(session, row.visit.visit)
    assert linked
    assert (linked.server_id, pushed.refused) == (there["id"], 0)
