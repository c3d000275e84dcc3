"""How findings are said: short at the end of their row, and long beside the large figure, with what to do next."""

from __future__ import annotations

from maroom.core.findings import Finding
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.model import Sign
from maroom.duties.vitals.presenter.state import Mean
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.growth.flags import GrowthFound
from maroom.duties.vitals.rules.guides import Band, Line
from maroom.duties.vitals.rules.shown import short
from maroom.duties.vitals.rules.signs import symbol
from maroom.duties.vitals.rules.slips import Slip
from maroom.duties.vitals.rules.weight_changes import WeightFound
from maroom.duties.vitals.view.words import growth, weight
from maroom.duties.vitals.view.words.plain import tr

_FOUND = {
    Found.NO_NUMBER: (
        QT_TRANSLATE_NOOP("Vitals", "not a number"),
        QT_TRANSLATE_NOOP("Vitals", "This cannot be read as a number. Type it again."),
    ),
    Found.NO_DAY: (
        QT_TRANSLATE_NOOP("Vitals", "not a day"),
        QT_TRANSLATE_NOOP("Vitals", "Type the day like 3 Nov or 11/3."),
    ),
    Found.NO_TIME: (
        QT_TRANSLATE_NOOP("Vitals", "not a time"),
        QT_TRANSLATE_NOOP("Vitals", "Type the time like 9:15 or 2:30 pm."),
    ),
    Found.NOT_WHOLE: (
        QT_TRANSLATE_NOOP("Vitals", "whole number"),
        QT_TRANSLATE_NOOP("Vitals", "This is taken in whole numbers."),
    ),
    Found.TOO_FINE: (
        QT_TRANSLATE_NOOP("Vitals", "too many digits"),
        QT_TRANSLATE_NOOP("Vitals", "No more than three digits after the point."),
    ),
    Found.OTHER_UNIT: (
        QT_TRANSLATE_NOOP("Vitals", "other unit?"),
        QT_TRANSLATE_NOOP("Vitals", "This is not taken in that unit."),
    ),
    Found.OUNCES: (
        QT_TRANSLATE_NOOP("Vitals", "16 oz = 1 lb"),
        QT_TRANSLATE_NOOP("Vitals", "16 ounces are a pound: type one pound more."),
    ),
    Found.INCHES: (
        QT_TRANSLATE_NOOP("Vitals", "12 in = 1 ft"),
        QT_TRANSLATE_NOOP("Vitals", "12 inches are a foot: type one foot more."),
    ),
    Found.RUN_TOGETHER: (
        QT_TRANSLATE_NOOP("Vitals", "120/80?"),
        QT_TRANSLATE_NOOP("Vitals", "Type the upper number, then / and the lower one."),
    ),
    Found.HALF_MISSING: (
        QT_TRANSLATE_NOOP("Vitals", "half missing"),
        QT_TRANSLATE_NOOP("Vitals", "Type the other number, or say why it was not taken."),
    ),
    Found.TOO_LOW: (
        QT_TRANSLATE_NOOP("Vitals", "least {limit}"),
        QT_TRANSLATE_NOOP("Vitals", "This cannot be: the least is {limit}. Look at it again."),
    ),
    Found.TOO_HIGH: (
        QT_TRANSLATE_NOOP("Vitals", "most {limit}"),
        QT_TRANSLATE_NOOP("Vitals", "This cannot be: the most is {limit}. Look at it again."),
    ),
    Found.UNIT_SLIP: (
        QT_TRANSLATE_NOOP("Vitals", "in {unit}?"),
        QT_TRANSLATE_NOOP("Vitals", "This would be possible in {unit}. Change the unit, or type it again."),
    ),
    Found.POUNDS: (
        QT_TRANSLATE_NOOP("Vitals", "= {limit}"),
        QT_TRANSLATE_NOOP("Vitals", "{detail} is {limit}: switch the scale to kg. Under 18 years only kg and g are taken."),
    ),
    Found.REVERSED: (
        QT_TRANSLATE_NOOP("Vitals", "{detail}?"),
        QT_TRANSLATE_NOOP("Vitals", "The upper number must be the larger one: {detail}?"),
    ),
    Found.EQUAL: (
        QT_TRANSLATE_NOOP("Vitals", "both the same"),
        QT_TRANSLATE_NOOP("Vitals", "The two numbers cannot be the same. Take it again."),
    ),
    Found.FAR_APART: (
        QT_TRANSLATE_NOOP("Vitals", "too far apart"),
        QT_TRANSLATE_NOOP("Vitals", "These two numbers cannot belong together. Take it again."),
    ),
    Found.UNUSUALLY_LOW: (
        QT_TRANSLATE_NOOP("Vitals", "low?"),
        QT_TRANSLATE_NOOP("Vitals", "Under {limit} is unusual at this age. Look again: is it right?"),
    ),
    Found.UNUSUALLY_HIGH: (
        QT_TRANSLATE_NOOP("Vitals", "high?"),
        QT_TRANSLATE_NOOP("Vitals", "Over {limit} is unusual at this age. Look again: is it right?"),
    ),
    Found.UNUSUALLY_CLOSE: (
        QT_TRANSLATE_NOOP("Vitals", "near?"),
        QT_TRANSLATE_NOOP("Vitals", "The two numbers are unusually close. Look again: is it right?"),
    ),
    Found.UNUSUALLY_APART: (
        QT_TRANSLATE_NOOP("Vitals", "wide?"),
        QT_TRANSLATE_NOOP("Vitals", "The two numbers are unusually far apart. Look again: is it right?"),
    ),
    Found.UNITS_SWAPPED: (
        QT_TRANSLATE_NOOP("Vitals", "unit?"),
        QT_TRANSLATE_NOOP("Vitals", "Against the last weight this looks like {unit}. Look again: is it right?"),
    ),
    Found.WEIGHT_CHANGED: (
        QT_TRANSLATE_NOOP("Vitals", "gain?"),
        QT_TRANSLATE_NOOP("Vitals", "{limit} since the last weight. Look again: is it right?"),
    ),
    Found.SEVERE: (
        QT_TRANSLATE_NOOP("Vitals", "severe range"),
        QT_TRANSLATE_NOOP("Vitals", "Check cuff and position, take it again at once, and tell the clinician now."),
    ),
    Found.STAGE_2: (
        QT_TRANSLATE_NOOP("Vitals", "stage 2 range"),
        QT_TRANSLATE_NOOP("Vitals", "Take it again after a minute or more of rest, and tell the clinician."),
    ),
    Found.STAGE_1: (
        QT_TRANSLATE_NOOP("Vitals", "stage 1 range"),
        QT_TRANSLATE_NOOP("Vitals", "Take it again after a minute or more of rest, and tell the clinician."),
    ),
    Found.ELEVATED: (QT_TRANSLATE_NOOP("Vitals", "elevated"), ""),
    Found.NORMAL: (QT_TRANSLATE_NOOP("Vitals", "usual"), ""),
    Found.PREGNANT_SEVERE: (
        QT_TRANSLATE_NOOP("Vitals", "severe, pregnant"),
        QT_TRANSLATE_NOOP("Vitals", "Severe range in pregnancy: an emergency. Tell the clinician now."),
    ),
    Found.PREGNANT_HIGH: (
        QT_TRANSLATE_NOOP("Vitals", "high, pregnant"),
        QT_TRANSLATE_NOOP("Vitals", "High in pregnancy. Ask about headache and sight, and tell the clinician now."),
    ),
    Found.SPARED_ARM: (
        QT_TRANSLATE_NOOP("Vitals", "not this arm?"),
        QT_TRANSLATE_NOOP("Vitals", "Problem list: {detail}. Take it on the other arm; or was it taken here all the same?"),
    ),
    Found.LOW_PRESSURE: (
        QT_TRANSLATE_NOOP("Vitals", "low"),
        QT_TRANSLATE_NOOP("Vitals", "Ask how the patient feels, take it again, and tell the clinician."),
    ),
    Found.CHILD_HIGH: (
        QT_TRANSLATE_NOOP("Vitals", "high for age"),
        QT_TRANSLATE_NOOP("Vitals", "Take it twice more on the right arm, and tell the clinician."),
    ),
    Found.CHILD_LOW: (
        QT_TRANSLATE_NOOP("Vitals", "low for age"),
        QT_TRANSLATE_NOOP("Vitals", "Under {limit} at this age. Take it again, and tell the clinician now."),
    ),
    Found.BELOW_USUAL: (
        QT_TRANSLATE_NOOP("Vitals", "under {number}"),
        QT_TRANSLATE_NOOP("Vitals", "Usual at this age is {limit} or more. Count again."),
    ),
    Found.ABOVE_USUAL: (
        QT_TRANSLATE_NOOP("Vitals", "over {number}"),
        QT_TRANSLATE_NOOP("Vitals", "Usual at this age is {limit} or less. Count again."),
    ),
    Found.FEVER: (
        QT_TRANSLATE_NOOP("Vitals", "fever"),
        QT_TRANSLATE_NOOP("Vitals", "Fever for this site. Tell the clinician."),
    ),
    Found.HIGH_FEVER: (QT_TRANSLATE_NOOP("Vitals", "high fever"), QT_TRANSLATE_NOOP("Vitals", "Tell the clinician now.")),
    Found.INFANT_FEVER: (
        QT_TRANSLATE_NOOP("Vitals", "infant fever"),
        QT_TRANSLATE_NOOP("Vitals", "Fever in a young infant. Tell the clinician at once; confirm in the rectum."),
    ),
    Found.INFANT_COLD: (
        QT_TRANSLATE_NOOP("Vitals", "infant cold"),
        QT_TRANSLATE_NOOP("Vitals", "A cold young infant. Tell the clinician at once; confirm in the rectum."),
    ),
    Found.COLD: (
        QT_TRANSLATE_NOOP("Vitals", "cold"),
        QT_TRANSLATE_NOOP("Vitals", "Take it again at another site, and tell the clinician."),
    ),
    Found.LOW_OXYGEN: (
        QT_TRANSLATE_NOOP("Vitals", "low"),
        QT_TRANSLATE_NOOP("Vitals", "Warm the hand, take off polish, try again; tell the clinician."),
    ),
    Found.VERY_LOW_OXYGEN: (
        QT_TRANSLATE_NOOP("Vitals", "very low"),
        QT_TRANSLATE_NOOP("Vitals", "Tell the clinician now. Oxygen only by standing order."),
    ),
    Found.SEVERE_PAIN: (QT_TRANSLATE_NOOP("Vitals", "severe"), QT_TRANSLATE_NOOP("Vitals", "Tell the clinician.")),
    Found.USUAL: (QT_TRANSLATE_NOOP("Vitals", "usual"), ""),
    Found.NEWS_LOW: (QT_TRANSLATE_NOOP("Vitals", "{number}, low"), ""),
    Found.NEWS_LOW_MEDIUM: (
        QT_TRANSLATE_NOOP("Vitals", "{number}, one of 3"),
        QT_TRANSLATE_NOOP("Vitals", "One of the seven has three points: urgent review by the clinician."),
    ),
    Found.NEWS_MEDIUM: (
        QT_TRANSLATE_NOOP("Vitals", "{number}, medium"),
        QT_TRANSLATE_NOOP("Vitals", "Urgent: the clinician sees the patient now."),
    ),
    Found.NEWS_HIGH: (
        QT_TRANSLATE_NOOP("Vitals", "{number}, high"),
        QT_TRANSLATE_NOOP("Vitals", "Emergency: tell the clinician now."),
    ),
    Found.FUTURE: (
        QT_TRANSLATE_NOOP("Vitals", "still to come"),
        QT_TRANSLATE_NOOP("Vitals", "This is still to come. Nothing is charted ahead of its time."),
    ),
    Found.BEFORE_BIRTH: (
        QT_TRANSLATE_NOOP("Vitals", "before birth"),
        QT_TRANSLATE_NOOP("Vitals", "This is before the patient was born. Look at it again."),
    ),
    Found.LATE: (
        QT_TRANSLATE_NOOP("Vitals", "entered late"),
        QT_TRANSLATE_NOOP("Vitals", "More than a day ago: it is charted as entered late."),
    ),
    Found.LONG_AGO: (
        QT_TRANSLATE_NOOP("Vitals", "long ago?"),
        QT_TRANSLATE_NOOP("Vitals", "More than a year ago. Look again: is it right?"),
    ),
}


_GROWTH, _WEIGHT = frozenset(GrowthFound), frozenset(WeightFound)
_LOSS = QT_TRANSLATE_NOOP("Vitals", "loss?")


def finding(found: Finding) -> str:
    """In its row."""
    if found.code in _GROWTH:
        return growth.finding(found)
    if found.code in _WEIGHT:
        return weight.finding(found)
    if found.code == Found.WEIGHT_CHANGED and found.limit is not None and found.limit < 0:
        return tr(_LOSS)
    return _filled(_FOUND[Found(found.code)][0], found)


def advice(found: Finding) -> str:
    """What it means and what to do next; empty where there is nothing to do."""
    if found.code in _GROWTH:
        return growth.advice(found)
    if found.code in _WEIGHT:
        return weight.advice(found)
    return _filled(_FOUND[Found(found.code)][1], found) if _FOUND[Found(found.code)][1] else ""


_TAKEN_AGAIN = frozenset({Found.STAGE_1, Found.STAGE_2, Found.CHILD_HIGH})


def advice_on(found: Finding, mean: Mean | None) -> str:
    """What to do next; a pressure that was taken again already is told."""
    if mean and found.code in _TAKEN_AGAIN:
        words = tr(QT_TRANSLATE_NOOP("Vitals", "Taken {count} times, on the mean {value}: tell the clinician."))
        return words.format(count=mean.count, value=mean.text)
    return advice(found)


def _filled(words: str, found: Finding) -> str:
    number = short(found.limit) if found.limit is not None else ""
    if found.code == Found.WEIGHT_CHANGED and found.limit is not None:
        number = f"{found.limit:+}"
    limit = f"{number} {symbol(found.unit)}".rstrip()
    return tr(words).format(limit=limit, number=number, unit=symbol(found.unit), detail=found.detail)


def slip(meant: Slip, of: Sign) -> str:
    """What was probably meant, on the button that takes it."""
    return tr(QT_TRANSLATE_NOOP("Vitals", "{value}?")).format(value=_meant(meant, of))


def did_you_mean(meant: Slip, of: Sign) -> str:
    return tr(QT_TRANSLATE_NOOP("Vitals", "Did you mean {value}? Alt+Y takes it.")).format(value=_meant(meant, of))


def _meant(meant: Slip, of: Sign) -> str:
    unit = "" if of is Sign.BP or not meant.suggested_text[-1:].isdigit() else symbol(meant.suggested_unit)
    return f"{meant.suggested_text} {unit}".rstrip()


# the trend


def from_limit(line: Line) -> str:
    return tr(QT_TRANSLATE_NOOP("Vitals", "{what} from {limit}")).format(
        what=tr(_FOUND[line.code][0]).removesuffix(" range"), limit=short(line.at)
    )


_BANDS = {
    "": QT_TRANSLATE_NOOP("Vitals", "usual"),
    "upper": QT_TRANSLATE_NOOP("Vitals", "usual, upper"),
    "lower": QT_TRANSLATE_NOOP("Vitals", "usual, lower"),
}


def band(which: Band) -> str:
    return tr(_BANDS[which.of])
