"""Each fault of a network and a server, once: afterwards everything is there once, and nothing that was well stopped."""

from __future__ import annotations

from typing import Any

import pytest

from maroom.sync.phase import Ended
from maroom.sync.push.modes import Mode
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.push.oracle import agree, asked
from tests.sync.push.servers import PRESETS
from tests.sync.push.station import HOLD, Station

SLOW = 400
"""ms, longer than the hold of the tests"""
FAULTS: dict[str, dict[str, Any]] = {
    "dropped": {"action": "drop"},
    "reply_lost": {"action": "lose"},
    "truncated": {"action": "truncate"},
    "hanging": {"action": "hang"},
    "portal": {"action": "portal"},
    "zombie": {"action": "zombie", "delayMs": SLOW},
    "slow": {"action": "delay", "delayMs": SLOW},
    "late": {"action": "late", "delayMs": SLOW},
    **{str(status): {"action": "status", "status": status} for status in (408, 409, 412, 413, 425, 429, 500, 502, 503, 504)},
    "retry_after_seconds": {"action": "status", "status": 503, "headers": {"Retry-After": "1"}},
    "retry_after_date": {"action": "status", "status": 429, "headers": {"Retry-After": "Tue, 24 Nov 2026 15:42:03 GMT"}},
}


@pytest.fixture(params=["hapi", "ehr"], scope="module")
def family(request: pytest.FixtureRequest) -> str:
    """P and S."""
    return request.param


@pytest.mark.parametrize("fault", FAULTS)
def test_at_the_first_write_and_at_a_change(desk: Station, server: Peer, fault: str, family: str) -> None:
    """What was taken and is sent again makes no version more."""
    visit = desk.charted()
    pulse = desk.pulse(visit)
    server.fault(method="POST", **FAULTS[fault])
    _all_up(desk, server, FAULTS[fault])
    assert server.state()["versions"] == 15
    desk.amend(visit, pulse, "47")
    server.fault(method="POST" if PRESETS[family][2] is Mode.P else "PUT", path="^/fhir", **FAULTS[fault])
    _all_up(desk, server, FAULTS[fault])
    assert server.state()["versions"] == 17


@pytest.mark.parametrize("status", [408, 425, 429, 503])
def test_a_server_that_has_no_time_to_be_asked_leaves_nothing_to_a_person(desk: Station, server: Peer, status: int) -> None:
    """Sent, the answer lost, and then what became of it is asked for."""
    desk.charted()
    server.fault("lose", method="POST")
    desk.run(server)
    desk.clock.forward(seconds=HOLD + 1)
    server.fault("status", status=status, method="GET", path="^/fhir/[A-Z][a-z]+[?/]", times=1)
    assert desk.run(server).ended is Ended.PAUSED
    _all_up(desk, server, {})


def test_what_a_server_lets_nobody_read_is_a_person_s(desk: Station, server: Peer, family: str) -> None:
    desk.charted()
    server.fault("lose", method="POST")
    desk.run(server)
    desk.clock.forward(seconds=HOLD + 1)
    server.fault("status", status=403, method="GET", path="^/fhir/[A-Z][a-z]+[?/]", times=-1)
    pushed = desk.run(server)
    assert (pushed.ended, pushed.refused > 0) == (Ended.NOT_YET, True), family


def _all_up(desk: Station, server: Peer, fault: dict[str, Any]) -> None:
    """One record alone that is too large is a person's: nothing smaller can be made of it."""
    pushed = desk.drain(server)
    assert server.state()["faultsLeft"] == 0
    if pushed.mode is Mode.S and fault.get("status") == 413:
        assert pushed.refused == 1
        desk.retry_refused()
        pushed = desk.drain(server)
    assert (pushed.queued, pushed.held, pushed.refused, pushed.conflicts, pushed.ended) == (0, 0, 0, 0, Ended.NOT_YET)
    agree(desk, server)


@pytest.mark.parametrize("action", ["drop", "lose", "truncate"])
def test_at_several_writes_in_a_row(desk: Station, server: Peer, action: str, family: str) -> None:
    """The server is given a pause after some, and all comes up in the end."""
    for name in ("García", "Okafor", "Weiß"):
        desk.charted(name)
    server.fault(action, 5, method="POST")
    assert desk.run(server).ended is Ended.PAUSED or (family, action) == ("ehr", "truncate"), "it answers without a body"
    assert desk.drain(server, runs=30).queued == 0
    agree(desk, server)


def test_asking_after_it_fails_too(desk: Station, server: Peer) -> None:
    desk.charted()
    server.fault("lose", method="POST")
    desk.run(server)
    desk.clock.forward(seconds=5)
    server.fault("drop", 4, method="GET", path="identifier|_id|fhir/[A-Z][a-z]+/")
    assert desk.run(server).ended is Ended.NOT_REACHED
    assert desk.drain(server).queued == 0
    agree(desk, server)


def test_nobody_is_there(desk: Station, peer: StartPeer) -> None:
    desk.charted()
    gone = peer("lenient", options=("--port", "0"))  # of its own: it is killed
    facts = desk.server(gone)
    gone.kill()
    pushed = desk.run_at(facts)
    assert (pushed.ended, pushed.queued, pushed.held, pushed.sent) == (Ended.NOT_REACHED, 13, 0, 0)
    assert pushed.paused_until is not None


def test_a_pause_that_the_server_asks_for_is_kept_whoever_asks(desk: Station, server: Peer) -> None:
    desk.charted()
    server.fault("status", method="POST", status=503, headers={"Retry-After": "60"})
    assert desk.run(server).ended is Ended.PAUSED
    before = asked(server)
    desk.clock.forward(seconds=59)
    assert desk.run(server, asked=True).ended is Ended.PAUSED
    assert asked(server) == before
    desk.clock.forward(seconds=2)
    assert desk.run(server).sent == 13


def test_a_back_off_of_ours_is_skipped_where_somebody_asks(desk: Station, server: Peer) -> None:
    desk.charted()
    server.fault("status", method="POST", status=503)
    pushed = desk.run(server)
    assert pushed.paused_until is not None
    if pushed.paused_until > desk.clock.utc:
        assert desk.run(server, asked=False).ended is Ended.PAUSED
    assert desk.run(server, asked=True).sent == 13


def test_a_clock_that_was_set_back_keeps_nothing_waiting(desk: Station, server: Peer) -> None:
    desk.charted()
    server.fault("lose", method="POST")
    assert desk.run(server).held > 0
    desk.clock.forward(days=-1)
    desk.run(server)
    assert desk.drain(server).queued == 0
    agree(desk, server)


def test_what_was_slow_is_found_when_it_is_asked_for(desk: Station, server: Peer) -> None:
    """Its reply came too late, but it was carried out: nothing is sent again."""
    desk.charted()
    server.fault("lose", method="POST")
    desk.run(server)
    desk.clock.forward(seconds=5)
    assert desk.run(server).queued == 0
    assert server.state()["versions"] == 13
    agree(desk, server)


def test_a_run_that_is_stopped_goes_on_the_next_time(desk: Station, server: Peer) -> None:
    for name in ("García", "Okafor", "Weiß"):
        desk.charted(name)
    pushed = desk.run(server, stop=lambda: "push.acknowledged" in desk.reached)
    assert pushed.ended is Ended.STOPPED
    assert 0 < pushed.sent < 39
    assert desk.run(server).queued == 0
    agree(desk, server)
