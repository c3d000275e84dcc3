"""Steps go out, a visit at a time: together where the server can, else one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from maroom.fhir.outcome import Outcome
from maroom.fhir.reply import Reply
from maroom.sync.phase import Ended
from maroom.sync.push import entries, modes
from maroom.sync.push.alone import Alone, There, outcome
from maroom.sync.push.answers import Asked, Verdict, judge
from maroom.sync.push.asking import Answered, ask_together, octets, seqs_of
from maroom.sync.push.errand import Errand, Over
from maroom.sync.push.modes import TRANSACTION, Mode
from maroom.sync.push.order import Block, halves
from maroom.sync.push.parcels import Packing, Parcel
from maroom.sync.push.plan import Why
from maroom.sync.push.seeking import Seeking
from maroom.sync.push.steps import Step

_BUNDLED = (Mode.P, Mode.C)
_PAIR = 2


class Delivery:
    def __init__(self, errand: Errand, seeking: Seeking) -> None:
        self._errand = errand
        self._seeking = seeking
        self._alone = Alone(errand, seeking, self.pack)

    def pack(self, steps: Sequence[Step], nth_way: int = 0) -> list[Parcel]:
        """What goes together; steps of which no body can be made are put before a person. `nth_way`: how many ways of
        creating were tried in vain."""
        errand = self._errand

        def choose(step: Step, has_identifier: bool) -> Asked:
            ways = modes.ways(errand.mode, step.local_id, has_identifier, errand.learned)
            return ways[min(nth_way, len(ways) - 1)]

        packing = Packing(errand.exchanges, errand.server.capability.names_profile, choose)
        with errand.unit.read(errand.act) as read:
            parcels, broken = packing.pack(read, steps)
        for step in broken:
            errand.put_aside(step.seqs, Why.CANNOT_BE_MADE)
        return parcels

    def deliver(self, blocks: Sequence[Block]) -> int:
        """What of it can go now; how many records the server has of it then. Over, Halted, and what the client raises."""
        if self._errand.stop():
            raise Over(Ended.STOPPED)
        ready = self._ready(blocks)
        if self._errand.mode in _BUNDLED and sum(map(len, ready)) > 1:
            return self._together(ready)
        return self._one_by_one(ready)

    def _ready(self, blocks: Sequence[Block]) -> list[Block]:
        """Without those that need what did not go up."""
        left = [block for block in blocks if all(step.local_id in self._errand.pending for step in block)]
        while True:
            missing = self._errand.pending - {step.local_id for step in _flat(left)}
            good = [block for block in left if not any(self._lacks(step, missing) for step in block)]
            if len(good) == len(left):
                return good
            left = good

    def _lacks(self, step: Step, missing: set[str]) -> bool:
        """A change of what is there is waited for by what tells of it alone."""
        waited_for = missing if step.follows else missing - self._errand.there
        return any(need in waited_for for need in step.line.needs)

    # one by one

    def _one_by_one(self, blocks: Sequence[Block]) -> int:
        if not blocks:
            return 0
        there = self._looked_for(_flat(blocks))
        taken = 0
        for block in blocks:
            for step in block:
                if self._errand.stop():
                    raise Over(Ended.STOPPED)
                if len(block) > 1 or self._ready([(step,)]):
                    taken += self._alone.send(step, there)
        return taken

    def _looked_for(self, steps: Sequence[Step]) -> There:
        """New records that the server may have already, by another's hand or from a time that this store forgot."""
        parcels = [parcel for parcel in self.pack(steps) if parcel.asked is not Asked.UPDATE]
        found = self._seeking.of_appointments(parcels)
        asked = [parcel for parcel in parcels if parcel.local_id not in found and self._is_unguarded(parcel)]
        if asked:
            found |= {one: there for one, there in self._seeking.look(asked).there.items() if there}
        return found

    def _is_unguarded(self, parcel: Parcel) -> bool:
        """Nothing in the request itself keeps it from being made twice, where it may be there by now."""
        return _may_be_twice(parcel) or (self._errand.mode is Mode.S and not parcel.step.follows)

    # together

    def _together(self, blocks: Sequence[Block]) -> int:
        parcels = self.pack(_flat(blocks))
        if len(parcels) < len(_flat(blocks)):
            return self.deliver(self._still_planned(blocks, parcels))
        apart = self._to_go_alone(parcels)
        if apart:
            return self._split(blocks, apart)
        if len(blocks) > 1 and self._too_much(parcels):
            return self._halved(blocks)
        return self._asked(blocks, parcels)

    def _asked(self, blocks: Sequence[Block], parcels: Sequence[Parcel]) -> int:
        answered = ask_together(self._errand, parcels)
        for _ in range(self._errand.pace.races):
            if answered.verdict is not Verdict.RACED:
                break
            self._alone.lost_race(parcels)
            left = self._ready(blocks)
            if len(_flat(left)) < len(parcels):
                return len(parcels) - len(_flat(left)) + self.deliver(left)
            answered = ask_together(self._errand, parcels)
        return self._acted(blocks, parcels, answered)

    def _still_planned(self, blocks: Sequence[Block], parcels: Sequence[Parcel]) -> list[Block]:
        made = {parcel.local_id for parcel in parcels}
        return [block for block in blocks if all(step.local_id in made for step in block)]

    def _to_go_alone(self, parcels: Sequence[Parcel]) -> set[str]:
        """What has to be read first, what has to be looked for, visits that the server may have made of their appointment, and
        conditional creates of a type as long as the server was not seen to understand the condition."""
        conditional = dict.fromkeys(parcel.rtype for parcel in parcels if parcel.asked is Asked.CONDITIONAL)
        unproved = {rtype for rtype in conditional if self._seeking.unproved_condition(rtype)}
        apart = [parcel for parcel in parcels if parcel.must_read or parcel.rtype in unproved or _may_be_twice(parcel)]
        alone = {parcel.local_id for parcel in apart}
        return alone | set(self._seeking.of_appointments(parcels))

    def _too_much(self, parcels: Sequence[Parcel]) -> bool:
        most = self._errand.learned.most
        return 0 < most < len(parcels) or octets(self._errand, parcels) > self._errand.pace.octets

    def _split(self, blocks: Sequence[Block], apart: set[str]) -> int:
        """Those apart each alone, in their place; the others together."""
        taken = 0
        run: list[Block] = []
        for block in blocks:
            if any(step.local_id in apart for step in block):
                taken += self.deliver(run) + self._one_by_one(self._ready([block]))
                run = []
            else:
                run.append(block)
        return taken + self.deliver(run)

    def _halved(self, blocks: Sequence[Block]) -> int:
        one, other = halves(blocks)
        return self.deliver(one) + self.deliver(other)

    def _acted(self, blocks: Sequence[Block], parcels: Sequence[Parcel], answered: Answered) -> int:
        seqs, errand = seqs_of(parcels), self._errand
        self._alone.of_server(seqs, answered)
        match answered.verdict:
            case Verdict.TAKEN if answered.reply:
                return self._taken(parcels, answered.reply)
            case Verdict.UNREADABLE | Verdict.UNKNOWN | Verdict.FAILED:
                errand.hold(seqs, failing=answered.verdict is Verdict.FAILED)
                errand.missed()
                return 0
            case _:
                errand.requeue(seqs)
                return self._not_together(blocks, parcels, answered)

    def _not_together(self, blocks: Sequence[Block], parcels: Sequence[Parcel], answered: Answered) -> int:
        """Nothing of it was executed: smaller, or apart, until it is known what was wrong."""
        if len(blocks) == 1:
            return self._refused_whole(parcels, answered)
        if answered.verdict is Verdict.SPLIT:
            updates = {parcel.local_id for parcel in parcels if parcel.asked is Asked.UPDATE}
            return self._split(blocks, updates or {parcel.local_id for parcel in parcels})
        if answered.verdict is Verdict.TOO_LARGE:
            self._errand.learn(replace(self._errand.learned, most=(len(parcels) + 1) // 2))
            return self._halved(blocks)
        named = {parcels[n].local_id for n in Outcome.of(outcome(answered.reply)).entry_indexes() if n < len(parcels)}
        if named and len(named) < len(parcels):
            return self._split(blocks, named)
        before = self._errand.learned.never
        taken = self._halved(blocks)
        one_by_one = taken == len(parcels) == len(blocks) == _PAIR and self._errand.learned.never == before
        if answered.verdict is Verdict.NOT_TAKEN and one_by_one:
            self._errand.learn(self._errand.learned.without(TRANSACTION))
        return taken

    def _refused_whole(self, parcels: Sequence[Parcel], answered: Answered) -> int:
        """What can only go together was refused together."""
        self._errand.put_aside(seqs_of(parcels), Why.REFUSED, answered.status, outcome(answered.reply))
        return 0

    def _taken(self, parcels: Sequence[Parcel], reply: Reply) -> int:
        """Entry by entry: some servers answer a transaction as a batch."""
        told = entries.answers(reply, len(parcels))
        answered = [
            Answered(judge(parcel.asked, one, parcel.rtype), one) for parcel, one in zip(parcels, told, strict=True)
        ]  # fmt: skip
        good = [n for n, one in enumerate(answered) if one.verdict is Verdict.TAKEN]
        self._alone.taken([parcels[n] for n in good], [answered[n] for n in good])
        return len(good) + sum(self._acted_in_bundle(parcels[n], one) for n, one in enumerate(answered) if n not in good)

    def _acted_in_bundle(self, parcel: Parcel, answered: Answered) -> int:
        if answered.verdict not in (Verdict.NOT_TAKEN, Verdict.RACED):
            return self._alone.acted(parcel, answered) is Verdict.TAKEN
        self._errand.requeue(seqs_of([parcel]))
        return self._one_by_one([(parcel.step,)])


def _may_be_twice(parcel: Parcel) -> bool:
    """It went out before, by whatever hand, and would be made again by every request."""
    return parcel.asked is Asked.POST and parcel.step.line.sent


def _flat(blocks: Iterable[Block]) -> list[Step]:
    return [step for block in blocks for step in block]
