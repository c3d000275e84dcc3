"""Whether another address leads to the server that a store was exchanged with."""

from __future__ import annotations

from pathlib import Path

import pytest

from maroom.fhir.client import Client
from maroom.store import servers
from maroom.sync.belonging import belong, belongs
from maroom.sync.trial import Belongs
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.station import Station, appointment, change, patient, seed, station, weight

TIMES = ("09:00:00", "10:00:00", "11:00:00")


def a_day(server: Peer, first: int = 7) -> list[str]:
    """Addresses of its patients, whose numbers begin with `first`."""
    numbers = range(first, first + len(TIMES))
    people = [seed(server, patient(identifier=[{"system": "urn:mrn", "value": str(number)}])) for number in numbers]
    for one, time in zip(people, TIMES, strict=True):
        seed(server, appointment(one, f"2026-11-24T{time}-05:00"))
        seed(server, weight(one, 70))
    return people


def asked(here: Station, base: str) -> Belongs:
    client = Client(base)
    try:
        return belongs(here.unit, client)
    finally:
        client.close()


def requests(server: Peer) -> int:
    return len(server.log())


def by_name(server: Peer) -> str:
    """The same server by another address."""
    return server.base.replace("127.0.0.1", "localhost")


def test_a_store_that_was_never_exchanged_takes_any_server(peer: StartPeer, tmp_path: Path) -> None:
    server = peer()
    with station(tmp_path, server) as here:
        before = requests(server)
        assert asked(here, server.base) is Belongs.YES
        assert requests(server) == before


@pytest.mark.parametrize("preset", ["hapi", "medplum", "ehr"])
def test_the_same_server_at_another_address_is_known_by_its_records(peer: StartPeer, tmp_path: Path, preset: str) -> None:
    server = peer(preset)
    people = a_day(server)
    with station(tmp_path, server) as here:
        here.receive()
        belong(here.unit, server.base)
        for one in people[:2]:
            change(server, one, telecom=[{"system": "phone", "value": "555-0199"}])
        assert asked(here, by_name(server)) is Belongs.MOVED
        belong(here.unit, by_name(server))
        with here.unit.glance() as session:
            assert servers.addresses(session) == {by_name(server)}


def test_a_known_address_is_not_asked(peer: StartPeer, tmp_path: Path) -> None:
    server = peer()
    a_day(server)
    with station(tmp_path, server) as here:
        here.receive()
        belong(here.unit, server.base)
        before = requests(server)
        assert asked(here, server.base) is Belongs.YES
        assert requests(server) == before


def test_a_server_without_the_records_is_another(peer: StartPeer, tmp_path: Path) -> None:
    first, second = peer(), peer()
    a_day(first)
    with station(tmp_path, first) as here:
        here.receive()
        belong(here.unit, first.base)
        assert asked(here, second.base) is Belongs.NO


def test_a_server_with_other_people_under_the_same_ids_is_another(peer: StartPeer, tmp_path: Path) -> None:
    first, second = peer(), peer()
    assert a_day(first) == a_day(second, 900), "both count from the same number"
    with station(tmp_path, first) as here:
        here.receive()
        belong(here.unit, first.base)
        assert asked(here, second.base) is Belongs.NO


def test_one_stranger_among_them_is_enough(peer: StartPeer, tmp_path: Path) -> None:
    first, second = peer(), peer()
    people = a_day(first)
    assert people == a_day(second)
    change(second, people[0], identifier=[{"system": "urn:mrn", "value": "900"}])
    with station(tmp_path, first) as here:
        here.receive()
        belong(here.unit, first.base)
        assert asked(here, second.base) is Belongs.NO
