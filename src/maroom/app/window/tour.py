"""The guided tour: a day in the real window, leg by leg, then everything that was recorded is read back from the store.

`tour.json` in the folder names all that was done.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize

from maroom.access import device_key
from maroom.app import compose, demo
from maroom.app.legs import LEGS
from maroom.app.window.driver import WindowDriver
from maroom.app.window.program import Program
from maroom.core.settings import Station
from maroom.kit import Entry
from maroom.store import audit, outbox
from maroom.ui.dress import application

SIZE = QSize(1280, 800)


def tour(out: Path, station: Station | None = None, size: QSize = SIZE) -> tuple[int, int]:
    """Leaves pictures, papers, labels, `data/` and `tour.json` in `out`; what an earlier tour left there is replaced.
    Gives how many entries were recorded, and how many of them were read back."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _clear(out)
    passphrase = secrets.token_urlsafe(18)
    _make_clinic(out / "data", passphrase, station)
    driver = _drive(out, passphrase, size)
    found, counts = _read_back(out / "data", passphrase, driver.recorded)
    account = {"passphrase": passphrase, "recorded": driver.recorded, "papers": [], "labels": [], **counts}
    (out / "tour.json").write_text(json.dumps(account, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(driver.recorded), found


def _clear(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for old in (*out.glob("[0-9][0-9]-*.png"), out / "tour.json"):
        old.unlink(missing_ok=True)
    for folder in ("data", "papers", "labels"):
        shutil.rmtree(out / folder, ignore_errors=True)
        (out / folder).mkdir()


def _make_clinic(folder: Path, passphrase: str, station: Station | None) -> None:
    services = compose.found(folder, passphrase, demo.clinic(demo.SEED))
    demo.fill(services, compose.intake(services), demo.SEED)
    if station:
        services.settings.put_station(station)
    services.close()


def _drive(out: Path, passphrase: str, size: QSize) -> WindowDriver:
    app = application()
    program = Program(app, out / "data", passphrase, size)
    driver = WindowDriver(program, out)
    program.show()
    try:
        driver.enter()
        for leg in LEGS:
            leg.drive(driver)
    finally:
        program.window.close()
    return driver


def _read_back(folder: Path, passphrase: str, recorded: Sequence[Entry]) -> tuple[int, dict[str, int]]:
    """Each entry is looked for in the reopened store by the leg that knows its kind."""
    services = compose.open_services(folder, device_key.unlock(folder, passphrase))
    try:
        kit = compose.windowless(services)
        by_kind = {kind: leg.found for leg in LEGS for kind in leg.kinds if leg.found}
        found = sum(by_kind[entry["kind"]](kit, entry) for entry in recorded)
        with services.unit.glance() as session:
            return found, {"outbox": outbox.waiting(session), "audit": audit.count(session)}
    finally:
        services.close()
