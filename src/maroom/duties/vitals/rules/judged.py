"""All that is found about one measurement, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from maroom.core.clock import Moment
from maroom.core.findings import Finding, Severity
from maroom.duties.vitals.model import Measurement, field_of
from maroom.duties.vitals.rules.found import ASKED, Found
from maroom.duties.vitals.rules.limits import limits
from maroom.duties.vitals.rules.plausible import implausible, pounds_of_a_child
from maroom.duties.vitals.rules.told import Circumstances, told

TIME = "measured"
"""the field that holds the time of measuring"""


def judged(measurement: Measurement, around: Circumstances, *, pounds: bool = False) -> tuple[Finding, ...]:
    """By the age on the day of measuring and by what is known besides. What is refused is told alone. `pounds`: whether the
    clinic takes them of children."""
    age = around.age
    found = [*(() if pounds else pounds_of_a_child(measurement, age)), *implausible(measurement, age)]
    found += _day(measurement, around)
    refused = tuple(finding for finding in found if finding.severity is Severity.REFUSED)
    if refused:
        return refused
    found += told(measurement, around)
    notable = [finding for finding in found if finding.severity is not Severity.OK]
    return tuple(sorted(notable or found, key=_pressing))


def _pressing(finding: Finding) -> int:
    if finding.severity is Severity.ASK:
        return 1 if finding.code in ASKED else 2
    return {Severity.CRITICAL: 0, Severity.OK: 3}.get(finding.severity, 0)


def _day(measurement: Measurement, around: Circumstances) -> Iterator[Finding]:
    """Of the first day of the last period."""
    day, field = measurement.value, field_of(measurement.sign)
    if not isinstance(day, date):
        return
    if day > around.day:
        yield Finding(field, Found.FUTURE, Severity.REFUSED)
    elif around.subject.born and day < around.subject.born:
        yield Finding(field, Found.BEFORE_BIRTH, Severity.REFUSED)
    elif (around.day - day).days > limits().time.last_period_days:
        yield Finding(field, Found.LONG_AGO, Severity.ASK)


def judged_time(measured: Moment, now: Moment, born: date | None) -> Finding | None:
    """Of a time that was set by hand: ahead of the clock, before birth, or so long ago that it counts as entered late."""
    figures = limits().time
    if measured.utc > now.utc + timedelta(minutes=figures.drift_minutes):
        return Finding(TIME, Found.FUTURE, Severity.REFUSED)
    if born and measured.local().date() < born:
        return Finding(TIME, Found.BEFORE_BIRTH, Severity.REFUSED)
    return Finding(TIME, Found.LATE, Severity.ASK) if now.utc - measured.utc > timedelta(hours=figures.late_hours) else None
