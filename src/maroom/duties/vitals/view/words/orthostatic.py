"""How a series lying, sitting and standing is said: its steps, its drops, what they come to and what to do."""

from __future__ import annotations

from decimal import Decimal

from maroom.core.findings import Finding
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.presenter.orthostatic.state import Line
from maroom.duties.vitals.rules.orthostatic import Change, OrthostaticFound, Position
from maroom.duties.vitals.rules.shown import short
from maroom.duties.vitals.rules.signs import symbol
from maroom.duties.vitals.view.words.plain import tr

_FOUND = {
    OrthostaticFound.INITIAL_DROP: (
        QT_TRANSLATE_NOOP("Vitals", "drop at once, {detail}"),
        QT_TRANSLATE_NOOP(
            "Vitals", "Fell by {detail} mmHg within seconds of standing. Let the patient sit; tell the clinician."
        ),
    ),
    OrthostaticFound.DROP: (
        QT_TRANSLATE_NOOP("Vitals", "drop of {detail}"),
        QT_TRANSLATE_NOOP("Vitals", "Fell by {detail} mmHg after standing up. Let the patient sit; tell the clinician."),
    ),
    OrthostaticFound.STANDING_LOW: (
        QT_TRANSLATE_NOOP("Vitals", "under {number} standing"),
        QT_TRANSLATE_NOOP("Vitals", "The upper number is under {limit} standing. Let the patient sit; tell the clinician now."),
    ),
    OrthostaticFound.PULSE_RISE: (
        QT_TRANSLATE_NOOP("Vitals", "pulse up {detail}"),
        QT_TRANSLATE_NOOP("Vitals", "The pulse rose by {detail} without a drop; {limit} or more is told to the clinician."),
    ),
    OrthostaticFound.MINUTES_UNKNOWN: (
        QT_TRANSLATE_NOOP("Vitals", "minutes?"),
        QT_TRANSLATE_NOOP("Vitals", "It fell, but nobody said how long after standing up. Type the minutes."),
    ),
}
_POSITIONS = {
    Position.LYING: QT_TRANSLATE_NOOP("Vitals", "Lying"),
    Position.SITTING: QT_TRANSLATE_NOOP("Vitals", "Sitting"),
    Position.STANDING: QT_TRANSLATE_NOOP("Vitals", "Standing"),
}
_SYMPTOMS = {
    "none": QT_TRANSLATE_NOOP("Vitals", "no symptoms"),
    "dizzy": QT_TRANSLATE_NOOP("Vitals", "dizzy"),
    "faint": QT_TRANSLATE_NOOP("Vitals", "nearly fainted"),
    "unsteady": QT_TRANSLATE_NOOP("Vitals", "unsteady"),
    "chest_pain": QT_TRANSLATE_NOOP("Vitals", "chest pain"),
}


def finding(found: Finding) -> str:
    return _filled(_FOUND[OrthostaticFound(found.code)][0], found)


def advice(found: Finding) -> str:
    return _filled(_FOUND[OrthostaticFound(found.code)][1], found)


def _filled(words: str, found: Finding) -> str:
    number = short(found.limit) if found.limit is not None else ""
    return tr(words).format(number=number, limit=f"{number} {symbol(found.unit)}".rstrip(), detail=found.detail)


def position(which: Position) -> str:
    return tr(_POSITIONS[which])


def when(line: Line) -> str:
    """Below the name of its step: when it is to be taken."""
    if line.planned is None:
        return tr(QT_TRANSLATE_NOOP("Vitals", "if wanted"))
    if line.position is Position.STANDING:
        return tr(QT_TRANSLATE_NOOP("Vitals", "after {minutes} min")).format(minutes=line.planned)
    return tr(QT_TRANSLATE_NOOP("Vitals", "{minutes} min of rest")).format(minutes=line.planned)


def step(line: Line) -> str:
    """`Standing, after 1 min`: a whole step, spoken."""
    return f"{position(line.position)}, {when(line)}"


def minutes(counted: Decimal) -> str:
    return tr(QT_TRANSLATE_NOOP("Vitals", "{minutes} min")).format(minutes=short(counted))


def change(of: Change) -> str:
    """From the reading lying: `−22/−8, pulse +14`."""
    pressure = f"{_signed(-of.systolic)}/{_signed(-of.diastolic)}"
    if of.pulse is None:
        return pressure
    return tr(QT_TRANSLATE_NOOP("Vitals", "{pressure}, pulse {pulse}")).format(pressure=pressure, pulse=_signed(of.pulse))


def _signed(number: Decimal) -> str:
    """With a true minus; nothing moved is `±0`."""
    sign = "±" if not number else "−" if number < 0 else "+"
    return f"{sign}{short(abs(number))}"


def symptom(word: str) -> str:
    return tr(_SYMPTOMS[word]) if word in _SYMPTOMS else word


def verdict(positive: bool | None) -> str:
    """What the series comes to, where nothing more is to be told; empty until somebody stood."""
    if positive is None:
        return ""
    yes, no = QT_TRANSLATE_NOOP("Vitals", "drop on standing"), QT_TRANSLATE_NOOP("Vitals", "no drop on standing")
    return tr(yes if positive else no)
