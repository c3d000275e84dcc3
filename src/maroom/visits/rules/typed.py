"""What somebody typed into the search, as words to be looked up.

A date of birth is looked up as the token `19680202`, and by its beginnings; a number may be a year or a record number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from maroom.core.names import fold, search_keys

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WRITTEN = (
    re.compile(r"\b(?P<y>\d{4})[-./](?P<a>\d{1,2})[-./](?P<b>\d{1,2})\b"),
    re.compile(r"\b(?P<a>\d{1,2})[-./](?P<b>\d{1,2})[-./](?P<y>\d{4}|\d{2})\b"),
    re.compile(rf"\b{_MONTH}\s*(?P<a>\d{{1,2}})(?:st|nd|rd|th)?[\s,]+(?P<y>\d{{4}}|\d{{2}})\b"),
    re.compile(rf"\b(?P<a>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]*{_MONTH}[\s,-]+(?P<y>\d{{4}}|\d{{2}})\b"),
    re.compile(r"\b(?P<a>\d{2})(?P<b>\d{2})(?P<y>(?:18|19|20)\d{2})\b"),
    re.compile(rf"\b{_MONTH}[\s,]+(?P<y>\d{{4}})\b"),
)


@dataclass(frozen=True)
class Wanted:
    """`rest` is for names and numbers; of `births`, tokens that a birth date begins with, any may fit; none: no date typed."""

    rest: str
    births: tuple[str, ...] = ()


def birth_token(written: str) -> str:
    """Of a date as FHIR writes it, whole or in part."""
    return written.replace("-", "")


def wanted(typed: str, today: date) -> Wanted:
    """The first date in it that can be one, and the rest. Two digits mean a year up to `today`'s and the century before;
    where day and month could be swapped, both ways are looked for."""
    plain = fold(typed)
    for pattern in _WRITTEN:
        found = pattern.search(plain)
        births = tuple(dict.fromkeys(_births(found.groupdict(), today))) if found else ()
        if found and births:
            return Wanted(f"{plain[: found.start()]} {plain[found.end() :]}".strip(), births)
    return Wanted(plain)


def _births(found: dict[str, str | None], today: date) -> Iterator[str]:
    month = found.get("month")
    a, b = found.get("a"), found.get("b")
    for year in _years(found["y"] or "", today):
        if month and not a:
            yield f"{year:04}{_MONTHS.index(month) + 1:02}"
            continue
        pairs = [(_MONTHS.index(month) + 1, int(a or 0))] if month else [(int(a or 0), int(b or 0)), (int(b or 0), int(a or 0))]
        yield from (f"{year:04}{m:02}{d:02}" for m, d in pairs if _is_date(year, m, d))


def _years(written: str, today: date) -> tuple[int, ...]:
    if len(written) == 4:
        return (int(written),)
    century = today.year // 100 * 100
    years = (century + int(written), century - 100 + int(written))
    return tuple(year for year in years if year <= today.year)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def keys(*written: str) -> str:
    """The tokens of a patient's names and numbers, as one text for the index."""
    return " ".join(dict.fromkeys(key for text in written for key in search_keys(text)))
