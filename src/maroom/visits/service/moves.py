"""The moves of a visit. `after` is the revision that the board showed.

Problems of each: CHANGED_MEANWHILE where another revision came in between, MOVE_NOT_POSSIBLE where the visit does not stand so
that the move can be made. A patient who leaves a room leaves it dirty, in the same unit of work.
"""

from __future__ import annotations

from dataclasses import replace

from maroom.core.people import Opening, Right
from maroom.core.problems import Code, Problem
from maroom.core.settings import Room
from maroom.core.visit import VisitRef
from maroom.store.base import Origin
from maroom.store.unit_of_work import Write
from maroom.visits.model import Step, Visit
from maroom.visits.rows import visit as rows
from maroom.visits.rules import moves as rules
from maroom.visits.service import occupancy
from maroom.visits.service.base import VisitsBase, act_about, stamped


class MoveVerbs(VisitsBase):
    def arrive(self, opening: Opening, visit: VisitRef, after: int) -> Visit:
        return self._move(opening, visit, after, Step.ARRIVE)

    def take_to_room(self, opening: Opening, visit: VisitRef, after: int, room: str, override: str = "") -> Visit:
        """Into a room, or from one room to another. Problems: ROOM_TAKEN, and ROOM_NOT_READY unless `override` says why
        the room may be used as it is."""
        return self._move(opening, visit, after, Step.TAKE_TO_ROOM, self._room(room), override)

    def ready_for_provider(self, opening: Opening, visit: VisitRef, after: int) -> Visit:
        return self._move(opening, visit, after, Step.READY_FOR_PROVIDER)

    def with_provider(self, opening: Opening, visit: VisitRef, after: int) -> Visit:
        return self._move(opening, visit, after, Step.WITH_PROVIDER)

    def leave(self, opening: Opening, visit: VisitRef, after: int) -> Visit:
        """Checked out."""
        return self._move(opening, visit, after, Step.LEAVE)

    def cancel(self, opening: Opening, visit: VisitRef, after: int, reason: str = "") -> Visit:
        """Called off, or left before the provider came."""
        return self._move(opening, visit, after, Step.CANCEL, reason=reason)

    def no_show(self, opening: Opening, visit: VisitRef, after: int) -> Visit:
        return self._move(opening, visit, after, Step.NO_SHOW)

    def undo(self, opening: Opening, visit: VisitRef, after: int) -> Visit:
        """Takes back the last move that stands, and again the one before it. The rooms are as before too: ROOM_TAKEN or
        ROOM_NOT_READY where somebody has come to use or clean the one to go back to."""
        return self._move(opening, visit, after, Step.UNDO)

    def _move(
        self,
        opening: Opening,
        about: VisitRef,
        after: int,
        step: Step,
        room: Room | None = None,
        override: str = "",
        reason: str = "",
    ) -> Visit:
        with self._unit.write(act_about(opening, about, f"visit.{step}", Right.ROOM, override)) as unit:
            before = visit_of(unit, about)
            if before.revision != after:
                raise Problem(Code.CHANGED_MEANWHILE)
            if not rules.can(before, step, room):
                raise Problem(Code.MOVE_NOT_POSSIBLE)
            made = rules.made(before, step, stamped(unit.now), opening.author.staff, room)
            rows.add(unit, made, Origin.TYPED, reason)
            occupancy.follow(unit, before, made, override)
        return replace(made, revision=after + 1)


def visit_of(unit: Write, about: VisitRef) -> Visit:
    """KeyError where there is no such visit of this patient."""
    found = rows.find(unit.session, about.visit)
    if found is None or found.ref != about:
        raise KeyError(about.visit)
    return found
