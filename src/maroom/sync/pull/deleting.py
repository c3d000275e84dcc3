"""What was removed on the server: marked, kept to be read, and never made there again by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from maroom.core.people import SYSTEM, Right
from maroom.fhir import reading
from maroom.fhir.client import Client, ForeignOrigin
from maroom.fhir.exchange import NotUsable, Resource
from maroom.fhir.reply import Location
from maroom.store import received
from maroom.store.changes import Change
from maroom.store.cursors import Cursor, Mark, cursors
from maroom.store.outbox import State
from maroom.store.unit_of_work import Act, UnitOfWork
from maroom.sync.pull import pages
from maroom.sync.pull.pages import FRESH, Unavailable
from maroom.sync.pull.reader import OVERLAP, Stop

GONE = Act(SYSTEM, "gone", Right.UPKEEP)
REMOVED = "removed"
"""Why a line of ours waits for a person: what it changes is no longer there."""
_SCOPE = "removed"
_MOST_PAGES = 50


class Deleting:
    """`gone_now` are the record ids of all that was found gone."""

    def __init__(self, unit: UnitOfWork, client: Client, overlap: timedelta = OVERLAP) -> None:
        self._unit = unit
        self._client = client
        self._overlap = overlap
        self.gone_now: list[str] = []

    def gone(self, address: str) -> None:
        """`Patient/7` is no longer there. What waits to be sent to it waits for a person."""
        with self._unit.glance() as session:
            known = received.by_address(session, [address]).get(address)
        if known is None or known.gone:
            return
        with self._unit.write(GONE) as write:
            lines = received.unconfirmed(write.session, [known.local_id]).get(known.local_id, [])
            received.gone(write.session, known.local_id)
            received.move(write.session, [line for line in lines if not line.under_way], State.CONFLICT, REMOVED)
            write.note(Change(known.kind, known.local_id, ""))
        self.gone_now.append(known.local_id)

    def by_history(self, rtype: str, stop: Stop) -> bool:
        """What was removed of a type since the last time, where the server tells it. False where it does not; the first time
        only notes from when on."""
        with self._unit.glance() as session:
            since = cursors(session, [_SCOPE], rtype).get(_SCOPE, Cursor()).at
        try:
            return self._since(rtype, since, stop)
        except (Unavailable, ForeignOrigin, NotUsable):
            return False

    def _since(self, rtype: str, since: datetime | None, stop: Stop) -> bool:
        start = since - self._overlap if since else None
        params = [("_since", start.astimezone(UTC).isoformat(timespec="milliseconds"))] if start else []
        reply = pages.asked(
            lambda: self._client.get(f"{rtype}/_history", [*params, ("_count", "200" if start else "1")], FRESH)
        )
        now, found = reply.date, list[str]()
        for _ in range(_MOST_PAGES if start else 0):
            bundle = reply.resource or {}
            found += _removed(bundle)
            link = _next(bundle)
            if not link:
                self._note(rtype, now, found)
                return True
            if stop():
                return True
            reply = pages.asked(lambda link=link: self._client.follow(link))
        if not start:
            self._note(rtype, now, ())
        return not start

    def _note(self, rtype: str, now: datetime | None, found: Iterable[str]) -> None:
        """With the last page alone the cursor moves."""
        for address in found:
            if self._is_removed(address):
                self.gone(address)
        with self._unit.bookkeeping("what was removed") as session:
            Mark((_SCOPE,), rtype, now, last=True).keep(session)

    def _is_removed(self, address: str) -> bool:
        """Still, if it is one of ours: what was removed may have been brought back."""
        with self._unit.glance() as session:
            known = received.by_address(session, [address]).get(address)
        try:
            return known is not None and not known.gone and pages.read(self._client, address) is None
        except (Unavailable, NotUsable):
            return False


def _removed(bundle: Resource) -> Iterator[str]:
    """`Patient/7` for each."""
    for entry in reading.parts(bundle, "entry"):
        request = reading.part(entry, "request")
        if reading.text(request, "method") == "DELETE":
            place = Location.parse(reading.text(request, "url")) or Location.parse(reading.text(entry, "fullUrl"))
            if place:
                yield f"{place.rtype}/{place.id}"


def _next(bundle: Resource) -> str:
    links = reading.parts(bundle, "link")
    return next((reading.text(link, "url") for link in links if reading.text(link, "relation") == "next"), "")
