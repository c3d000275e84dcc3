"""Answers to what is asked of a server, page by page. To ask again is always safe."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from maroom.fhir import reading
from maroom.fhir.client import Client
from maroom.fhir.exchange import NotUsable, Resource
from maroom.fhir.reply import Reply
from maroom.fhir.transport import Unknown
from maroom.sync.pull.taking import Refused
from maroom.sync.served import Served

FRESH = (("Cache-Control", "no-cache"),)
"""Some servers give an old answer to a search that they were asked a minute ago."""
_TRIES = 2
_BUSY = (408, 425, 429, 503)


class Why(StrEnum):
    """Why nothing more can be asked of the server for now."""

    PORTAL = "portal"
    """an answer that is no FHIR: a sign-in page of the network, or a gateway"""
    BUSY = "busy"
    FAILS = "fails"


class Halted(Exception):
    """The server as a whole has to be left alone: the run ends. `retry_after` is as it wished."""

    def __init__(self, why: Why, retry_after: timedelta | None = None) -> None:
        super().__init__(why.value)
        self.why = why
        self.retry_after = retry_after


class Unavailable(Exception):
    """This is not to be had, or not asked so: its HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


Params = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """`next` is the link to the rest, or empty; `date` the server's clock; `versions` those of all by their address, of those
    also that are only parts."""

    served: tuple[Served, ...]
    refused: tuple[Refused, ...]
    next: str
    date: datetime | None
    versions: Mapping[str, str]


def search(client: Client, path: str, params: Params) -> Page:
    """The first page. Halted, Unavailable, and what the client raises."""
    return _page(asked(lambda: client.get(path, params, FRESH)))


def follow(client: Client, link: str) -> Page:
    """The page behind a link. Also ForeignOrigin."""
    return _page(asked(lambda: client.follow(link)))


def read(client: Client, address: str) -> Served | None:
    """`Patient/7` as it is; None where it is gone. Halted, Unavailable; NotUsable for what is no such resource."""
    try:
        reply = asked(lambda: client.get(address, (), FRESH))
    except Unavailable as fault:
        if fault.status in (404, 410):
            return None
        raise
    found = Served.of(reply.resource or {})
    if found.address != address:
        raise NotUsable("id", "is another than was asked for")
    return found


def asked(ask: Callable[[], Reply]) -> Reply:
    """A good answer, or Unavailable. One that was cut off on its way is asked for once more."""
    reply = any_of(ask)
    if reply.ok:
        return reply
    raise Unavailable(reply.status)


def any_of(ask: Callable[[], Reply]) -> Reply:
    """The same, or one that says that this is not to be had."""
    for _ in range(_TRIES - 1):
        try:
            return _told(ask())
        except Unknown:
            continue
    return _told(ask())


def _told(reply: Reply) -> Reply:
    if reply.ok and reply.resource:
        return reply
    if reply.status in _BUSY:
        raise Halted(Why.BUSY, reply.retry_after)
    if reply.status >= 500 and reply.status != 501:
        raise Halted(Why.FAILS, reply.retry_after)
    if reply.status < 400:
        raise Halted(Why.PORTAL)
    return reply


def _page(reply: Reply) -> Page:
    bundle = reply.resource or {}
    try:
        if reading.text(bundle, "resourceType") != "Bundle":
            raise Halted(Why.FAILS)
        links = reading.parts(bundle, "link")
        after = next((reading.text(link, "url") for link in links if reading.text(link, "relation") == "next"), "")
        entries = reading.parts(bundle, "entry")
    except NotUsable:
        raise Halted(Why.FAILS) from None
    served: list[Served] = []
    refused: list[Refused] = []
    found = [resource for entry in entries if (resource := _resource(entry))]
    for resource in found:
        try:
            served.append(Served.of(resource))
        except NotUsable as fault:
            refused.append(Refused(f"{resource.get('resourceType')}/{resource.get('id', '')}", str(fault)))
    return Page(tuple(served), tuple(refused), after, reply.date, dict(map(_version, found)))


def _version(resource: Resource) -> tuple[str, str]:
    meta = resource.get("meta")
    version = cast("Resource", meta).get("versionId") if isinstance(meta, dict) else None
    return f"{resource['resourceType']}/{resource.get('id', '')}", str(version or "")


def _resource(entry: Resource) -> Resource | None:
    """What was found; None for what the server says about its search."""
    found = entry.get("resource")
    if not isinstance(found, dict):
        return None
    resource = cast("Resource", found)
    named = isinstance(resource.get("resourceType"), str)
    return resource if named and resource["resourceType"] != "OperationOutcome" else None
