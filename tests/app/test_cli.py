"""The terminal: what each verb says and leaves, where its common words may stand, and how it ends."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from maroom.app.cli import main
from maroom.store.lock import StoreLock

ROOT = Path(__file__).parents[2]
SECRET = "four words that nobody guesses"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    return file


@pytest.fixture
def clinic_file(tmp_path: Path) -> Path:
    return _written(tmp_path / "clinic.json", _bundle("Okafor-Reyes", "p1"))


def _bundle(family: str, patient: str) -> dict[str, Any]:
    person = {
        "resourceType": "Patient",
        "id": patient,
        "name": [{"family": family, "given": ["Thomas"]}],
        "birthDate": "1968-02-02",
    }
    pulse = {
        "resourceType": "Observation",
        "id": f"o-{patient}",
        "status": "final",
        "category": [{"coding": [{"code": "vital-signs"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]},
        "subject": {"reference": f"urn:uuid:{patient}"},
        "effectiveDateTime": "2026-03-12T10:00:00-05:00",
        "valueQuantity": {"value": 76, "unit": "/min", "code": "/min", "system": "http://unitsofmeasure.org"},
    }
    plan = {"resourceType": "CarePlan", "id": f"c-{patient}", "status": "active", "intent": "plan"}
    entries = [{"fullUrl": f"urn:uuid:{r['id']}", "resource": r} for r in (person, pulse, plan)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _written(path: Path, content: dict[str, Any]) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_import_makes_the_store_and_leaves_its_account(home: Path, secret: Path, clinic_file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    words = ["--home", str(home), "--passphrase-file", str(secret), "import", str(clinic_file), "--report", str(report)]
    assert main(words) == 0
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["files"], told["patients"], told["resources"], told["new"]) == (1, 1, 3, 2)
    assert told["ignored"] == {"CarePlan": 1}
    assert told["broken"] == []
    assert main(["check", "--home", str(home), "--passphrase-file", str(secret)]) == 0


def test_twice_the_same_is_once(home: Path, secret: Path, clinic_file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    for _ in range(2):
        words = ["import", str(clinic_file), "--report", str(report), "--home", str(home), "--passphrase-file", str(secret)]
        assert main(words) == 0
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["new"], told["unchanged"]) == (0, 2)


def test_of_a_folder_the_broken_file_is_named_and_the_rest_kept(home: Path, secret: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    _written(folder / "good.json", _bundle("Nguyen", "p1"))
    packed = json.dumps(_bundle("Lindqvist", "p2")).encode()
    (folder / "packed.json.gz").write_bytes(gzip.compress(packed))
    (folder / "broken.json").write_text(json.dumps(_bundle("Garcia", "p3"))[:-40], encoding="utf-8")
    (folder / "notes.txt").write_text("no FHIR", encoding="utf-8")
    report = tmp_path / "report.json"
    words = ["import", str(folder), "--report", str(report), "--home", str(home), "--passphrase-file", str(secret)]
    assert main(words) == 1
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["files"], told["patients"], told["skipped"]) == (2, 2, 1)
    assert [broken["file"] for broken in told["broken"]] == ["broken.json"]
    assert "Garcia" not in report.read_text(encoding="utf-8")


def test_the_environment_names_folder_and_passphrase(
    home: Path, secret: Path, clinic_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAROOM_HOME", str(home))
    monkeypatch.setenv("MAROOM_PASSPHRASE_FILE", str(secret))
    assert main(["import", str(clinic_file)]) == 0
    assert main(["check"]) == 0
    assert (home / "store.db").exists()


def test_a_passphrase_given_counts_even_where_a_key_store_answers(
    home: Path, secret: Path, clinic_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(clinic_file), "--home", str(home), "--passphrase-file", str(secret)]) == 0
    other = tmp_path / "other"
    other.write_text("something else entirely\n", encoding="utf-8")
    assert main(["check", "--home", str(home)]) == 0
    assert main(["check", "--home", str(home), "--passphrase-file", str(other)]) == 1
    assert "passphrase does not fit" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["fly"], ["import"], ["demo", "--charted", "-1"], ["demo", "--seed", "x"], ["tour"], ["check", "--what"]]
)
def test_bad_use_ends_with_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_a_folder_without_a_store_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--home", str(home)]) == 1
    said = capsys.readouterr().err
    assert str(home) in said
    assert "maroom demo" in said
    assert not home.exists()


def test_a_file_that_is_not_there_makes_no_store(home: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "nowhere.json", "--home", str(home), "--passphrase-file", str(secret)]) == 1
    assert "nowhere.json" in capsys.readouterr().err
    assert not home.exists()


def test_a_demo_is_not_mixed_into_a_real_clinic(
    home: Path, secret: Path, clinic_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ["--home", str(home), "--passphrase-file", str(secret)]
    assert main(["import", str(clinic_file), *common]) == 0
    assert main(["demo", *common]) == 1
    assert main(["demo", "--charted", "3", *common]) == 1
    assert "real clinic" in capsys.readouterr().err


def test_beside_a_window_check_works_and_import_says_who_has_the_store(
    home: Path, secret: Path, clinic_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ["--home", str(home), "--passphrase-file", str(secret)]
    assert main(["import", str(clinic_file), *common]) == 0
    lock = StoreLock(home)
    lock.take("window")
    try:
        assert main(["check", *common]) == 0
        assert main(["import", str(clinic_file), *common]) == 1
    finally:
        lock.release()
    assert "window" in capsys.readouterr().err


def test_check_names_the_file_and_what_is_wrong_in_it(
    home: Path, secret: Path, clinic_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ["--home", str(home), "--passphrase-file", str(secret)]
    assert main(["import", str(clinic_file), *common]) == 0
    backups = home / "backups"
    backups.mkdir()
    copy = backups / "store-20260101T000000-by-hand.db"
    copy.write_bytes((home / "store.db").read_bytes())
    with copy.open("r+b") as file:
        file.seek(4096 * 5 + 7)
        file.write(b"\0" * 64)
    assert main(["check", *common]) == 1
    said = capsys.readouterr().out
    assert "store.db: sound" in said
    assert copy.name in said
    assert "page" in said


def test_an_account_without_a_key_store_is_told_why_it_must_give_the_passphrase(
    home: Path, secret: Path, clinic_file: Path
) -> None:
    """In a process of its own: with a key store that never answers, as under another account or as a service."""
    environment = os.environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "maroom", *words, "--home", str(home)]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )

    made = ran("import", str(clinic_file), "--passphrase-file", str(secret))
    assert made.returncode == 0, made.stderr
    asked = ran("check")
    assert asked.returncode == 1
    assert "key store" in asked.stderr
    assert "--passphrase-file" in asked.stderr
    assert "Traceback" not in asked.stderr
    assert ran("check", "--passphrase-file", str(secret)).returncode == 0
