"""What somebody typed into the search, as an expression for the index.

A date of birth stands in the index as the token `19680202` and is found by its beginnings; so `1968` is a year as well as the
beginning of a record number, and `1968-02` needs no rule of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from maroom.core.names import fold, match_query, search_keys
from maroom.visits.model import NewPatient

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORD = rf"(?P<word>{'|'.join(_MONTHS)})[a-z]*\.?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_DATES = tuple(
    re.compile(rf"\b{pattern}\b")
    for pattern in (
        r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})",
        rf"(?P<one>\d{{1,2}})[-./](?P<other>\d{{1,2}})[-./]{_YEAR}",
        rf"{_WORD}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,]+{_YEAR}",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]*{_WORD}[\s,-]+{_YEAR}",
        rf"{_WORD}[\s,]+(?P<year>\d{{4}})",
        r"(?P<one>\d{2})(?P<other>\d{2})(?P<year>(?:18|19|20)\d{2})",
    )
)


@dataclass(frozen=True)
class Dated:
    """`births` are tokens of which any may fit; `rest` is what was typed beside the date. A month's name may be meant as a
    person's: then `maybe_name`."""

    births: tuple[str, ...]
    rest: str
    maybe_name: bool


def dated(typed: str, today: date) -> Dated | None:
    """The first date of birth in it, in any usual order; where day and month could be swapped, both ways. Two digits mean a
    year of `today`'s century that is not yet to come, or of the one before."""
    for pattern in _DATES:
        found = pattern.search(typed)
        births = tuple(dict.fromkeys(_births(found.groupdict(), today))) if found else ()
        if found and births:
            return Dated(births, f"{typed[: found.start()]} {typed[found.end() :]}", "word" in found.groupdict())
    return None


def _births(found: dict[str, str], today: date) -> Iterator[str]:
    for year in _years(found["year"], today):
        for month, day in _days(found):
            if _is_date(year, month, day or 1):
                yield f"{year:04}{month:02}{day:02}" if day else f"{year:04}{month:02}"


def _days(found: dict[str, str]) -> tuple[tuple[int, int], ...]:
    """Month and day; the day is 0 where only a month was typed."""
    if "one" in found:
        one, other = int(found["one"]), int(found["other"])
        return (one, other), (other, one)
    month = _MONTHS.index(found["word"]) + 1 if "word" in found else int(found["month"])
    return ((month, int(found.get("day", 0))),)


def _years(written: str, today: date) -> tuple[int, ...]:
    if len(written) == 4:
        return (int(written),)
    century = today.year // 100 * 100
    return tuple(year for year in (century + int(written), century - 100 + int(written)) if year <= today.year)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def birth_token(written: str) -> str:
    """Of a date as FHIR writes it, whole or in part."""
    return written.replace("-", "")


def keys(*written: str) -> str:
    """The tokens of a patient's names and numbers, as one text for the index."""
    return " ".join(dict.fromkeys(key for text in written for key in search_keys(text)))


def expressions(typed: str, today: date) -> tuple[str, ...]:
    """For the index, the narrowest first: keys of just these words, then those that the last word only begins, then those
    that any of them begins. The last is much the slowest where a name is common. Nothing where there is nothing to find."""
    plain = fold(typed)
    found = dated(plain, today)
    ways = [match_query(plain)] if found is None or found.maybe_name else []
    if found:
        births = " OR ".join(f'"{token}"*' for token in found.births)
        ways.append(" AND ".join(part for part in (match_query(found.rest), f"({births})") if part))
    begun = " OR ".join(f"({way})" for way in ways if way)
    narrower = (_whole(begun), "" if found else _last_begun(plain))
    return tuple(dict.fromkeys(filter(None, (*narrower, begun))))


def _last_begun(plain: str) -> str:
    before, _, last = plain.strip().rpartition(" ")
    parts = _whole(match_query(before)), match_query(last)
    return " AND ".join(parts) if all(parts) else ""


def _whole(begun: str) -> str:
    return begun.replace('"*', '"')


def near(new: NewPatient) -> tuple[str, ...]:
    """Where somebody registered already would be found, the likeliest first: under the birth date, under both names, and
    under the family name with the initial of the given one; in whichever field they stand."""
    given = fold(next(iter(new.name.given), ""))
    names = (f"{new.family} {given}", f"{new.family} {given[:1]}") if search_keys(new.family) else (given,)
    return (f'"{birth_token(new.born.isoformat())}"', *filter(None, map(match_query, names)))
