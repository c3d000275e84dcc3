"""When it was measured and by whom, where that is not now and not who types: said in a sheet, shown with the form. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from maroom.core.clock import Moment, at_local
from maroom.core.findings import Finding, Severity
from maroom.duties.vitals.presenter.around import Around
from maroom.duties.vitals.presenter.sheets import Person, Timing
from maroom.duties.vitals.rules.days import read_day, read_time
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.judged import TIME, judged_time

DAY = "measured-day"


@dataclass(frozen=True)
class Typed:
    """As the sheet holds it; `who` is a record id, empty for whoever types."""

    day: str = ""
    time: str = ""
    who: str = ""


def moment(typed: Typed, around: Around) -> Moment | Finding | None:
    """None where nothing is said of a time; a day that is not said is today."""
    if not typed.time.strip() and not typed.day.strip():
        return None
    day = read_day(typed.day, around.day) if typed.day.strip() else around.day
    minutes = read_time(typed.time)
    if day is None:
        return Finding(DAY, Found.NO_DAY, Severity.REFUSED)
    if minutes is None:
        return Finding(TIME, Found.NO_TIME, Severity.REFUSED)
    return at_local(day, minutes, around.zone)


def drawn(typed: Typed, people: tuple[Person, ...], around: Around) -> Timing:
    found = moment(typed, around)
    finding = found if isinstance(found, Finding) else None
    if isinstance(found, Moment):
        finding = judged_time(found, around.now, around.subject.born)
    refused = finding is not None and finding.severity is Severity.REFUSED
    return Timing(typed.day, typed.time, typed.who, people, finding, not refused)
