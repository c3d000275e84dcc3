"""A store that was put back from an earlier copy, and a server that was: seen, said, and healed without loss."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from maroom.duties.vitals.model import Sign
from maroom.store import check
from maroom.store.opening import STORE
from maroom.sync.phase import Ended
from maroom.visits.model import Visit, VisitStatus
from tests.builders import KEY, SetClock, opening
from tests.duties.vitals.build import adult_set, measured
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.station import Station, appointment, change, got, patient, seed, station
from tests.visits.build import new

_KILOS = {"value": 90, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}
ALL = ("hapi", "azure", "medplum", "ehr")
WITH_OWN_PATIENTS = ("hapi", "azure", "medplum")


def walked_in(here: Station, family: str = "Walker") -> Visit:
    """Registered here, with her vital signs."""
    visit = here.visits.add_visit(opening(), here.visits.register(opening(), new(family)).id, "Cough")
    here.chart(visit.ref, *adult_set())
    return visit


def expected(here: Station, server: Peer, family: str = "García") -> Visit:
    """Of the server's schedule, and arrived."""
    seed(server, appointment(seed(server, patient(name=[{"family": family}]))))
    here.sync()
    row = next(row for row in here.visits.today(opening()).visits if row.name.family == family)
    return here.visits.arrive(opening(), row.visit, here.visits.visit(here.page(row.visit)).revision)


def weigh(here: Station, visit: Visit, pounds: str) -> str:
    (reading,) = here.chart(visit.ref, measured(Sign.WEIGHT, pounds))
    return reading


def amend(here: Station, visit: Visit, reading: str, pounds: str, after: int = 1) -> None:
    here.vitals.amend(here.page(visit.ref), reading, after, measured(Sign.WEIGHT, pounds), "typed wrong")


def pounds(here: Station, visit: Visit, reading: str) -> str:
    found = {one.id: one for kept in here.vitals.sets(here.page(visit.ref)) for one in kept.readings}
    return str(found[reading].measurement.value.value)


def until_quiet(here: Station) -> None:
    for _ in range(4):
        here.clock.forward(minutes=6)
        account = here.sync()
        if account.clean and not account.sent and not account.again:
            return


def twice(server: Peer) -> list[object]:
    return [one for one in server.state()["duplicates"] if "urn:uuid" in one["identifier"]]


# a store


def copied(folder: Path) -> Path:
    """The store as it is now, closed."""
    return Path(shutil.copy(folder / STORE, folder.parent / f"{folder.name}-copy.db"))


def put_back(folder: Path, copy: Path) -> None:
    for left in folder.glob(f"{STORE}*"):
        left.unlink()
    shutil.copy(copy, folder / STORE)


@pytest.mark.parametrize("preset", ALL)
def test_a_store_that_was_set_back_sends_nothing_twice_and_gets_back_what_went_up(
    peer: StartPeer, tmp_path: Path, preset: str
) -> None:
    """Copied while a reading waited; then the reading went up, was amended, another came, and somebody left."""
    server, folder, clock = peer(preset), tmp_path / "a", SetClock()
    with station(folder, server, clock) as here:
        visit = expected(here, server)
        here.sync()
        waiting = weigh(here, visit, "186")
    copy = copied(folder)
    with station(folder, server, clock) as here:
        here.sync()
        amend(here, visit, waiting, "185")
        later = weigh(here, visit, "184")
        here.sync()
        served = {one: got(server, f"/{here.mirrored_address(one)}") for one in (waiting, later)}
        counts = server.state()["counts"]
    put_back(folder, copy)
    clock.forward(minutes=10)
    with station(folder, server, clock) as here:
        account = here.sync()
        assert account.set_back == ("store",)
        assert pounds(here, visit, later) == "184"
        assert (account.as_json()["refused"], twice(server)) == (0, [])
        assert server.state()["counts"]["Observation"] == counts["Observation"]
        for one, before in served.items():
            assert got(server, f"/{here.mirrored_address(one)}")["valueQuantity"] == before["valueQuantity"]
        asked = here.conflicts.listed(opening())
        assert {one.local_id for one in asked} <= {waiting}
        assert pounds(here, visit, waiting) == ("186" if asked else "185")
        assert here.sync().set_back == ()
    assert check.faults(folder / STORE, KEY) == []


def test_with_the_first_run_of_a_day_what_is_new_is_looked_for(peer: StartPeer, tmp_path: Path) -> None:
    """The whole folder was put back, so nothing beside the store tells it."""
    server, folder, clock = peer("hapi"), tmp_path / "a", SetClock()
    with station(folder, server, clock) as here:
        visit = expected(here, server)
        here.sync()
        reading = weigh(here, visit, "186")
    shutil.copytree(folder, tmp_path / "copy")
    with station(folder, server, clock) as here:
        here.sync()
        address = here.mirrored_address(reading)
    change(server, address, note=[{"text": "a colleague's word"}])
    shutil.rmtree(folder)
    shutil.move(tmp_path / "copy", folder)
    clock.forward(days=1)
    with station(folder, server, clock) as here:
        account = here.sync()
        assert account.set_back == ()
        there = got(server, f"/{address}")
        assert (there["note"], float(there["valueQuantity"]["value"])) == ([{"text": "a colleague's word"}], 186)


# a server


@contextmanager
def port() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        yield free.getsockname()[1]


class Restored:
    """A server with a journal, which can be cut to what it was."""

    def __init__(self, peer: StartPeer, preset: str, folder: Path) -> None:
        self._peer, self._preset, self._journal = peer, preset, folder / "journal"
        with port() as number:
            self._port = number
        self._copy = folder / "journal-copy"
        self.server = self._started()

    def _started(self) -> Peer:
        return self._peer(self._preset, options=("--data", str(self._journal), "--port", str(self._port)))

    def backed_up(self) -> None:
        shutil.copy(self._journal, self._copy)

    def set_back(self) -> Peer:
        self.server.kill()
        shutil.copy(self._copy, self._journal)
        self.server = self._started()
        return self.server


@pytest.mark.parametrize("preset", WITH_OWN_PATIENTS)
def test_a_server_that_was_set_back_gets_back_all_that_was_charted(peer: StartPeer, tmp_path: Path, preset: str) -> None:
    """A patient, a visit and readings that it has no more, and a reading of which it has an earlier version."""
    folder, clock = tmp_path / "a", SetClock()
    kept = Restored(peer, preset, tmp_path)
    with station(folder, kept.server, clock) as here:
        visit = expected(here, kept.server)
        amended = weigh(here, visit, "186")
        until_quiet(here)
        kept.backed_up()
        amend(here, visit, amended, "185")
        reading = weigh(here, visit, "184")
        walker = walked_in(here)
        here.visits.take_to_room(opening(), walker.ref, walker.revision, "r1")
        until_quiet(here)
        before = kept.server.state()["counts"]
        server = kept.set_back()
        assert server.state()["counts"] != before
        here.clock.forward(minutes=6)
        account = here.sync()
        assert account.set_back == ("server",)
        assert account.again > 0
        until_quiet(here)
        assert (server.state()["counts"], twice(server), server.state()["orphans"]) == (before, [], [])
        for one, value in ((amended, 185), (reading, 184)):
            assert float(got(server, f"/{here.mirrored_address(one)}")["valueQuantity"]["value"]) == value
            assert pounds(here, visit, one) == str(value)
        assert here.visits.visit(here.page(walker.ref)).status is VisitStatus.ROOMED
        assert here.conflicts.listed(opening()) == ()
        assert here.sync().set_back == ()
    assert check.faults(folder / STORE, KEY) == []


def test_where_a_removal_cannot_be_told_from_a_loss_a_person_is_asked(peer: StartPeer, tmp_path: Path) -> None:
    """A server that keeps nothing of the past says the same of both."""
    folder, clock = tmp_path / "a", SetClock()
    kept = Restored(peer, "ehr", tmp_path)
    with station(folder, kept.server, clock) as here:
        visit = expected(here, kept.server)
        until_quiet(here)
        kept.backed_up()
        readings = {weigh(here, visit, "186"), weigh(here, visit, "187")}
        until_quiet(here)
        server = kept.set_back()
        here.clock.forward(minutes=6)
        here.sync()
        asked = {one.local_id: one for one in here.conflicts.listed(opening())}
        assert readings <= set(asked)
        assert all(asked[one].removed for one in readings)
        for one in asked:
            here.conflicts.send_again(opening(), one)
        until_quiet(here)
        assert here.conflicts.listed(opening()) == ()
        assert {float(got(server, f"/{here.mirrored_address(one)}")["valueQuantity"]["value"]) for one in readings} == {
            186,
            187,
        }
        assert twice(server) == []


def test_what_was_really_removed_stays_so(peer: StartPeer, tmp_path: Path) -> None:
    server = peer("azure")
    with station(tmp_path / "a", server) as here:
        visit = expected(here, server)
        reading = weigh(here, visit, "186")
        until_quiet(here)
        address = here.mirrored_address(reading)
        assert server.ask("DELETE", f"/{address}").status == 200
        account = here.sync()
        assert (account.set_back, account.again, account.removed) == ((), 0, 1)
        assert server.ask("GET", f"/{address}").status == 410


def test_a_server_that_has_nothing_of_what_was_there_is_nobody_knows_whose(peer: StartPeer, tmp_path: Path) -> None:
    """Nothing goes there, and nothing is taken for removed."""
    server = peer("hapi")
    with station(tmp_path / "a", server) as here:
        visit = expected(here, server)
        weigh(here, visit, "186")
        until_quiet(here)
        server.reset()
        weigh(here, visit, "187")
        account = here.sync()
        assert (account.ended, account.sent, account.removed) == (Ended.OTHER_SERVER, 0, 0)
        assert server.dump() == []
        assert len(here.visits.today(opening()).visits) == 1


def test_a_record_that_a_colleague_amended_goes_up_again_as_amended(peer: StartPeer, tmp_path: Path) -> None:
    kept = Restored(peer, "hapi", tmp_path)
    with station(tmp_path / "a", kept.server) as here:
        visit = expected(here, kept.server)
        until_quiet(here)
        kept.backed_up()
        reading = weigh(here, visit, "186")
        until_quiet(here)
        change(kept.server, here.mirrored_address(reading), status="corrected", valueQuantity=_KILOS)
        here.sync()
        server = kept.set_back()
        until_quiet(here)
        assert got(server, f"/{here.mirrored_address(reading)}")["valueQuantity"]["value"] == _KILOS["value"]


def test_what_a_colleague_changed_after_the_server_was_set_back_is_not_overwritten(peer: StartPeer, tmp_path: Path) -> None:
    """He saw the earlier value; a person decides which one stands."""
    kept = Restored(peer, "hapi", tmp_path)
    with station(tmp_path / "a", kept.server) as here:
        visit = expected(here, kept.server)
        reading = weigh(here, visit, "186")
        until_quiet(here)
        kept.backed_up()
        amend(here, visit, reading, "185")
        until_quiet(here)
        server = kept.set_back()
        address = here.mirrored_address(reading)
        change(server, address, status="corrected", valueQuantity=_KILOS)
        here.clock.forward(minutes=6)
        assert here.sync().set_back == ("server",)
        (asked,) = here.conflicts.listed(opening())
        assert (asked.local_id, [clash.path for clash in asked.clashes]) == (reading, ["value"])
        assert pounds(here, visit, reading) == "185"
        assert got(server, f"/{address}")["valueQuantity"]["value"] == _KILOS["value"]
