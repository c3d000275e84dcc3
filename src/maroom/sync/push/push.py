"""The way up: what is not known is asked for, what waits is planned and sent, until nothing more can be done now."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from maroom.core.clock import Clock
from maroom.fhir.client import Client
from maroom.fhir.transport import NotSent, Unknown
from maroom.store import exporting, sending
from maroom.store.base import Op
from maroom.store.outbox import State
from maroom.store.sending import Frozen
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.kinds import Exchanges, Kinds
from maroom.sync.phase import Ended
from maroom.sync.pull.pages import Halted
from maroom.sync.pull.pages import Why as HaltedWhy
from maroom.sync.push import modes
from maroom.sync.push.delivery import Delivery
from maroom.sync.push.errand import At, Errand, Over, Overtaken, Stop
from maroom.sync.push.linking import Linking
from maroom.sync.push.modes import Learned, Mode, Reason, ServerFacts
from maroom.sync.push.order import bundles, rank, visits
from maroom.sync.push.pace import Pace
from maroom.sync.push.plan import Plan, Standing, Verdict, Why, plan
from maroom.sync.push.seeking import Seeking
from maroom.sync.push.steps import Line, Step
from maroom.sync.push.world import World

Progress = Callable[[int, int], None]
"""Records done, of how many."""
_FOR_A_SERVER_S_SAKE = (Why.TYPE_NOT_TAKEN, Why.CHANGE_NOT_TAKEN, Why.NOTHING_SENT)
_HALTED = {HaltedWhy.BUSY: Ended.PAUSED, HaltedWhy.FAILS: Ended.PAUSED, HaltedWhy.PORTAL: Ended.PORTAL}


@dataclass(frozen=True)
class Pushed:
    """`sent` and `confirmed` are of this run, the others how the store stands after it, all in records. `paused_until`: the
    server is left alone till then; `due`: when the first held record may be asked for."""

    sent: int
    confirmed: int
    refused: int
    held: int
    conflicts: int
    to_link: int
    by_hand: int
    kept: int
    queued: int
    """with those that are blocked"""
    made_again: int
    ended: Ended
    paused_until: datetime | None
    due: datetime | None
    mode: Mode
    reasons: tuple[Reason, ...]


class Push:
    """One run of one uploader: two at once on one store are kept apart by the caller."""

    def __init__(
        self,
        unit: UnitOfWork,
        exchanges: Exchanges,
        client: Client,
        server: ServerFacts,
        conflicts: Overtaken,
        clock: Clock,
        pace: Pace | None = None,
        *,
        at: At = lambda _name: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        wait = pace or Pace()
        self._errand = Errand(unit, exchanges, client, server, conflicts, clock, wait, at, lambda: False, sleep)
        self._kinds = Kinds(exchanges)

    def recover(self) -> int:
        """First of all: what was under way when the program ended is held; how many lines."""
        errand = self._errand
        with errand.book("recover") as session:
            found = sending.recover(session, errand.now, errand.pace.hold)
        errand.at("push.recovered")
        return found

    def run(self, stop: Stop, progress: Progress = lambda _done, _of: None, *, asked: bool = True) -> Pushed:
        """`asked`: a person waits for it, so that a back-off of ours is skipped; what the server asked for is not. SignInNeeded
        ends it; everything else is told by what is given back."""
        errand = self._errand
        errand.stop = stop
        errand.recall()
        with errand.book("what left in a file") as session:
            exporting.ask_for(session, errand.now)
        self._compare_claims()
        try:
            ended = self._tried(progress, asked)
        finally:
            self.recover()
        return self._pushed(ended)

    def _tried(self, progress: Progress, asked: bool) -> Ended:
        errand = self._errand
        if self._is_paused(asked):
            return Ended.PAUSED
        try:
            try:
                self._all(progress)
            except (NotSent, Unknown):
                errand.back_off(Ended.NOT_REACHED)
            except Halted as halted:
                errand.back_off(_HALTED[halted.why], halted.retry_after)
        except Over as over:
            return over.why
        return Ended.NOT_YET

    def _is_paused(self, asked: bool) -> bool:
        """A pause that a clock which was set back would make longer than any is over."""
        learned, now, pace = self._errand.learned, self._errand.now, self._errand.pace
        until = learned.not_before
        if until is None or until <= now or until > now + max(pace.longest_back_off, pace.longest_wait):
            return False
        return learned.bidden or not asked

    def _compare_claims(self) -> None:
        """Where the server says other things of itself than before, what it did not do is tried anew."""
        errand, claims = self._errand, modes.claims(self._errand.server.capability)
        learned = errand.learned
        if claims in ("", learned.claims):
            return
        if learned.claims:
            with errand.book("the server changed") as session:
                sending.offer_again(session, _FOR_A_SERVER_S_SAKE)
        errand.learn(Learned(claims=claims, misses=learned.misses, not_before=learned.not_before, bidden=learned.bidden))

    # the passes

    def _all(self, progress: Progress) -> None:
        errand = self._errand
        seeking = Seeking(errand)
        delivery = Delivery(errand, seeking)
        with errand.unit.glance() as session:
            until = sending.highest(session)
        before: object = None
        while True:
            self._resolve_due(seeking, delivery)
            world = World(errand.unit, self._kinds, errand.act, until)
            world.load(errand.clock.now())
            planned = plan(world.lines, world.places, self._takes)
            self._settle(world, planned)
            self._link(delivery)
            now = (frozenset(step.seq for step in planned.steps.values()), errand.learned, errand.tally.confirmed)
            if not planned.steps or now == before:
                return
            before = now
            self._pass(delivery, world, planned, progress)

    def _takes(self, rtype: str, op: Op) -> bool:
        return modes.takes(self._errand.server, self._errand.learned, rtype, op)

    def _pass(self, delivery: Delivery, world: World, planned: Plan, progress: Progress) -> None:
        errand = self._errand
        errand.pending = set(planned.steps)
        errand.there = {one for one, place in world.places.items() if place.standing is Standing.THERE}
        total = len(planned.steps)
        for visit in visits(planned.steps, world.places):
            for bundle in bundles(visit, errand.pace.entries):
                delivery.deliver(bundle)
                progress(total - len(errand.pending), total)

    def _settle(self, world: World, planned: Plan) -> None:
        """Where each line stands that may not go, as far as it stood elsewhere before; what may go is no longer blocked."""
        lines = {line.seq: line for line in world.lines}
        moves: dict[Verdict, list[int]] = {}
        for seq, verdict in {**planned.verdicts, **world.unmakeable}.items():
            if seq not in lines or (lines[seq].state, lines[seq].why) != (verdict.state, verdict.why):
                moves.setdefault(verdict, []).append(seq)
        free = [line.seq for line in world.lines if line.seq not in planned.verdicts and line.state != State.QUEUED]
        with self._errand.book("where lines stand") as session:
            for verdict, seqs in moves.items():
                sending.move(session, seqs, verdict.state, verdict.why)
            sending.move(session, free, State.QUEUED)
        self._errand.at("push.planned")

    def _link(self, delivery: Delivery) -> None:
        """The server's own patients and visits, where it lets nobody create them: each asked for once a run."""
        errand = self._errand
        with errand.unit.glance() as session:
            waiting = sending.to_link(session)
        steps = [self._step(line) for line in waiting if line.seq not in errand.looked_up]
        errand.looked_up |= {step.seq for step in steps}
        for some in _by_rank(steps):
            Linking(errand).look([parcel for step in some for parcel in delivery.pack([step])])

    # what is not known

    def _resolve_due(self, seeking: Seeking, delivery: Delivery) -> None:
        errand = self._errand
        with errand.unit.glance() as session:
            due = sending.due(session, errand.now)
        for some in _by_rank(self._step(line) for line in due):
            seeking.resolve(some, delivery.pack)

    def _step(self, line: Frozen) -> Step:
        rtype = self._kinds.named(line.kind).rtype
        now = self._errand.now
        return Step(Line(line.seq, line.local_id, line.kind, rtype, line.revision, "", "", now, State.HELD, sent=True))

    def _pushed(self, ended: Ended) -> Pushed:
        errand = self._errand
        with errand.unit.glance() as session:
            counts, due = sending.counts(session), sending.next_due(session)
        mode, reasons = modes.mode(errand.server, errand.learned)
        return Pushed(
            errand.tally.sent, errand.tally.confirmed, counts.get(State.QUARANTINED, 0), counts.get(State.HELD, 0),
            counts.get(State.CONFLICT, 0), counts.get(State.TO_LINK, 0), counts.get(State.BY_HAND, 0),
            counts.get(State.KEPT, 0), counts.get(State.QUEUED, 0) + counts.get(State.BLOCKED, 0),
            errand.tally.made_again, ended, errand.learned.not_before, due, mode, reasons,
        )  # fmt: skip


def _by_rank(steps: Iterable[Step]) -> list[list[Step]]:
    """What others refer to before them."""
    ordered = sorted(steps, key=lambda step: (rank(step), step.seq))
    return [list(some) for _, some in groupby(ordered, key=rank)]
