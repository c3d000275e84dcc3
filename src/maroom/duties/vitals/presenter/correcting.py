"""Putting right what is on record: a new value with the reason for it, or the mark that it was entered in error. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from maroom.core.findings import Finding, Severity
from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import HALVES, Absent, Component, Measurement, Reading, Sign, field_of
from maroom.duties.vitals.presenter.around import Around
from maroom.duties.vitals.presenter.drawing import Names, value_of
from maroom.duties.vitals.presenter.form import as_typed
from maroom.duties.vitals.presenter.state import Correction
from maroom.duties.vitals.rules import entry
from maroom.duties.vitals.rules.found import ASKED, Found
from maroom.duties.vitals.rules.shown import Shown, as_shown
from maroom.duties.vitals.rules.signs import spec

NOT_TAKEN = "-"
"""how a half that was not taken is written"""


@dataclass(frozen=True)
class Rewrite:
    """A reading and what is typed to put it right. `text` is the whole value in one field, a pressure as `142/88`."""

    reading: Reading
    text: str
    unit: str
    reason: str = ""
    kept: bool = False

    @classmethod
    def of(cls, reading: Reading) -> Rewrite:
        value = as_shown(reading.measurement)
        return cls(reading, value.text if isinstance(value, Shown) else "", _unit(reading.measurement))


def _unit(measurement: Measurement) -> str:
    numbers = (measurement.quantity, *(measurement.half(half) for half in HALVES))
    known = spec(measurement.sign)
    offered = known.units or next((part.units for part in known.parts.values()), ("",))
    return next((one.unit for one in numbers if one), offered[0])


def rewritten(rewrite: Rewrite) -> Measurement | Finding:
    """The measurement as it shall stand, with everything else of it kept; or why the text is no value."""
    old, text = rewrite.reading.measurement, rewrite.text.strip()
    if spec(old.sign).kind != "quantity" or not text:
        return Finding(field_of(old.sign), Found.NO_NUMBER, Severity.REFUSED, unit=rewrite.unit)
    if old.sign is Sign.BP:
        return _pressure(old, text, rewrite.unit)
    found = as_typed(text, old.sign, rewrite.unit, field_of(old.sign), None)
    return found if isinstance(found, Finding) else replace(old, value=found, at=None)


def _pressure(old: Measurement, text: str, unit: str) -> Measurement | Finding:
    two = entry.halves(text)
    if two is None:
        code = Found.RUN_TOGETHER if entry.runs_together(text) else Found.HALF_MISSING
        return Finding(field_of(Sign.BP), code, Severity.REFUSED, unit=unit)
    parts: dict[Component, Quantity | Absent] = {}
    for half, one in zip(HALVES, two, strict=True):
        found = _half(old, half, one, unit)
        if isinstance(found, Finding):
            return found
        parts[half] = found
    return replace(old, value=None, parts=parts)


def _half(old: Measurement, half: Component, text: str, unit: str) -> Quantity | Absent | Finding:
    before = old.parts.get(half)
    if text == NOT_TAKEN and isinstance(before, Absent):
        return before
    return as_typed(text, Sign.BP, unit, field_of(Sign.BP, half), half)


def drawn(rewrite: Rewrite, around: Around, names: Names) -> Correction:
    findings = found(rewrite, around)
    asks = not rewrite.kept and any(one.code in ASKED for one in findings)
    refused = any(one.severity is Severity.REFUSED for one in findings)
    explained = bool(rewrite.reason.strip())
    changed = rewrite.text != Rewrite.of(rewrite.reading).text
    return Correction(
        value=value_of(rewrite.reading, around, names),
        text=rewrite.text,
        unit=rewrite.unit,
        reason=rewrite.reason,
        finding=findings[0] if findings and changed else None,
        asks=asks and changed,
        kept=rewrite.kept,
        may_amend=explained and changed and not refused and not asks,
        may_void=explained,
    )


def found(rewrite: Rewrite, around: Around) -> tuple[Finding, ...]:
    """By the age on the day it was measured."""
    new = rewritten(rewrite)
    return (new,) if isinstance(new, Finding) else around.at(rewrite.reading.measured.iso()).judged(new)
