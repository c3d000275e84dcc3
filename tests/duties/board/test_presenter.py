"""A morning at the board, told to the presenter; the store beneath it is a real one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maroom.core.people import Author, Opening, Role
from maroom.core.problems import Code
from maroom.duties.board.model import Claim, RoomStep
from maroom.duties.board.presenter import Question
from maroom.visits.model import RoomState, Step, VisitStatus
from tests.builders import AMARA
from tests.duties.board.conftest import Day, line, move, stands, tile
from tests.visits.build import CLINIC

PROVIDER = Author("33333333-3333-4333-8333-333333333333", "Dr. Nadia Amin", Role.PROVIDER)
A, R, P, W, L = Step.ARRIVE, Step.TAKE_TO_ROOM, Step.READY_FOR_PROVIDER, Step.WITH_PROVIDER, Step.LEAVE


def test_a_visit_from_the_door_to_the_door(day: Day) -> None:
    day.expect()
    board = day.opened()
    move(board, "Okafor", A, R)
    assert stands(board, "Okafor") == (VisitStatus.ROOMED, "1")
    move(board, "Okafor", P, W, L)
    assert stands(board, "Okafor") == (VisitStatus.OUT, "")
    assert tile(board, "1").state is RoomState.DIRTY
    assert [line.name for line in board.state.gone] == ["Okafor, Thomas"]
    assert day.messages.problems == []


def test_free_rooms_are_dealt_in_the_order_of_the_board(day: Day) -> None:
    day.expect()
    board = day.opened()
    for name in ("Okafor", "Lindqvist", "李"):
        move(board, name, A)
    assert [line.into.name if line.into else "" for line in board.state.lines] == ["1", "2", "3"]
    move(board, "Okafor", R)
    assert [line.into.name if line.into else "" for line in board.state.lines] == ["", "2", "3"]


@pytest.mark.parametrize("goes", ["García", "Vega"])
def test_a_room_that_two_stations_gave_away_is_told_and_settled_by_a_move(day: Day, goes: str) -> None:
    day.walk_in()
    board = day.opened()
    move(board, "García", R)
    day.elsewhere("Vega", "1")
    assert board.state.claims == (Claim("1", ("García, M.", "Vega, A.")),)
    board.make(line(board, goes).key, R, CLINIC.rooms[1])
    assert board.state.claims == ()
    stays = "Vega" if goes == "García" else "García"
    assert (stands(board, stays)[1], stands(board, goes)[1]) == ("1", "2")
    assert (tile(board, "1").state, tile(board, "2").state) == (RoomState.OCCUPIED, RoomState.OCCUPIED)
    move(board, stays, P, W, L)
    assert tile(board, "1").state is RoomState.DIRTY
    assert day.messages.problems == []


def test_where_no_room_is_ready_it_is_asked_and_occupied_ones_are_not_offered(day: Day) -> None:
    for number in range(5):
        day.walk_in(f"Familie{number}")
    board = day.opened()
    for number in range(3):
        move(board, f"Familie{number}", R)
    move(board, "Familie3", R)
    move(board, "Familie0", P, W, L)
    assert line(board, "Familie4").into is None
    board.step(line(board, "Familie4").key)
    asked = board.state.asked
    assert asked is not None
    assert [(choice.room.name, choice.state) for choice in asked.rooms] == [("1", RoomState.DIRTY)]


def test_a_room_that_is_not_ready_needs_a_reason(day: Day) -> None:
    for number in range(2):
        day.walk_in(f"Familie{number}")
    board = day.opened()
    move(board, "Familie0", R, P, W, L)
    board.make(line(board, "Familie1").key, R)
    board.choose_room("r1")
    assert board.state.asked is not None
    assert board.state.asked.what is Question.OVERRIDE
    board.answer()
    assert stands(board, "Familie1")[0] is VisitStatus.ARRIVED
    board.give_reason("wiped by hand")
    board.answer()
    assert stands(board, "Familie1") == (VisitStatus.ROOMED, "1")
    assert board.state.asked is None


def test_a_room_is_taken_out_of_service_once_it_is_said_why(day: Day) -> None:
    board = day.opened()
    board.close_room("r1")
    assert board.state.asked is not None
    assert (board.state.asked.what, board.state.asked.room) == (Question.CLOSE, CLINIC.rooms[0])
    board.answer()
    assert tile(board, "1").state is RoomState.READY
    board.give_reason("  light is broken ")
    board.answer()
    closed = tile(board, "1")
    assert (closed.state, closed.note, closed.may, closed.may_close) == (
        RoomState.OUT_OF_SERVICE, "light is broken", RoomStep.READY, False,
    )  # fmt: skip
    assert board.state.asked is None
    board.room_step("r1")
    assert (tile(board, "1").state, tile(board, "1").note) == (RoomState.READY, "")


def test_an_occupied_room_is_not_taken_out_of_service(day: Day) -> None:
    day.walk_in()
    board = day.opened()
    move(board, "García", R)
    assert not tile(board, "1").may_close
    board.close_room("r1")
    assert board.state.asked is None


def test_who_may_move_nobody_takes_no_room_out_of_service(day: Day) -> None:
    rooms = day.opened(PROVIDER).state.tiles
    assert [tile.may_close for tile in rooms] == [False] * len(CLINIC.rooms)


def test_any_ready_room_may_be_chosen(day: Day) -> None:
    day.walk_in()
    board = day.opened()
    board.make(line(board, "García").key, R)
    board.choose_room("r3")
    assert stands(board, "García") == (VisitStatus.ROOMED, "3")


def test_a_room_taken_meanwhile_is_told_and_nobody_is_moved(day: Day) -> None:
    day.walk_in("Abel")
    day.walk_in("Beck")
    board, seen = day.opened(), day.opened()
    board.make(line(board, "Beck").key, R)
    seen.close()
    other = line(seen, "Abel")
    day.visits.take_to_room(Opening(AMARA), other.visit, 1, "r1")
    asked = board.state.asked
    assert asked is not None
    board.choose_room("r1")
    assert [problem.code for problem in day.messages.problems] == [Code.ROOM_TAKEN]
    assert stands(board, "Beck") == (VisitStatus.ARRIVED, "")


def test_a_visit_moved_on_by_somebody_else_is_told_and_read_anew(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    day.walk_in()
    board = day.opened()
    monkeypatch.setattr(day.changes, "announce", lambda _changes: None)
    shown = line(board, "García")
    day.visits.leave(Opening(AMARA), shown.visit, 1)
    board.step(shown.key)
    assert [problem.code for problem in day.messages.problems] == [Code.CHANGED_MEANWHILE]
    assert stands(board, "García")[0] is VisitStatus.OUT


def test_the_board_follows_what_others_do_until_it_is_closed(day: Day) -> None:
    board = day.opened()
    day.walk_in("Abel")
    assert board.state.visits == 1
    board.close()
    day.walk_in("Beck")
    assert board.state.visits == 1


def test_undo_takes_back_my_last_move_and_the_one_before(day: Day) -> None:
    day.expect()
    board = day.opened()
    move(board, "Okafor", A, R)
    assert board.state.undo == "Okafor, Thomas"
    board.undo()
    assert stands(board, "Okafor") == (VisitStatus.ARRIVED, "")
    assert tile(board, "1").state is RoomState.READY
    board.undo()
    assert stands(board, "Okafor")[0] is VisitStatus.EXPECTED
    assert board.state.undo == ""


def test_undo_outlives_the_opening_of_the_page(day: Day) -> None:
    day.expect()
    move(day.opened(), "Okafor", A)
    assert day.opened().state.undo == "Okafor, Thomas"


def test_a_move_of_somebody_else_is_not_mine_to_undo(day: Day) -> None:
    day.expect()
    move(day.opened(AMARA), "Okafor", A)
    mine = day.opened()
    assert mine.state.undo == ""
    move(mine, "Okafor", R)
    assert mine.state.undo == "Okafor, Thomas"
    move(day.opened(AMARA), "Okafor", P)
    assert mine.state.undo == ""


def test_undo_goes_back_past_a_visit_that_somebody_moved_on(day: Day) -> None:
    day.expect()
    mine = day.opened()
    move(mine, "Okafor", A)
    move(mine, "Lindqvist", A)
    move(day.opened(AMARA), "Lindqvist", R)
    assert mine.state.undo == "Okafor, Thomas"


def test_a_line_can_be_undone_from_its_menu(day: Day) -> None:
    day.expect()
    move(day.opened(AMARA), "Okafor", A)
    board = day.opened()
    assert Step.UNDO in line(board, "Okafor").further
    board.make(line(board, "Okafor").key, Step.UNDO)
    assert stands(board, "Okafor")[0] is VisitStatus.EXPECTED


def test_cancel_asks_why_and_may_be_left_empty(day: Day) -> None:
    day.expect()
    board = day.opened()
    board.make(line(board, "Okafor").key, Step.CANCEL)
    assert board.state.asked is not None
    board.dismiss()
    assert stands(board, "Okafor")[0] is VisitStatus.EXPECTED
    board.make(line(board, "Okafor").key, Step.CANCEL)
    board.answer()
    assert stands(board, "Okafor")[0] is VisitStatus.CANCELLED


def test_who_did_not_come_may_come_after_all(day: Day) -> None:
    day.expect()
    board = day.opened()
    board.make(line(board, "Okafor").key, Step.NO_SHOW)
    assert line(board, "Okafor").next is None
    assert Step.ARRIVE in line(board, "Okafor").further
    board.make(line(board, "Okafor").key, Step.ARRIVE)
    assert stands(board, "Okafor")[0] is VisitStatus.ARRIVED


def test_rooms_go_from_dirty_to_cleaning_to_ready(day: Day) -> None:
    day.walk_in()
    board = day.opened()
    move(board, "García", R, P, W, L)
    seen = [(tile(board, "1").state, tile(board, "1").may)]
    for _ in range(2):
        board.room_step("r1")
        seen.append((tile(board, "1").state, tile(board, "1").may))
    assert seen == [
        (RoomState.DIRTY, RoomStep.CLEAN),
        (RoomState.CLEANING, RoomStep.READY),
        (RoomState.READY, None),
    ]


def test_a_tile_tells_who_is_in_it_and_for_how_long(day: Day) -> None:
    day.walk_in()
    board = day.opened()
    move(board, "García", R)
    day.clock.forward(minutes=25)
    board.tick()
    inside = tile(board, "1")
    assert (inside.who, inside.minutes, inside.over) == (("García, M.",), 25, True)


def test_minutes_go_on_and_a_long_wait_is_over_the_limit(day: Day) -> None:
    day.walk_in()
    board = day.opened()
    day.clock.forward(minutes=20)
    board.tick()
    assert (line(board, "García").minutes, line(board, "García").over) == (20, 0)
    day.clock.forward(minutes=1)
    board.tick()
    assert (line(board, "García").minutes, line(board, "García").over) == (21, CLINIC.waiting_limit)


def test_nothing_is_drawn_within_a_minute(day: Day) -> None:
    day.walk_in()
    board = day.opened()
    before = board.state
    day.clock.forward(seconds=10)
    board.tick()
    assert board.state is before


def test_the_day_flips_at_the_clinics_midnight(day: Day) -> None:
    day.expect()
    board = day.opened()
    day.clock.forward(days=1)
    board.tick()
    assert (board.state.visits, board.state.day.day) == (0, 25)


def test_same_names_are_marked(day: Day) -> None:
    day.walk_in("García", "María")
    day.walk_in("Garcia", "Maria E.")
    day.walk_in("Okafor", "Thomas")
    assert [line.alike for line in day.opened().state.lines] == [True, True, False]


def test_those_who_have_gone_are_folded_until_they_are_asked_for(day: Day) -> None:
    day.walk_in("Abel")
    day.walk_in("Beck")
    board = day.opened()
    board.make(line(board, "Abel").key, L)
    assert [line.name for line in board.state.lines] == ["Beck, María"]
    board.unfold()
    assert [line.name for line in board.state.lines] == ["Abel, María", "Beck, María"]
    board.unfold()
    assert len(board.state.lines) == 1
    assert len(day.opened(unfolded=True).state.lines) == 2


def test_opening_a_line_leads_to_the_visit(day: Day) -> None:
    day.walk_in()
    board = day.opened()
    board.open(line(board, "García").key)
    assert day.went.to == [("vitals", line(board, "García").visit)]


def test_a_provider_reads_and_moves_nobody(day: Day) -> None:
    day.walk_in()
    board = day.opened(PROVIDER)
    assert line(board, "García").next is None
    assert line(board, "García").further == ()
    assert not board.state.may_add
    board.add()
    assert board.state.adding is None


def test_two_in_one_room_are_both_told(day: Day) -> None:
    """Two stations roomed somebody there while neither heard of the other."""
    day.walk_in("Abel")
    day.walk_in("Beck")
    board = day.opened()
    move(board, "Abel", R)
    here = board._board
    rows = tuple(replace(row, room=CLINIC.rooms[0], status=VisitStatus.ROOMED) for row in here.visits)
    board._board = replace(here, visits=rows)
    board.unfold()
    assert len(tile(board, "1").who) == 2
