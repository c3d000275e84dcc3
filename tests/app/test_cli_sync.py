"""`maroom sync` from end to end: a demo clinic's charted visits come to stand on a server, once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from maroom.app.cli import main
from maroom.store.lock import SyncLock
from tests.app.charted import CHARTED, words
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer


def _counts(server: Peer) -> dict[str, int]:
    return server.state()["counts"]


def _sync(folder: Path, *more: str) -> tuple[int, dict[str, Any]]:
    report = folder / "report.json"
    code = main([*words(folder), "sync", "--report", str(report), *more])
    return code, json.loads(report.read_text())


def test_all_that_waits_stands_on_the_server_and_a_second_run_sends_nothing(home: Path, peer: StartPeer) -> None:
    server = peer("hapi", validate="base")
    code, first = _sync(home, "--server", server.base)
    assert (code, first["ended"], first["refused"], first["held"], first["queued"]) == (0, "", 0, 0, 0), first
    assert first["confirmed"] > CHARTED
    there = _counts(server)
    assert there["Encounter"] >= CHARTED
    code, second = _sync(home, "--server", server.base)
    assert (code, second["sent"], second["confirmed"]) == (0, 0, 0)
    assert _counts(server) == there


def test_what_cannot_be_read_here_is_named_and_stops_nothing(
    home: Path, peer: StartPeer, capsys: pytest.CaptureFixture[str]
) -> None:
    server = peer("hapi")
    nameless = server.ask("POST", "/Practitioner", {"resourceType": "Practitioner"}).body
    assert (
        server.ask("POST", "/Practitioner", {"resourceType": "Practitioner", "name": [{"family": "Lindqvist"}]}).status == 201
    )
    _, told = _sync(home, "--server", server.base)
    assert told["unreadable"] == [f"Practitioner/{nameless['id']}"]
    assert (told["ended"], told["pulled"]) == ("", 1)
    assert f"cannot be read here: Practitioner/{nameless['id']}" in capsys.readouterr().out


def test_a_server_that_is_away_leaves_everything_here(home: Path) -> None:
    code, told = _sync(home, "--server", "http://127.0.0.1:9/fhir", "--no-wait")
    assert (code, told["ended"], told["sent"]) == (1, "not_reached", 0)


def test_without_a_server_it_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words(home), "sync"]) == 1
    assert "No server is set" in capsys.readouterr().err


def test_plain_http_goes_to_this_machine_alone(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words(home), "sync", "--server", "http://fhir.example.org/r4"]) == 1
    assert "without encryption" in capsys.readouterr().err


def test_another_server_gets_nothing_and_removes_nothing(
    home: Path, peer: StartPeer, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = peer("hapi"), peer("hapi")
    assert _sync(home, "--server", first.base)[0] == 0
    there = _counts(first)
    code, told = _sync(home, "--server", second.base)
    assert (code, told["ended"], told["sent"], told["removed"], told["queued"]) == (1, "other_server", 0, 0, 0)
    assert _counts(second) == {}
    assert f"Another server answers at {second.base}" in capsys.readouterr().err
    code, again = _sync(home, "--server", first.base)
    assert (code, again["sent"], again["removed"], again["conflicts"]) == (0, 0, 0, 0)
    assert _counts(first) == there


def test_the_same_server_under_another_name_is_gone_on_with(home: Path, peer: StartPeer) -> None:
    server = peer("hapi")
    assert _sync(home, "--server", server.base)[0] == 0
    code, again = _sync(home, "--server", server.base.replace("127.0.0.1", "localhost"))
    assert (code, again["ended"], again["sent"], again["removed"]) == (0, "", 0, 0)


def test_one_run_at_a_time(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = SyncLock(home / "data")
    lock.take("window")
    try:
        assert main([*words(home), "sync", "--server", "http://127.0.0.1:9/fhir"]) == 1
    finally:
        lock.release()
    assert "window" in capsys.readouterr().err
