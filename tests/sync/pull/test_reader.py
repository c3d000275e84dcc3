"""Pages and cursors: nothing skipped, nothing twice, whatever happens on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest

from maroom.fhir.client import Client, SignInNeeded
from maroom.fhir.transport import Unknown
from maroom.store.cursors import cursors, forget
from maroom.sync.kinds import Kinds
from maroom.sync.pull.pages import Halted, Why
from maroom.sync.pull.reader import Answer, Query, Reader
from maroom.sync.pull.scope import Scope, whole
from maroom.sync.pull.slices import Slices
from tests.fhir.sockets import Socket, answer, waits
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.pull.conftest import StartStation
from tests.sync.station import CLINIC, Station, appointment, change, patient, seed, weight


class Cut(BaseException):
    """As a power cut: nothing handles it."""


STAFF = whole("Practitioner")


def people(server: Peer, *numbers: int) -> set[str]:
    """Practitioners, whose type is read whole; their ids on the server."""
    made = (seed(server, {"resourceType": "Practitioner", "name": [{"family": f"N{number}"}]}) for number in numbers)
    return {address.partition("/")[2] for address in made}


def reader(here: Station, count: int = 10, **how: Any) -> Reader:
    slices = Slices(here.unit, Kinds(here.kinds), CLINIC.id, here.client.base, **how)
    return Reader(here.client, slices, here.overlap, count)


def read(here: Station, count: int = 10, **how: Any) -> Answer:
    return reader(here, count, **how).read(STAFF, lambda: False)


def at(here: Station, query: Query = STAFF) -> Any:
    with here.unit.glance() as session:
        return cursors(session, query.scopes, query.name).get(query.scopes[0])


# pages


@pytest.mark.parametrize("preset", ["hapi", "azure", "medplum", "ehr"])
def test_all_pages_come_and_the_next_time_only_the_last_moments(peer: StartPeer, stations: StartStation, preset: str) -> None:
    server = peer(preset)
    server.tell("POST", "/clock", {"freezeAt": "2026-11-24T15:00:00Z"})
    made = people(server, *range(20))
    server.tell("POST", "/clock", {"freezeAt": "2026-11-24T15:10:00Z"})
    made |= people(server, 20, 21, 22)
    here = stations(server)
    got = read(here)
    assert (got.complete, got.received.new, here.here("Practitioner")) == (True, 23, made)
    assert at(here).until is None
    again = read(here)
    assert (again.received.new, again.received.changed) == (0, 0)
    assert len(again.seen) == 3


def test_equal_times_over_the_edge_of_a_page(peer: StartPeer, stations: StartStation) -> None:
    server = peer("azure")
    server.tell("POST", "/clock", {"freezeAt": "2026-11-24T16:00:00Z"})
    made = people(server, *range(25))
    here = stations(server, overlap=timedelta())
    assert read(here).received.new == 25
    more = people(server, 98, 99)
    assert read(here).received.new == 2
    assert here.here("Practitioner") == made | more


def test_whole_seconds_and_no_overlap_miss_nothing(peer: StartPeer, stations: StartStation) -> None:
    server = peer("ehr")
    here = stations(server, overlap=timedelta())
    made: set[str] = set()
    for number in range(6):
        made |= people(server, number)
        read(here)
    assert here.here("Practitioner") == made


def test_changed_while_it_is_read(peer: StartPeer, stations: StartStation) -> None:
    """One that was to come on a later page moves behind it, and pages by offset shift."""
    for preset in ("medplum", "hapi"):
        server = peer(preset)
        made = sorted(people(server, *range(25)))
        here = stations(server, preset)
        changed: list[str] = []

        def then(name: str, server: Peer = server, made: list[str] = made, changed: list[str] = changed) -> None:
            if name == "pull.page" and not changed:
                changed.append(made[0])
                for server_id in (*made[:2], *made[20:22]):
                    change(server, f"Practitioner/{server_id}", gender="female")

        read(here, at=then)
        read(here)
        assert here.here("Practitioner") == set(made)
        versions = {one: server.ask("GET", f"/Practitioner/{one}").body["meta"]["versionId"] for one in made}
        assert {one: here.mirrored(f"Practitioner/{one}").version for one in made} == versions


def test_a_server_that_cannot_tell_by_time_is_read_whole(peer: StartPeer, stations: StartStation) -> None:
    server = peer("azure", lastUpdatedSearch=False)
    made = people(server, *range(3))
    here = stations(server)
    assert read(here).complete
    changed = min(made)
    change(server, f"Practitioner/{changed}", gender="female")
    more = people(server, 4)
    got = read(here).received
    assert (got.new, got.changed, here.here("Practitioner")) == (1, 1, made | more)


# what happens on the way


def test_a_link_that_expired_is_asked_for_anew_from_what_is_stored(server: Peer, here: Station) -> None:
    made = people(server, *range(25))
    server.fault("status", status=410, path="_getpages", skip=1)
    got = read(here)
    assert (got.complete, got.received.new, here.here("Practitioner")) == (True, 25, made)
    starts = [one["path"] for one in server.log() if "_sort=_lastUpdated" in one["path"]]
    assert len(starts) == 2
    assert "_lastUpdated=ge" in starts[1]


def test_links_that_expire_always_end_and_the_next_run_comes_further(server: Peer, here: Station) -> None:
    people(server, *range(25))
    server.fault("status", times=99, status=404, path="_getpages")
    assert not read(here).complete
    server.no_faults()
    assert read(here).complete
    assert len(here.here("Practitioner")) == 25


def test_an_answer_that_breaks_off_is_asked_for_once_more(server: Peer, here: Station) -> None:
    people(server, *range(5))
    server.fault("truncate", path="Practitioner")
    assert read(here).received.new == 5
    server.fault("truncate", times=2, path="Practitioner")
    with pytest.raises(Unknown):
        read(here)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"action": "status", "status": 503, "headers": {"Retry-After": "7"}}, (Why.BUSY, timedelta(seconds=7))),
        ({"action": "status", "status": 429}, (Why.BUSY, None)),
        ({"action": "status", "status": 500}, (Why.FAILS, None)),
        ({"action": "portal"}, (Why.PORTAL, None)),
    ],
)
def test_a_server_in_trouble_ends_the_run_and_what_was_read_stays(
    server: Peer, here: Station, fault: dict[str, Any], expected: tuple[Why, timedelta | None]
) -> None:
    people(server, *range(25))
    server.fault(path="_getpages", **fault)
    with pytest.raises(Halted) as raised:
        read(here)
    assert (raised.value.why, raised.value.retry_after) == expected
    assert len(here.here("Practitioner")) == 10
    assert at(here).at is None
    assert read(here).complete
    assert len(here.here("Practitioner")) == 25


def test_a_sign_in_that_ran_out_between_pages(server: Peer, here: Station) -> None:
    people(server, *range(25))
    server.fault("status", times=2, status=401, path="_getpages")
    with pytest.raises(SignInNeeded):
        read(here)
    assert at(here).until is not None
    server.no_faults()
    got = read(here)
    assert (got.complete, got.received.new) == (True, 15)


def test_a_type_that_may_not_be_read_is_said(server: Peer, here: Station) -> None:
    server.fault("status", times=9, status=403, path="Practitioner")
    got = read(here)
    assert (got.status, got.complete) == (403, False)


@pytest.mark.parametrize("when", range(1, 12))
def test_cut_off_at_any_step_and_read_again(server: Peer, here: Station, when: int) -> None:
    """The page state goes with the last slice of a page: a page that was cut short is read again."""
    made = people(server, *range(25))
    left = [when]

    def cut(name: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Cut

    slow = iter(range(10_000))
    with pytest.raises(Cut):
        read(here, at=cut, timer=lambda: next(slow) * 0.1)
    before = len(here.here("Practitioner"))
    stored = at(here)
    assert stored is None or stored.at is None
    got = read(here)
    assert got.complete
    assert (before + got.received.new, here.here("Practitioner")) == (25, made)


# time


def test_what_was_stamped_early_and_seen_late_is_not_missed(server: Peer, here: Station) -> None:
    """A cursor that does not reach back goes past it."""
    server.fault("late", delayMs=600, path="Practitioner", method="POST")
    late = Thread(target=people, args=(server, 2))
    late.start()
    while server.state()["faultsLeft"]:
        pass
    before = people(server, 3)
    assert read(here).received.new == 1
    assert here.here("Practitioner") == before
    late.join()
    assert read(here).received.new == 1


def test_nothing_is_missed_while_others_write(peer: StartPeer, stations: StartStation) -> None:
    server = peer("azure")
    here = stations(server)
    server.fault("late", times=5, delayMs=300, path="Practitioner", method="POST", skip=7)
    writers = [Thread(target=people, args=(server, *range(number, number + 25))) for number in (0, 100, 200)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        read(here)
    read(here)
    assert len(here.here("Practitioner")) == server.state()["counts"]["Practitioner"] == 75


def test_a_cursor_goes_no_further_than_the_servers_clock_and_never_back(server: Peer, here: Station) -> None:
    people(server, 1)
    server.tell("POST", "/clock", {"skewMs": 3_600_000})
    people(server, 2)
    server.tell("POST", "/clock", {"skewMs": 0})
    read(here)
    first = at(here).at
    more = people(server, 3)
    read(here)
    assert more <= here.here("Practitioner")
    assert at(here).at >= first


# a server that is not what it should be


@contextmanager
def fake(*bodies: Any) -> Iterator[Socket]:
    deeds = [answer(json.dumps(body).encode(), head=b"Content-Type: application/fhir+json\r\n") for body in bodies]
    socket = Socket(*deeds, waits)
    try:
        yield socket
    finally:
        socket.close()


def page(*resources: Any, after: str = "") -> dict[str, Any]:
    links = [{"relation": "next", "url": after}] if after else []
    return {"resourceType": "Bundle", "type": "searchset", "link": links, "entry": [{"resource": one} for one in resources]}


def staff(number: int) -> dict[str, Any]:
    meta = {"versionId": "1", "lastUpdated": f"2026-11-24T16:00:{number:02}Z"}
    return {"resourceType": "Practitioner", "id": str(number), "meta": meta, "name": [{"family": f"N{number}"}]}


def at_fake(here: Station, socket: Socket) -> Reader:
    here.client.close()
    here.client = Client(socket.base)
    return reader(here)


def test_a_link_to_another_server_is_not_followed_and_the_rest_is_asked_for_here(here: Station) -> None:
    away = "http://elsewhere.example/fhir?page=2"
    with fake(page(staff(1), staff(2), after=away), page(staff(2), staff(3))) as socket:
        got = at_fake(here, socket).read(STAFF, lambda: False)
        assert (got.elsewhere, got.complete, here.here("Practitioner")) == (True, True, {"1", "2", "3"})
        assert len(socket.heard) == 2
        assert b"_lastUpdated=ge2026-11-24T16:00:00.000Z" in socket.heard[1]


def test_a_server_that_answers_with_everything_is_not_believed(here: Station) -> None:
    """It ignores what it was asked for; not a page more of that is read, and nothing of strangers is kept."""
    stranger = patient() | {"id": "66", "meta": {"versionId": "1"}}
    query = Query("Patient", (("_id", "7"),), ("Patient/7",), lambda served: served.id == "7")
    with fake(page(stranger, after="Patient?page=2")) as socket:
        got = at_fake(here, socket).read(query, lambda: False)
        assert (got.strangers, got.complete, here.here("Patient")) == (1, False, set())
        assert len(socket.heard) == 1


def test_a_part_of_a_resource_is_never_taken_for_the_whole(here: Station) -> None:
    tag = {"system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "SUBSETTED"}
    part = staff(1) | {"meta": {"versionId": "1", "tag": [tag]}}
    with fake(page(part, staff(2), {"resourceType": "OperationOutcome", "issue": []})) as socket:
        got = at_fake(here, socket).read(STAFF, lambda: False)
        assert [refused.address for refused in got.received.refused] == ["Practitioner/1"]
        assert here.here("Practitioner") == {"2"}


@pytest.mark.parametrize("odd", [{"resourceType": "OperationOutcome"}, {"resourceType": "Bundle", "entry": 5}])
def test_an_answer_that_is_no_page(here: Station, odd: Any) -> None:
    with fake(odd) as socket, pytest.raises(Halted):
        at_fake(here, socket).read(STAFF, lambda: False)


# slices


def test_a_slow_store_gets_smaller_slices(server: Peer, here: Station) -> None:
    """Each holds the store for a moment only; a save waits at most for one."""
    whose = seed(server, patient())
    for number in range(1, 30):
        seed(server, weight(whose, 50 + number, f"2026-10-01T09:{number:02}:00Z"))
    seed(server, appointment(whose))
    clock = iter(range(100_000))
    pull = here.pull()
    pull._slices.timer = lambda: next(clock) * 0.2
    pull.run(Scope.of_today(here.clock))
    slices = here.steps.count("pull.slice")
    assert slices > 29
    assert len(here.here("Observation")) == 29


def test_everything_is_read_again_after_a_reset_of_cursors(server: Peer, here: Station) -> None:
    people(server, *range(3))
    read(here)
    with here.unit.bookkeeping("test") as session:
        forget(session)
    got = read(here)
    assert (len(got.seen), got.received.unchanged) == (3, 3)
