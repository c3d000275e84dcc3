"""The board of one person: reads the day, makes moves, takes the last one back. Reads anew whatever comes of a move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from maroom.access.rights import may
from maroom.core.clock import Clock, Moment
from maroom.core.names import listed
from maroom.core.people import Opening, Right
from maroom.core.ports import Messages, Navigate
from maroom.core.presenter import Presenter
from maroom.core.problems import Problem
from maroom.core.settings import Room
from maroom.duties.board.model import Line, RoomStep, Tile
from maroom.duties.board.presenter.adding import Adding, AddVisit
from maroom.duties.board.presenter.recent import Recent
from maroom.duties.board.presenter.state import Asked, Choice, Question, State
from maroom.duties.board.rules import drawn
from maroom.store.changes import Change, Changes
from maroom.visits.model import Board, BoardRow, RoomState, Step, Visit, VisitStatus
from maroom.visits.service import Visits

HEARD = ("encounter", "patient", "room", "clinic_setting")
"""kinds of record that the board shows something of"""
ROOMED = (VisitStatus.ROOMED, VisitStatus.READY, VisitStatus.WITH_PROVIDER)
CHART = "vitals"


class BoardPresenter(Presenter[State]):
    """`limit` is in minutes, after which a wait is too long; `unfolded` shows those who have gone from the start."""

    def __init__(
        self,
        opening: Opening,
        visits: Visits,
        limit: int,
        clock: Clock,
        messages: Messages,
        navigate: Navigate,
        changes: Changes,
        recent: Recent,
        *,
        unfolded: bool = False,
    ) -> None:
        role = opening.author.role
        super().__init__(
            State(clock.today(), unfolded=unfolded, may_move=may(role, Right.ROOM), may_add=may(role, Right.REGISTER))
        )
        self._opening, self._visits, self._limit, self._clock = opening, visits, limit, clock
        self._messages, self._navigate, self._recent = messages, navigate, recent
        self._forget = changes.listen(self._changed)
        self._board: Board = visits.today(opening)
        self.adding = AddVisit(
            visits, opening, clock, messages, today=self._today, changed=self._adding_changed, added=self._visit_added
        )
        self.state = self._drawn()

    def close(self) -> None:
        super().close()
        self._forget()

    # the day

    def tick(self) -> None:
        """Minutes go on, and at midnight the day does."""
        if _minute(self._clock.now()) != _minute(self._board.at):
            self._read()

    def open(self, key: str) -> None:
        """The visit's own page."""
        self._navigate(CHART, self._row(key).visit)

    def unfold(self) -> None:
        """Shows those who have gone, or no more."""
        self.state = replace(self.state, unfolded=not self.state.unfolded)
        self.show(self._drawn())

    # moves

    def step(self, key: str) -> None:
        """The next step of a line. Where it leads to a room and none is free and ready, it is asked which."""
        line = self._line(key)
        if line.next:
            self.make(key, line.next, line.into)

    def make(self, key: str, step: Step, into: Room | None = None) -> None:
        """Any step of a line. A room, and why a visit is called off, are asked for first."""
        if step is Step.TAKE_TO_ROOM and into is None:
            self._ask(Asked(Question.ROOM, self._line(key), self._choices()))
        elif step is Step.CANCEL:
            self._ask(Asked(Question.CANCEL, self._line(key)))
        else:
            row = self._row(key)
            self._do(lambda: self._moved(self._verb(step, row, into)))

    def undo(self) -> None:
        """Her own last move, where nobody has moved that visit on since."""
        row = self._recent.last(self._opening.author.staff, self._board.visits)
        if row:
            self._do(lambda: self._undone(row, self._visits.undo(self._opening, row.visit, row.revision)))

    def room_step(self, room: str) -> None:
        """The step on a tile."""
        tile = self._tile(room)
        verbs = {RoomStep.CLEAN: self._visits.start_cleaning, RoomStep.READY: self._visits.room_ready}
        if tile.may:
            verb = verbs[tile.may]
            self._do(lambda: verb(self._opening, room))

    def close_room(self, room: str) -> None:
        """Takes it out of service, once it is said why."""
        tile = self._tile(room)
        if tile.may_close:
            self._ask(Asked(Question.CLOSE, room=Room(tile.key, tile.name)))

    # questions

    def choose_room(self, room: str) -> None:
        """One that is not ready may be used when somebody says why."""
        asked = self.state.asked
        if asked is None or asked.line is None:
            return
        choice = next(choice for choice in asked.rooms if choice.room.id == room)
        if choice.state is RoomState.READY:
            self.dismiss()
            self.make(asked.line.key, Step.TAKE_TO_ROOM, choice.room)
        else:
            self._ask(replace(asked, what=Question.OVERRIDE, room=choice.room))

    def give_reason(self, reason: str) -> None:
        if self.state.asked:
            self._ask(replace(self.state.asked, reason=reason))

    def answer(self) -> None:
        """The reason was given: the move is made."""
        asked = self.state.asked
        if asked is None or (asked.must_say_why and not asked.reason.strip()):
            return
        self.dismiss()
        self._do(lambda: self._answered(asked, asked.reason.strip()))

    def dismiss(self) -> None:
        self._ask(None)

    # a visit added

    def add(self) -> None:
        if self.state.may_add:
            self.adding.begin()

    def draft(self) -> bytes | None:
        return self.adding.draft()

    def restore(self, draft: bytes) -> None:
        self.adding.restore(draft)

    # within

    def _verb(self, step: Step, row: BoardRow, into: Room | None) -> Visit:
        visits, what = self._visits, (self._opening, row.visit, row.revision)
        if into:
            return visits.take_to_room(*what, into.id)
        verbs = {
            Step.ARRIVE: visits.arrive,
            Step.READY_FOR_PROVIDER: visits.ready_for_provider,
            Step.WITH_PROVIDER: visits.with_provider,
            Step.LEAVE: visits.leave,
            Step.NO_SHOW: visits.no_show,
            Step.UNDO: visits.undo,
        }
        return verbs[step](*what)

    def _answered(self, asked: Asked, reason: str) -> None:
        if asked.line is None:
            if asked.room:
                self._visits.out_of_service(self._opening, asked.room.id, reason)
            return
        row = self._row(asked.line.key)
        what = (self._opening, row.visit, row.revision)
        if asked.what is Question.CANCEL:
            self._moved(self._visits.cancel(*what, reason))
        elif asked.room:
            self._moved(self._visits.take_to_room(*what, asked.room.id, reason))

    def _do(self, deed: Callable[[], object]) -> None:
        """What was done is read anew when its change is announced; what was refused, at once."""
        try:
            deed()
        except Problem as problem:
            self._messages.trouble(problem)
            self._read()
        else:
            self.show(self._drawn())

    def _moved(self, visit: Visit) -> None:
        self._recent.moved(self._opening.author.staff, visit)

    def _undone(self, row: BoardRow, visit: Visit) -> None:
        self._recent.undone(self._opening.author.staff, row, visit)

    def _ask(self, asked: Asked | None) -> None:
        self.show(replace(self.state, asked=asked))

    def _choices(self) -> tuple[Choice, ...]:
        """Ready ones first; one that is occupied or out of service is not offered."""
        offered = (RoomState.READY, RoomState.CLEANING, RoomState.DIRTY)
        rooms = [Choice(room.room, room.state) for room in self._board.rooms if room.state in offered]
        return tuple(sorted(rooms, key=lambda choice: offered.index(choice.state)))

    def _changed(self, changes: Sequence[Change]) -> None:
        if any(change.kind in HEARD for change in changes):
            self._read()

    def _adding_changed(self, adding: Adding | None) -> None:
        self.show(replace(self.state, adding=adding))

    def _visit_added(self, visit: Visit) -> None:
        self.show(replace(self.state, here=visit.ref.visit))

    def _read(self) -> None:
        self._board = self._visits.today(self._opening)
        self.show(self._drawn())

    def _drawn(self) -> State:
        board, zone, state = self._board, self._clock.zone, self.state
        every = drawn.lines(board, zone, self._limit, state.may_move)
        gone = tuple(line for line in every if drawn.is_gone(line))
        mine = self._recent.last(self._opening.author.staff, board.visits) if state.may_move else None
        return replace(
            state,
            day=board.day,
            tiles=drawn.tiles(board, zone, state.may_move),
            lines=every if state.unfolded else tuple(line for line in every if not drawn.is_gone(line)),
            gone=gone,
            visits=len(every),
            roomed=sum(line.status in ROOMED for line in every),
            claims=drawn.claims(board),
            undo=listed(mine.name) if mine else "",
        )

    def _today(self, patient: str) -> datetime | None:
        """When a patient is on the board already."""
        lines = drawn.lines(self._board, self._clock.zone, self._limit, may_move=False)
        return next((line.at for line in lines if line.visit.patient == patient), None)

    def _row(self, key: str) -> BoardRow:
        return next(row for row in self._board.visits if row.visit.visit == key)

    def _tile(self, room: str) -> Tile:
        return next(tile for tile in self.state.tiles if tile.key == room)

    def _line(self, key: str) -> Line:
        return next(line for line in (*self.state.lines, *self.state.gone) if line.key == key)


def _minute(moment: Moment) -> datetime:
    return moment.utc.replace(second=0, microsecond=0)
