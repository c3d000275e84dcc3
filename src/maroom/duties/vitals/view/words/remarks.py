"""What is computed and told where there is nothing to find: short at the end of its row, and whole in the card at the side."""

from __future__ import annotations

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.presenter.state import Remark
from maroom.duties.vitals.rules.growth.tables import Standard
from maroom.duties.vitals.view.words.growth import standard
from maroom.duties.vitals.view.words.plain import tr

_CATEGORIES = {
    "underweight": QT_TRANSLATE_NOOP("Vitals", "underweight range"),
    "healthy": QT_TRANSLATE_NOOP("Vitals", "healthy range"),
    "overweight": QT_TRANSLATE_NOOP("Vitals", "overweight range"),
    "obesity_1": QT_TRANSLATE_NOOP("Vitals", "obesity range, class 1"),
    "obesity_2": QT_TRANSLATE_NOOP("Vitals", "obesity range, class 2"),
    "obesity_3": QT_TRANSLATE_NOOP("Vitals", "obesity range, class 3"),
}
_MISSING = {
    "breathing": QT_TRANSLATE_NOOP("Vitals", "breathing"),
    "spo2": QT_TRANSLATE_NOOP("Vitals", "oxygen"),
    "oxygen": QT_TRANSLATE_NOOP("Vitals", "air or oxygen"),
    "systolic": QT_TRANSLATE_NOOP("Vitals", "BP"),
    "pulse": QT_TRANSLATE_NOOP("Vitals", "pulse"),
    "alert": QT_TRANSLATE_NOOP("Vitals", "alertness"),
    "temperature": QT_TRANSLATE_NOOP("Vitals", "temperature"),
}
_REMARKS = {
    "missing": QT_TRANSLATE_NOOP("Vitals", "{count} of 7 missing"),
    "percentile": QT_TRANSLATE_NOOP("Vitals", "{value}, {standard}"),
    "bmi": QT_TRANSLATE_NOOP("Vitals", "BMI {value}"),
    "up": QT_TRANSLATE_NOOP("Vitals", "up {value}"),
    "down": QT_TRANSLATE_NOOP("Vitals", "down {value}"),
    "same": QT_TRANSLATE_NOOP("Vitals", "as last time"),
}


def remark(there: Remark) -> str:
    if there.code == "missing":
        return tr(_REMARKS["missing"]).format(count=len(there.value.split()))
    if there.code == "percentile":
        return tr(_REMARKS["percentile"]).format(value=there.value, standard=standard(Standard(there.unit)))
    value = there.value if there.code == "bmi" else f"{there.value} {there.unit}".rstrip()
    return tr(_REMARKS[there.code]).format(value=value)


def more(there: Remark) -> str:
    """The same in the card at the side, where a percentile is said by its chart."""
    if there.code == "missing":
        names = ", ".join(tr(_MISSING[part]) for part in there.value.split())
        return tr(QT_TRANSLATE_NOOP("Vitals", "missing: {names}")).format(names=names)
    category = tr(_CATEGORIES[there.unit]) if there.code == "bmi" and there.unit else ""
    return ", ".join(filter(None, (remark(there), category)))
