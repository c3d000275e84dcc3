"""What goes up now, in which order and in which bundles; and why the rest does not. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from maroom.store.base import Op
from maroom.store.outbox import State
from maroom.sync.push.steps import Line, Step, by_record, never_to_be, next_step

LINKED = ("Patient", "Encounter")
"""What a server that lets nobody create it has itself, so that ours is linked to it."""
_COMES_ALONG = "Patient"
_PEOPLE = ("Practitioner", "PractitionerRole", "Organization")
_CHANGED_FREELY = (*LINKED, "Task", "QuestionnaireResponse")
"""A change of these is no amendment of what somebody reads as a result."""


class Standing(StrEnum):
    """How a record stands at the server, and of its lines those that are not to be planned."""

    THERE = "there"
    GONE = "gone"
    NOWHERE = "nowhere"


class Wait(StrEnum):
    NOTHING = ""
    ANSWER = "answer"
    """one of its lines is held"""
    PERSON = "person"
    """one of its lines stopped"""
    LINK = "link"
    """the server's own is looked for"""


@dataclass(frozen=True)
class Place:
    standing: Standing = Standing.NOWHERE
    wait: Wait = Wait.NOTHING
    rtype: str = ""


_UNKNOWN = Place()


class Why(StrEnum):
    """Why a line stands where it stands."""

    NOTHING = ""
    VOID_BEFORE_SENT = "void_before_sent"
    NOT_NEEDED = "not_needed"
    TYPE_NOT_TAKEN = "type_not_taken"
    CHANGE_NOT_TAKEN = "change_not_taken"
    NOTHING_SENT = "nothing_sent"
    """it tells of records that all stay here"""
    NEEDS_STOPPED = "needs_stopped"
    NEEDS_GONE = "needs_gone"
    NEEDS_LINK = "needs_link"
    NONE_THERE = "none_there"
    """somebody said that the server has none of it"""
    LINKED = "linked"
    KEPT_BY_HAND = "kept_by_hand"
    """somebody said that it stays here"""
    MADE_BY_HAND = "made_by_hand"
    """somebody made the change on the server"""
    REFUSED = "refused"
    NOT_ALLOWED = "not_allowed"
    SERVER_FAILS = "server_fails_on_this"
    DUPLICATE = "duplicate_on_server"
    TAKEN_BY_ANOTHER = "taken_by_another"
    """the resource belongs to another record here"""
    REMOVED_THERE = "removed_there"
    MADE_AGAIN = "made_again"
    """the server had lost it, and has it back"""
    AMBIGUOUS = "ambiguous"
    """several there could be it"""
    CANNOT_BE_MADE = "cannot_be_made"


NOT_THERE = (Why.REFUSED, Why.NOT_ALLOWED, Why.CANNOT_BE_MADE)
"""Put before a person, and certainly not on the server."""
Takes = Callable[[str, Op], bool]
"""Whether a server takes a create, update or void of a type."""


@dataclass(frozen=True)
class Verdict:
    state: State
    why: Why = Why.NOTHING


GO = Verdict(State.QUEUED)
STAY = Verdict(State.HELD)
"""Queued still, and to be looked at again."""
_WAITING = {
    Wait.ANSWER: STAY,
    Wait.PERSON: Verdict(State.BLOCKED, Why.NEEDS_STOPPED),
    Wait.LINK: Verdict(State.BLOCKED, Why.NEEDS_LINK),
}


@dataclass
class Plan:
    """`steps` may go up, in no order yet; `verdicts` are for the lines that may not."""

    steps: dict[str, Step] = field(default_factory=dict[str, Step])
    waits: set[str] = field(default_factory=set[str])
    verdicts: dict[int, Verdict] = field(default_factory=dict[int, Verdict])


def plan(lines: Iterable[Line], places: Mapping[str, Place], takes: Takes) -> Plan:
    return _Planning(by_record(lines), places, takes).made()


class _Planning:
    def __init__(self, records: Mapping[str, Sequence[Line]], places: Mapping[str, Place], takes: Takes) -> None:
        self._records = records
        self._places = places
        self._takes = takes
        self._plan = Plan()
        self._verdicts: dict[str, Verdict] = {}
        self._steps: dict[str, Step] = {}

    def made(self) -> Plan:
        for local_id, lines in self._records.items():
            if never_to_be(lines, self._there(local_id)) and self._place(local_id).wait is Wait.NOTHING:
                self._decide(lines, Verdict(State.SQUASHED, Why.VOID_BEFORE_SENT))
            else:
                self._steps[local_id] = next_step(lines)
        wanted = self._wanted()
        for local_id, step in self._steps.items():
            self._verdicts[local_id] = self._of_itself(step) if local_id in wanted else Verdict(State.KEPT, Why.NOT_NEEDED)
        self._spread()
        self._conclude()
        return self._plan

    def _place(self, local_id: str) -> Place:
        return self._places.get(local_id, _UNKNOWN)

    def _there(self, local_id: str) -> bool:
        return self._place(local_id).standing is Standing.THERE

    def _decide(self, lines: Sequence[Line], verdict: Verdict) -> None:
        self._plan.verdicts |= {line.seq: verdict for line in lines}

    def _wanted(self) -> set[str]:
        """What was charted, all that it needs, and what tells of any of these."""
        wanted: set[str] = set()
        left = [local_id for local_id, step in self._steps.items() if self._charted(step)]
        while left:
            local_id = left.pop()
            if local_id not in wanted:
                wanted.add(local_id)
                left += [need for need in self._steps[local_id].line.needs if need in self._steps]
        return wanted | {one for one, step in self._steps.items() if step.follows and self._tells(step, wanted)}

    def _charted(self, step: Step) -> bool:
        """A patient, or a visit to which nobody came, is no news in itself to a server that knows nothing of it."""
        if step.follows:
            return False
        return self._there(step.local_id) or not (step.rtype == _COMES_ALONG or step.line.idle)

    def _tells(self, step: Step, wanted: set[str]) -> bool:
        needs = step.line.needs
        return not needs or any(need in wanted or need not in self._steps for need in needs)

    def _of_itself(self, step: Step) -> Verdict:
        place = self._place(step.local_id)
        if place.wait is Wait.ANSWER:
            return STAY
        there = place.standing is Standing.THERE
        op = (Op.VOID if step.line.op == Op.VOID else Op.UPDATE) if there else Op.CREATE
        if there and not self._takes(step.rtype, op):
            return _not_taken(step.rtype, op)
        if place.wait is not Wait.NOTHING:
            return _WAITING[place.wait]
        return GO if self._takes(step.rtype, op) else _not_taken(step.rtype, op)

    def _spread(self) -> None:
        """What cannot go keeps back what needs it, until nothing changes any more."""
        needed_by: dict[str, list[str]] = {}
        for local_id, step in self._steps.items():
            for need in step.line.needs:
                needed_by.setdefault(need, []).append(local_id)
        left = list(self._steps)
        while left:
            local_id = left.pop()
            verdict = self._verdicts[local_id]
            now = self._with_needs(self._steps[local_id]) if verdict == GO else verdict
            if now != verdict:
                self._verdicts[local_id] = now
                left += needed_by.get(local_id, ())

    def _with_needs(self, step: Step) -> Verdict:
        found = {need: self._need(step, need) for need in step.line.needs if need != step.local_id}
        told = [one for need, one in found.items() if self._place(need).rtype not in _PEOPLE]
        if step.follows and told and all(one is not None and one.state is State.KEPT for one in told):
            return Verdict(State.KEPT, Why.NOTHING_SENT)
        held_back = (one for one in found.values() if one and one.state is not State.KEPT)
        return next(held_back, GO)

    def _need(self, step: Step, need: str) -> Verdict | None:
        """What a need does to a step: None nothing, `kept` that it is left out, anything else that the step waits."""
        place = self._place(need)
        of_step = self._verdicts.get(need)
        if place.standing is Standing.THERE and not step.follows:
            return None
        if place.standing is Standing.GONE:
            return Verdict(State.BLOCKED, Why.NEEDS_GONE)
        if of_step is not None:
            return STAY if step.follows and self._has_more_before(step, need) else _passed_on(of_step)
        if place.wait is not Wait.NOTHING:
            return _WAITING[place.wait]
        return None if place.standing is Standing.THERE else Verdict(State.KEPT)

    def _has_more_before(self, step: Step, need: str) -> bool:
        """What is told of may be a change that comes only after the one that goes up now."""
        return any(self._steps[need].seq < line.seq < step.seq for line in self._records[need])

    def _conclude(self) -> None:
        for local_id, step in self._steps.items():
            verdict = self._verdicts[local_id]
            if verdict == GO:
                self._plan.steps[local_id] = step
            elif verdict == STAY:
                self._plan.waits.add(local_id)
            else:
                for_good = verdict.state in (State.KEPT, State.BY_HAND)
                lines = self._records[local_id] if for_good else [step.line]
                covered = [line for line in self._records[local_id] if line.seq in step.covers]
                self._decide([*covered, *lines], verdict)


def _not_taken(rtype: str, op: Op) -> Verdict:
    """What stands there and should not, somebody must change by hand."""
    if op is Op.CREATE:
        return Verdict(State.TO_LINK if rtype in LINKED else State.KEPT, Why.TYPE_NOT_TAKEN)
    by_hand = op is Op.VOID or rtype not in _CHANGED_FREELY
    return Verdict(State.BY_HAND if by_hand else State.KEPT, Why.CHANGE_NOT_TAKEN)


def _passed_on(verdict: Verdict) -> Verdict | None:
    match verdict.state:
        case State.QUEUED:
            return None
        case State.TO_LINK:
            return Verdict(State.BLOCKED, Why.NEEDS_LINK)
        case State.BY_HAND:
            return Verdict(State.BLOCKED, Why.NEEDS_STOPPED)
        case _:
            return verdict
