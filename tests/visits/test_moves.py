"""The verbs of the board: what moves, what does not, and what is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from maroom.core.people import Opening
from maroom.core.problems import Code, Problem
from maroom.core.visit import VisitRef
from maroom.store.unit_of_work import UnitOfWork
from maroom.visits.model import RoomState, Step, Visit, VisitStatus
from maroom.visits.rules import moves
from maroom.visits.service import Visits
from tests.builders import DANA, SetClock
from tests.visits.build import appointment, arrived, faults, page, patient, roomed, row, state, take

S = VisitStatus


def expected(unit: UnitOfWork, visits: Visits, desk: Opening) -> Visit:
    take(unit, patient(), appointment("2026-11-24T11:00:00-05:00"))
    return visits.visit(page_of(visits, desk))


def page_of(visits: Visits, desk: Opening) -> Opening:
    (only,) = visits.today(desk).visits
    return Opening(DANA, only.visit)


def test_a_whole_visit(unit: UnitOfWork, visits: Visits, desk: Opening, clock: SetClock) -> None:
    visit = expected(unit, visits, desk)
    verbs: list[tuple[Callable[[VisitRef, int], Visit], VisitStatus]] = [
        (lambda ref, after: visits.arrive(desk, ref, after), S.ARRIVED),
        (lambda ref, after: visits.take_to_room(desk, ref, after, "r2"), S.ROOMED),
        (lambda ref, after: visits.ready_for_provider(desk, ref, after), S.READY),
        (lambda ref, after: visits.with_provider(desk, ref, after), S.WITH_PROVIDER),
        (lambda ref, after: visits.leave(desk, ref, after), S.OUT),
    ]
    for verb, status in verbs:
        clock.forward(minutes=7)
        before, visit = visit, verb(visit.ref, visit.revision)
        assert (visit.status, visit.revision) == (status, before.revision + 1)
        assert visits.visit(page(visit)) == visit
        assert row(visits, visit).stands == (None if status is S.OUT else 0)
    assert [move.status for move in visit.moves] == [S.EXPECTED, *(status for _, status in verbs)]
    assert {move.by for move in visit.moves[1:]} == {DANA.staff}
    assert visit.moves[-1].at.utc - visit.moves[1].at.utc == timedelta(minutes=28)


ILLEGAL = [
    (S.ARRIVED, "arrive"),
    (S.ARRIVED, "ready_for_provider"),
    (S.ARRIVED, "with_provider"),
    (S.ARRIVED, "no_show"),
    (S.ROOMED, "arrive"),
    (S.READY, "ready_for_provider"),
    (S.WITH_PROVIDER, "with_provider"),
    (S.WITH_PROVIDER, "cancel"),
    (S.OUT, "leave"),
    (S.OUT, "cancel"),
    (S.CANCELLED, "arrive"),
]


def standing_at(visits: Visits, desk: Opening, status: VisitStatus) -> Visit:
    visit = arrived(visits)
    if status is S.CANCELLED:
        return visits.cancel(desk, visit.ref, 1, "went home")
    if status is not S.ARRIVED:
        visit = visits.take_to_room(desk, visit.ref, visit.revision, "r1")
    for verb, until in ((visits.ready_for_provider, S.READY), (visits.with_provider, S.WITH_PROVIDER), (visits.leave, S.OUT)):
        if visit.status is status:
            break
        visit = verb(desk, visit.ref, visit.revision)
        assert visit.status is until
    return visit


@pytest.mark.parametrize(("status", "verb"), ILLEGAL)
def test_what_cannot_follow_is_refused(visits: Visits, desk: Opening, status: VisitStatus, verb: str) -> None:
    visit = standing_at(visits, desk, status)
    with pytest.raises(Problem) as raised:
        getattr(visits, verb)(desk, visit.ref, visit.revision)
    assert raised.value.code is Code.MOVE_NOT_POSSIBLE
    assert visits.visit(page(visit)) == visit
    assert Step(verb) not in row(visits, visit).steps


@pytest.mark.parametrize("status", [S.ARRIVED, S.ROOMED, S.READY, S.WITH_PROVIDER, S.OUT, S.CANCELLED])
def test_every_step_that_is_offered_can_be_made(visits: Visits, desk: Opening, status: VisitStatus) -> None:
    for step in row(visits, standing_at(visits, desk, status)).steps:
        clear(visits, desk)
        visit = standing_at(visits, desk, status)
        room = ("r3",) if step is Step.TAKE_TO_ROOM else ()
        assert getattr(visits, step)(desk, visit.ref, visit.revision, *room).revision == visit.revision + 1


def clear(visits: Visits, desk: Opening) -> None:
    """Everybody goes home, every room is cleaned."""
    for one in visits.today(desk).visits:
        if Step.LEAVE in one.steps:
            visits.leave(desk, one.visit, one.revision)
    for room in visits.rooms(desk):
        visits.room_ready(desk, room.room.id)


def test_two_windows_moving_one_visit_make_one_move(visits: Visits, desk: Opening) -> None:
    visit = arrived(visits)
    visits.take_to_room(desk, visit.ref, visit.revision, "r1")
    with pytest.raises(Problem) as raised:
        visits.take_to_room(desk, visit.ref, visit.revision, "r2")
    assert raised.value.code is Code.CHANGED_MEANWHILE
    assert (state(visits, "r1"), state(visits, "r2")) == (RoomState.OCCUPIED, RoomState.READY)


def test_a_visit_is_of_its_patient_alone(visits: Visits, desk: Opening) -> None:
    visit, other = arrived(visits), arrived(visits)
    with pytest.raises(KeyError):
        visits.leave(desk, VisitRef(visit.ref.visit, other.ref.patient), visit.revision)


def test_from_room_to_room(visits: Visits, desk: Opening) -> None:
    visit = roomed(visits, "r1")
    visit = visits.ready_for_provider(desk, visit.ref, visit.revision)
    visit = visits.take_to_room(desk, visit.ref, visit.revision, "r2")
    assert (visit.status, visit.room and visit.room.name) == (S.READY, "2")
    assert (state(visits, "r1"), state(visits, "r2")) == (RoomState.DIRTY, RoomState.OCCUPIED)
    with pytest.raises(Problem) as raised:
        visits.take_to_room(desk, visit.ref, visit.revision, "r2")
    assert raised.value.code is Code.MOVE_NOT_POSSIBLE


def test_a_taken_room_is_refused_by_name(visits: Visits, desk: Opening) -> None:
    roomed(visits, "r1")
    late = arrived(visits, "Nguyen", "Bao")
    with pytest.raises(Problem) as raised:
        visits.take_to_room(desk, late.ref, late.revision, "r1")
    assert (raised.value.code, raised.value.facts) == (Code.ROOM_TAKEN, {"room": "1"})
    assert visits.visit(page(late)) == late


def test_a_dirty_room_is_used_only_for_a_reason(visits: Visits, desk: Opening) -> None:
    visit = roomed(visits, "r1")
    visits.leave(desk, visit.ref, visit.revision)
    late = arrived(visits, "Nguyen", "Bao")
    with pytest.raises(Problem) as raised:
        visits.take_to_room(desk, late.ref, late.revision, "r1")
    assert (raised.value.code, raised.value.facts) == (Code.ROOM_NOT_READY, {"room": "1", "missing": "dirty"})
    visits.take_to_room(desk, late.ref, late.revision, "r1", override="no other room")
    assert state(visits) is RoomState.OCCUPIED


def test_the_same_patient_may_come_twice_a_day(visits: Visits, desk: Opening, clock: SetClock) -> None:
    first = arrived(visits)
    clock.forward(minutes=1)
    second = visits.add_visit(desk, first.ref.patient, "Forgot the letter")
    visits.leave(desk, first.ref, first.revision)
    assert [one.status for one in visits.today(desk).visits] == [S.OUT, S.ARRIVED]
    assert not row(visits, second).same_name


def test_a_late_patient_arrives_after_a_no_show(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    visit = expected(unit, visits, desk)
    visit = visits.no_show(desk, visit.ref, visit.revision)
    assert visits.arrive(desk, visit.ref, visit.revision).status is S.ARRIVED


def test_undo_goes_back_step_by_step_and_stays_on_record(visits: Visits, desk: Opening, clock: SetClock) -> None:
    visit = roomed(visits, "r1")
    came = visit.moves[0].at
    clock.forward(minutes=5)
    visit = visits.ready_for_provider(desk, visit.ref, visit.revision)
    visit = visits.undo(desk, visit.ref, visit.revision)
    assert (visit.status, visit.room and visit.room.id) == (S.ROOMED, "r1")
    visit = visits.undo(desk, visit.ref, visit.revision)
    assert (visit.status, visit.room, state(visits)) == (S.ARRIVED, None, RoomState.READY)
    assert [(move.status, move.undo) for move in visit.moves] == [
        (S.ARRIVED, False), (S.ROOMED, False), (S.READY, False), (S.ROOMED, True), (S.ARRIVED, True),
    ]  # fmt: skip
    assert row(visits, visit).arrived == came
    with pytest.raises(Problem) as raised:
        visits.undo(desk, visit.ref, visit.revision)
    assert raised.value.code is Code.MOVE_NOT_POSSIBLE


def test_a_departure_taken_back_finds_its_room(visits: Visits, desk: Opening) -> None:
    visit = roomed(visits, "r1")
    visit = visits.leave(desk, visit.ref, visit.revision)
    visit = visits.undo(desk, visit.ref, visit.revision)
    assert (visit.status, state(visits)) == (S.ROOMED, RoomState.OCCUPIED)
    visit = visits.undo(desk, visit.ref, visit.revision)
    assert (visit.status, state(visits)) == (S.ARRIVED, RoomState.READY)


def test_a_departure_taken_back_takes_a_room_that_was_cleaned_since(visits: Visits, desk: Opening) -> None:
    visit = roomed(visits, "r1")
    visit = visits.leave(desk, visit.ref, visit.revision)
    visits.start_cleaning(desk, "r1")
    with pytest.raises(Problem) as raised:
        visits.undo(desk, visit.ref, visit.revision)
    assert raised.value.code is Code.ROOM_NOT_READY
    visits.room_ready(desk, "r1")
    visits.undo(desk, visit.ref, visit.revision)
    assert state(visits) is RoomState.OCCUPIED


@pytest.mark.parametrize("verb", ["claim", "start_cleaning"])
def test_a_departure_is_not_taken_back_into_a_room_that_somebody_has_begun_to_turn_over(
    visits: Visits, desk: Opening, verb: str
) -> None:
    visit = roomed(visits, "r1")
    visit = visits.leave(desk, visit.ref, visit.revision)
    getattr(visits, verb)(desk, "r1")
    with pytest.raises(Problem) as raised:
        visits.undo(desk, visit.ref, visit.revision)
    assert raised.value.code is Code.ROOM_NOT_READY
    assert visits.visit(page(visit)) == visit


def test_a_departure_is_not_taken_back_into_a_room_that_is_taken(visits: Visits, desk: Opening) -> None:
    visit = roomed(visits, "r1")
    visit = visits.leave(desk, visit.ref, visit.revision)
    visits.room_ready(desk, "r1")
    roomed(visits, "r1", family="Nguyen", given="Bao")
    with pytest.raises(Problem) as raised:
        visits.undo(desk, visit.ref, visit.revision)
    assert raised.value.code is Code.ROOM_TAKEN


def test_undoing_a_change_of_rooms_leaves_both_as_they_were(visits: Visits, desk: Opening) -> None:
    visit = roomed(visits, "r1")
    visit = visits.take_to_room(desk, visit.ref, visit.revision, "r2")
    visit = visits.take_to_room(desk, visit.ref, visit.revision, "r1", override="left the bag there")
    for room_states in [("dirty", "occupied"), ("occupied", "ready"), ("ready", "ready")]:
        visit = visits.undo(desk, visit.ref, visit.revision)
        assert (state(visits, "r1"), state(visits, "r2")) == room_states
    assert visit.status is S.ARRIVED


def test_rows_outbox_and_audit_tell_one_story(visits: Visits, desk: Opening, tmp_path: Path) -> None:
    visit = roomed(visits)
    visit = visits.leave(desk, visit.ref, visit.revision)
    visits.undo(desk, visit.ref, visit.revision)
    assert faults(tmp_path) == []


def test_a_patient_is_roomed_when_she_came_into_the_last_room(visits: Visits, desk: Opening, clock: SetClock) -> None:
    visit = arrived(visits)
    assert moves.roomed(visit.moves) is None
    clock.forward(minutes=1)
    first = clock.now()
    visit = visits.take_to_room(desk, visit.ref, visit.revision, "r1")
    clock.forward(minutes=5)
    visit = visits.ready_for_provider(desk, visit.ref, visit.revision)
    assert moves.roomed(visit.moves) == first
    clock.forward(minutes=5)
    other = clock.now()
    visit = visits.take_to_room(desk, visit.ref, visit.revision, "r2")
    assert moves.roomed(visit.moves) == other
    visit = visits.undo(desk, visit.ref, visit.revision)
    assert moves.roomed(visit.moves) == first
