"""What is typed of a series and when, and what it says. This, and nothing else, is what a draft keeps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from maroom.core.clock import Moment
from maroom.core.findings import Finding, Severity
from maroom.core.ids import new_id
from maroom.core.quantity import Quantity, parse_number
from maroom.duties.vitals.model import HALVES, Absent, Component, Measurement, Sign, Why
from maroom.duties.vitals.rules import entry
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.signs import scale
from maroom.duties.vitals.rules.steps import Step

UPPER, LOWER, PULSE, MINUTES = "systolic", "diastolic", "pulse", "minutes"
_VALUES = (UPPER, LOWER, PULSE)
MOST_MINUTES = 60


def name(step: str, part: str) -> str:
    return f"{step}.{part}"


def step_of(field_name: str) -> str:
    return field_name.partition(".")[0]


@dataclass(frozen=True)
class Form:
    """`set_id` is that of the set it becomes. Texts are by field. By step: `at`, when the first of its numbers was typed (ISO),
    `counted`, the minutes that the clock told then, absences and symptoms. `how` is told once for all; `kept` are the steps
    whose unusual values were said to be right."""

    set_id: str = field(default_factory=new_id)
    texts: dict[str, str] = field(default_factory=dict[str, str])
    at: dict[str, str] = field(default_factory=dict[str, str])
    counted: dict[str, str] = field(default_factory=dict[str, str])
    absent: dict[str, str] = field(default_factory=dict[str, str])
    symptom: dict[str, str] = field(default_factory=dict[str, str])
    how: dict[str, str] = field(default_factory=dict[str, str])
    kept: tuple[str, ...] = ()

    @property
    def has_values(self) -> bool:
        return bool(self.at) or bool(self.absent)

    @property
    def is_empty(self) -> bool:
        return not (any(self.texts.values()) or self.absent or self.symptom or self.how)

    def typed(self, field_name: str, text: str, now: Moment, minutes: Decimal | None) -> Form:
        """The time of a step, and `minutes` by the clock, are those of its first number; they go with the last one."""
        step = step_of(field_name)
        texts = {**self.texts, field_name: text}
        at, counted = _told(self.at, step, ""), _told(self.counted, step, "")
        if any(texts.get(name(step, part), "").strip() for part in _VALUES):
            first = step not in self.at
            at[step] = now.iso() if first else self.at[step]
            counted[step] = ("" if minutes is None else str(minutes)) if first else self.counted.get(step, "")
        absent = _told(self.absent, step, "") if text.strip() else self.absent
        return replace(self, texts=texts, at=at, counted=counted, absent=absent, kept=_without(self.kept, step))

    def not_taken(self, step: str, why: str) -> Form:
        """An empty reason takes the absence back."""
        absent = _told(self.absent, step, why)
        if not why:
            return replace(self, absent=absent)
        texts = {key: text for key, text in self.texts.items() if step_of(key) != step}
        at, counted = _told(self.at, step, ""), _told(self.counted, step, "")
        return replace(self, texts=texts, at=at, counted=counted, absent=absent, kept=_without(self.kept, step))

    def with_symptom(self, step: str, word: str) -> Form:
        return replace(self, symptom=_told(self.symptom, step, word))

    def qualified(self, qualifier: str, word: str) -> Form:
        return replace(self, how=_told(self.how, qualifier, word))

    def right(self, step: str) -> Form:
        return replace(self, kept=(*_without(self.kept, step), step))

    def minutes(self, step: str) -> Decimal | None:
        """By the clock."""
        counted = self.counted.get(step, "")
        return Decimal(counted) if counted else None

    def when(self, step: str) -> Moment | None:
        return Moment.parse(self.at[step]) if step in self.at else None


def _told(words: dict[str, str], key: str, word: str) -> dict[str, str]:
    return {**{one: other for one, other in words.items() if one != key}, **({key: word} if word else {})}


def _without(kept: tuple[str, ...], step: str) -> tuple[str, ...]:
    return tuple(one for one in kept if one != step)


@dataclass(frozen=True)
class Taken:
    """What stands in one step; `minutes` only as typed. `unread`: why what was typed is no value, by its own field."""

    pressure: Measurement | None = None
    pulse: Measurement | None = None
    minutes: Decimal | None = None
    unread: tuple[Finding, ...] = ()


def taken(form: Form, step: Step) -> Taken:
    if step.key in form.absent:
        return Taken(Measurement(Sign.BP, Absent(Why(form.absent[step.key]))))
    halves = {half: _number(form, step, half.value, Sign.BP, half) for half in HALVES}
    pulse, minutes = _number(form, step, PULSE, Sign.PULSE), _minutes(form, step)
    unread = [one for one in (*halves.values(), pulse, minutes) if isinstance(one, Finding)]
    parts: dict[Component, Quantity | Absent] = {half: one for half, one in halves.items() if isinstance(one, Quantity)}
    return Taken(
        Measurement(Sign.BP, parts=parts) if parts else None,
        Measurement(Sign.PULSE, pulse) if isinstance(pulse, Quantity) else None,
        minutes if isinstance(minutes, Decimal) else None,
        tuple(unread),
    )


def _number(form: Form, step: Step, part: str, sign: Sign, half: Component | None = None) -> Quantity | Finding | None:
    text = form.texts.get(name(step.key, part), "").strip()
    if not text:
        return None
    unit = scale(sign, half).units[0]
    found = Found.RUN_TOGETHER if half and entry.runs_together(text) else entry.read(text, sign, unit, half)
    return _unread(step, part, found, unit) if isinstance(found, Found) else found


def _minutes(form: Form, step: Step) -> Decimal | Finding | None:
    text = form.texts.get(name(step.key, MINUTES), "").strip()
    if not text:
        return None
    minutes = parse_number(text)
    if minutes is None:
        return _unread(step, MINUTES, Found.NO_NUMBER, "min")
    if minutes > MOST_MINUTES:
        return Finding(name(step.key, MINUTES), Found.TOO_HIGH, Severity.REFUSED, Decimal(MOST_MINUTES), "min")
    return minutes


def _unread(step: Step, part: str, found: Found, unit: str) -> Finding:
    return Finding(name(step.key, part), found, Severity.REFUSED, unit=unit)
