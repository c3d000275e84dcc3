"""With the first run of a clinic day all that is in scope is held against the server; what differs is mended, told and kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from maroom.store import runs
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.pull.conftest import StartStation
from tests.sync.station import Station, allergy, appointment, change, patient, seed, weight

OURS = {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e"}


def late(server: Peer) -> None:
    """What is written from here on bears a time long before: an answer by time does not bring it."""
    server.tell("POST", "/clock", {"freezeAt": (datetime.now(UTC) - timedelta(hours=5)).isoformat()})


def booked(server: Peer) -> str:
    whose = seed(server, patient())
    seed(server, appointment(whose, "2026-11-24T13:00:00-05:00"))
    seed(server, appointment(whose, "2026-11-25T13:00:00-05:00"))
    return whose


def test_what_did_not_come_by_itself_is_found_with_the_first_run_of_a_day(server: Peer, here: Station) -> None:
    whose = booked(server)
    seed(server, allergy(whose, "Latex"))
    first = here.sync()
    assert (first.reconciled, first.differences) == (True, ())
    late(server)
    missed = seed(server, allergy(whose, "Peanuts"))
    second = here.sync()
    assert (second.reconciled, second.pulled, here.local(missed)) == (False, 0, "")
    here.clock.forward(days=1)
    third = here.sync()
    assert (third.reconciled, third.differences) == (True, (("missing", missed),))
    assert here.local(missed)
    with here.unit.glance() as session:
        kept = runs.last(session)
    assert kept
    assert (kept.report["differences"], kept.report["differing"]) == ({"missing": 1}, [f"missing {missed}"])
    assert here.sync().reconciled is False


def test_a_run_that_was_not_whole_leaves_it_to_the_next(server: Peer, here: Station) -> None:
    booked(server)
    server.fault("status", times=1, status=503, path="/Patient")
    assert here.sync().reconciled is False
    assert here.sync().reconciled is True


def test_where_the_server_tells_no_removals_each_run_finds_them(peer: StartPeer, stations: StartStation) -> None:
    """That is how they come there: it is no defect."""
    server = peer("medplum")
    whose = booked(server)
    reading = seed(server, weight(whose))
    here = stations(server)
    here.sync()
    assert server.ask("DELETE", f"/{reading}").status == 200
    account = here.sync()
    assert (account.removed, account.differences, account.reconciled) == (1, (), False)
    assert here.mirrored(reading).gone
    assert here.sync().removed == 0


def test_what_is_somebody_else_s_by_now_is_told(server: Peer, here: Station) -> None:
    whose = booked(server)
    other, reading = seed(server, patient(name=[{"family": "Vega"}])), seed(server, weight(whose))
    here.sync()
    late(server)
    change(server, reading, subject={"reference": other})
    here.clock.forward(days=1)
    assert ("moved", reading) in here.sync().differences


def test_what_bears_an_identifier_of_ours_and_is_no_record_here_is_told(server: Peer, here: Station) -> None:
    whose = booked(server)
    odd = {name: value for name, value in weight(whose, 80, identifier=[OURS]).items() if name != "status"}
    stranger = seed(server, odd)
    account = here.sync()
    assert account.differences == (("stranger", stranger),)
    assert account.unreadable == (stranger,)
