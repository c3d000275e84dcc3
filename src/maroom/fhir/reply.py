"""What a server answered, as far as it is FHIR: the resource, its version and place, and what the headers say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from maroom.fhir import codec, reading
from maroom.fhir.exchange import NotUsable, Resource
from maroom.fhir.transport import Answer, NoAnswer, Unknown

LONGEST_WAIT = timedelta(hours=1)
_PLACE = re.compile(r"(?:^|/)([A-Z][A-Za-z]{1,63})/([A-Za-z0-9\-.]{1,64})(?:/_history/([A-Za-z0-9\-.]{1,64}))?/?(?:[?#]|$)")


class Location(NamedTuple):
    """Where a resource stands. `version` is empty where it is not told."""

    rtype: str
    id: str
    version: str = ""

    @classmethod
    def parse(cls, text: str) -> Location | None:
        """From a Location header, the `location` of a bundle's response or a reference: absolute or relative."""
        found = _PLACE.search(text)
        return cls(found[1], found[2], found[3] or "") if found else None


@dataclass(frozen=True)
class Reply:
    """One answer. `resource` is None where there is no body or `foreign` says that it is no FHIR."""

    status: int
    resource: Resource | None
    foreign: bool
    """a body that is no FHIR resource (the page of a captive portal or a gateway), or a redirect"""
    version: str
    """without W/ and quotes; empty: not told"""
    location: Location | None
    retry_after: timedelta | None
    """at most an hour"""
    date: datetime | None
    """the server's clock"""
    modified: datetime | None = None
    """when the resource was changed last, by the second at least"""

    @property
    def ok(self) -> bool:
        """2xx and no foreign body."""
        return 200 <= self.status < 300 and not self.foreign


def version_of(etag: str) -> str:
    """The version in an ETag, weak or strong, with or without quotes."""
    return etag.strip().removeprefix("W/").strip('"')


def read(answer: Answer) -> Reply:
    """Unknown(SHORT) where a good answer holds JSON that breaks off."""
    headers = answer.headers
    resource, foreign = _resource(answer)
    date = moment(headers.get("Date", ""))
    place = Location.parse(headers.get("Location", "")) or Location.parse(headers.get("Content-Location", ""))
    return Reply(
        answer.status, resource, foreign or _is_redirect(answer.status), _version(headers.get("ETag", ""), resource),
        place, _wait(headers.get("Retry-After", ""), date), date, moment(headers.get("Last-Modified", "")),
    )  # fmt: skip


def _is_redirect(status: int) -> bool:
    return 300 <= status < 400 and status != 304


def _resource(answer: Answer) -> tuple[Resource | None, bool]:
    body = answer.body.strip()
    if not body:
        return None, False
    try:
        found = codec.decode(body)
    except codec.FAULTS:
        if 200 <= answer.status < 300 and body.startswith(b"{"):
            raise Unknown(NoAnswer.SHORT) from None
        return None, True
    return (found, False) if isinstance(found.get("resourceType"), str) else (None, True)


def _version(etag: str, resource: Resource | None) -> str:
    if etag:
        return version_of(etag)
    try:
        return reading.text(reading.part(resource or {}, "meta"), "versionId")
    except NotUsable:
        return ""


def _wait(told: str, now: datetime | None) -> timedelta | None:
    """From seconds or a date, which is compared with the server's own clock."""
    if told.strip().isdecimal():
        return min(timedelta(seconds=min(int(told), 3600)), LONGEST_WAIT)
    until = moment(told)
    return min(max(until - (now or datetime.now(UTC)), timedelta()), LONGEST_WAIT) if until else None


def moment(told: str) -> datetime | None:
    """A date as HTTP writes it; None for anything else."""
    try:
        found = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
