"""What a person does with records that stopped: sends them again, mends, links or keeps them. Nothing is thrown away."""

from __future__ import annotations

from collections.abc import Sequence

from maroom.core.people import Opening, Right
from maroom.fhir.exchange import NotUsable, Resource
from maroom.store import mirror, received, sending, stopped
from maroom.store.audit_event import Event
from maroom.store.outbox import State
from maroom.store.stopped import Stopped
from maroom.store.unit_of_work import Act, UnitOfWork, Write
from maroom.sync.kinds import Exchanges, Kinds
from maroom.sync.push.plan import NOT_THERE, Why
from maroom.sync.served import Served


class AlreadyHere(Exception):
    """What was to be linked is another record here."""


class Bench:
    """All of it by record; KeyError where nothing of the record stands so. Each act leaves its audit line."""

    def __init__(self, unit: UnitOfWork, exchanges: Exchanges) -> None:
        self._unit = unit
        self._kinds = Kinds(exchanges)

    def listed(self, opening: Opening) -> tuple[Stopped, ...]:
        """Everything that stopped, waits behind what stopped, or stays here, but what nothing charted needs."""
        with self._unit.read(Act.of(opening, "outbox.list", Right.READ)) as read:
            return tuple(line for line in stopped.stopped(read.session) if line.why != Why.NOT_NEEDED)

    def retry(self, opening: Opening, local_id: str) -> None:
        """Sent again as it is; asked for before, where it may be there."""
        with self._unit.write(_act(opening, "outbox.retry")) as write:
            for line in _of(write, local_id, State.QUARANTINED):
                if line.why in NOT_THERE:
                    sending.requeue(write.session, [line.seq])
                else:
                    stopped.ask_again(write.session, [line.seq], write.now.utc)

    def fixed(self, opening: Opening, local_id: str) -> None:
        """Its duty wrote a new revision, or voided it: that goes up, and what was refused never does."""
        with self._unit.write(_act(opening, "outbox.fix")) as write:
            for line in _of(write, local_id, State.QUARANTINED):
                if not stopped.has_later(write.session, local_id, line.seq):
                    raise KeyError(local_id)
                if line.why in NOT_THERE:
                    sending.move(write.session, [line.seq], State.SQUASHED, Why.REFUSED)
                else:
                    stopped.ask_again(write.session, [line.seq], write.now.utc)

    def keep(self, opening: Opening, local_id: str) -> None:
        """It stays here and is not offered again."""
        with self._unit.write(_act(opening, "outbox.keep")) as write:
            lines = _of(write, local_id, State.QUARANTINED)
            sending.move(write.session, [line.seq for line in lines], State.KEPT, Why.KEPT_BY_HAND)

    def said_by_hand(self, opening: Opening, local_id: str, by: str = "") -> None:
        """Somebody made the change on the server herself: `by`, as it is said, stands in the audit."""
        act = Act.of(opening, "outbox.by_hand", Right.CHART, override=by)
        with self._unit.write(act) as write:
            lines = _of(write, local_id, State.BY_HAND)
            sending.done(write.session, [line.seq for line in lines], Why.MADE_BY_HAND)

    def text(self, opening: Opening, local_id: str) -> str:
        """What was refused, as it was sent, for somebody who can look into it. It leaves this station: the server's audit is
        told."""
        act = Act.of(opening, "outbox.export", Right.READ)
        with self._unit.write(Act(act.who, act.what, act.needs, event=Event.EXPORT)) as write:
            lines = _of(write, local_id, State.QUARANTINED)
            return "\n".join(line.body or "" for line in lines)

    # linking

    def candidates(self, opening: Opening, local_id: str) -> tuple[Served, ...]:
        """What the server has that could be this patient or visit, as it was when last asked."""
        with self._unit.read(Act.of(opening, "outbox.candidates", Right.READ)) as read:
            lines = stopped.stopped(read.session, local_id, [State.TO_LINK])
        found = [entry["resource"] for line in lines for entry in (line.outcome or {}).get("entry", [])]
        return tuple(served for resource in found if (served := _served(resource)))

    def link(self, opening: Opening, local_id: str, served: Served) -> None:
        """This one it is. What the server has of it comes with the next pull; a visit's moves go up as a change of it.
        AlreadyHere."""
        with self._unit.write(_act(opening, "outbox.link")) as write:
            lines = _of(write, local_id, State.TO_LINK)
            if received.by_address(write.session, [served.address]):
                raise AlreadyHere
            known = served.line(local_id, lines[0].kind, with_base=False)
            mirror.put(write.session, **known | {"version": None, "digest": ""})
            seqs = [line.seq for line in lines]
            if served.rtype == "Patient":
                sending.done(write.session, seqs, Why.LINKED)
            else:
                sending.requeue(write.session, seqs)

    def none_there(self, opening: Opening, local_id: str) -> None:
        """The server has none of it. Readings then go up without the visit; a patient is asked for again with each run, as
        nothing can be said of nobody."""
        with self._unit.write(_act(opening, "outbox.none_there")) as write:
            lines = _of(write, local_id, State.TO_LINK)
            visit = self._kinds.named(lines[0].kind).rtype == "Encounter"
            state = State.KEPT if visit else State.TO_LINK
            sending.move(write.session, [line.seq for line in lines], state, Why.NONE_THERE, outcome=None)


def _act(opening: Opening, what: str) -> Act:
    return Act.of(opening, what, Right.CHART)


def _of(write: Write, local_id: str, state: State) -> Sequence[Stopped]:
    lines = stopped.stopped(write.session, local_id, [state])
    if not lines:
        raise KeyError(local_id)
    return lines


def _served(resource: Resource) -> Served | None:
    try:
        return Served.of(resource)
    except NotUsable:
        return None
