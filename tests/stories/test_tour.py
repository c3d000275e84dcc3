"""The guided tour from the terminal: the real window through a visit, and an account that the store bears out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from maroom.access import device_key
from maroom.app import compose
from maroom.core.people import Opening
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import Component
from maroom.duties.vitals.service import Vitals
from maroom.store import check, outbox
from maroom.store.opening import STORE

ROOT = Path(__file__).parents[2]


def test_the_tour_leaves_its_pictures_and_an_account_that_holds(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "maroom", "tour", "--out", str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads((tmp_path / "tour.json").read_text(encoding="utf-8"))
    assert {"sign-in", "board", "vitals-typed", "vitals-saved"} <= {path.stem[3:] for path in tmp_path.glob("*.png")}
    assert {entry["kind"] for entry in told["recorded"]} == {"room_move", "vitals"}
    assert {entry["status"] for entry in told["recorded"]} == {"final", "amended", "entered-in-error"}

    key = device_key.unlock(tmp_path / "data", told["passphrase"])
    services = compose.open_services(tmp_path / "data", key)
    try:
        _vitals_are_there(services, next(entry for entry in told["recorded"] if entry["kind"] == "vitals"))
        with services.unit.glance() as session:
            assert outbox.waiting(session) == told["outbox"] > 0
    finally:
        services.close()
    assert check.faults(tmp_path / "data" / STORE, key) == []


def _vitals_are_there(services: compose.Services, entry: dict[str, object]) -> None:
    """Read back by the service itself: what was first typed for the pressure stands in what it was replaced by."""
    author = next(who.author() for who in services.people.present() if who.role == "assistant")
    vitals = Vitals(services.unit.write, services.unit.read, services.clock)
    sets = vitals.sets(Opening(author, VisitRef(str(entry["visit"]), str(entry["patient"]))))
    whole = next(one for one in sets if one.id == entry["id"])
    pressure = next(reading for reading in whole.readings if reading.sign == "bp")
    first = pressure.replaced[0].measurement.parts[Component.SYSTOLIC]
    values = entry["values"]
    assert isinstance(values, list)
    assert str(first.value) == values[0]["value"]  # type: ignore[union-attr]
