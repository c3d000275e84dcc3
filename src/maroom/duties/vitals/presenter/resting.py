"""The rest before a pressure is taken again: a kept timer, so that lock, switch and restart leave it running."""

from __future__ import annotations

from datetime import datetime, timedelta

from maroom.core.clock import Clock
from maroom.core.visit import VisitRef
from maroom.duties.vitals.presenter.state import Rest
from maroom.duties.vitals.rules.repeats import repeats
from maroom.store.timers import Timer, Timers

REST = "vitals.rest"
"""the key of the timer; it is about the visit"""


class Resting:
    def __init__(self, timers: Timers, clock: Clock, visit: VisitRef) -> None:
        self._timers, self._clock, self._visit = timers, clock, visit
        self._timer = timers.find(REST, visit.visit)

    def start(self) -> None:
        now = self._clock.now().utc
        self._timer = Timer(REST, self._visit.visit, now, now + timedelta(minutes=repeats().wait.first))
        self._timers.start(self._timer)

    def stop(self) -> None:
        if self._timer:
            self._timers.stop(REST, self._visit.visit)
            self._timer = None

    def shown(self) -> Rest:
        timer, minutes = self._timer, repeats().wait.first
        return Rest(minutes, self._wall(timer.started), self._wall(timer.due)) if timer else Rest(minutes)

    def _wall(self, utc: datetime) -> datetime:
        return utc.astimezone(self._clock.zone)
