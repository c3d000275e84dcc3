"""One question to the server, answered to its end: only what is new since the last time, and nothing missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from maroom.fhir.client import Client, ForeignOrigin
from maroom.store.cursors import Cursor, Mark, cursors
from maroom.sync.pull import pages
from maroom.sync.pull.pages import Page, Params, Unavailable
from maroom.sync.pull.slices import Slices
from maroom.sync.pull.taking import Received
from maroom.sync.served import Served

Stop = Callable[[], bool]
OVERLAP = timedelta(minutes=5)
"""A server stamps a change before others can see it: what is asked for reaches back so far."""
_COUNT = 200
_RESTARTS = 3
"""times that an answer is asked for anew without coming any further"""
_EXPIRED = (400, 404, 410)
_NOT_SO = (400, 404, 405, 501)


@dataclass(frozen=True)
class Query:
    """`scopes` are asked together and share what is found out; `key` names the question among those of their type.
    `belongs` says whether a resource is one that was asked for: a server may ignore a parameter that it does not know."""

    rtype: str
    params: Params
    scopes: tuple[str, ...]
    belongs: Callable[[Served], bool]
    key: str = ""

    @property
    def name(self) -> str:
        return f"{self.rtype}/{self.key}" if self.key else self.rtype


@dataclass
class Answer:
    """`complete`: to the last page, with nothing left. `status` tells why a question was not answered at all."""

    received: Received = field(default_factory=Received)
    complete: bool = False
    status: int = 0
    strangers: int = 0
    """resources that were not asked for"""
    elsewhere: bool = False
    """a link to a further page leads to another server and was not followed: the base of one of them is wrong"""
    seen: dict[str, str] = field(default_factory=dict[str, str])
    """address > version of all that were there"""


@dataclass
class _Progress:
    """How far an answer goes: `until`, all pages so far, as long as they come by time."""

    until: datetime | None = None
    ordered: bool = True

    def note(self, served: Sequence[Served]) -> None:
        times = [one.updated for one in served]
        known = [time for time in times if time]
        falls = any(later < earlier for earlier, later in pairwise(known))
        if falls or len(known) < len(times) or (known and self.until and known[0] < self.until):
            self.ordered = False
        self.until = max([*known, *([self.until] if self.until else [])], default=None)


class Reader:
    """`plain` are the types that the server does not tell by the time of their change: those are read whole each time."""

    def __init__(self, client: Client, slices: Slices, overlap: timedelta = OVERLAP, count: int = _COUNT) -> None:
        self._client = client
        self._slices = slices
        self._overlap = overlap
        self._count = count
        self.plain: set[str] = set()

    def read(self, query: Query, stop: Stop) -> Answer:
        """Into the store, page by page. Stopped between pages, it goes on from there the next time. Halted, NotSent, Unknown,
        SignInNeeded; what was read until then is kept."""
        answer = Answer()
        try:
            start, left = self._start(query), _RESTARTS
            while left and not self._to_the_end(query, start, answer, stop):
                again = self._start(query)
                left = left - 1 if again == start else _RESTARTS
                start = again
        except Unavailable as fault:
            answer.status = fault.status
        return answer

    def versions(self, query: Query) -> dict[str, str] | None:
        """Address > version of all that the server has for a question, without the resources; nothing is written. None where
        it was not answered to its end."""
        found: dict[str, str] = {}
        params = [*query.params, ("_elements", "id,meta"), ("_count", str(self._count))]
        try:
            page = pages.search(self._client, query.rtype, params)
            found |= page.versions
            while page.next:
                page = pages.follow(self._client, page.next)
                found |= page.versions
        except (Unavailable, ForeignOrigin):
            return None
        return found

    def _start(self, query: Query) -> datetime | None:
        """From when on: the earliest of the scopes; None where one was never read."""
        with self._slices.unit.glance() as session:
            known = cursors(session, query.scopes, query.name)
        times = [_furthest(known.get(scope, Cursor())) for scope in query.scopes]
        return min((time for time in times if time), default=None) if all(times) else None

    def _to_the_end(self, query: Query, start: datetime | None, answer: Answer, stop: Stop) -> bool:
        """False where a link leads nowhere, or elsewhere: the rest is asked for anew, from what was stored last."""
        progress = _Progress()
        try:
            for page in self._pages(query, start):
                self._take(query, page, progress, answer)
                answer.complete = not page.next
                if stop() or self._is_of_strangers(page, answer):
                    return True
        except ForeignOrigin:
            answer.elsewhere = True
            return False
        except _Expired:
            return False
        return True

    def _pages(self, query: Query, start: datetime | None) -> Iterator[Page]:
        page = self._first(query, start)
        yield page
        while page.next:
            try:
                page = pages.follow(self._client, page.next)
            except Unavailable as fault:
                if fault.status in _EXPIRED:
                    raise _Expired from None
                raise
            yield page

    def _first(self, query: Query, start: datetime | None) -> Page:
        """By time where the server can do that; else whole, once that is known."""
        count = ("_count", str(self._count))
        if query.rtype not in self.plain:
            since = [("_lastUpdated", f"ge{_written(start - self._overlap)}")] if start else []
            try:
                return pages.search(self._client, query.rtype, [*query.params, *since, ("_sort", "_lastUpdated"), count])
            except Unavailable as fault:
                if fault.status not in _NOT_SO:
                    raise
        page = pages.search(self._client, query.rtype, [*query.params, count])
        self.plain.add(query.rtype)
        return page

    def _take(self, query: Query, page: Page, progress: _Progress, answer: Answer) -> None:
        ours = [served for served in page.served if query.belongs(served)]
        answer.strangers += len(page.served) - len(ours)
        answer.seen |= {served.address: served.version for served in ours}
        progress.note(page.served)
        answer.received.refused += page.refused
        answer.received += self._slices.take(ours, self._mark(query, page, progress))
        self._slices.at("pull.page")

    def _mark(self, query: Query, page: Page, progress: _Progress) -> Mark:
        until = progress.until
        if until and page.date:
            until = min(until, page.date)
        last = not page.next
        ordered = progress.ordered and query.rtype not in self.plain
        return Mark(query.scopes, query.name, until if last or ordered else None, last)

    def _is_of_strangers(self, page: Page, answer: Answer) -> bool:
        """The server answers with everything it has: not a page more of that."""
        return bool(page.next) and answer.strangers > 0 and not answer.seen


class _Expired(Exception):
    pass


def _furthest(cursor: Cursor) -> datetime | None:
    return max((time for time in cursor if time), default=None)


def _written(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
