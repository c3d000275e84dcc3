"""A charted day goes up to a server of each family, and so does what is changed of it."""

from __future__ import annotations

from maroom.sync.push.modes import Mode
from tests.builders import AMARA, opening
from tests.servers.peers import Peer
from tests.sync.push.oracle import agree, asked, of, one_of
from tests.sync.push.servers import PRESETS
from tests.sync.push.station import Station
from tests.visits.build import new


def test_a_charted_visit_is_there_as_it_is_here(desk: Station, server: Peer, family: str) -> None:
    desk.charted()
    pushed = desk.run(server)
    assert (pushed.sent, pushed.confirmed, pushed.queued, pushed.mode) == (13, 13, 0, PRESETS[family][2])
    agree(desk, server, by_content=pushed.mode is Mode.F)
    assert server.state()["versions"] == 13


def test_a_second_run_asks_nothing(desk: Station, server: Peer) -> None:
    desk.charted()
    desk.run(server)
    before = asked(server)
    assert desk.run(server).sent == 0
    assert asked(server) == before


def test_a_visit_goes_on(desk: Station, server: Peer) -> None:
    visit = desk.charted()
    desk.run(server)
    desk.move(desk.move(visit))
    pushed = desk.run(server)
    assert (pushed.sent, pushed.queued) == (3, 0)
    (encounter,) = of(server, "Encounter")
    assert encounter["status"] == "triaged"
    assert [one["status"] for one in encounter["statusHistory"]] == ["arrived"]
    assert [one["location"]["display"] for one in encounter["location"]] == ["1"]
    assert len(of(server, "Provenance")) == 5


def test_moves_by_two_go_up_one_after_the_other(desk: Station, server: Peer) -> None:
    """Each is seen by the server as hers: it counts the versions."""
    visit = desk.charted()
    desk.run(server)
    before = server.state()["versions"]
    desk.move(desk.move(desk.move(visit), AMARA), AMARA)
    assert desk.run(server).queued == 0
    assert server.state()["versions"] - before == 2 + 3
    assert of(server, "Encounter")[0]["status"] == "in-progress"


def test_an_amendment_and_a_void(desk: Station, server: Peer) -> None:
    visit = desk.charted()
    wrong, right = desk.pulse(visit, "72"), desk.pulse(visit, "74")
    desk.run(server)
    desk.void(visit, wrong)
    desk.amend(visit, right, "47")
    pushed = desk.run(server)
    assert (pushed.sent, pushed.queued) == (4, 0)
    if pushed.mode is not Mode.F:
        assert one_of(server, wrong)["status"] == "entered-in-error"
        assert one_of(server, right)["status"] == "amended"
        assert one_of(server, right)["valueQuantity"]["value"] == 47


def test_an_amendment_before_anybody_saw_it_is_final(desk: Station, server: Peer) -> None:
    visit = desk.charted()
    pulse = desk.pulse(visit, "74")
    desk.amend(visit, pulse, "47")
    desk.run(server)
    found = [one for one in of(server, "Observation") if one.get("valueQuantity", {}).get("value") == 47]
    assert [one["status"] for one in found] == ["final"]


def test_what_was_voided_before_it_was_sent_is_never_there(desk: Station, server: Peer) -> None:
    visit = desk.charted()
    pulse = desk.pulse(visit, "74")
    desk.void(visit, pulse)
    pushed = desk.run(server)
    assert (pushed.sent, pushed.queued) == (13, 0)
    assert desk.states("vital_sign") == {"done": 8, "squashed": 2}


def test_somebody_only_registered_stays_here(desk: Station, server: Peer) -> None:
    desk.visits.register(opening(), new("Okafor"))
    pushed = desk.run(server)
    assert (pushed.sent, pushed.queued, pushed.kept) == (0, 0, 0)
    assert asked(server) == []
