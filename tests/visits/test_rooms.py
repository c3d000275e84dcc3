"""Rooms between two patients."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from maroom.core.people import Opening
from maroom.core.problems import Code, Problem
from maroom.core.settings import Room
from maroom.store.unit_of_work import UnitOfWork
from maroom.visits.model import RoomState
from maroom.visits.service import Visits
from tests.builders import AMARA, DANA, SetClock, opening
from tests.visits.build import CLINIC, roomed, state


def test_a_new_room_is_ready_and_nothing_has_happened_in_it(visits: Visits, desk: Opening) -> None:
    first, *_ = visits.rooms(desk)
    assert (first.room, first.state, first.since) == (Room("r1", "1"), RoomState.READY, None)


def test_turnover(visits: Visits, desk: Opening, clock: SetClock) -> None:
    visit = roomed(visits)
    visits.leave(desk, visit.ref, visit.revision)
    assert visits.rooms(desk)[0].visit is None
    assert visits.claim(desk, "r1").state is RoomState.DIRTY
    clock.forward(minutes=2)
    cleaning = visits.start_cleaning(opening(AMARA), "r1")
    assert (cleaning.state, cleaning.claimed_by, cleaning.since) == (RoomState.CLEANING, AMARA.staff, clock.now())
    ready = visits.room_ready(desk, "r1")
    assert (ready.state, ready.claimed_by) == (RoomState.READY, "")
    assert visits.rooms(desk)[0] == ready


def test_a_verb_that_finds_its_work_done_changes_nothing(visits: Visits, desk: Opening, clock: SetClock) -> None:
    once = visits.start_cleaning(desk, "r1")
    clock.forward(minutes=1)
    assert visits.start_cleaning(desk, "r1") == once


def test_a_room_is_not_ready_while_anything_is_missing(visits: Visits, desk: Opening) -> None:
    visits.start_cleaning(desk, "r1")
    with pytest.raises(Problem) as raised:
        visits.room_ready(desk, "r1", ["sharps box", "paper"])
    assert (raised.value.code, raised.value.facts) == (Code.ROOM_NOT_READY, {"room": "1", "missing": "sharps box, paper"})
    assert state(visits) is RoomState.CLEANING
    assert visits.room_ready(desk, "r1", ["paper"], "paper is on its way").note == "paper is on its way"


def test_out_of_service_says_why(visits: Visits, desk: Opening) -> None:
    broken = visits.out_of_service(desk, "r1", "light is broken")
    assert (broken.state, broken.note) == (RoomState.OUT_OF_SERVICE, "light is broken")
    with pytest.raises(Problem) as raised:
        roomed(visits)
    assert raised.value.facts == {"room": "1", "missing": "out of service"}
    assert visits.room_ready(desk, "r1").state is RoomState.READY


VERBS: list[Callable[[Visits, Opening], object]] = [
    lambda visits, desk: visits.claim(desk, "r1"),
    lambda visits, desk: visits.start_cleaning(desk, "r1"),
    lambda visits, desk: visits.room_ready(desk, "r1"),
    lambda visits, desk: visits.out_of_service(desk, "r1", "x"),
]


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_done_to_a_room_with_somebody_in_it(visits: Visits, desk: Opening, verb: Callable[..., object]) -> None:
    roomed(visits)
    with pytest.raises(Problem) as raised:
        verb(visits, desk)
    assert raised.value.code is Code.ROOM_TAKEN
    assert state(visits) is RoomState.OCCUPIED


def test_who_is_in_a_room_stands_on_its_tile(visits: Visits, desk: Opening) -> None:
    visit = roomed(visits)
    tile = visits.rooms(desk)[0]
    assert (tile.visit, tile.name and tile.name.family, tile.status) == (visit.ref, "García", visit.status)


def test_a_room_that_the_clinic_gave_up_is_shown_while_somebody_is_in_it(
    unit: UnitOfWork, visits: Visits, desk: Opening, clock: SetClock
) -> None:
    visit = roomed(visits, "r4")
    fewer = Visits(unit, clock, lambda: replace(CLINIC, rooms=CLINIC.rooms[:2]))
    assert [tile.room.name for tile in fewer.rooms(desk)] == ["1", "2", "4"]
    fewer.leave(desk, visit.ref, visit.revision)
    assert [tile.room.name for tile in fewer.rooms(desk)] == ["1", "2"]


def test_a_room_keeps_its_history_when_it_is_renamed(unit: UnitOfWork, visits: Visits, desk: Opening, clock: SetClock) -> None:
    visit = roomed(visits, "r1")
    renamed = Visits(unit, clock, lambda: replace(CLINIC, rooms=(Room("r1", "Blue"),)))
    assert renamed.rooms(desk)[0].room.name == "Blue"
    left = renamed.leave(desk, visit.ref, visit.revision)
    assert [move.room and move.room.name for move in left.moves] == [None, "1", None]
    assert renamed.rooms(desk)[0].state is RoomState.DIRTY


def test_an_unknown_room_is_a_bug(visits: Visits) -> None:
    with pytest.raises(KeyError):
        visits.claim(opening(DANA), "r9")
