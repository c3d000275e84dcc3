"""One run of the sync in a process of its own, which may die at a named step."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from maroom.access.rights import gate
from maroom.access.service.exchange import exchanges as of_people
from maroom.duties.vitals.service.exchanging import exchange as vital_signs
from maroom.fhir.client import Client
from maroom.fhir.transport import Timeouts
from maroom.sync.kinds import Exchanges
from maroom.sync.pull.scope import Scope
from maroom.sync.push.modes import Mode
from maroom.sync.push.pace import Pace
from maroom.sync.run import Place, Run
from maroom.visits.service import exchanges, load_charts
from tests.builders import SetClock, unit_of_work
from tests.sync.rounds import mutants
from tests.visits.build import CLINIC

TIMEOUTS = Timeouts(connect=5, read=0.6, whole=10)
_NEVER = -1


@dataclass(frozen=True)
class Order:
    """`at` is what the clock says for the whole run. It dies at the `dies`th passing of the step (empty: of any). `mutant`
    breaks the protocol in a named way."""

    folder: Path
    base: str
    at: datetime
    mode: str = ""
    hold: timedelta = timedelta(seconds=120)
    dies: int = _NEVER
    step: str = ""
    mutant: str = ""


class Fuse:
    """Counts named steps, and has the process killed at one of them, as the system would: nothing is cleaned up."""

    def __init__(self, step: str, left: int) -> None:
        self._step = step
        self._left = left

    def __call__(self, name: str) -> None:
        if self._step not in ("", name):
            return
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def kinds() -> Exchanges:
    return (vital_signs(lambda: CLINIC.namespace), *of_people(), *exchanges())


def synced(order: Order) -> None:
    """Ends with an exception where the sync does."""
    if order.mutant:
        mutants.MUTANTS[order.mutant].break_it()
    clock = SetClock(order.at)
    with unit_of_work(order.folder, clock, gate) as unit:
        place = Place(order.folder, unit, kinds(), CLINIC.id, load_charts, clock)
        pace = Pace(hold=order.hold, race_wait=timedelta(0))
        mode = Mode(order.mode) if order.mode else None
        run = Run(place, lambda: Client(order.base, timeouts=TIMEOUTS), mode, pace, at=Fuse(order.step, order.dies))
        run(Scope.of_today(clock), lambda: False, lambda _phase, _done, _of: None, "test")
