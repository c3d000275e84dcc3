"""Values that the clinician must hear of now: each is an open notice from the moment it is on record, until somebody has told
it and it was read back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from maroom.core.clock import Clock, Moment, at_local
from maroom.core.findings import Finding, Severity
from maroom.core.people import Opening
from maroom.duties.vitals.model import Critical, Measurement, Reading, Sign
from maroom.duties.vitals.presenter.sheets import Telling
from maroom.duties.vitals.rules.days import read_time
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.judged import TIME, judged_time
from maroom.visits.model import Notice

Say = Callable[[Measurement, Finding], str]
"""What was found, in words, as it stands in the notice."""


class Notices(Protocol):
    """The verbs of `Visits` for what is not told yet."""

    def answer_notice(self, opening: Opening, notice: str, after: int, whom: str, when: Moment, read_back: bool) -> Notice: ...

    def open_notices(self, opening: Opening) -> tuple[Notice, ...]: ...


@dataclass(frozen=True)
class Answer:
    """As the sheet holds it."""

    whom: str = ""
    time: str = ""
    read_back: bool = False


class Tellings:
    """The open notices of one visit that rest on vital signs, and the answer that is being typed."""

    def __init__(self, notices: Notices, clock: Clock, opening: Opening) -> None:
        self._notices, self._clock, self._opening = notices, clock, opening
        self.open: tuple[Notice, ...] = ()
        self.answer: Answer | None = None

    def read(self, readings: Sequence[Reading]) -> None:
        """`readings` of the visit: notices of other things are told elsewhere."""
        ids = {one.id for one in readings}
        self.open = tuple(one for one in self._notices.open_notices(self._opening) if one.about in ids)

    def ask(self) -> None:
        now = self._clock.now().local()
        self.answer = Answer(time=f"{now:%H:%M}")

    def typed(self, **changed: str | bool) -> None:
        if self.answer:
            self.answer = replace(self.answer, **changed)

    def leave(self) -> None:
        """Told later; the notices stay open."""
        self.answer = None

    def put(self) -> None:
        """What came of telling them, for all of them. Problem CHANGED_MEANWHILE."""
        when = self._when()
        if self.answer and self.answer.whom.strip() and isinstance(when, Moment):
            for one in self.open:
                whom, read_back = self.answer.whom.strip(), self.answer.read_back
                self._notices.answer_notice(self._opening, one.id, one.revision, whom, when, read_back)
        self.answer = None

    def drawn(self) -> Telling | None:
        if self.answer is None or not self.open:
            return None
        when, answer = self._when(), self.answer
        finding = when if isinstance(when, Finding) else None
        told = tuple(one.finding for one in self.open)
        may = bool(answer.whom.strip()) and finding is None
        return Telling(told, answer.whom, answer.time, answer.read_back, finding, may)

    def _when(self) -> Moment | Finding | None:
        if self.answer is None:
            return None
        minutes = read_time(self.answer.time)
        if minutes is None:
            return Finding(TIME, Found.NO_TIME, Severity.REFUSED)
        found = at_local(self._clock.today(), minutes, self._clock.zone)
        return judged_time(found, self._clock.now(), None) or found


def critical(judged: Sequence[tuple[Measurement, Sequence[Finding]]], say: Say) -> tuple[Critical, ...]:
    """One for each sign, about the last of its measurements that is critical."""
    last: dict[Sign, Critical] = {}
    for at, (measurement, findings) in enumerate(judged):
        for finding in findings:
            if finding.severity is Severity.CRITICAL:
                last[measurement.sign] = Critical(at, say(measurement, finding))
                break
    return tuple(last.values())
