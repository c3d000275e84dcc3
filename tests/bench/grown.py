"""The vitals page and its save with years of readings in the store, beside the same with a hundredth of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from maroom.access import device_key
from maroom.app import compose
from maroom.app.compose import Services
from maroom.core.people import Author, Opening, Role
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import Entry
from maroom.duties.vitals.service import Vitals
from tests.bench.figures import line, milliseconds
from tests.bench.saving import bare
from tests.bench.window import OURS, ROOT, SECRET, make_demo
from tests.bench.years import fill
from tests.stories.saver import measurements

FEW, MANY = 7_000, 700_000
SAVES, WARM = 200, 20
PAGE = OURS.replace(
    "    app.processEvents(); program.window.grab()\n    print(time.time(), flush=True)\n",
    "    sys.path.insert(0, '.')\n    from tests.bench import typing\n    typing.measured(app, program)\n",
)


def lines() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        few, many, floor = (Path(folder) / name for name in ("few", "many", "floor"))
        few.mkdir()
        make_demo(few)
        shutil.copytree(few, many)
        for home, readings in ((few, FEW), (many, MANY)):
            with closing(_opened(home)) as services:
                fill(services.store, readings, [visit.patient for visit in _visits(services)])
                _save(services)()
        shutil.copytree(many, floor)
        yield from _saving(few, many, floor)
        yield from _page(few, many)


def _saving(few: Path, many: Path, floor: Path) -> Iterator[str]:
    with closing(_opened(few)) as at_few, closing(_opened(many)) as at_many:
        works = _save(at_few), _save(at_many), bare(floor / "store.db", at_many.store.key)
        rounds = [[milliseconds(work, 1, warm=0)[0] for work in works] for _ in range(WARM + SAVES)]
    with_few, with_many, by_driver = zip(*rounds[WARM:], strict=True)
    yield line(f"saving with {MANY:,} readings in the store", with_many, by_driver, "the same rows by the bare driver")
    yield line(f"saving with {MANY:,} readings in the store", with_many, with_few, f"with {FEW:,}")


def _page(few: Path, many: Path) -> Iterator[str]:
    at_few, at_many = _measured(few), _measured(many)
    twelve = "bare Qt window with 12 fields"
    yield line(f"opening the vitals page with {MANY:,} readings", at_many["page"], at_many["bare_window"], f"a {twelve}")
    yield line(f"opening the vitals page with {MANY:,} readings", at_many["page"], at_few["page"], f"with {FEW:,}")
    yield line(f"a keystroke with {MANY:,} readings", at_many["key"], at_many["bare_key"], f"in a {twelve}")


def _measured(home: Path) -> dict[str, list[float]]:
    ran = subprocess.run(
        [sys.executable, "-c", PAGE, str(home), SECRET],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(ran.stdout.splitlines()[-1])


def _opened(home: Path) -> Services:
    return compose.open_services(home, device_key.unlock(home, SECRET))


def _dana(services: Services) -> Author:
    return next(who for who in services.people.present() if who.role == Role.ASSISTANT).author()


def _visits(services: Services) -> list[VisitRef]:
    return [row.visit for row in services.visits.today(Opening(_dana(services))).visits]


def _save(services: Services) -> Callable[[], None]:
    """A set of one after another of today's patients."""
    vitals, visits, dana = Vitals(services.unit.write, services.unit.read, services.clock), _visits(services), _dana(services)
    number = 0

    def save() -> None:
        nonlocal number
        number += 1
        visit = visits[number % len(visits)]
        vitals.record(Opening(dana, visit), Entry(visit, measurements()))

    return save
