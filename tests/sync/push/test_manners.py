"""Servers that take only some types, no changes, no equal times; that lie, ignore what they are asked, lose what they had."""

from __future__ import annotations

from typing import Any

import pytest

from maroom.store.outbox import State
from maroom.sync.push.modes import Mode
from tests.builders import opening
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.push.oracle import agree, asked, is_of, of, one_of
from tests.sync.push.station import Station
from tests.visits.build import of_patient, patient, take

# what it takes


GARCIA = {"resourceType": "Patient", "name": [{"family": "García"}], "birthDate": "1968-02-02"}


def linked(desk: Station, server: Peer, local_id: str) -> None:
    """The server's own is found, and confirmed by a person."""
    desk.run(server)
    (candidate,) = desk.bench.candidates(opening(), local_id)
    desk.bench.link(opening(), local_id, candidate)


@pytest.mark.parametrize("preset", ["lenient", "medplum", "ehr"])
def test_only_observations_are_taken(desk: Station, peer: StartPeer, preset: str) -> None:
    """Its own patient is linked; its own visit is nowhere, and somebody says so; Provenances stay here."""
    server = peer(preset, readOnlyTypes=[])
    visit = desk.charted()
    server.set(writeTypes=["Observation"])
    pushed = desk.run(server)
    assert pushed.to_link >= 1
    assert of(server, "Observation") == []
    server.set(writeTypes=None)
    assert server.ask("POST", "/Patient", GARCIA).status == 201
    server.set(writeTypes=["Observation"])
    linked(desk, server, visit.ref.patient)
    pushed = desk.run(server)
    assert desk.stopped(State.TO_LINK) == [visit.ref.visit]
    assert pushed.sent == 0
    desk.bench.none_there(opening(), visit.ref.visit)
    pushed = desk.run(server)
    assert (pushed.sent, pushed.queued, pushed.to_link) == (8, 0, 0)
    assert all("encounter" not in one for one in of(server, "Observation"))
    assert {one["subject"]["reference"] for one in of(server, "Observation")} == {f"Patient/{of(server, 'Patient')[0]['id']}"}
    before = asked(server)
    assert desk.run(server).sent == 0
    assert [one for one in asked(server)[len(before) :] if one.startswith(("POST", "PUT"))] == []


def test_a_server_s_own_patient_and_visit_are_linked(desk: Station, peer: StartPeer) -> None:
    server = peer("ehr", readOnlyTypes=["Patient"])
    visit = desk.charted()
    pushed = desk.run(server)
    assert (pushed.to_link, pushed.queued) == (1, 12)
    server.set(readOnlyTypes=[])
    assert server.ask("POST", "/Patient", GARCIA).status == 201
    server.set(readOnlyTypes=["Patient"])
    linked(desk, server, visit.ref.patient)
    pushed = desk.run(server)
    assert (pushed.to_link, pushed.queued, pushed.kept) == (0, 0, 0)
    assert len(of(server, "Observation")) == 8
    assert len(of(server, "Patient")) == 1


def test_who_looks_like_somebody_is_only_offered(desk: Station, peer: StartPeer) -> None:
    server = peer("ehr", readOnlyTypes=[])
    for name, born in (("García", "1968-02-02"), ("García", "1971-01-01"), ("Garcia", "1968-02-02")):
        server.ask("POST", "/Patient", {"resourceType": "Patient", "name": [{"family": name}], "birthDate": born})
    server.set(readOnlyTypes=["Patient"])
    visit = desk.charted()
    desk.run(server)
    names = [one.resource["name"][0]["family"] for one in desk.bench.candidates(opening(), visit.ref.patient)]
    assert "García" in names
    assert all(one.resource["birthDate"] == "1968-02-02" for one in desk.bench.candidates(opening(), visit.ref.patient))
    assert desk.run(server).sent == 0


def test_no_changes_are_taken(desk: Station, peer: StartPeer) -> None:
    """An amendment is made there by hand, and somebody says so; a move stays here."""
    server = peer("lenient", updates=False)
    visit = desk.charted()
    pulse, other = desk.pulse(visit), desk.pulse(visit)
    desk.run(server)
    desk.amend(visit, pulse, "47")
    desk.void(visit, other)
    desk.move(visit)
    pushed = desk.run(server)
    assert (pushed.by_hand, pushed.refused, pushed.conflicts) == (2, 0, 0)
    assert set(desk.stopped(State.BY_HAND)) == {pulse, other}
    assert visit.ref.visit in desk.stopped(State.KEPT)
    for local_id in (pulse, other):
        desk.bench.said_by_hand(opening(), local_id)
    pushed = desk.run(server)
    assert (pushed.by_hand, pushed.queued) == (0, 0)
    before = asked(server)
    desk.run(server)
    assert asked(server) == before


def test_what_it_did_not_take_is_offered_again_when_it_says_other_things_of_itself(desk: Station, peer: StartPeer) -> None:
    server = peer("lenient", updates=False)
    visit = desk.charted()
    pulse = desk.pulse(visit)
    desk.run(server)
    desk.amend(visit, pulse, "47")
    assert desk.run(server).by_hand == 1
    server.set(updates=True)
    assert desk.run(server).by_hand == 1
    server.set(historyType=True)
    assert desk.run(server).by_hand == 0
    assert one_of(server, pulse)["valueQuantity"]["value"] == 47


@pytest.mark.parametrize("preset", ["medplum", "ehr"])
def test_no_two_equal_signs_of_one_time(desk: Station, peer: StartPeer, preset: str) -> None:
    """The second of two stations is put before a person; its own two are a second apart."""
    server = peer(preset, uniqueCodeTime=True, readOnlyTypes=[])
    visit = desk.charted()
    assert desk.run(server).refused == 0
    pulse = desk.pulse(visit)
    pushed = desk.run(server)
    assert (pushed.refused, pushed.queued) == (1, 1), "it and its Provenance"
    assert desk.stopped(State.QUARANTINED) == [pulse]
    assert len(of(server, "Observation")) == 8


# what it says and does


@pytest.mark.parametrize(
    ("preset", "lies", "mode"),
    [
        ("lenient", {"clientIds": False, "clientIdStatus": 405}, Mode.C),
        ("lenient", {"clientIds": False, "clientIdStatus": 404}, Mode.C),
        ("hapi", {"clientIds": False, "clientIdStatus": 405}, Mode.C),
        ("lenient", {"transactions": "none"}, Mode.S),
        ("medplum", {"transactions": "none"}, Mode.S),
        ("medplum", {"conditionalCreate": "reject"}, Mode.S),
        ("ehr", {"keepIdentifiers": False}, Mode.F),
    ],
)
def test_what_it_really_does_counts(desk: Station, peer: StartPeer, preset: str, lies: dict[str, Any], mode: Mode) -> None:
    server = peer(preset, readOnlyTypes=[])
    said = desk.server(server)
    server.set(**lies)
    for name in ("García", "Okafor"):
        desk.charted(name)
    pushed = desk.run_at(said)
    assert (pushed.queued, pushed.refused, pushed.mode) == (0, 0, mode)
    agree(desk, server, by_content=mode is Mode.F)
    refused = [one for one in server.log() if one["status"] >= 400]
    desk.charted("Weiß")
    assert desk.run_at(said).queued == 0
    assert [one for one in server.log() if one["status"] >= 400] == refused, "learned for good"


@pytest.mark.parametrize("preset", ["lenient", "medplum", "ehr"])
@pytest.mark.parametrize("unknown", ["ignore", "reject"])
def test_a_server_that_does_not_know_its_identifiers(desk: Station, peer: StartPeer, preset: str, unknown: str) -> None:
    """It answers with all it has: no stranger is taken for ours, and nothing is lost."""
    server = peer(preset, identifierSearch=False, unknownParams=unknown, readOnlyTypes=[])
    for n in range(30):
        server.ask("POST", "/Patient", {"resourceType": "Patient", "name": [{"family": f"Stranger{n}"}]})
        server.ask("POST", "/Observation", {"resourceType": "Observation", "status": "final", "code": {"text": f"{n}"}})
    strangers = len(server.dump())
    desk.charted()
    server.fault("lose", method="POST", skip=1)
    pushed = desk.drain(server)
    assert (pushed.queued, pushed.held, pushed.refused) == (0, 0, 0)
    assert len(server.dump()) == strangers + 13
    assert server.state()["duplicates"] == []
    (ours,) = [one for one in of(server, "Patient") if one["name"][0]["family"] == "García"]
    mine = [one for one in of(server, "Observation") if "subject" in one]
    assert {one["subject"]["reference"] for one in mine} == {f"Patient/{ours['id']}"}


def test_a_record_that_the_server_lost_comes_back_with_its_next_change(desk: Station, peer: StartPeer) -> None:
    server = peer("hapi", referentialIntegrity=False)
    visit = desk.charted()
    pulse = desk.pulse(visit)
    desk.run(server)
    server.reset()
    desk.amend(visit, pulse, "47")
    pushed = desk.run(server)
    assert pushed.made_again == 1
    assert one_of(server, pulse)["valueQuantity"]["value"] == 47


def test_two_there_with_our_identifier_are_a_person_s(desk: Station, peer: StartPeer) -> None:
    server = peer("medplum")
    desk.charted()
    server.fault("lose", method="POST", skip=1)
    assert desk.run(server).held > 0
    (there,) = of(server, "Encounter")
    copy = {name: value for name, value in there.items() if name not in ("id", "meta")}
    server.ask("POST", "/Encounter", copy)
    pushed = desk.drain(server)
    (line,) = [one for one in desk.lines() if one["state"] == "quarantined"]
    assert (line["kind"], line["why"], pushed.refused) == ("encounter", "duplicate_on_server", 1)
    (shown,) = [one for one in desk.bench.listed(opening()) if one.state == "quarantined"]
    assert len((shown.outcome or {})["entry"]) == 2


# what came in a file


def test_an_imported_patient_goes_up_with_her_first_reading_and_under_no_id_of_ours(desk: Station, peer: StartPeer) -> None:
    """Another station that imported the same file makes the same record id: neither puts it."""
    server = peer("lenient")
    encounter = of_patient(
        "Encounter", "e1", status="finished", period={"start": "2026-11-20T10:00:00Z"}, **{"class": {"code": "AMB"}}
    )
    organization = {"managingOrganization": {"reference": "Organization/9", "display": "East"}}
    take(desk.unit, patient(**organization), encounter)
    assert desk.run(server).sent == 0
    card = desk.visits.find(opening(), "Okafor")[0]
    visit = desk.visits.add_visit(opening(), card.id, "Cough")
    desk.pulse(visit)
    pushed = desk.run(server)
    assert (pushed.queued, pushed.refused) == (0, 0)
    (there,) = of(server, "Patient")
    assert is_of(there, card.id)
    assert there["id"] != card.id
    assert there["managingOrganization"] == {"display": "East"}
    assert len(of(server, "Encounter")) == 1
    assert server.state()["orphans"] == []
