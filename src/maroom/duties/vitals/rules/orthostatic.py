"""A series of blood pressures lying, sitting and standing: how far each fell, and whether that counts. No diagnosis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

import msgspec

from maroom.core import resources
from maroom.core.findings import Finding, Severity
from maroom.duties.vitals.model import Sign, field_of
from maroom.duties.vitals.rules.ages import Age


class Position(StrEnum):
    LYING = "lying"
    SITTING = "sitting"
    STANDING = "standing"


class OrthostaticFound(StrEnum):
    """In the order of urgency."""

    INITIAL_DROP = "orthostatic_initial_drop"
    """within seconds of standing; `detail` is the drop, `40/20`"""
    DROP = "orthostatic_drop"
    """`limit` is the systolic drop that counts for this person, `detail` the drop"""
    STANDING_LOW = "orthostatic_standing_low"
    PULSE_RISE = "orthostatic_pulse_rise"
    """without a drop of the pressure; `limit` in /min"""
    MINUTES_UNKNOWN = "orthostatic_minutes_unknown"
    """it fell that far, but nobody said how long after standing up"""


@dataclass(frozen=True)
class Stage:
    """One reading of the series, mmHg and /min; `minutes` since the person stood up, or took the position."""

    position: Position
    systolic: Decimal
    diastolic: Decimal
    pulse: Decimal | None = None
    minutes: Decimal | None = None


@dataclass(frozen=True)
class Change:
    """From the reading lying (or sitting) to a later one: drops are positive, a rise of the pulse too."""

    stage: Stage
    systolic: Decimal
    diastolic: Decimal
    pulse: Decimal | None

    def __str__(self) -> str:
        return f"{self.systolic}/{self.diastolic}"


@dataclass(frozen=True)
class Series:
    """`base` is what the changes are from. `positive` by the consensus rule, within its minutes; None where nobody stood."""

    base: Stage
    changes: tuple[Change, ...]
    positive: bool | None
    findings: tuple[Finding, ...]

    def fell(self, change: Change) -> bool:
        """Whether a change to standing is as large as one that counts, whenever it was taken."""
        return change.stage.position is Position.STANDING and _fell(change, figures().systolic_drop(self.base))


@dataclass(frozen=True)
class _Procedure:
    lying: int
    standing: tuple[int, ...]
    typed_within_seconds: int


@dataclass(frozen=True)
class _Drop:
    within_minutes: int
    systolic: Decimal
    diastolic: Decimal


@dataclass(frozen=True)
class _LyingHigh:
    systolic: Decimal
    diastolic: Decimal
    systolic_drop: Decimal


@dataclass(frozen=True)
class _StandingLow:
    systolic: Decimal


@dataclass(frozen=True)
class _Initial:
    within_seconds: int
    systolic: Decimal
    diastolic: Decimal


@dataclass(frozen=True)
class _Rise:
    from_years: int
    least: Decimal


@dataclass(frozen=True)
class _Pulse:
    rise: tuple[_Rise, ...]


@dataclass(frozen=True)
class Figures:
    """`note` is what stands with a reading on record, with its {minutes}."""

    procedure: _Procedure
    note: Mapping[Position, str]
    drop: _Drop
    lying_high: _LyingHigh
    standing_low: _StandingLow
    initial: _Initial
    pulse: _Pulse

    def systolic_drop(self, base: Stage) -> Decimal:
        """The fall that counts: more of it for who has a high pressure lying."""
        high = self.lying_high
        lying_high = base.position is Position.LYING and (base.systolic >= high.systolic or base.diastolic >= high.diastolic)
        return high.systolic_drop if lying_high else self.drop.systolic

    def pulse_rise(self, age: Age | None) -> Decimal | None:
        """None below 12 years, or where the age is not known."""
        rows = () if age is None else (row.least for row in reversed(self.pulse.rise) if age.years >= row.from_years)
        return next(iter(rows), None)


@cache
def figures() -> Figures:
    return msgspec.convert(resources.table("vitals/orthostatic.toml"), Figures)


def series(stages: Sequence[Stage], age: Age | None) -> Series | None:
    """In the order of measuring. None without a reading lying or sitting that others follow."""
    at = _base(stages)
    if at is None or not stages[at + 1 :]:
        return None
    base = stages[at]
    changes = tuple(_change(base, stage) for stage in stages[at + 1 :])
    standing = [change for change in changes if change.stage.position is Position.STANDING]
    found = tuple(_findings(base, standing, age))
    positive = any(finding.code in _POSITIVE for finding in found) if standing else None
    return Series(base, changes, positive, found)


_POSITIVE = (OrthostaticFound.INITIAL_DROP, OrthostaticFound.DROP, OrthostaticFound.STANDING_LOW)


def _base(stages: Sequence[Stage]) -> int | None:
    """The last one lying before anybody stood; the last one sitting where nobody lay."""
    stood = next((at for at, stage in enumerate(stages) if stage.position is Position.STANDING), len(stages))
    for position in (Position.LYING, Position.SITTING):
        found = [at for at, stage in enumerate(stages[:stood]) if stage.position is position]
        if found:
            return found[-1]
    return None


def _change(base: Stage, stage: Stage) -> Change:
    pulse = None if stage.pulse is None or base.pulse is None else stage.pulse - base.pulse
    return Change(stage, base.systolic - stage.systolic, base.diastolic - stage.diastolic, pulse)


def _findings(base: Stage, standing: Sequence[Change], age: Age | None) -> Iterator[Finding]:
    least = figures().systolic_drop(base)
    in_time = [change for change in standing if _within(change, Decimal(figures().drop.within_minutes))]
    fell = [change for change in in_time if _fell(change, least)]
    yield from _initial(in_time)
    if fell:
        worst = max(fell, key=lambda change: (change.systolic, change.diastolic))
        yield Finding(_BP, OrthostaticFound.DROP, Severity.ASK, least, "mm[Hg]", str(worst))
    elif any(_fell(change, least) for change in standing if change.stage.minutes is None):
        yield Finding(_BP, OrthostaticFound.MINUTES_UNKNOWN, Severity.ASK, least, "mm[Hg]")
    yield from _standing_low(in_time)
    if not fell:
        yield from _pulse_rise(standing, age)


_BP = field_of(Sign.BP)


def _within(change: Change, minutes: Decimal) -> bool:
    return change.stage.minutes is not None and change.stage.minutes <= minutes


def _fell(change: Change, systolic: Decimal) -> bool:
    return change.systolic >= systolic or change.diastolic >= figures().drop.diastolic


def _initial(standing: Sequence[Change]) -> Iterator[Finding]:
    given = figures().initial
    at_once = [change for change in standing if _within(change, Decimal(given.within_seconds) / 60)]
    for change in at_once[:1]:
        if change.systolic > given.systolic or change.diastolic > given.diastolic:
            yield Finding(_BP, OrthostaticFound.INITIAL_DROP, Severity.ASK, given.systolic, "mm[Hg]", str(change))


def _standing_low(standing: Sequence[Change]) -> Iterator[Finding]:
    limit = figures().standing_low.systolic
    if any(change.stage.systolic < limit for change in standing):
        yield Finding(_BP, OrthostaticFound.STANDING_LOW, Severity.ASK, limit, "mm[Hg]")


def _pulse_rise(standing: Sequence[Change], age: Age | None) -> Iterator[Finding]:
    least = figures().pulse_rise(age)
    rises = [change.pulse for change in standing if change.pulse is not None]
    if least is not None and rises and max(rises) >= least:
        detail = str(max(rises))
        yield Finding(field_of(Sign.PULSE), OrthostaticFound.PULSE_RISE, Severity.ASK, least, "/min", detail)
