"""The server that tests talk to: started, driven and stopped, with nothing left behind; and what is said without Node."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.servers import node
from tests.servers.fixtures import Peers, StartPeer, not_tested
from tests.servers.missing import Missing
from tests.servers.node import Node, with_packages
from tests.servers.peers import FOLDER, Peer, Wish

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own(request: pytest.FixtureRequest) -> Iterator[Peers]:
    """Servers of this test alone."""
    try:
        with_packages(FOLDER)
    except Missing as missing:
        not_tested(request, "against a FHIR server", str(missing))
    made = Peers()
    yield made
    made.stop()


PERSON = {"resourceType": "Patient", "gender": "female"}


def test_it_takes_and_gives_back(peer: StartPeer) -> None:
    server = peer()
    made = server.ask("POST", "/Patient", PERSON)
    assert (made.status, made.headers["etag"]) == (201, 'W/"1"')
    assert server.ask("GET", f"/Patient/{made.body['id']}").body["gender"] == "female"
    assert server.state()["counts"] == {"Patient": 1}


def test_a_fault_comes_as_often_as_wished(peer: StartPeer) -> None:
    server = peer()
    server.fault("status", times=2, status=503, headers={"Retry-After": "7"}, method="POST")
    answers = [server.ask("POST", "/Patient", PERSON) for _ in range(3)]
    assert [answer.status for answer in answers] == [503, 503, 201]
    assert answers[0].headers["retry-after"] == "7"


def test_a_lost_answer_is_an_act_done(peer: StartPeer) -> None:
    server = peer()
    server.fault("lose", path="Patient")
    with pytest.raises((RemoteDisconnected, ConnectionError)):
        server.ask("POST", "/Patient", PERSON)
    assert len(server.dump()) == 1


def test_what_nobody_waits_for_is_done_when_it_is_let_go(peer: StartPeer) -> None:
    server = peer()
    server.fault("zombie", delayMs="released")
    late = HTTPConnection(urlsplit(server.base).netloc)
    late.request("POST", "/fhir/Patient", json.dumps(PERSON), {"Content-Type": "application/fhir+json"})
    while not server.state()["pending"]:
        pass
    late.close()
    assert server.dump() == []
    server.settle()
    assert len(server.dump()) == 1


@pytest.mark.parametrize("rtype", ["Observation", "AllergyIntolerance"])
def test_several_patients_are_asked_for_by_id_with_their_type_or_without(peer: StartPeer, rtype: str) -> None:
    server = peer()
    people = [server.ask("POST", "/Patient", PERSON).body["id"] for _ in range(3)]
    element = "patient" if rtype == "AllergyIntolerance" else "subject"
    for one in people:
        of_one = {"resourceType": rtype, element: {"reference": f"Patient/{one}"}, "code": {"text": "x"}}
        assert server.ask("POST", f"/{rtype}", of_one).status == 201
    for asked in (",".join(people[:2]), ",".join(f"Patient/{one}" for one in people[:2])):
        found = server.ask("GET", f"/{rtype}?patient={asked}").body.get("entry", [])
        assert {entry["resource"][element]["reference"] for entry in found} == {f"Patient/{one}" for one in people[:2]}


def test_what_one_test_set_another_does_not_see(own: Peers) -> None:
    wish = Wish("lenient")
    first = own.take(wish)
    first.ask("POST", "/Patient", PERSON)
    first.set(pageSize=3)
    first.fault("drop", times=9)
    own.give_back(first)
    again = own.take(wish)
    assert again is first
    assert (again.state()["counts"], again.state()["faultsLeft"], again.tell("GET", "/config")["pageSize"]) == ({}, 0, 20)
    own.give_back(again)


def test_settings_go_over_the_preset(peer: StartPeer) -> None:
    server = peer("ehr", pageSize=5, writeTypes=["Observation"])
    assert server.tell("GET", "/config")["pageSize"] == 5
    assert server.ask("POST", "/Patient", PERSON).status == 405


def test_a_journal_outlives_a_killed_server(peer: StartPeer, tmp_path: Path) -> None:
    journal = ("--data", str(tmp_path / "journal"))
    first = peer(options=journal)
    first.ask("PUT", "/Patient/a", PERSON | {"id": "a"})
    first.kill()
    assert not first.alive
    assert peer(options=journal).ask("GET", "/Patient/a").status == 200


def test_it_ends_with_whoever_started_it(own: Peers) -> None:
    server = own.take(Wish())
    assert server.process.stdin is not None
    server.process.stdin.close()
    assert server.process.wait(20) == 0
    own.give_back(server)


def test_one_that_cannot_start_is_told(own: Peers) -> None:
    with pytest.raises(RuntimeError, match="ended with 2"):
        Peer.start(Wish("no-such-family"))


def test_an_old_node_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(node, "_version", lambda program: (18, 19))
    assert node._of_system() is None
    monkeypatch.setattr(node, "_version", lambda program: (20, 19))
    assert node._of_system() is not None


def test_the_package_has_a_node_too() -> None:
    found = node._of_package()
    assert found is not None
    assert subprocess.run([*found.npm, "--version"], env=found.environment(), capture_output=True, check=False).returncode == 0


@pytest.fixture
def no_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "_of_system", lambda: None)
    monkeypatch.setattr(node, "_of_package", lambda: None)


def test_without_node_it_is_said(no_node: None) -> None:
    with pytest.raises(Missing, match=r"Node 20\.19"):
        node.node.__wrapped__()


def test_npm_that_fails_is_said(tmp_path: Path) -> None:
    broken = Node(Path("node"), ("python3", "-c", "import sys; sys.exit('npm error network')"))
    with pytest.raises(Missing, match="npm error network"):
        node._install(broken, tmp_path)


NOT_TESTED = """
from tests.servers.fixtures import not_tested
def test_one(request): not_tested(request, "against a FHIR server", "no Node here")
def test_two(request): not_tested(request, "against a FHIR server", "no Node here")
"""


@pytest.mark.parametrize("processes", ["0", "2"])
def test_a_run_closes_with_what_was_not_tested(tmp_path: Path, processes: str) -> None:
    (tmp_path / "test_inner.py").write_text(NOT_TESTED, "utf-8")
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["tests.servers.fixtures"]\n', "utf-8")
    words = ["-m", "pytest", "-n", processes, "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path), str(tmp_path)]
    ran = subprocess.run([sys.executable, *words], capture_output=True, text=True, timeout=120, cwd=ROOT, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "= NOT TESTED =" in ran.stdout
    assert "2 tests against a FHIR server: no Node here" in ran.stdout.splitlines()
