"""What was changed on the server since it was packed is left to the station: it has the record itself, and people to ask."""

from __future__ import annotations

from maroom.fhir.exchange import NotUsable, Resource
from maroom.store import mirror, received
from maroom.store.outbox import State
from maroom.store.received import Line
from maroom.store.unit_of_work import Read, Session, UnitOfWork
from maroom.sync.carrying.content import Content
from maroom.sync.carrying.unpacking import line_of
from maroom.sync.equality import equal
from maroom.sync.leading import Leading
from maroom.sync.merge.fields import content as meant
from maroom.sync.merge.references import named
from maroom.sync.push import modes
from maroom.sync.served import Served
from maroom.sync.settling import Settled


class LeftToStation:
    """`base` is the server's address."""

    def __init__(self, unit: UnitOfWork, content: Content, base: str) -> None:
        self._unit = unit
        self._content = content
        self._base = base

    def stale(self, local_id: str, kind: str, theirs: Resource) -> Settled:
        """Done where the server has all that was carried of it, by whatever hand; else it waits for the station."""
        try:
            served = Served.of(theirs)
        except NotUsable:
            served = None
        with self._unit.bookkeeping("changed there") as session:
            lines = received.unconfirmed(session, [local_id]).get(local_id, [])
            done = served is not None and self._is_there(session, lines, served)
            if served:
                mirror.put(session, **served.line(local_id, kind, with_base=done))
            received.move(session, lines, State.DONE if done else State.CONFLICT)
        return Settled.EQUAL if done else Settled.CONFLICT

    def _is_there(self, session: Session, lines: list[Line], served: Served) -> bool:
        """As we say it last; or as somebody changed it after it was made from what we say."""
        last = line_of(self._content, lines[-1].local_id, lines[-1].revision)
        made_alone = len(lines) == 1 and last.base_version is None and not modes.shared(last.local_id)
        leading = Leading(Read(session), self._content.clinic, self._base)
        leading.look_up([served])
        link = leading.link_ours
        return made_alone or equal(meant(named(last.body, link)), meant(named(served.resource, link)))
