"""Imports a file or a folder of FHIR: each file whole or not at all, a broken one named, and the others go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from maroom.fhir import bundle
from maroom.fhir.bundle import BrokenFile
from maroom.store.base import Origin
from maroom.store.unit_of_work import Act
from maroom.sync.intake import Counts, Intake
from maroom.sync.kinds import order_of

_ENDINGS = (".json", ".json.gz", *bundle.LINES)
Progress = Callable[[int, int, int], None]
"""Files done, of how many, and resources taken so far."""


@dataclass(frozen=True)
class Broken:
    """A file of which nothing was kept: `place` is `entry[17]`, `line 17`, or empty for the whole."""

    file: str
    place: str
    why: str


@dataclass
class Report:
    """What became of an import. `skipped` are the files of a folder that are none of FHIR by their name."""

    files: int = 0
    skipped: int = 0
    counts: Counts = field(default_factory=Counts)
    broken: list[Broken] = field(default_factory=list[Broken])

    def as_json(self) -> dict[str, Any]:
        """For `--report`."""
        counts = vars(self.counts) | {"ignored": dict(sorted(self.counts.ignored.items()))}
        return {"files": self.files, "skipped": self.skipped, **counts, "broken": [asdict(one) for one in self.broken]}


def import_path(path: Path, intake: Intake, act: Act, progress: Progress | None = None) -> Report:
    """A file, whatever its name, or all of a folder and its subfolders that FHIR is named like. FileNotFoundError."""
    files, skipped = _found(path)
    report = Report(skipped=skipped)
    tell = progress or _unheard
    for number, file in enumerate(files):
        before = report.counts.resources
        tell(number, len(files), before)
        try:
            entries = bundle.read(file)
            taken = intake.take_entries(entries, Origin.IMPORTED, act, _ticking(tell, number, len(files), before))
        except BrokenFile as fault:
            report.broken.append(Broken(_name(file, path), fault.place, fault.why))
            continue
        report.files += 1
        report.counts += taken
    tell(len(files), len(files), report.counts.resources)
    return report


def _found(path: Path) -> tuple[list[Path], int]:
    """Files in an order in which later ones refer to earlier ones, and how many others there are."""
    if not path.is_dir():
        path.stat()
        return [path], 0
    everything = [file for file in path.rglob("*") if file.is_file()]
    wanted = [file for file in everything if file.name.endswith(_ENDINGS)]
    return sorted(wanted, key=lambda file: (_rank(file), file)), len(everything) - len(wanted)


def _rank(file: Path) -> int:
    """Documents hold their patients themselves and come first; NDJSON has one type a file, and its first line tells which."""
    if not file.name.endswith(bundle.LINES):
        return -1
    try:
        return max((order_of(entry.rtype) for entry in islice(bundle.read(file), 1)), default=-1)
    except BrokenFile:
        return -1


def _ticking(tell: Progress, number: int, of: int, before: int) -> Callable[[int], None]:
    def tick(done: int) -> None:
        tell(number, of, before + done)

    return tick


def _name(file: Path, path: Path) -> str:
    return file.name if file == path else file.relative_to(path).as_posix()


def _unheard(_done: int, _of: int, _resources: int) -> None:
    pass
