"""From the form to what the sheet shows, and to the set that goes on record. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from maroom.core.findings import Finding, Severity
from maroom.duties.vitals.model import HALVES, Measurement, Subject
from maroom.duties.vitals.presenter.orthostatic.form import LOWER, MINUTES, PULSE, UPPER, Form, Taken, name, taken
from maroom.duties.vitals.presenter.orthostatic.state import Cell, Line, Running
from maroom.duties.vitals.rules.ages import age_on
from maroom.duties.vitals.rules.found import ASKED
from maroom.duties.vitals.rules.judged import judged
from maroom.duties.vitals.rules.orthostatic import Change, Position, Series, Stage, series
from maroom.duties.vitals.rules.steps import Step, note, steps
from maroom.duties.vitals.rules.told import Circumstances


@dataclass(frozen=True)
class Around:
    """Whose it is, on which day, and since when the person lies or stands."""

    subject: Subject
    day: date
    rest: Running | None = None
    stood: Running | None = None

    def began(self, step: Step) -> datetime | None:
        running = self.stood if step.position is Position.STANDING else self.rest
        return running.started if running else None


def minutes_of(form: Form, step: Step, there: Taken) -> Decimal | None:
    """As typed, else as the clock told."""
    return form.minutes(step.key) if there.minutes is None else there.minutes


def result(form: Form, around: Around) -> Series | None:
    """Of the steps whose pressure is whole and possible."""
    stages = [stage for step in steps() if (stage := _stage(form, step, around))]
    return series(stages, age_on(around.day, around.subject.born) if around.subject.born else None)


def _stage(form: Form, step: Step, around: Around) -> Stage | None:
    there = taken(form, step)
    systolic, diastolic = (there.pressure.half(half) if there.pressure else None for half in HALVES)
    if systolic is None or diastolic is None or any(one.severity is Severity.REFUSED for one in _judged(there, step, around)):
        return None
    pulse = there.pulse.quantity.value if there.pulse and there.pulse.quantity else None
    return Stage(step.position, systolic.value, diastolic.value, pulse, minutes_of(form, step, there))


def found(form: Form, step: Step, around: Around) -> tuple[Finding, ...]:
    """About one step, by its own fields; what was said to be right is not asked again."""
    every = _judged(taken(form, step), step, around)
    return tuple(one for one in every if not (step.key in form.kept and one.code in ASKED))


def _judged(there: Taken, step: Step, around: Around) -> tuple[Finding, ...]:
    if there.unread:
        return there.unread
    values = [one for one in (there.pressure, there.pulse) if one]
    about = [one for value in values for one in judged(value, Circumstances(around.subject, around.day))]
    return tuple(replace(one, field=_field(step, one.field)) for one in sorted(about, key=_urgency))


def _field(step: Step, field: str) -> str:
    """`bp.systolic` is `lying.systolic` here, and a finding about the whole pressure stands at its upper half."""
    sign, _, half = field.partition(".")
    return name(step.key, PULSE if sign == PULSE else half or UPPER)


_ORDER = (Severity.REFUSED, Severity.CRITICAL, Severity.ASK, Severity.OK)


def _urgency(finding: Finding) -> int:
    return _ORDER.index(finding.severity)


def line(form: Form, step: Step, around: Around, series_: Series | None, *, held: bool) -> Line:
    """While it is typed in (`held`), nothing about it is refused or asked."""
    there, about = taken(form, step), found(form, step, around)
    if held:
        about = tuple(one for one in about if one.severity is not Severity.REFUSED and one.code not in ASKED)
    cells = {part: _cell(form, step, part, about) for part in (UPPER, LOWER, PULSE, MINUTES)}
    began, change = around.began(step), _change(form, step, around, series_)
    return Line(
        key=step.key,
        position=step.position,
        planned=step.minutes,
        systolic=cells[UPPER],
        diastolic=cells[LOWER],
        pulse=cells[PULSE],
        minutes=cells[MINUTES],
        counted=minutes_of(form, step, there),
        due=None if began is None or step.minutes is None else began + timedelta(minutes=step.minutes),
        change=change,
        fell=series_ is not None and change is not None and series_.fell(change),
        finding=next(iter(about), None),
        asks=next((one for one in about if one.code in ASKED), None),
        absent=form.absent.get(step.key, ""),
        symptom=form.symptom.get(step.key, ""),
    )


def _cell(form: Form, step: Step, part: str, about: Sequence[Finding]) -> Cell:
    field = name(step.key, part)
    return Cell(field, form.texts.get(field, ""), next((one.severity for one in about if one.field == field), ""))


def _change(form: Form, step: Step, around: Around, series_: Series | None) -> Change | None:
    stage = _stage(form, step, around)
    return next((one for one in series_.changes if one.stage == stage), None) if series_ else None


def measurements(form: Form) -> Iterator[Measurement]:
    """Of every step that was taken, or was not for a reason, with its position, its time and its minutes."""
    for step in steps():
        there = taken(form, step)
        at, kept = form.when(step.key), note(step.position, minutes_of(form, step, there))
        position = {"position": step.position.value}
        if there.pressure:
            how = {**form.how, **position, **_symptom(form, step)}
            yield replace(there.pressure, qualifiers=how, at=at, note=kept)
        if there.pulse:
            yield replace(
                there.pulse, qualifiers=position if there.pressure else {**position, **_symptom(form, step)}, at=at, note=kept
            )


def _symptom(form: Form, step: Step) -> Mapping[str, str]:
    return {"symptom": form.symptom[step.key]} if step.key in form.symptom else {}
