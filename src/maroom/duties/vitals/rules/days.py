"""A day as it is typed: that of a last period, or of what is entered later. With strokes the month comes first."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?")
_NAMED = re.compile(r"(?:(\d{1,2})\s*([a-z]{3,9})|([a-z]{3,9})\s*(\d{1,2}))\.?,?(?:\s*(\d{4}))?")
_WORDS = {"today": 0, "yesterday": 1}
_CENTURY = 2000


def read_day(text: str, today: date) -> date | None:
    """`2026-11-03`, `11/3`, `11/3/26`, `3 Nov`, `Nov 3 2026`, `today`. Without a year the last such day that is not to come;
    None where it is no day."""
    plain = " ".join(text.strip().casefold().split())
    if plain in _WORDS:
        return today - timedelta(days=_WORDS[plain])
    if found := _ISO.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.fullmatch(plain):
        return _in_year(_year(found[3]), int(found[1]), int(found[2]), today)
    if found := _NAMED.fullmatch(plain):
        name, number = found[2] or found[3], found[1] or found[4]
        month = next((at for at, short in enumerate(_MONTHS, 1) if name.startswith(short)), 0)
        return _in_year(_year(found[5]), month, int(number), today)
    return None


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) > 2 else _CENTURY + int(text)


def _in_year(year: int | None, month: int, number: int, today: date) -> date | None:
    if year is not None:
        return _day(year, month, number)
    days = (_day(each, month, number) for each in range(today.year, today.year - 9, -1))
    return next((day for day in days if day and day <= today), None)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


_TIME = re.compile(r"(\d{1,2}):?(\d{2})?\s*(am|pm|a|p)?")
_NOON = 12


def read_time(text: str) -> int | None:
    """Minutes after midnight of `9:15`, `0915`, `9:15 pm`, `9 am`; None where it is no time of a day."""
    found = _TIME.fullmatch(text.strip().casefold())
    if found is None or (found[2] is None and not found[3]):
        return None
    hours, minutes, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hours <= _NOON:
        return None
    hours = hours % _NOON + (_NOON if half == "p" else 0) if half else hours
    return hours * 60 + minutes if hours < 2 * _NOON and minutes < 60 else None
