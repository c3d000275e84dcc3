"""Lines of which nobody knows whether they were carried out, and creates that somebody else may have made: they are looked for
before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from maroom.fhir import reading
from maroom.fhir.exchange import NotUsable, Resource
from maroom.store import received, sending
from maroom.sync.equality import equal
from maroom.sync.pull import pages
from maroom.sync.pull.pages import Unavailable
from maroom.sync.push import modes
from maroom.sync.push.answers import Asked
from maroom.sync.push.bodies import created
from maroom.sync.push.errand import Errand
from maroom.sync.push.later import Later
from maroom.sync.push.modes import IDENTIFIER, SEARCH, Learned, Mode
from maroom.sync.push.parcels import Parcel, identified
from maroom.sync.push.plan import Why
from maroom.sync.push.probing import By, Found, Probe, Sought
from maroom.sync.push.steps import Step
from maroom.sync.push.taking_in import Receipt, acknowledge, read
from maroom.sync.served import Served

_WHOM = ("subject", "patient", "target")


class Seeking:
    def __init__(self, errand: Errand) -> None:
        self._errand = errand
        self._later = Later(errand)
        self._probe = Probe(errand.client, errand.pace.asked_at_once, self._is_another)

    def _is_another(self, address: str, local_id: str) -> bool:
        with self._errand.unit.glance() as session:
            known = received.by_address(session, [address]).get(address)
        return known is not None and known.local_id != local_id

    def look(self, parcels: Sequence[Parcel]) -> Found:
        """New records, as the server may have them. Halted and what the client raises."""
        nowhere = {parcel.local_id for parcel in parcels if self._by(parcel) is By.CONTENT and _lacks_whom(parcel)}
        sought = [self._sought(parcel, self._by(parcel)) for parcel in parcels if parcel.local_id not in nowhere]
        found = self._probe.look(sought)
        found.there |= {local_id: list[Served]() for local_id in nowhere}
        if found.deaf:
            self._errand.learn(self._errand.learned.without(SEARCH))
        if not self._errand.learned.seen:
            self._look_closer([parcel for parcel in parcels if found.there.get(parcel.local_id) == []], found)
        self._errand.at("push.probed")
        return found

    def _look_closer(self, missing: Sequence[Parcel], found: Found) -> None:
        """A server that was never seen to keep our identifier may have what it says it has not."""
        named = [parcel for parcel in missing if parcel.step.line.sent and self._by(parcel) is By.IDENTIFIER]
        sent = [parcel for parcel in named if not _lacks_whom(parcel)]
        like = self._probe.look([self._sought(parcel, By.CONTENT) for parcel in sent]).there if sent else {}
        if any(like.values()):
            self._errand.learn(self._errand.learned.without(IDENTIFIER))
            found.there |= like

    def _sought(self, parcel: Parcel, by: By) -> Sought:
        later = self._later.of(parcel) if by is By.CONTENT and not parcel.step.follows else []
        return Sought(parcel.local_id, parcel.rtype, by, parcel.body, tuple(one.body for one in later))

    def _by(self, parcel: Parcel) -> By:
        learned = self._errand.learned
        if self._errand.mode is Mode.P and not modes.shared(parcel.local_id):
            return By.ID
        known_again = learned.does(IDENTIFIER) and learned.does(SEARCH) and identified(parcel.made, parcel.local_id)
        return By.IDENTIFIER if known_again else By.CONTENT

    # what was held

    def resolve(self, steps: Sequence[Step], pack: Callable[[Sequence[Step]], list[Parcel]]) -> None:
        """Held lines that are due: what they were to do is done, or they are sent again. Each is packed by itself, and anew
        before it is compared: what it refers to may have been found by then."""
        parcels = [parcel for step in steps for parcel in pack([step])]
        creates = [parcel for parcel in parcels if parcel.asked is not Asked.UPDATE]
        there = self.look(creates).there if creates else {}
        for step in steps:
            for parcel in pack([step]):
                if parcel.asked is Asked.UPDATE:
                    self._resolve_change(parcel)
                else:
                    self.settle_new(parcel, there)

    def settle_new(self, parcel: Parcel, there: Mapping[str, list[Served]]) -> bool:
        """True where the record is there and needs not be sent."""
        seqs = [parcel.step.seq]
        if parcel.local_id not in there:
            self._errand.put_aside(seqs, Why.AMBIGUOUS)
            return True
        found = there[parcel.local_id]
        if not found:
            with self._errand.book("not there") as session:
                sending.again(session, seqs)
            return False
        if len(found) > 1 and not parcel.step.follows:
            by_content = self._by(parcel) is By.CONTENT
            self._errand.put_aside(seqs, Why.AMBIGUOUS if by_content else Why.DUPLICATE, None, as_searchset(found))
            return True
        self.adopt(parcel, found[0])
        return True

    def adopt(self, parcel: Parcel, served: Served) -> None:
        """The server has it: as we sent it, or as somebody changed it since."""
        if parcel.step.follows or self._is_as(parcel, served):
            acknowledge(self._errand, [Receipt(parcel, served)], sent=False)
            return
        if self._went_on(parcel, served):
            return
        with self._errand.book("changed there") as session:
            if modes.shared(parcel.local_id):  # what is there need not come from us: there is nothing both started from
                sending.requeue(session, [parcel.step.seq])
            else:
                sending.again(session, [parcel.step.seq])
        self._errand.stale(parcel.local_id, parcel.step.line.kind, served.resource)

    def _is_as(self, parcel: Parcel, served: Served) -> bool:
        dropped = ("id",) if self._errand.learned.does(IDENTIFIER) else ("id", "identifier")
        return equal({name: value for name, value in parcel.body.items() if name not in dropped}, served.resource)

    def _went_on(self, parcel: Parcel, served: Served) -> bool:
        """It is there as a later line says: that one is done, and those before it."""
        later = self._later.of(parcel)
        reached = next((one for one in reversed(later) if self._is_as(one, served)), None)
        if reached is None:
            return False
        passed = [parcel.step.seq, *(one.step.seq for one in later if one.step.seq < reached.step.seq)]
        with self._errand.book("there as it was changed later") as session:
            sending.done(session, passed)
        acknowledge(self._errand, [Receipt(reached, served)], sent=False)
        return True

    def _resolve_change(self, parcel: Parcel) -> None:
        served = read(self._errand, parcel.address)
        sent = created(parcel.body) if parcel.was_new else parcel.body
        if served is None:
            self._errand.removed(parcel.local_id, [parcel.step.seq], None)
        elif equal(sent, served.resource):
            acknowledge(self._errand, [Receipt(parcel, served)], sent=parcel.attempts > 0)
        elif served.version and served.version == parcel.version:
            with self._errand.book("not executed") as session:
                sending.again(session, [parcel.step.seq])
        else:
            self.overtaken(parcel, served)

    def overtaken(self, parcel: Parcel, served: Served) -> None:
        """An update from a version that is no longer the latest: merged, or left to a person."""
        with self._errand.book("overtaken") as session:
            sending.requeue(session, [parcel.step.seq])
        self._errand.stale(parcel.local_id, parcel.step.line.kind, served.resource)

    # what the server may have by itself

    def of_appointments(self, parcels: Sequence[Parcel]) -> dict[str, list[Served]]:
        """New visits by record, whose appointment the server has made an Encounter of."""
        found: dict[str, list[Served]] = {}
        for parcel in parcels:
            booked = _appointment(parcel.body) if parcel.asked is not Asked.UPDATE else ""
            if booked and not parcel.step.line.sent:
                there = [one for one in self._with_appointment(booked) if not self._is_another(one.address, parcel.local_id)]
                found |= {parcel.local_id: there} if there else {}
        return found

    def _with_appointment(self, booked: str) -> list[Served]:
        try:
            page = pages.search(self._errand.client, "Encounter", [("appointment", booked)])
        except Unavailable:
            return []
        return [served for served in page.served if _appointment(served.resource).endswith(booked)]

    def unproved_condition(self, rtype: str) -> bool:
        """Whether a server answers a search for an identifier that nobody has with something: then its conditional creates
        would match strangers."""
        learned = self._errand.learned
        if rtype in learned.seen or not learned.does(SEARCH):
            return not learned.does(SEARCH)
        found = self._probe.answers_with_strangers(rtype)
        if found:
            self._errand.learn(learned.without(SEARCH))
        return found

    def first_of_its_type(self, receipts: Sequence[Receipt]) -> None:
        """What was first created of a type is read back: whether our identifier is kept, and told from others."""
        for one in receipts:
            if self._is_first(one):
                served = read(self._errand, one.served.address)
                if served:
                    self._errand.learn(self._taught(one, served))

    def _is_first(self, one: Receipt) -> bool:
        parcel = one.parcel
        by_identifier = parcel.asked in (Asked.CONDITIONAL, Asked.POST) and identified(parcel.made, parcel.local_id)
        return by_identifier and parcel.rtype not in self._errand.learned.seen

    def _taught(self, one: Receipt, served: Served) -> Learned:
        learned = self._errand.learned.having(served.rtype)
        if not self.carries(served, one.parcel.local_id):
            return learned.without(IDENTIFIER)
        deaf = learned.does(SEARCH) and self._probe.answers_with_strangers(served.rtype)
        return learned.without(SEARCH) if deaf else learned

    def carries(self, served: Served, local_id: str) -> bool:
        try:
            return served.own_id() == local_id
        except NotUsable:
            return False


def _lacks_whom(parcel: Parcel) -> bool:
    """What it is about is not there, so it cannot be; what says the same there is about somebody else."""
    return any(name in parcel.made and name not in parcel.body for name in _WHOM)


def _appointment(body: Resource) -> str:
    try:
        booked = [reading.text(one, "reference") for one in reading.parts(body, "appointment")]
    except NotUsable:
        return ""
    return next((one for one in booked if one.startswith("Appointment/") or "/Appointment/" in one), "")


def as_searchset(found: Sequence[Served]) -> Resource:
    """What a person is shown to choose from."""
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one.resource} for one in found]}
