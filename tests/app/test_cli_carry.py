"""`maroom export` and `maroom carry` from end to end: a demo clinic's charted visits come to a server on a stick."""

from __future__ import annotations

import io
import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from maroom.app.cli import main
from maroom.store.lock import SyncLock
from tests.app.charted import CHARTED, words
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer

FAMILIES: dict[str, tuple[str, dict[str, Any]]] = {
    "P": ("hapi", {}),
    "C": ("medplum", {}),
    "S": ("ehr", {"readOnlyTypes": []}),
}


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The clinic's secret key, as it was made by the program."""
    made = tmp_path / "clinic.key"
    assert main(["export", "--new-key", str(made)]) == 0
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick" / "today.age"


def _public(key: Path) -> str:
    return key.read_text().splitlines()[0].removeprefix("# public key: ")


def _export(home: Path, key: Path, stick: Path) -> int:
    return main([*words(home), "export", "--out", str(stick), "--to", _public(key)])


def _carry(stick: Path, key: Path | str, server: Peer, *more: str) -> tuple[int, dict[str, Any]]:
    report = stick.parent / "report.json"
    home = ["--home", str(stick.parent)]
    code = main([*home, "carry", str(stick), "--key", str(key), "--server", server.base, "--report", str(report), *more])
    return code, json.loads(report.read_text())


def _sync(home: Path, server: Peer) -> tuple[int, dict[str, Any]]:
    report = home / "report.json"
    code = main([*words(home), "sync", "--server", server.base, "--report", str(report)])
    return code, json.loads(report.read_text())


@pytest.mark.parametrize("mode", FAMILIES)
def test_carried_it_is_there_once_and_the_station_s_own_sync_only_confirms(
    home: Path, key: Path, stick: Path, peer: StartPeer, mode: str
) -> None:
    preset, settings = FAMILIES[mode]
    server = peer(preset, **settings)
    assert _export(home, key, stick) == 0
    code, carried = _carry(stick, key, server)
    assert (code, carried["mode"], carried["ended"], carried["refused"], carried["conflicts"]) == (0, mode, "", 0, 0), carried
    there = server.state()["versions"]
    assert server.state()["counts"]["Encounter"] == CHARTED
    code, synced = _sync(home, server)
    assert (code, synced["sent"], synced["queued"], synced["held"], synced["conflicts"]) == (0, 0, 0, 0, 0), synced
    assert synced["confirmed"] == carried["confirmed"]
    assert server.state()["versions"] == there
    assert server.state()["duplicates"] == []


def test_nothing_of_it_is_left_on_the_other_machine(home: Path, key: Path, stick: Path, peer: StartPeer) -> None:
    server = peer("hapi")
    _export(home, key, stick)
    server.fault("lose", method="POST")
    _carry(stick, key, server, "--no-wait")
    assert len(list(stick.parent.iterdir())) == 3
    (folder,) = [one for one in stick.parent.iterdir() if one.is_dir()]
    shutil.rmtree(folder)
    _carry(stick, key, server)
    assert {file.name for file in stick.parent.iterdir()} == {stick.name, "report.json"}


def test_what_was_begun_is_kept_sealed_until_it_is_done(home: Path, key: Path, stick: Path, peer: StartPeer) -> None:
    server = peer("hapi")
    _export(home, key, stick)
    server.fault("status", 99, method="POST", status=503, headers={"Retry-After": "3000"})
    code, told = _carry(stick, key, server, "--no-wait")
    assert (code, told["ended"]) == (1, "paused")
    (folder,) = [one for one in stick.parent.iterdir() if one.is_dir()]
    assert not (folder / "key.json").exists()
    assert (folder / "store.db").stat().st_size > 0
    for file in folder.iterdir():
        assert b"resourceType" not in file.read_bytes()
        assert b"SQLite format" not in file.read_bytes()
    server.no_faults()
    other = stick.with_name("again.age")
    shutil.copy(stick, other)
    shutil.rmtree(folder)
    assert _carry(other, key, server)[0] == 0


def test_the_secret_key_may_come_by_standard_input(
    home: Path, key: Path, stick: Path, peer: StartPeer, monkeypatch: pytest.MonkeyPatch
) -> None:
    _export(home, key, stick)
    monkeypatch.setattr("sys.stdin", io.StringIO(key.read_text()))
    assert _carry(stick, "-", peer("hapi"))[0] == 0


def test_each_file_that_cannot_be_carried_has_its_sentence(
    home: Path, key: Path, stick: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(file: Path, by: Path) -> str:
        assert main(["carry", str(file), "--key", str(by), "--server", "http://127.0.0.1:9/fhir"]) == 1
        return capsys.readouterr().err

    _export(home, key, stick)
    other, cut, foreign = tmp_path / "other.key", tmp_path / "cut.age", tmp_path / "foreign.pdf"
    main(["export", "--new-key", str(other)])
    cut.write_bytes(stick.read_bytes()[:-40])
    foreign.write_bytes(b"%PDF-1.7, and so on at some length")
    capsys.readouterr()
    assert "sealed for another key" in said(stick, other)
    assert "not whole" in said(cut, key)
    assert "not made by" in said(foreign, key)
    assert "no secret key" in said(stick, foreign)
    assert "could not be read" in said(tmp_path / "nowhere.age", key)
    assert [one.name for one in stick.parent.iterdir()] == [stick.name]


def test_a_key_is_for_its_owner_alone_and_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "clinic.key"
    assert main(["export", "--new-key", str(key)]) == 0
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    said = capsys.readouterr().out
    assert _public(key) in said
    assert "AGE-SECRET-KEY" not in said
    before = key.read_text()
    assert main(["export", "--new-key", str(key)]) == 1
    assert key.read_text() == before


def test_without_a_key_nothing_leaves(home: Path, stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words(home), "export", "--out", str(stick)]) == 1
    assert "No key is set" in capsys.readouterr().err
    assert list(stick.parent.iterdir()) == []


def test_what_is_no_public_key_is_bad_use(home: Path, stick: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words(home), "export", "--out", str(stick), "--to", "AGE-SECRET-KEY-1"])
    assert ended.value.code == 2


def test_an_export_waits_for_no_sync_to_be_overtaken(
    home: Path, key: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = SyncLock(home / "data")
    lock.take("window")
    try:
        assert _export(home, key, stick) == 1
    finally:
        lock.release()
    assert "window" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_told_and_leaves_no_part(
    home: Path, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _export(home, key, tmp_path / "no such folder" / "today.age") == 1
    assert "could not be written" in capsys.readouterr().err


def test_where_nothing_waits_nothing_is_written(
    home: Path, key: Path, stick: Path, peer: StartPeer, capsys: pytest.CaptureFixture[str]
) -> None:
    _sync(home, peer("hapi"))
    capsys.readouterr()
    assert _export(home, key, stick) == 0
    assert "Nothing waits" in capsys.readouterr().out
    assert not stick.exists()
