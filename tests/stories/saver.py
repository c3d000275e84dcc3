"""Saves vital signs again and again until it is killed, and says after each save what was saved.

`python -m tests.stories.saver FOLDER ROUNDS SEED`: forks a saver a round, kills it at a random moment, and prints as JSON
the set ids that the savers had reported, and what `check` finds in the store that is left. Everything is loaded once,
before the first fork; the store is opened after it.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from decimal import Decimal
from pathlib import Path

from maroom.core.people import Opening
from maroom.core.quantity import Quantity
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import Component, Entry, Measurement, Sign
from maroom.duties.vitals.service import Vitals
from maroom.store import check
from tests.builders import DANA, KEY, SetClock, unit_of_work

VISIT = VisitRef("aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002")
LONGEST = 0.12
"""seconds after the first reported save"""


def measurements() -> tuple[Measurement, ...]:
    pressure = {
        Component.SYSTOLIC: Quantity(Decimal(142), "mm[Hg]", "142"),
        Component.DIASTOLIC: Quantity(Decimal(88), "mm[Hg]", "88"),
    }
    return (
        Measurement(Sign.BP, parts=pressure),
        Measurement(Sign.PULSE, Quantity(Decimal(72), "/min", "72")),
        Measurement(Sign.TEMPERATURE, Quantity(Decimal("98.6"), "[degF]", "98.6")),
    )


def save_for_ever(folder: Path, out: int) -> None:
    clock = SetClock()
    with unit_of_work(folder, clock) as unit:
        vitals = Vitals(unit.write, unit.read, clock)
        while True:
            clock.forward(minutes=1)
            saved = vitals.record(Opening(DANA, VISIT), Entry(VISIT, measurements()))
            os.write(out, f"{saved.id}\n".encode())


def one_round(folder: Path, wait: float) -> list[str]:
    out_of, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out_of)
        save_for_ever(folder, into)
    os.close(into)
    select.select([out_of], [], [], 30)
    time.sleep(wait)  # the moment of the kill is the point, nothing is waited for
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(out_of) as reported:
        return reported.read().split()


def main(folder: Path, rounds: int, seed: int) -> None:
    dice = random.Random(seed)
    with unit_of_work(folder, SetClock()):
        pass
    reported = [saved for _ in range(rounds) for saved in one_round(folder, dice.uniform(0, LONGEST))]
    faults = [f"{fault.part}: {fault.where}" for fault in check.faults(folder / "store.db", KEY)]
    json.dump({"reported": reported, "faults": faults}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
