"""Ages as clinicians say them.

Months and years are completed ones; where the birthday's number is missing in a month (29 to 31), it falls on the 1st of the
next. So a child born on 29 February turns a year older on 1 March of a common year.
"""

from __future__ import annotations

from datetime import date

from maroom.fhir.reading import PartialDate

_IN_MONTHS = 24
_WITH_MONTHS = 60


def completed_months(born: date, on: date) -> int:
    """Negative before birth."""
    return (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)


def completed_years(born: date, on: date) -> int:
    return completed_months(born, on) // 12


def age_words(born: date, on: date) -> str:
    """Days in the first month, months up to the second birthday, years and months up to the fifth, then years:
    `9 d`, `8 mo`, `3 y 2 mo`, `47 y`. Empty before birth."""
    months = completed_months(born, on)
    if months < 0:
        return ""
    if months == 0:
        return f"{(on - born).days} d"
    if months < _IN_MONTHS:
        return f"{months} mo"
    years, rest = divmod(months, 12)
    return f"{years} y {rest} mo" if rest and months < _WITH_MONTHS else f"{years} y"


def age_on(birth: PartialDate | None, on: date) -> str:
    """The same for what is known of the birth: `~47 y` where the day is not, empty where nothing is."""
    if birth is None:
        return ""
    words = age_words(birth.first, on)
    return words if birth.exact or not words else f"~{words}"
