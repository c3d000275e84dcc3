"""What is no longer found where it was: removed, moved by the server, or lost by one that was set back to an earlier day.

What a server lost of ours goes up again as it stands here. Where that cannot be told from a removal, a person decides.
"""

from __future__ import annotations

from enum import StrEnum

from maroom.core.people import SYSTEM, Right
from maroom.fhir import reading
from maroom.fhir.capability import Capability, Said
from maroom.fhir.client import Client
from maroom.fhir.exchange import Arrival, NotUsable
from maroom.store import mirror, received
from maroom.store.base import Origin
from maroom.store.changes import Change
from maroom.store.outbox import State
from maroom.store.received import Line, Mirrored
from maroom.store.unit_of_work import Act, Read, Write
from maroom.sync.kinds import Kind, Kinds
from maroom.sync.leading import Leading
from maroom.sync.pull import pages
from maroom.sync.pull.deleting import REMOVED, Deleting
from maroom.sync.pull.pages import FRESH, Unavailable
from maroom.sync.pull.slices import Slices
from maroom.sync.served import Served

LOST = Act(SYSTEM, "lost", Right.UPKEEP)
_GONE, _UNKNOWN = 410, 404


class Told(StrEnum):
    """What a server says of a resource that was there."""

    THERE = "there"
    REMOVED = "removed"
    NEVER = "never"
    """it keeps the past of what was removed, and has none of this"""
    NOT_SAID = "not_said"


class Absent:
    """`again`: record ids that go up once more; `asked`: that wait for a person; `lost`: addresses that the server never had,
    by what it says now; `moved`: where records of ours were found elsewhere."""

    def __init__(self, kinds: Kinds, slices: Slices, client: Client, capability: Capability, deleting: Deleting) -> None:
        self._unit = slices.unit
        self._kinds = kinds
        self._slices = slices
        self._client = client
        self._capability = capability
        self._deleting = deleting
        self.again: list[str] = []
        self.asked: list[str] = []
        self.lost: list[str] = []
        self.moved: list[str] = []

    def missing(self, address: str) -> None:
        """`Patient/7` was not found. Halted, and what the client raises."""
        with self._unit.glance() as session:
            known = received.by_address(session, [address]).get(address)
            last = received.sent_last(session, known.local_id) if known else None
        told = self.told(known) if known and not known.gone else Told.THERE
        if known is None or told is Told.THERE:
            return
        if told is Told.NEVER:
            self.lost.append(address)
        if told is Told.REMOVED or last is None:
            self._deleting.gone(address)
        elif not self._found_elsewhere(known):
            self._lost(known, last, told)

    def told(self, known: Mirrored) -> Told:
        """Halted, and what the client raises."""
        reply = pages.any_of(lambda: self._client.get(known.address, (), FRESH))
        if reply.ok:
            return Told.THERE
        if reply.status == _GONE and not reply.foreign:
            return Told.REMOVED
        if reply.status != _UNKNOWN or reply.foreign:
            return Told.THERE
        if self._capability.allows(known.rtype, "history-instance") is not Said.YES:
            return Told.NOT_SAID
        past = pages.any_of(lambda: self._client.get(f"{known.address}/_history", (("_count", "1"),), FRESH))
        has_one = past.status == _GONE or (past.ok and bool((past.resource or {}).get("entry")))
        return Told.REMOVED if has_one else Told.NEVER

    def _found_elsewhere(self, known: Mirrored) -> bool:
        """Under another address, by our identifier: it is the same record all the same."""
        asked = ("identifier", f"{reading.OURS}|urn:uuid:{known.local_id}")
        try:
            page = pages.search(self._client, known.rtype, [asked, ("_count", "5")])
        except Unavailable:
            return False
        found = [served for served in page.served if served.address != known.address and own_id(served) == known.local_id]
        if len(found) != 1:
            return False
        with self._unit.write(LOST) as write:
            received.never_there(write.session, known.local_id)
            write.note(Change(known.kind, known.local_id, ""))
        self._slices.take(found)
        self.moved.append(found[0].address)
        return True

    def _lost(self, known: Mirrored, last: Line, told: Told) -> None:
        """Nothing is done to what is under way: its answer comes first."""
        with self._unit.write(LOST) as write:
            lines = received.unconfirmed(write.session, [known.local_id]).get(known.local_id, [])
            if any(line.under_way for line in lines):
                return
            if told is Told.NOT_SAID:
                received.gone(write.session, known.local_id)
                received.move(write.session, lines or [last], State.CONFLICT, REMOVED)
                self.asked.append(known.local_id)
            else:
                self._again(write, known, lines, last)
                self.again.append(known.local_id)
            write.note(Change(known.kind, known.local_id, ""))

    def _again(self, write: Write, known: Mirrored, lines: list[Line], last: Line) -> None:
        """As it stands here. What others have changed since ours went up is ours to say now: that is a revision more."""
        exchange = self._kinds.named(known.kind, known.rtype)
        revision = exchange.revision(write, known.local_id)
        newest = lines[-1] if lines else last
        received.move(write.session, lines[:-1], State.SQUASHED)
        if newest.revision == revision:
            received.rebase(write.session, newest)
        else:
            self._say_theirs(write, exchange, known.local_id, revision)
        received.never_there(write.session, known.local_id)

    def _say_theirs(self, write: Write, exchange: Kind, local_id: str, revision: int) -> None:
        assert exchange.body is not None
        link = Leading(write, self._slices.clinic_id, self._slices.base).link_ours
        row = mirror.of(write.session, local_id)
        body = exchange.body(Read(write.session), local_id, revision, (row.base if row else None) or {})
        exchange.take(write, Arrival(body, local_id, revision, link), Origin.MERGED)


def own_id(served: Served) -> str:
    """Of the record that it is by its identifier; empty where it bears none of ours."""
    try:
        return served.own_id()
    except NotUsable:
        return ""
