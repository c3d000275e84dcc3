"""A crash report names places, never values."""

from __future__ import annotations

import sys
from pathlib import Path

from maroom.app.crash import FOLDER, Crash


def _fall(name: str) -> None:
    secret = f"{name} born 1968-02-02"
    try:
        raise ValueError(secret)
    except ValueError as error:
        raise RuntimeError(f"could not chart {secret}") from error


def _caught(folder: Path, told: list[str]) -> str:
    try:
        _fall("Okafor-Reyes")
    except RuntimeError as error:
        Crash(folder, told.append).caught(*sys.exc_info())  # type: ignore[arg-type]
        del error
    (report,) = (folder / FOLDER).glob("*.txt")
    return report.read_text(encoding="utf-8")


def test_the_report_names_types_files_and_lines(tmp_path: Path) -> None:
    told: list[str] = []
    written = _caught(tmp_path, told)
    assert written.splitlines()[0] == "RuntimeError < ValueError"
    assert "test_crash.py" in written
    assert "_fall" in written
    assert (tmp_path / FOLDER / f"{told[0]}.txt").exists()


def test_nothing_of_a_patient_is_in_it(tmp_path: Path) -> None:
    written = _caught(tmp_path, [])
    for word in ("Okafor", "1968", "chart"):
        assert word not in written


def test_a_report_that_cannot_be_written_still_says_that_something_went_wrong(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way", encoding="utf-8")
    told: list[str] = []
    try:
        _fall("x")
    except RuntimeError:
        Crash(tmp_path, told.append).caught(*sys.exc_info())  # type: ignore[arg-type]
    assert len(told) == 1


def test_only_the_newest_reports_are_kept(tmp_path: Path) -> None:
    crash = Crash(tmp_path, lambda _number: None)
    for _ in range(25):
        try:
            _fall("x")
        except RuntimeError:
            crash.caught(*sys.exc_info())  # type: ignore[arg-type]
    assert len(list((tmp_path / FOLDER).glob("*.txt"))) == 20
