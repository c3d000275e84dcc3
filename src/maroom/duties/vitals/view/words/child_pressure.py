"""How a child's pressure is said: among children of its sex, age and height. A range, not a diagnosis."""

from __future__ import annotations

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.rules.child_pressure import ChildPressure
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.growth.words import percentile_words
from maroom.duties.vitals.view.words.plain import tr

_AGAIN = QT_TRANSLATE_NOOP("Vitals", "Take it twice more on the right arm, average them, and tell the clinician.")
_FOUND = {
    Found.STAGE_2: (QT_TRANSLATE_NOOP("Vitals", "stage 2 for age"), _AGAIN),
    Found.STAGE_1: (QT_TRANSLATE_NOOP("Vitals", "stage 1 for age"), _AGAIN),
    Found.ELEVATED: (QT_TRANSLATE_NOOP("Vitals", "elevated for age"), _AGAIN),
    Found.NORMAL: (QT_TRANSLATE_NOOP("Vitals", "usual for age"), ""),
}


def finding(pressure: ChildPressure) -> str:
    return tr(_FOUND[pressure.name][0])


def advice(pressure: ChildPressure) -> str:
    """Where it stands, for which height, and what to do next."""
    doing = _FOUND[pressure.name][1]
    parts = [_place(pressure), _height(pressure), tr(doing) if doing else ""]
    return " ".join(part for part in parts if part)


def _place(pressure: ChildPressure) -> str:
    reached = max(among.reached for among in pressure.halves.values())
    if not reached:
        return tr(QT_TRANSLATE_NOOP("Vitals", "Under the middle of children of this age and height."))
    words = tr(QT_TRANSLATE_NOOP("Vitals", "At or above the {percentile} percentile for sex, age and height."))
    return words.format(percentile=percentile_words(reached))


def _height(pressure: ChildPressure) -> str:
    if not pressure.beyond:
        return ""
    words = tr(QT_TRANSLATE_NOOP("Vitals", "Beyond the heights of the table: held against its {percentile} percentile."))
    return words.format(percentile=percentile_words(pressure.height))
