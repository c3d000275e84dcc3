from __future__ import annotations

from pathlib import Path

from maroom.store import signins
from tests.builders import SetClock, unit_of_work

SERVER = "https://fhir.clinic.example/r4"


def test_each_keeps_her_own_over_the_end_of_the_program(tmp_path: Path) -> None:
    with unit_of_work(tmp_path, SetClock()) as unit:
        signins.token(unit, SERVER).save({"access": "s"})
        signins.token(unit, SERVER, "dana").save({"access": "d"})
        signins.token(unit, SERVER, "dana").save({"access": "d2", "until": ""})
        signins.token(unit, "https://other", "dana").save({"access": "o"})
        signins.keys(unit).save({"entry": "e"})
    with unit_of_work(tmp_path, SetClock()) as unit:
        assert signins.token(unit, SERVER).load() == {"access": "s"}
        assert signins.token(unit, SERVER, "dana").load() == {"access": "d2", "until": ""}
        assert signins.token(unit, SERVER, "amara").load() is None
        assert signins.keys(unit).load() == {"entry": "e"}


def test_what_is_taken_away_is_gone_and_nothing_else(tmp_path: Path) -> None:
    with unit_of_work(tmp_path, SetClock()) as unit:
        signins.token(unit, SERVER).save({"access": "s"})
        signins.token(unit, SERVER, "dana").save({"access": "d"})
        signins.token(unit, SERVER, "dana").save(None)
        assert signins.token(unit, SERVER, "dana").load() is None
        assert signins.token(unit, SERVER).load() == {"access": "s"}


def test_no_secret_lies_readable_in_the_folder(tmp_path: Path) -> None:
    with unit_of_work(tmp_path, SetClock()) as unit:
        signins.token(unit, SERVER).save({"access": "very-secret-token"})
        assert not any(b"very-secret" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
