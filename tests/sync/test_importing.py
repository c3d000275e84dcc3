"""A file or a folder comes in, with an account of what became of it."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.importing import import_path
from maroom.sync.intake import Intake
from tests.sync.kinds import IMPORT, imported, note, patient, things

SYNTHEA = os.environ.get("MAROOM_SYNTHEA", "")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


def put(path: Path, *resources: Any) -> Path:
    """As a Bundle, or line by line, by the file's name."""
    entries = [{"resource": one} for one in resources]
    whole = json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})
    text = "\n".join(map(json.dumps, resources)) if ".ndjson" in path.name else whole
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def test_a_folder_with_all_that_can_stand_in_one(source: Path, intake: Intake, unit: UnitOfWork) -> None:
    put(source / "a.json", patient(1), note(1))
    put(source / "b.json.gz", patient(2), note(2, "Patient/p-2"))
    put(source / "below" / "c.ndjson", patient(3), note(3, "Patient/p-3"))
    put(source / "below" / "d.ndjson.gz", patient(1), {"resourceType": "Goal", "id": "g"})
    (source / "README.md").write_text("not FHIR")
    (source / "below" / "data.csv").write_text("a,b")
    (source / "e.json").write_text('{"resourceType": "Bundle", "entry": [{"resource": {"id": "García"}}]}')
    put(source / "f.ndjson", patient(4), note(4, status="unusable"))

    report = import_path(source, intake, IMPORT)

    assert report.as_json() == {
        "files": 4,
        "skipped": 2,
        "patients": 4,
        "resources": 8,
        "new": 6,
        "updated": 0,
        "unchanged": 1,
        "ignored": {"Goal": 1},
        "broken": [
            {"file": "e.json", "place": "entry[0]", "why": "is not FHIR: it has no resourceType"},
            {"file": "f.ndjson", "place": "line 2", "why": "status: is not usable"},
        ],
    }
    assert imported("Patient", "p-4") not in things(unit)
    assert json.loads(json.dumps(report.as_json())) == report.as_json()


def test_the_same_folder_again(source: Path, intake: Intake) -> None:
    put(source / "a.json", patient(1), note(1))
    import_path(source, intake, IMPORT)
    again = import_path(source, intake, IMPORT).counts
    assert (again.new, again.updated, again.unchanged) == (0, 0, 2)


def test_files_of_one_type_each_are_taken_in_an_order_in_which_references_lead(
    source: Path, intake: Intake, unit: UnitOfWork
) -> None:
    """As bulk exports come: Observation.ndjson stands before Patient.ndjson in the alphabet."""
    put(source / "Observation.ndjson", note(1))
    put(source / "Patient.ndjson.gz", patient(1))
    (source / "Empty.ndjson").write_bytes(b"")
    import_path(source, intake, IMPORT)
    assert things(unit)[imported("Observation", "o-1")] == f"Observation {imported('Patient', 'p-1')}"


def test_a_file_is_taken_whatever_its_name(source: Path, intake: Intake) -> None:
    file = put(source / "export-of-today", patient(1))
    assert import_path(file, intake, IMPORT).as_json()["new"] == 1


def test_a_broken_file_by_itself(source: Path, intake: Intake) -> None:
    file = source / "x.json"
    file.write_bytes(b'{"resourceType": "Bund')
    report = import_path(file, intake, IMPORT)
    assert [(one.file, one.place) for one in report.broken] == [("x.json", "")]
    assert report.files == 0


def test_a_path_that_is_not_there(source: Path, intake: Intake) -> None:
    with pytest.raises(FileNotFoundError):
        import_path(source / "none", intake, IMPORT)
    assert import_path(source, intake, IMPORT).files == 0


def test_progress_is_told_by_file_and_within_a_large_one(source: Path, intake: Intake) -> None:
    told: list[tuple[int, int, int]] = []
    put(source / "a.json", patient(1))
    put(source / "b.ndjson", *(note(number) for number in range(1100)))
    import_path(source, intake, IMPORT, lambda *said: told.append(said))
    assert told == [(0, 2, 0), (0, 2, 1), (1, 2, 1), (1, 2, 501), (1, 2, 1001), (1, 2, 1101), (2, 2, 1101)]


@pytest.mark.skipif(not SYNTHEA, reason="MAROOM_SYNTHEA names no folder")
def test_a_folder_of_synthea(intake: Intake) -> None:
    report = import_path(Path(SYNTHEA), intake, IMPORT)
    assert report.broken == []
    assert report.counts.patients == report.files > 0
    again = import_path(Path(SYNTHEA), intake, IMPORT).counts
    assert (again.new, again.updated) == (0, 0)
