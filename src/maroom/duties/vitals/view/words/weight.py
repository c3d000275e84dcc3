"""How a change of weight is said that the clinician should see."""

from __future__ import annotations

from maroom.core.findings import Finding
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.rules.shown import short
from maroom.duties.vitals.rules.signs import symbol
from maroom.duties.vitals.rules.weight_changes import WeightFound
from maroom.duties.vitals.view.words.plain import tr

_FOUND = {
    WeightFound.NEWBORN_LOSS: (
        QT_TRANSLATE_NOOP("Vitals", "lost {change} %"),
        QT_TRANSLATE_NOOP("Vitals", "{change} % below the weight at birth. Weigh again, and tell the clinician now."),
    ),
    WeightFound.NOT_REGAINED: (
        QT_TRANSLATE_NOOP("Vitals", "below birth"),
        QT_TRANSLATE_NOOP("Vitals", "Not back at the weight at birth yet ({change} % below). Tell the clinician now."),
    ),
    WeightFound.INFANT_NO_GAIN: (
        QT_TRANSLATE_NOOP("Vitals", "gain {change} g/d"),
        QT_TRANSLATE_NOOP("Vitals", "Gains {change} g a day; under {number} is little at this age. Show it to the clinician."),
    ),
    WeightFound.HEART_FAILURE_GAIN: (
        QT_TRANSLATE_NOOP("Vitals", "up {change} lb"),
        QT_TRANSLATE_NOOP("Vitals", "Up {change} lb within {days}, with heart failure on the list. Ask for swelling and short "
                                    "breath; tell the clinician."),
    ),
    WeightFound.LOSS: (
        QT_TRANSLATE_NOOP("Vitals", "lost {change} %"),
        QT_TRANSLATE_NOOP("Vitals", "Lost {change} % within {days}. Ask whether it was meant, and show it to the clinician."),
    ),
}  # fmt: skip


def finding(found: Finding) -> str:
    return _filled(_FOUND[WeightFound(found.code)][0], found)


def advice(found: Finding) -> str:
    return _filled(_FOUND[WeightFound(found.code)][1], found)


def _filled(words: str, found: Finding) -> str:
    """`detail` is the change, and behind it the span where there is one: `5.2 30d`."""
    change, _, span = found.detail.partition(" ")
    number = short(found.limit) if found.limit is not None else ""
    return tr(words).format(change=_true(change), days=_days(span), number=number, unit=symbol(found.unit))


def _true(number: str) -> str:
    return number.replace("-", "−")


def _days(span: str) -> str:
    days = span.removesuffix("d")
    if days == "1":
        return tr(QT_TRANSLATE_NOOP("Vitals", "a day"))
    return tr(QT_TRANSLATE_NOOP("Vitals", "{days} days")).format(days=days)
