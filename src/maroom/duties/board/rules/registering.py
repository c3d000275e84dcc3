"""Somebody new at the front desk: a birth date as Americans type it, and what is still wrong with the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from maroom.core.findings import Finding, Severity
from maroom.core.names import fold
from maroom.visits.model import NewPatient, Sex

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})")
_FIGURES = re.compile(r"(?P<m>\d{1,2})[-./ ](?P<d>\d{1,2})[-./ ](?P<y>\d{4})|(?P<mm>\d{2})(?P<dd>\d{2})(?P<yyyy>\d{4})")
_WORDS = re.compile(r"(?:(?P<d>\d{1,2})\W*)?(?P<m>[a-z]{3,})\W*(?:(?P<d2>\d{1,2})(?:st|nd|rd|th)?\W+)?(?P<y>\d{4})")
_OLDEST = 130
"""Years. Nobody of whom it is proven became older than 122."""


class Asked(StrEnum):
    """The fields, in the order they are asked."""

    FAMILY = "family"
    GIVEN = "given"
    BORN = "born"
    SEX = "sex"
    PHONE = "phone"


class Wrong(StrEnum):
    MISSING = "missing"
    NO_DATE = "no_date"
    NOT_YET = "not_yet"
    TOO_OLD = "too_old"


Answers = Mapping[str, str]


def birth_date(typed: str) -> date | None:
    """Month before day, year in four figures: `3/14/2026`, `03142026`, `2026-03-14`, `14 Mar 2026`, `March 14, 2026`."""
    plain = fold(typed).strip()
    parts = _parts(plain)
    try:
        return date(*parts) if parts else None
    except ValueError:
        return None


def findings(answers: Answers, today: date) -> dict[str, Finding]:
    """By field, in the order they are asked; nothing where all is right."""
    return {field: Finding(field, code, Severity.REFUSED) for field, code in _wrong(answers, today)}


def new_patient(answers: Answers) -> NewPatient:
    """From answers about which nothing is found."""
    born = birth_date(answers[Asked.BORN])
    if born is None:
        raise ValueError("no birth date")
    said = {field: answers.get(field, "").strip() for field in Asked}
    return NewPatient(said[Asked.FAMILY], said[Asked.GIVEN], born, Sex(said[Asked.SEX]), said[Asked.PHONE])


def _wrong(answers: Answers, today: date) -> Iterator[tuple[Asked, Wrong]]:
    said: dict[str, str] = {field: answers.get(field, "").strip() for field in Asked}
    if not said[Asked.FAMILY] and not said[Asked.GIVEN]:
        yield Asked.FAMILY, Wrong.MISSING
    born = birth_date(said[Asked.BORN])
    if not said[Asked.BORN]:
        yield Asked.BORN, Wrong.MISSING
    elif born is None:
        yield Asked.BORN, Wrong.NO_DATE
    elif born > today:
        yield Asked.BORN, Wrong.NOT_YET
    elif today.year - born.year > _OLDEST:
        yield Asked.BORN, Wrong.TOO_OLD
    if not said[Asked.SEX]:
        yield Asked.SEX, Wrong.MISSING


def _parts(plain: str) -> tuple[int, int, int] | None:
    if found := _ISO.fullmatch(plain):
        return int(found["y"]), int(found["m"]), int(found["d"])
    if found := _FIGURES.fullmatch(plain):
        return int(found["y"] or found["yyyy"]), int(found["m"] or found["mm"]), int(found["d"] or found["dd"])
    found = _WORDS.fullmatch(plain)
    day = (found["d"] or found["d2"]) if found else None
    if not found or not day or found["m"][:3] not in _MONTHS:
        return None
    return int(found["y"]), _MONTHS.index(found["m"][:3]) + 1, int(day)
