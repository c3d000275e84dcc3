"""Records that a server refuses: each alone before a person, the rest goes on; and what she makes of them."""

from __future__ import annotations

from typing import Any

import pytest

from maroom.fhir.client import SignInNeeded
from maroom.store.outbox import State
from maroom.sync.phase import Ended
from tests.builders import AMARA, opening
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.push.oracle import agree, asked, is_of, of, one_of
from tests.sync.push.servers import PRESETS
from tests.sync.push.station import Station

POISON = '"value":222'
"""a pulse that this server does not like"""


@pytest.fixture(params=["hapi", "azure", "medplum", "ehr"], scope="module")
def family(request: pytest.FixtureRequest) -> str:
    """Transactions that name no entry, that name it, conditional creates, one by one."""
    return request.param


@pytest.fixture
def server(family: str, peer: StartPeer) -> Peer:
    preset, settings, _ = PRESETS[family]
    return peer(preset, validate="base", **settings)


def poisoned(server: Peer, times: int = 99, status: int = 422, action: str = "status") -> None:
    server.fault(action, times, bodyContains=POISON, status=status)


def test_the_others_go_up_and_its_changes_wait(desk: Station, server: Peer) -> None:
    visit = desk.charted()
    bad = desk.pulse(visit, "222")
    poisoned(server)
    pushed = desk.run(server)
    assert (pushed.refused, pushed.sent) == (1, 13)
    assert desk.stopped(State.QUARANTINED) == [bad]
    desk.amend(visit, bad, "223")
    pushed = desk.run(server)
    assert (pushed.refused, pushed.queued) == (1, 3), "its change and both Provenances"
    assert len(of(server, "Observation")) == 8


def test_the_server_s_words_are_kept(desk: Station, server: Peer) -> None:
    visit = desk.charted()
    desk.run(server)
    bad = desk.pulse(visit)
    server.set(requiredBindings=True)
    server.fault("status", 9, bodyContains=bad, status=422)
    desk.run(server)
    (shown,) = [one for one in desk.bench.listed(opening()) if one.local_id == bad]
    assert (shown.why, shown.status, (shown.outcome or {})["resourceType"]) == ("refused", 422, "OperationOutcome")


@pytest.mark.parametrize("status", [400, 403, 422])
def test_whatever_the_refusal(desk: Station, server: Peer, status: int) -> None:
    visit = desk.charted()
    bad = desk.pulse(visit, "222")
    poisoned(server, status=status)
    assert desk.run(server).refused == 1
    (line,) = [one for one in desk.lines() if one["state"] == "quarantined"]
    assert (line["local_id"], line["why"]) == (bad, "not_allowed" if status == 403 else "refused")
    server.no_faults()
    desk.retry_refused()
    assert desk.run(server).queued == 0
    agree(desk, server)


def test_a_patient_who_stops_stops_nobody_else(desk: Station, server: Peer) -> None:
    for name in ("García", "Okafor", "Weiß"):
        desk.charted(name)
    server.fault("status", 99, bodyContains="Okafor", status=422)
    pushed = desk.run(server)
    assert (pushed.refused, pushed.sent) == (1, 26)
    assert pushed.queued == 12


def test_mended_by_another_hand(desk: Station, server: Peer) -> None:
    """What was refused never goes up; the mended one does, as her revision, and the first is seen by nobody."""
    visit = desk.charted()
    bad = desk.pulse(visit, "222")
    poisoned(server)
    desk.run(server)
    desk.amend(visit, bad, "72")
    desk.bench.fixed(opening(AMARA), bad)
    pushed = desk.run(server)
    assert (pushed.refused, pushed.queued) == (0, 0)
    there = one_of(server, bad)
    assert (there["status"], there["valueQuantity"]["value"]) == ("final", 72)
    agree(desk, server)


def test_mended_by_a_void(desk: Station, server: Peer) -> None:
    visit = desk.charted()
    bad = desk.pulse(visit, "222")
    poisoned(server)
    desk.run(server)
    desk.void(visit, bad)
    desk.bench.fixed(opening(), bad)
    pushed = desk.run(server)
    assert (pushed.refused, pushed.queued) == (0, 0)
    assert not any(is_of(one, bad) for one in server.dump())
    agree(desk, server)


def test_kept_here(desk: Station, server: Peer) -> None:
    visit = desk.charted()
    bad = desk.pulse(visit, "222")
    poisoned(server)
    desk.run(server)
    desk.bench.keep(opening(), bad)
    pushed = desk.run(server)
    assert (pushed.refused, pushed.queued) == (0, 0)
    assert len(of(server, "Observation")) == 8


def test_its_text_leaves_this_station_with_a_word_to_the_audit(desk: Station, server: Peer) -> None:
    visit = desk.charted()
    bad = desk.pulse(visit, "222")
    poisoned(server)
    desk.run(server)
    assert '"value":222' in desk.bench.text(opening(), bad)
    assert "audit_event" in [one["kind"] for one in desk.lines() if one["state"] == "queued"]
    with pytest.raises(KeyError):
        desk.bench.text(opening(), "nothing")


def test_a_server_that_fails_over_one_record(desk: Station, peer: StartPeer) -> None:
    """Alone, five times, over an hour: then it is the record."""
    server = peer("hapi")
    visit = desk.charted()
    bad = desk.pulse(visit, "222")
    poisoned(server, status=500)
    states: list[Any] = []
    for _ in range(9):
        pushed = desk.run(server)
        states.append(pushed.refused)
        desk.clock.forward(minutes=10)
    desk.run(server)
    assert states[:5] == [0] * 5
    assert desk.stopped(State.QUARANTINED) == [bad]
    (line,) = [one for one in desk.lines() if one["state"] == "quarantined"]
    assert line["why"] == "server_fails_on_this"
    assert len(of(server, "Observation")) == 8
    server.no_faults()
    desk.retry_refused()
    assert desk.run(server).queued == 0
    agree(desk, server)


def test_sign_in_is_asked_for_and_nothing_is_lost(desk: Station, server: Peer) -> None:
    desk.charted()
    server.fault("status", 2, method="POST", status=401)
    with pytest.raises(SignInNeeded):
        desk.run(server)
    assert "sending" not in desk.states()
    server.no_faults()
    assert desk.run(server).queued == 0
    agree(desk, server)


def test_a_bundle_refused_for_its_size_gets_smaller_for_good(desk: Station, peer: StartPeer) -> None:
    server = peer("azure", maxBundle=6)
    for name in ("García", "Okafor"):
        desk.charted(name)
    assert desk.run(server).queued == 0
    agree(desk, server)
    refused = [one for one in server.log() if one["status"] == 413]
    assert len(refused) <= 2
    desk.charted("Weiß")
    desk.run(server)
    assert [one for one in server.log() if one["status"] == 413] == refused


def test_a_bundle_of_more_octets_than_may_be(desk: Station, peer: StartPeer) -> None:
    from dataclasses import replace

    server = peer("azure")
    desk.pace = replace(desk.pace, octets=4000)
    desk.charted()
    assert desk.run(server).queued == 0
    agree(desk, server)
    assert len([one for one in asked(server) if one == "POST"]) > 2


def test_a_portal_ends_the_run(desk: Station, server: Peer) -> None:
    for name in ("García", "Okafor"):
        desk.charted(name)
    server.fault("portal", 99, method="POST")
    pushed = desk.run(server)
    assert pushed.ended is Ended.PORTAL
    assert [one for one in server.log() if one["method"] == "POST"][1:] == []
