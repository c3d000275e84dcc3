"""The schedule of some days. It is read whole each time: who is on it decides whose charts are read, and what has left it
would not be told by the time of its change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maroom.fhir.client import Client, ForeignOrigin
from maroom.fhir.exchange import NotUsable
from maroom.store import cursors
from maroom.sync.pull import pages
from maroom.sync.pull.absent import Absent
from maroom.sync.pull.pages import Page, Unavailable
from maroom.sync.pull.reader import Answer, Stop
from maroom.sync.pull.scope import Span, patient_of
from maroom.sync.pull.slices import Slices
from maroom.sync.served import Served

TYPES = ("Appointment", "Encounter")
_MOST_PAGES = 50
_COUNT = "200"


class Schedule:
    """First `look`, then the patients, then `take`: what is on a schedule is nobody's before its patient is known."""

    def __init__(self, client: Client, slices: Slices, absent: Absent, span: Span) -> None:
        self._client = client
        self._slices = slices
        self._absent = absent
        self._span = span
        self._found: dict[str, list[Served]] = {}
        self.answers: dict[str, Answer] = {}

    def look(self, stop: Stop) -> set[str]:
        """Ids on the server of all patients on it. Nothing is written."""
        for rtype in TYPES:
            self.answers[rtype] = answer = Answer()
            try:
                self._found[rtype] = list(self._all(rtype, answer, stop))
            except Unavailable as fault:
                answer.status = fault.status
        patients = {patient_of(served) for found in self._found.values() for served in found}
        return {address.partition("/")[2] for address in patients if address}

    def _all(self, rtype: str, answer: Answer, stop: Stop) -> Iterator[Served]:
        for number, page in enumerate(self._pages(rtype, answer)):
            answer.received.refused += page.refused
            ours = [served for served in page.served if served.rtype == rtype and self._span.holds(served)]
            answer.strangers += len(page.served) - len(ours)
            answer.complete = not page.next
            yield from ours
            if stop() or number >= _MOST_PAGES:
                return

    def _pages(self, rtype: str, answer: Answer) -> Iterator[Page]:
        page = pages.search(self._client, rtype, [*self._span.params(), ("_count", _COUNT)])
        yield page
        try:
            while page.next:
                page = pages.follow(self._client, page.next)
                yield page
        except ForeignOrigin:
            answer.elsewhere = True

    def take(self) -> None:
        """What was looked at, and what has left the schedule since it was read last."""
        for rtype, found in self._found.items():
            answer = self.answers[rtype]
            answer.received += self._slices.take(found)
            answer.seen |= {served.address: served.version for served in found}
            if answer.complete:
                self._left(rtype, {served.id for served in found}, answer)

    def _left(self, rtype: str, now: set[str], answer: Answer) -> None:
        """Moved to another day, or removed: each is read by itself."""
        scopes = [f"day/{day.isoformat()}" for day in self._span.days]
        with self._slices.unit.glance() as session:
            before = set[str]().union(*(cursors.listed(session, scope, rtype) for scope in scopes))
        answer.received += self._slices.take(list(self._read(rtype, before - now)))
        with self._slices.unit.bookkeeping("what is on the schedule") as session:
            for scope in scopes:
                cursors.keep_list(session, scope, rtype, now)

    def _read(self, rtype: str, ids: Iterable[str]) -> Iterator[Served]:
        for server_id in sorted(ids):
            address = f"{rtype}/{server_id}"
            try:
                served = pages.read(self._client, address)
            except (NotUsable, Unavailable):
                continue
            if served:
                yield served
            else:
                self._absent.missing(address)
