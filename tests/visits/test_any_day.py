"""Whatever is done in whatever order: a room holds one visit at most, and whoever leaves one leaves it dirty once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from maroom.core.ids import new_id
from maroom.core.problems import Code, Problem
from maroom.core.settings import Room
from maroom.store.unit_of_work import UnitOfWork
from maroom.visits.model import HERE, RoomState, Step
from maroom.visits.rules.moves import can, standing
from maroom.visits.service import Visits
from tests.builders import SetClock, opening, unit_of_work
from tests.visits.build import CLINIC, arrived, faults, page, state

REFUSED = {Code.MOVE_NOT_POSSIBLE, Code.ROOM_TAKEN, Code.ROOM_NOT_READY}
VISITS, ROOMS = 3, 2
MOVES = st.tuples(st.sampled_from(list(Step)), st.integers(0, VISITS - 1), st.integers(0, ROOMS - 1), st.booleans())
TURNOVERS = st.tuples(st.sampled_from(["claim", "start_cleaning", "room_ready"]), st.integers(0, ROOMS - 1))


class Day:
    """Three visits and two rooms that nobody else has."""

    def __init__(self, unit: UnitOfWork, clock: SetClock) -> None:
        self.rooms = tuple(Room(new_id(), f"room {number}") for number in range(ROOMS))
        self.unit, self.clock = unit, clock
        clock.forward(days=3)
        self.visits = Visits(unit, clock, lambda: replace(CLINIC, rooms=self.rooms))
        self.standing = [arrived(self.visits) for _ in range(VISITS)]

    def move(self, step: Step, number: int, room: int, anyhow: bool) -> None:
        before, where = self.standing[number], self.rooms[room]
        rooms = [where.id, "anyhow" if anyhow else ""] if step is Step.TAKE_TO_ROOM else []
        written = self.written()
        code = refused(lambda: getattr(self.visits, step)(opening(), before.ref, before.revision, *rooms))
        assert (code is Code.MOVE_NOT_POSSIBLE) == (not can(before, step, where if rooms else None))
        made = self.standing[number] = self.visits.visit(page(before))
        if code is not None:
            assert (code in REFUSED, made, self.written()) == (True, before, written)
            return
        assert made.revision == before.revision + 1
        if before.room and before.room != made.room and step is not Step.UNDO:
            assert self.states()[before.room.id] is RoomState.DIRTY
        touched = [one for one in (before.room, made.room) if one and before.room != made.room]
        assert self.written() - written == len(touched)

    def turn_over(self, verb: str, room: int) -> None:
        taken = self.rooms[room] in [visit.room for visit in self.standing]
        code = refused(lambda: getattr(self.visits, verb)(opening(), self.rooms[room].id))
        assert code is (Code.ROOM_TAKEN if taken else None)

    def states(self) -> dict[str, RoomState]:
        return {tile.room.id: tile.state for tile in self.visits.rooms(opening())}

    def written(self) -> int:
        """How often a state was put down for these rooms."""
        wanted = text("SELECT count(*) FROM room_state WHERE local_id IN (:one, :other)")
        with self.unit.glance() as session:
            return session.execute(wanted, {"one": self.rooms[0].id, "other": self.rooms[1].id}).scalar_one()

    def holds_together(self) -> None:
        for tile in self.visits.rooms(opening())[:ROOMS]:
            inside = [visit.ref for visit in self.standing if visit.room == tile.room]
            assert len(inside) <= 1
            assert (tile.state is RoomState.OCCUPIED) == bool(inside)
            assert tile.visit == (inside[0] if inside else None)
        for visit in self.standing:
            assert standing(visit.moves)[-1].status is visit.status
            assert visit.room is None or visit.status in HERE


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory):
    clock = SetClock()
    folder: Path = tmp_path_factory.mktemp("day")
    with unit_of_work(folder, clock) as unit:
        yield unit, clock
    assert faults(folder) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(MOVES, TURNOVERS), max_size=16))
def test_rooms_and_visits_hold_together(shared: tuple[UnitOfWork, SetClock], done: list[tuple]) -> None:
    day = Day(*shared)
    for act in done:
        day.clock.forward(seconds=1)
        if len(act) == 2:
            day.turn_over(*act)
        else:
            day.move(*act)
        day.holds_together()


def test_two_windows_race_for_one_room(unit: UnitOfWork, visits: Visits, tmp_path: Path, clock: SetClock) -> None:
    others = [arrived(visits, f"Patient{number}") for number in range(8)]
    with unit_of_work(tmp_path, clock) as second:
        windows = [visits, Visits(second, clock, lambda: CLINIC)]
        start = Barrier(len(others))

        def run(number: int) -> Code | None:
            visit, window = others[number], windows[number % 2]
            start.wait()
            return refused(lambda: window.take_to_room(opening(), visit.ref, visit.revision, "r1"))

        with ThreadPoolExecutor(len(others)) as pool:
            codes = list(pool.map(run, range(len(others))))
    assert (codes.count(None), codes.count(Code.ROOM_TAKEN)) == (1, 7)
    assert state(visits) is RoomState.OCCUPIED


def test_two_windows_check_out_one_patient(unit: UnitOfWork, visits: Visits, tmp_path: Path, clock: SetClock) -> None:
    visit = arrived(visits)
    visit = visits.take_to_room(opening(), visit.ref, visit.revision, "r1")
    with unit_of_work(tmp_path, clock) as second:
        windows = [visits, Visits(second, clock, lambda: CLINIC)]
        start = Barrier(2)

        def run(window: Visits) -> Code | None:
            start.wait()
            return refused(lambda: window.leave(opening(), visit.ref, visit.revision))

        with ThreadPoolExecutor(2) as pool:
            codes = list(pool.map(run, windows))
    assert sorted(map(str, codes)) == sorted(map(str, [None, Code.CHANGED_MEANWHILE]))
    with unit.glance() as session:
        assert session.execute(text("SELECT count(*) FROM room_state WHERE state = 'dirty'")).scalar() == 1


def refused(act: Callable[[], object]) -> Code | None:
    try:
        act()
    except Problem as problem:
        return problem.code
    return None
