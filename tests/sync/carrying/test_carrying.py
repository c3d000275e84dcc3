"""From a station without a network to the server by another machine: all of it, once, whoever comes first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maroom.duties.vitals.model import Sign
from maroom.store.outbox import State
from tests.builders import AMARA, opening
from tests.duties.vitals.build import measured
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.carrying.office import Machine, exported
from tests.sync.push.oracle import agree, of
from tests.sync.push.servers import PRESETS
from tests.sync.push.station import Station, station

FAMILIES = ("hapi", "medplum", "ehr", "nameless")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Station]:
    with station(tmp_path / "desk") as made:
        yield made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick.age"


@pytest.fixture
def machine(tmp_path: Path, desk: Station) -> Machine:
    return Machine(tmp_path / "other", desk)


@pytest.fixture(params=FAMILIES)
def server(request: pytest.FixtureRequest, peer: StartPeer) -> Peer:
    preset, settings, _ = PRESETS[request.param]
    return peer(preset, **settings)


def _nameless(server: Peer) -> bool:
    return ("keepIdentifiers", "false") in server.wish.settings


def _morning(desk: Station) -> None:
    """Two visits; a reading amended by another before anybody saw it, one struck out, a visit moved on by two people."""
    visit = desk.charted("García")
    reading = desk.pulse(visit, "66")
    desk.vitals.amend(opening(AMARA, visit.ref), reading, 1, measured(Sign.PULSE, "74"), "turned around")
    desk.void(visit, desk.pulse(visit, "71"))
    desk.move(desk.move(visit), AMARA)
    desk.charted("Okafor", AMARA)


def _once(desk: Station, server: Peer) -> None:
    agree(desk, server, by_content=_nameless(server))
    assert set(desk.states()) <= {State.DONE, State.SQUASHED, State.KEPT}, desk.states()


def test_carried_and_then_synced_it_is_there_once_and_known_here(
    desk: Station, machine: Machine, stick: Path, server: Peer, tmp_path: Path
) -> None:
    _morning(desk)
    account = machine.carry(exported(desk, tmp_path / "desk", stick), server)
    assert (account.ended, account.clean, account.sent > 0) == ("", True, True), account
    there = server.state()["versions"]
    pushed = desk.drain(server)
    assert (pushed.sent, pushed.queued, pushed.held, pushed.conflicts, pushed.refused) == (0, 0, 0, 0, 0), pushed
    assert server.state()["versions"] == there
    _once(desk, server)


def test_carried_twice_the_second_finds_all_there(
    desk: Station, machine: Machine, stick: Path, server: Peer, tmp_path: Path
) -> None:
    _morning(desk)
    machine.carry(exported(desk, tmp_path / "desk", stick), server)
    there = server.state()["versions"]
    other = Machine(tmp_path / "third", desk).carry(stick, server)
    assert (other.sent, other.clean) == (0, True), other
    assert server.state()["versions"] == there


def test_synced_first_what_is_carried_later_is_found(
    desk: Station, machine: Machine, stick: Path, server: Peer, tmp_path: Path
) -> None:
    _morning(desk)
    exported(desk, tmp_path / "desk", stick)
    desk.drain(server)
    _once(desk, server)
    there = server.state()["versions"]
    account = machine.carry(stick, server)
    assert (account.sent, account.clean) == (0, True), account
    assert server.state()["versions"] == there


def test_never_carried_a_sync_sends_it(desk: Station, stick: Path, server: Peer, tmp_path: Path) -> None:
    _morning(desk)
    exported(desk, tmp_path / "desk", stick)
    desk.drain(server)
    _once(desk, server)
    assert len(of(server, "Patient")) == 2


def test_what_is_charted_after_the_export_goes_up_on_top(
    desk: Station, machine: Machine, stick: Path, server: Peer, tmp_path: Path
) -> None:
    visit = desk.charted("García")
    reading = desk.pulse(visit, "66")
    exported(desk, tmp_path / "desk", stick)
    desk.amend(visit, reading, "75")
    machine.carry(stick, server)
    desk.drain(server)
    values = [
        one["valueQuantity"]["value"] for one in of(server, "Observation") if one["code"]["coding"][0]["code"] == "8867-4"
    ]
    assert 75 in values
    assert 66 not in values
    _once(desk, server)


def test_a_void_after_the_export_is_told_though_this_station_never_sent_it(
    desk: Station, machine: Machine, stick: Path, peer: StartPeer, tmp_path: Path
) -> None:
    server = peer("hapi")
    visit = desk.charted("García")
    reading = desk.pulse(visit, "66")
    exported(desk, tmp_path / "desk", stick)
    desk.void(visit, reading)
    machine.carry(stick, server)
    desk.drain(server)
    (there,) = [one for one in of(server, "Observation") if one["id"] == reading]
    assert there["status"] == "entered-in-error"


def test_two_files_that_overlap_are_once(desk: Station, machine: Machine, stick: Path, server: Peer, tmp_path: Path) -> None:
    _morning(desk)
    exported(desk, tmp_path / "desk", stick)
    desk.clock.forward(minutes=1)
    desk.charted("Nguyen")
    later = exported(desk, tmp_path / "desk", tmp_path / "later.age")
    assert machine.carry(later, server).clean
    assert Machine(tmp_path / "third", desk).carry(stick, server).sent == 0
    assert desk.drain(server).sent == 0
    _once(desk, server)


def test_a_change_of_what_the_server_has_is_carried_too(
    desk: Station, machine: Machine, stick: Path, server: Peer, tmp_path: Path
) -> None:
    visit = desk.charted("García")
    reading = desk.pulse(visit, "66")
    desk.drain(server)
    desk.amend(visit, reading, "47")
    account = machine.carry(exported(desk, tmp_path / "desk", stick), server)
    assert account.clean, account
    pushed = desk.drain(server)
    assert (pushed.sent, pushed.conflicts) == (0, 0)
    _once(desk, server)


def test_what_a_colleague_changed_meanwhile_is_left_to_the_station(
    desk: Station, machine: Machine, stick: Path, peer: StartPeer, tmp_path: Path
) -> None:
    server = peer("hapi")
    visit = desk.charted("García")
    reading = desk.pulse(visit, "66")
    desk.drain(server)
    desk.amend(visit, reading, "47")
    exported(desk, tmp_path / "desk", stick)
    (there,) = [one for one in of(server, "Observation") if one["id"] == reading]
    server.ask("PUT", f"/Observation/{reading}", there | {"interpretation": [{"text": "seen"}]})
    account = machine.carry(stick, server)
    assert (account.of(State.CONFLICT), account.clean) == (1, False)
    desk.drain(server)
    (there,) = [one for one in of(server, "Observation") if one["id"] == reading]
    assert (there["valueQuantity"]["value"], there["interpretation"]) == (47, [{"text": "seen"}])
    _once(desk, server)


@pytest.mark.parametrize("family", ["hapi", "medplum"])
def test_the_station_may_come_back_to_its_network_while_somebody_carries(
    desk: Station, machine: Machine, stick: Path, peer: StartPeer, tmp_path: Path, family: str
) -> None:
    server = peer(PRESETS[family][0])
    _morning(desk)
    exported(desk, tmp_path / "desk", stick)
    met: list[str] = []

    def meanwhile(name: str) -> None:
        if name == "push.before_sending" and not met:
            met.append(name)
            desk.drain(server)

    machine.carry(stick, server, at=meanwhile)
    assert met
    desk.drain(server)
    _once(desk, server)


def test_another_server_gets_nothing(desk: Station, machine: Machine, stick: Path, peer: StartPeer, tmp_path: Path) -> None:
    ours, other = peer("hapi"), peer("ehr", readOnlyTypes=[])
    desk.charted("García")
    desk.drain(ours)
    desk.charted("Okafor")
    account = machine.carry(exported(desk, tmp_path / "desk", stick), other)
    assert (account.ended, account.sent) == ("other_server", 0)
    assert other.dump() == []
