"""How growth is said: percentiles, charts, what is remarkable about a place on them, and what was assumed to place it."""

from __future__ import annotations

from decimal import Decimal

from maroom.core.findings import Finding
from maroom.core.quantity import rounded
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.rules.growth.figures import Measure
from maroom.duties.vitals.rules.growth.flags import GrowthFound
from maroom.duties.vitals.rules.growth.mass import ChildMass
from maroom.duties.vitals.rules.growth.places import Assumed, NoPlace, Place
from maroom.duties.vitals.rules.growth.tables import Standard
from maroom.duties.vitals.rules.growth.words import percentile_words
from maroom.duties.vitals.rules.shown import plain, short
from maroom.duties.vitals.rules.signs import symbol
from maroom.duties.vitals.view.words.plain import tr

_FOUND = {
    GrowthFound.EXTREME: (
        QT_TRANSLATE_NOOP("Vitals", "re-measure?"),
        QT_TRANSLATE_NOOP("Vitals", "Hardly a child of this age is there. Measure again: is it right?"),
    ),
    GrowthFound.SHRUNK: (
        QT_TRANSLATE_NOOP("Vitals", "less than last?"),
        QT_TRANSLATE_NOOP("Vitals", "More than {limit} less than the last time. Measure again: is it right?"),
    ),
    GrowthFound.BELOW_CHART: (
        QT_TRANSLATE_NOOP("Vitals", "below {ordinal}"),
        QT_TRANSLATE_NOOP("Vitals", "Below the {ordinal} percentile. Show it to the clinician."),
    ),
    GrowthFound.ABOVE_CHART: (
        QT_TRANSLATE_NOOP("Vitals", "above {ordinal}"),
        QT_TRANSLATE_NOOP("Vitals", "Above the {ordinal} percentile. Show it to the clinician."),
    ),
    GrowthFound.CROSSED_DOWN: (
        QT_TRANSLATE_NOOP("Vitals", "fell off line"),
        QT_TRANSLATE_NOOP("Vitals", "Two or more lines down since the last visit. Measure again, and show the clinician."),
    ),
    GrowthFound.CROSSED_UP: (
        QT_TRANSLATE_NOOP("Vitals", "rose off line"),
        QT_TRANSLATE_NOOP("Vitals", "Two or more lines up since the last visit. Measure again, and show the clinician."),
    ),
}
_OTHER_CHART = QT_TRANSLATE_NOOP("Vitals", "{advice} The chart changed since then.")
_STANDARDS = {Standard.WHO: "WHO", Standard.CDC: "CDC"}


def finding(found: Finding) -> str:
    """In its row."""
    return _filled(_FOUND[GrowthFound(found.code)][0], found)


def advice(found: Finding) -> str:
    """What it means and what to do next."""
    said = _filled(_FOUND[GrowthFound(found.code)][1], found)
    return tr(_OTHER_CHART).format(advice=said) if found.detail else said


def _filled(words: str, found: Finding) -> str:
    number = short(found.limit) if found.limit is not None else ""
    ordinal = _line(float(found.limit)) if found.limit is not None and found.unit == "%" else ""
    return tr(words).format(limit=f"{number} {symbol(found.unit)}".rstrip(), ordinal=ordinal)


# percentiles


def standard(which: Standard) -> str:
    return _STANDARDS[which]


def curve_name(percentile: float) -> str:
    """At the end of a curve: 2.3 is said as its publishers print it, 2nd."""
    return _line(percentile)


def _line(percentile: float) -> str:
    return percentile_words(float(round(percentile)))


def percentile(of: float) -> str:
    """`62nd`; beyond what a tenth can say, `above 99.9`."""
    return percentile_words(of)


_EXTREME_Z = 2.9
"""from so many standard deviations on a percentile hardly moves any more, and z is said besides"""


def place(there: Place) -> str:
    """In a sentence: `62nd percentile (WHO)`; where percentiles no longer tell, with the z-score."""
    words = tr(QT_TRANSLATE_NOOP("Vitals", "{percentile} percentile ({chart})"))
    said = words.format(percentile=percentile(there.percentile), chart=standard(there.standard))
    if abs(there.z) < _EXTREME_Z:
        return said
    return tr(QT_TRANSLATE_NOOP("Vitals", "{place}, z {z}")).format(place=said, z=_signed(there.z))


def _signed(z: float) -> str:
    """With a true minus, as it is printed."""
    text = plain(rounded(Decimal(str(abs(z))), 1))
    return f"{'−' if z < 0 else '+'}{text}"


_MASS = {
    "underweight": QT_TRANSLATE_NOOP("Vitals", "under the usual range"),
    "healthy": QT_TRANSLATE_NOOP("Vitals", "usual range"),
    "overweight": QT_TRANSLATE_NOOP("Vitals", "above the usual range"),
    "obesity_1": QT_TRANSLATE_NOOP("Vitals", "obesity range, class 1"),
    "obesity_2": QT_TRANSLATE_NOOP("Vitals", "obesity range, class 2"),
    "obesity_3": QT_TRANSLATE_NOOP("Vitals", "obesity range, class 3"),
}


def mass(there: ChildMass) -> str:
    """The range of a child's body mass index, at or above the 95th percentile with its share of that."""
    words = tr(_MASS[there.name])
    if not there.name.startswith("obesity"):
        return words
    share = tr(QT_TRANSLATE_NOOP("Vitals", "{range}, {share} % of the 95th percentile"))
    return share.format(range=words, share=int(there.share))


# what had to be assumed, and why there is no place

_ASSUMED = {
    Assumed.LENGTHENED: QT_TRANSLATE_NOOP("Vitals", "measured standing, placed as lying"),
    Assumed.SHORTENED: QT_TRANSLATE_NOOP("Vitals", "measured lying, placed as standing"),
    Assumed.TAKEN_AS_LYING: QT_TRANSLATE_NOOP("Vitals", "taken as measured lying"),
    Assumed.TAKEN_AS_STANDING: QT_TRANSLATE_NOOP("Vitals", "taken as measured standing"),
    Assumed.AGE_CORRECTED: QT_TRANSLATE_NOOP("Vitals", "age corrected for early birth"),
}
_NO_PLACE = {
    NoPlace.BORN_UNKNOWN: QT_TRANSLATE_NOOP("Vitals", "No chart: the day of birth is not known."),
    NoPlace.SEX: QT_TRANSLATE_NOOP("Vitals", "No chart: charts are for girls and for boys."),
    NoPlace.BEFORE_BIRTH: QT_TRANSLATE_NOOP("Vitals", "No chart: this is before the day of birth."),
    NoPlace.BEFORE_TERM: QT_TRANSLATE_NOOP("Vitals", "No chart yet: these begin at term."),
    NoPlace.NO_CHART: QT_TRANSLATE_NOOP("Vitals", "There is no chart of this at this age."),
    NoPlace.OFF_THE_TABLE: QT_TRANSLATE_NOOP("Vitals", "Shorter or longer than the chart."),
    NoPlace.NO_VALUE: QT_TRANSLATE_NOOP("Vitals", "No value yet."),
}


def assumed(what: Assumed, weeks: int = 0) -> str:
    """`weeks` by which the age was corrected."""
    if what is Assumed.AGE_CORRECTED and weeks:
        return tr(QT_TRANSLATE_NOOP("Vitals", "age corrected by {weeks} wk for early birth")).format(weeks=weeks)
    return tr(_ASSUMED[what])


def no_place(why: NoPlace) -> str:
    return tr(_NO_PLACE[why])


# charts

_CHARTS = {
    Measure.WEIGHT: QT_TRANSLATE_NOOP("Vitals", "Weight for age"),
    Measure.HEAD: QT_TRANSLATE_NOOP("Vitals", "Head for age"),
    Measure.BMI: QT_TRANSLATE_NOOP("Vitals", "BMI for age"),
    Measure.WEIGHT_FOR_LENGTH: QT_TRANSLATE_NOOP("Vitals", "Weight for length"),
}
_LENGTHS = {
    Standard.WHO: QT_TRANSLATE_NOOP("Vitals", "Length for age"),
    Standard.CDC: QT_TRANSLATE_NOOP("Vitals", "Height for age"),
}
_SEXES = {"female": QT_TRANSLATE_NOOP("Vitals", "girls"), "male": QT_TRANSLATE_NOOP("Vitals", "boys")}


def chart(measure: Measure, by: Standard) -> str:
    """What a chart is of; WHO's are of length, CDC's of height."""
    return tr(_LENGTHS[by] if measure is Measure.LENGTH else _CHARTS[measure])


def chart_title(measure: Measure, by: Standard, sex: str) -> str:
    words = tr(QT_TRANSLATE_NOOP("Vitals", "{chart}, {sex}, {publisher}"))
    return words.format(chart=chart(measure, by), sex=tr(_SEXES[sex]), publisher=standard(by))
