"""How signs, units and values are said."""

from __future__ import annotations

from typing import NamedTuple

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.model import Absent, Component, Sign, Why
from maroom.duties.vitals.presenter.state import Row
from maroom.duties.vitals.rules.asked import line
from maroom.duties.vitals.rules.counted import counts
from maroom.duties.vitals.rules.shown import Shown
from maroom.duties.vitals.rules.signs import symbol
from maroom.duties.vitals.view.words.plain import tr


class Named(NamedTuple):
    """A sign in its row, in the head of a card, and as a piece of a set's line."""

    row: str
    whole: str
    piece: str


_PLAIN = QT_TRANSLATE_NOOP("Vitals", "{value}")
_SIGNS = {
    Sign.BP: Named(
        QT_TRANSLATE_NOOP("Vitals", "BP"),
        QT_TRANSLATE_NOOP("Vitals", "Blood pressure"),
        QT_TRANSLATE_NOOP("Vitals", "BP {value}"),
    ),
    Sign.PULSE: Named(
        QT_TRANSLATE_NOOP("Vitals", "Pulse"), QT_TRANSLATE_NOOP("Vitals", "Pulse"), QT_TRANSLATE_NOOP("Vitals", "pulse {value}")
    ),
    Sign.BREATHING: Named(
        QT_TRANSLATE_NOOP("Vitals", "Breathing"),
        QT_TRANSLATE_NOOP("Vitals", "Breathing"),
        QT_TRANSLATE_NOOP("Vitals", "breaths {value}"),
    ),
    Sign.TEMPERATURE: Named(QT_TRANSLATE_NOOP("Vitals", "Temperature"), QT_TRANSLATE_NOOP("Vitals", "Temperature"), _PLAIN),
    Sign.SPO2: Named(
        QT_TRANSLATE_NOOP("Vitals", "Oxygen"),
        QT_TRANSLATE_NOOP("Vitals", "Oxygen saturation"),
        QT_TRANSLATE_NOOP("Vitals", "oxygen {value}"),
    ),
    Sign.WEIGHT: Named(QT_TRANSLATE_NOOP("Vitals", "Weight"), QT_TRANSLATE_NOOP("Vitals", "Weight"), _PLAIN),
    Sign.HEIGHT: Named(QT_TRANSLATE_NOOP("Vitals", "Height"), QT_TRANSLATE_NOOP("Vitals", "Height"), _PLAIN),
    Sign.LENGTH: Named(
        QT_TRANSLATE_NOOP("Vitals", "Length"),
        QT_TRANSLATE_NOOP("Vitals", "Length, lying"),
        QT_TRANSLATE_NOOP("Vitals", "length {value}"),
    ),
    Sign.HEAD: Named(
        QT_TRANSLATE_NOOP("Vitals", "Head"),
        QT_TRANSLATE_NOOP("Vitals", "Head circumference"),
        QT_TRANSLATE_NOOP("Vitals", "head {value}"),
    ),
    Sign.PAIN: Named(
        QT_TRANSLATE_NOOP("Vitals", "Pain"), QT_TRANSLATE_NOOP("Vitals", "Pain"), QT_TRANSLATE_NOOP("Vitals", "pain {value}")
    ),
    Sign.BMI: Named(
        QT_TRANSLATE_NOOP("Vitals", "BMI"),
        QT_TRANSLATE_NOOP("Vitals", "Body mass index"),
        QT_TRANSLATE_NOOP("Vitals", "BMI {value}"),
    ),
    Sign.WAIST: Named(
        QT_TRANSLATE_NOOP("Vitals", "Waist"), QT_TRANSLATE_NOOP("Vitals", "Waist"), QT_TRANSLATE_NOOP("Vitals", "waist {value}")
    ),
    Sign.PEAK_FLOW: Named(
        QT_TRANSLATE_NOOP("Vitals", "Peak flow"),
        QT_TRANSLATE_NOOP("Vitals", "Peak flow"),
        QT_TRANSLATE_NOOP("Vitals", "peak flow {value}"),
    ),
    Sign.LAST_PERIOD: Named(
        QT_TRANSLATE_NOOP("Vitals", "Last period"),
        QT_TRANSLATE_NOOP("Vitals", "Last period"),
        QT_TRANSLATE_NOOP("Vitals", "last period {value}"),
    ),
    Sign.BP_AVERAGE: Named(
        QT_TRANSLATE_NOOP("Vitals", "BP, mean"),
        QT_TRANSLATE_NOOP("Vitals", "Mean blood pressure"),
        QT_TRANSLATE_NOOP("Vitals", "mean BP {value}"),
    ),
    Sign.RHYTHM: Named(QT_TRANSLATE_NOOP("Vitals", "Rhythm"), QT_TRANSLATE_NOOP("Vitals", "Pulse rhythm"), _PLAIN),
    Sign.HEAD_PERCENTILE: Named(
        QT_TRANSLATE_NOOP("Vitals", "Head, place"),
        QT_TRANSLATE_NOOP("Vitals", "Percentile of the head"),
        QT_TRANSLATE_NOOP("Vitals", "head percentile {value}"),
    ),
    Sign.BMI_PERCENTILE: Named(
        QT_TRANSLATE_NOOP("Vitals", "BMI, place"),
        QT_TRANSLATE_NOOP("Vitals", "Percentile of the body mass index"),
        QT_TRANSLATE_NOOP("Vitals", "BMI percentile {value}"),
    ),
    Sign.WEIGHT_FOR_LENGTH_PERCENTILE: Named(
        QT_TRANSLATE_NOOP("Vitals", "Weight for length"),
        QT_TRANSLATE_NOOP("Vitals", "Percentile of the weight for length"),
        QT_TRANSLATE_NOOP("Vitals", "weight for length percentile {value}"),
    ),
    Sign.NEWS2: Named(
        QT_TRANSLATE_NOOP("Vitals", "NEWS2"), QT_TRANSLATE_NOOP("Vitals", "NEWS2"), QT_TRANSLATE_NOOP("Vitals", "NEWS2 {value}")
    ),
}
_UNITS = {"{score}": QT_TRANSLATE_NOOP("Vitals", "of 10"), "[in_i]": QT_TRANSLATE_NOOP("Vitals", "in")}


def sign(which: Sign) -> str:
    return tr(_named(which).row)


_AGAIN = {
    2: QT_TRANSLATE_NOOP("Vitals", "BP again"),
    3: QT_TRANSLATE_NOOP("Vitals", "BP, 3rd"),
    4: QT_TRANSLATE_NOOP("Vitals", "BP, 4th"),
}
_AGAIN_WHOLE = {
    2: QT_TRANSLATE_NOOP("Vitals", "BP, 2nd reading"),
    3: QT_TRANSLATE_NOOP("Vitals", "BP, 3rd reading"),
    4: QT_TRANSLATE_NOOP("Vitals", "BP, 4th reading"),
}
_PARTS = {
    Component.OXYGEN_FLOW: (
        QT_TRANSLATE_NOOP("Vitals", "O2 flow"),
        QT_TRANSLATE_NOOP("Vitals", "Oxygen given, flow"),
        QT_TRANSLATE_NOOP("Vitals", "oxygen {value}"),
    ),
    Component.OXYGEN_SHARE: (
        QT_TRANSLATE_NOOP("Vitals", "O2 share"),
        QT_TRANSLATE_NOOP("Vitals", "Oxygen given, share"),
        QT_TRANSLATE_NOOP("Vitals", "oxygen share {value}"),
    ),
}


def row_name(row: Row) -> str:
    """At the beginning of its row."""
    if row.part:
        return tr(_PARTS[row.part][0])
    return tr(_AGAIN[row.number]) if row.number > 1 else sign(row.sign)


def row_whole(row: Row) -> str:
    """In the head of a card, and spoken."""
    if row.part:
        return tr(_PARTS[row.part][1])
    return tr(_AGAIN_WHOLE[row.number]) if row.number > 1 else whole(row.sign)


def key_whole(key: str) -> str:
    """A row that can be asked for."""
    of = line(key)
    number = int(key.rpartition("#")[2]) if "#" in key else 1
    return tr(_AGAIN_WHOLE[number]) if number > 1 else whole(of.sign)


def part_piece(value: Shown, part: Component) -> str:
    """Oxygen that is given, with as much of its name as it needs."""
    return tr(_PARTS[part][2]).format(value=value)


def whole(which: Sign) -> str:
    return tr(_named(which).whole)


def _named(which: Sign) -> Named:
    plain = which.value.replace("_", " ")
    return _SIGNS.get(which, Named(plain, plain, f"{plain} {{value}}"))


def hint(which: Sign) -> str:
    """How a value is typed that is no number."""
    return tr(QT_TRANSLATE_NOOP("Vitals", "3 Nov")) if which is Sign.LAST_PERIOD else ""


def unit(ucum: str, of: Sign) -> str:
    if of is Sign.NEWS2:
        return tr(QT_TRANSLATE_NOOP("Vitals", "of 20"))
    if ucum in counts(of):
        return tr(QT_TRANSLATE_NOOP("Vitals", "in {span}")).format(span=ucum)
    if (of, ucum) == (Sign.HEIGHT, "[in_i]"):
        return tr(QT_TRANSLATE_NOOP("Vitals", "ft in"))
    return tr(_UNITS[ucum]) if ucum in _UNITS else symbol(ucum)


_WHY = {
    Why.DECLINED: QT_TRANSLATE_NOOP("Vitals", "declined"),
    Why.NOT_DONE: QT_TRANSLATE_NOOP("Vitals", "not done"),
    Why.NOT_OBTAINED: QT_TRANSLATE_NOOP("Vitals", "could not obtain"),
    Why.NOT_APPLICABLE: QT_TRANSLATE_NOOP("Vitals", "not applicable"),
}


def why(reason: Why | str) -> str:
    return tr(_WHY[Why(reason)]) if reason in set(Why) else reason


def absent(there: Absent) -> str:
    return there.text or why(there.why)


_PERCENTILES = (Sign.HEAD_PERCENTILE, Sign.BMI_PERCENTILE, Sign.WEIGHT_FOR_LENGTH_PERCENTILE)
_BARE = (Sign.BP, Sign.BP_AVERAGE, Sign.PULSE, Sign.BREATHING, Sign.PAIN, Sign.BMI, *_PERCENTILES)
"""signs whose unit nobody says"""


def said(value: Shown | Absent, of: Sign) -> str:
    """The value, or why there is none."""
    if isinstance(value, Absent):
        return absent(value)
    if of is Sign.RHYTHM:
        return value.text[:1].lower() + value.text[1:]
    return value.text if of in _BARE or value.unit == "ft in" else str(value)


def beside(other: Shown) -> str:
    """A value in the other system: feet and inches say their own units."""
    return other.text if other.unit == "ft in" else str(other)


def piece(value: Shown | Absent, of: Sign) -> str:
    """The value with as much of the sign's name as it needs to be understood."""
    return tr(_named(of).piece).format(value=said(value, of))
