"""One record in a request of its own, and what its answer makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from maroom.fhir.exchange import Resource
from maroom.fhir.reply import Reply
from maroom.store import mirror
from maroom.sync.attachments import kept
from maroom.sync.merge import same
from maroom.sync.merge.fields import content
from maroom.sync.phase import Ended
from maroom.sync.push import modes
from maroom.sync.push.answers import Asked, Verdict
from maroom.sync.push.asking import Answered, ask_alone, seqs_of
from maroom.sync.push.errand import Errand
from maroom.sync.push.modes import CONDITION, OWN_IDS, Mode
from maroom.sync.push.parcels import Parcel, identified
from maroom.sync.push.plan import Why
from maroom.sync.push.seeking import Seeking
from maroom.sync.push.steps import Step
from maroom.sync.push.taking_in import Receipt, acknowledge, read, receipt
from maroom.sync.served import Served

Pack = Callable[[Sequence[Step], int], list[Parcel]]
"""Of what goes together; the number is how many ways of creating were tried in vain."""
There = Mapping[str, list[Served]]
"""By record, what the server was found to have of it."""
_LACKS = {Asked.PUT: OWN_IDS, Asked.CONDITIONAL: CONDITION}


class Alone:
    def __init__(self, errand: Errand, seeking: Seeking, pack: Pack) -> None:
        self._errand = errand
        self._seeking = seeking
        self._pack = pack

    def send(self, step: Step, there: There) -> bool:
        """Whether the server has it now. A create that is not taken is asked for in the next way. Over, Halted, and what the
        client raises."""
        tried: list[Asked] = []
        for nth_way in range(len(Asked)):
            for parcel in self._pack([step], nth_way):
                if parcel.asked in tried:
                    return False
                verdict = self._found_or_asked(parcel, there)
                if verdict is Verdict.TAKEN:
                    self._learn(*(_LACKS[way] for way in tried))
                if verdict is not Verdict.NOT_TAKEN:
                    return verdict is Verdict.TAKEN
                if parcel.asked not in _LACKS:
                    self._give_up_type(parcel)
                    return False
                tried.append(parcel.asked)
        return False

    def _learn(self, *lacks: str) -> None:
        self._errand.learn(self._errand.learned.without(*lacks))

    def _found_or_asked(self, parcel: Parcel, there: There) -> Verdict:
        if parcel.asked is Asked.UPDATE:
            return self._read_first(parcel) if parcel.must_read else self._asked(parcel)
        if parcel.local_id not in there and self._may_be_another_station_s(parcel):
            there = self._seeking.look([parcel]).there
        if there.get(parcel.local_id) and self._seeking.settle_new(parcel, there):
            return Verdict.TAKEN
        return self._asked(parcel)

    def _may_be_another_station_s(self, parcel: Parcel) -> bool:
        unguarded = parcel.asked is Asked.POST and self._errand.mode is not Mode.S
        return unguarded and modes.shared(parcel.local_id) and identified(parcel.made, parcel.local_id)

    def _asked(self, parcel: Parcel) -> Verdict:
        answered = ask_alone(self._errand, parcel)
        for _ in range(self._errand.pace.races):
            if answered.verdict is not Verdict.RACED:
                break
            if self.lost_race([parcel]):
                return Verdict.TAKEN
            answered = ask_alone(self._errand, parcel)
        return self.acted(parcel, answered)

    def lost_race(self, parcels: Sequence[Parcel]) -> bool:
        """Nothing was executed, and whoever won may have made what we were to make. True where all of it is there."""
        self._errand.requeue(seqs_of(parcels))
        found = self._seeking.look(parcels).there
        there = [parcel for parcel in parcels if found.get(parcel.local_id)]
        for parcel in there:
            self._seeking.settle_new(parcel, found)
        self._errand.sleep(self._errand.pace.race_pause().total_seconds())
        return len(there) == len(parcels)

    def acted(self, parcel: Parcel, answered: Answered) -> Verdict:
        """Over where the answer was about the server."""
        errand, seqs, verdict = self._errand, seqs_of([parcel]), answered.verdict
        self.of_server(seqs, answered)
        match verdict:
            case Verdict.TAKEN:
                self.taken([parcel], [answered])
            case Verdict.UNREADABLE | Verdict.UNKNOWN:
                errand.hold(seqs)
                errand.missed()
            case Verdict.FAILED:
                self._failed(parcel, answered)
            case Verdict.STALE | Verdict.REMOVED:
                self._overtaken(parcel, answered)
            case Verdict.UNVERSIONED if not parcel.was_read:
                errand.requeue(seqs)
                return self._read_first(parcel)
            case Verdict.SEVERAL:
                return self._several(parcel)
            case Verdict.NOT_TAKEN:
                errand.requeue(seqs)
                if parcel.asked is Asked.UPDATE:
                    return verdict
            case _:
                why = Why.NOT_ALLOWED if verdict is Verdict.FORBIDDEN else Why.REFUSED
                errand.put_aside(seqs, why, answered.status, outcome(answered.reply))
        return verdict

    def of_server(self, seqs: Sequence[int], answered: Answered) -> None:
        """Answers that are not about what was sent. Over."""
        errand = self._errand
        match answered.verdict:
            case Verdict.NOT_SENT:
                errand.requeue(seqs)
                errand.back_off(Ended.NOT_REACHED)
            case Verdict.PAUSE:
                errand.requeue(seqs)
                errand.back_off(Ended.PAUSED, answered.reply.retry_after if answered.reply else None)
            case Verdict.ELSEWHERE:
                errand.hold(seqs)
                errand.back_off(Ended.PORTAL)
            case Verdict.UNREADABLE | Verdict.UNKNOWN | Verdict.FAILED:
                pass
            case _:
                errand.answered()

    def taken(self, parcels: Sequence[Parcel], answered: Sequence[Answered]) -> None:
        """A condition that matched is looked at before it is believed."""
        receipts: list[Receipt] = []
        for parcel, one in zip(parcels, answered, strict=True):
            if one.reply is None:
                continue
            made = receipt(self._errand, parcel, one.reply)
            if parcel.asked is Asked.CONDITIONAL and one.reply.status == 200:
                self._matched(parcel, made)
            else:
                receipts.append(made)
        acknowledge(self._errand, receipts)
        given = [one for one in receipts if one.parcel.asked is Asked.PUT and one.served.id != one.parcel.local_id]
        learned = self._errand.learned.taking(*(one.parcel.rtype for one in receipts))
        self._errand.learn(learned.without(OWN_IDS) if given else learned)
        self._seeking.first_of_its_type(receipts)

    def _matched(self, parcel: Parcel, made: Receipt) -> None:
        served = read(self._errand, made.served.address)
        if served is None:
            self._errand.hold(seqs_of([parcel]))
        elif self._seeking.carries(served, parcel.local_id):
            self._seeking.adopt(parcel, served)
        else:
            self._errand.requeue(seqs_of([parcel]))
            self._learn(CONDITION)

    def _failed(self, parcel: Parcel, answered: Answered) -> None:
        errand, seqs = self._errand, seqs_of([parcel])
        since, pace = parcel.failing_since, errand.pace
        if since and parcel.attempts + 1 >= pace.failures and errand.now - since >= pace.failing:
            errand.put_aside(seqs, Why.SERVER_FAILS, answered.status, outcome(answered.reply))
        else:
            errand.hold(seqs, failing=True)
        errand.missed()

    def _overtaken(self, parcel: Parcel, answered: Answered) -> None:
        """Also where a server that takes no updates says so with a 404."""
        served = read(self._errand, parcel.address)
        if served is None:
            self._errand.removed(parcel.local_id, seqs_of([parcel]), answered.status)
        elif answered.verdict is Verdict.REMOVED:
            self._give_up_type(parcel)
        else:
            self._seeking.overtaken(parcel, served)

    def _several(self, parcel: Parcel) -> Verdict:
        """The condition matched several: ours among them, or all strangers, and then the server does not understand it."""
        self._errand.requeue(seqs_of([parcel]))
        found = self._seeking.look([parcel]).there
        if found.get(parcel.local_id):
            self._seeking.settle_new(parcel, found)
        else:
            self._learn(CONDITION)
        return Verdict.SEVERAL

    def _give_up_type(self, parcel: Parcel) -> None:
        """The server does it in no way. Where it took others of the type, it is this one that it does not like."""
        update = parcel.asked is Asked.UPDATE
        if not update and parcel.rtype in self._errand.learned.took:
            self._errand.put_aside(seqs_of([parcel]), Why.REFUSED)
        else:
            self._errand.requeue(seqs_of([parcel]))
            self._learn(f"{'update' if update else 'create'} {parcel.rtype}")

    def _read_first(self, parcel: Parcel) -> Verdict:
        """An update of what is not known well enough."""
        served = read(self._errand, parcel.address)
        if served is None:
            self._errand.removed(parcel.local_id, parcel.step.seqs, None)
            return Verdict.REMOVED
        if parcel.base is not None and not _unchanged(parcel.base, served):
            self._seeking.overtaken(parcel, served)
            return Verdict.STALE
        with self._errand.book("read before it is changed") as session:
            mirror.put_all(session, [served.line(parcel.local_id, parcel.step.line.kind, with_base=True)])
        verdict = Verdict.REFUSED
        for again in self._pack([parcel.step], 0):
            verdict = self._asked(replace(again, must_read=False, was_read=True))
        return verdict


def _unchanged(base: Resource, served: Served) -> bool:
    return same(content(base), content(kept(served.resource)))


def outcome(reply: Reply | None) -> Resource | None:
    return reply.resource if reply else None
