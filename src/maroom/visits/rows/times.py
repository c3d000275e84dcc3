"""A time that may be a moment, a part of a date or nothing, as three columns of a row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypedDict

from maroom.core.clock import Moment
from maroom.fhir.reading import PartialDate
from maroom.visits.model import When


class Noted(TypedDict):
    """`at` is for sorting too: of a part of a date the first instant in UTC; `at_written` is that date as FHIR writes it."""

    at: datetime | None
    at_offset: int | None
    at_written: str


def noted(when: When) -> Noted:
    if isinstance(when, Moment):
        return Noted(at=when.utc, at_offset=when.offset, at_written="")
    if when is None:
        return Noted(at=None, at_offset=None, at_written="")
    first = when.first
    return Noted(at=datetime(first.year, first.month, first.day, tzinfo=UTC), at_offset=None, at_written=when.text)


def when(at: datetime | None, offset: int | None, written: str) -> When:
    return PartialDate.parse(written) if written else moment(at, offset)


def moment(at: datetime | None, offset: int | None) -> Moment | None:
    return None if at is None else Moment(at, offset or 0)
