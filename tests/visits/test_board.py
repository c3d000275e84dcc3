"""The clinic's day: who stands on it at midnight and when clocks change, minutes, and who could be taken for whom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from maroom.core.clock import at_local
from maroom.core.people import Opening
from maroom.core.visit import VisitRef
from maroom.store.unit_of_work import UnitOfWork
from maroom.visits.model import Board, Step, VisitStatus
from maroom.visits.service import Visits
from tests.builders import SetClock, opening, unit_of_work
from tests.visits.build import CLINIC, appointment, arrived, keep_clinic, new, page, patient, roomed, row, take

NEW_YORK, KOLKATA = "America/New_York", "Asia/Kolkata"


@contextmanager
def clinic_in(folder: Path, zone: str) -> Iterator[tuple[UnitOfWork, Visits, SetClock]]:
    clock = SetClock(zone=zone)
    with unit_of_work(folder, clock) as unit:
        keep_clinic(unit)
        yield unit, Visits(unit, clock, lambda: CLINIC), clock


def board(visits: Visits) -> Board:
    return visits.today(opening())


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (NEW_YORK, date(2026, 11, 24), 24),
        (NEW_YORK, date(2026, 3, 8), 23),
        (NEW_YORK, date(2026, 11, 1), 25),
        (KOLKATA, date(2026, 3, 8), 24),
        (KOLKATA, date(2026, 11, 1), 24),
    ],
)
def test_a_day_lasts_from_local_midnight_to_the_next(tmp_path: Path, zone: str, day: date, hours: int) -> None:
    midnight = at_local(day, 0, ZoneInfo(zone)).utc
    edges = [midnight + timedelta(hours=at) for at in (0, hours)]
    starts = [edge + timedelta(seconds=by) for edge in edges for by in (-1, 0)]
    with clinic_in(tmp_path, zone) as (unit, visits, clock):
        clock.utc = midnight
        take(unit, patient(), *(appointment(start.isoformat(), f"a{n}") for n, start in enumerate(starts)))
        for clock.utc in (edges[0], edges[0] + timedelta(hours=13), edges[1] - timedelta(seconds=1)):
            assert board(visits).day == day
            assert [one.expected and one.expected.utc for one in board(visits).visits] == starts[1:3]


def test_who_is_still_here_at_midnight_stays_on_the_board(visits: Visits, desk: Opening, clock: SetClock) -> None:
    clock.utc = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
    waiting, gone, inside = arrived(visits), arrived(visits), roomed(visits)
    visits.leave(desk, gone.ref, gone.revision)
    clock.forward(hours=1)
    assert board(visits).day == date(2026, 11, 25)
    assert {one.visit: one.here for one in board(visits).visits} == {waiting.ref: 60, inside.ref: 60}
    clock.forward(days=2)
    assert [one.visit for one in board(visits).visits] == [inside.ref], "whoever holds a room is never lost"


def test_the_day_follows_the_clinic_when_its_zone_changes_overnight(tmp_path: Path) -> None:
    with clinic_in(tmp_path, NEW_YORK) as (unit, visits, clock):
        take(unit, patient(), appointment("2026-11-25T00:30:00-05:00"))
        assert not board(visits).visits
        clock.zone = ZoneInfo("America/Los_Angeles")
        assert [one.expected and one.expected.offset for one in board(visits).visits] == [-300]


def test_an_appointment_put_off_leaves_the_day(unit: UnitOfWork, visits: Visits, clock: SetClock) -> None:
    take(unit, patient(), appointment("2026-11-24T16:00:00-05:00"))
    assert len(board(visits).visits) == 1
    take(unit, patient(), appointment("2026-11-25T16:00:00-05:00"))
    assert not board(visits).visits
    clock.forward(days=1)
    assert len(board(visits).visits) == 1


def test_visits_stand_by_time(unit: UnitOfWork, visits: Visits) -> None:
    times = ("2026-11-24T16:00:00-05:00", "2026-11-24T08:00:00-05:00")
    take(unit, patient(), *(appointment(start, f"a{n}") for n, start in enumerate(times)))
    walk_in = arrived(visits)
    assert [one.expected and one.expected.iso() for one in board(visits).visits] == [times[1], None, times[0]]
    assert board(visits).visits[1].visit == walk_in.ref


def test_minutes_run_from_arrival_and_from_the_last_step(visits: Visits, desk: Opening, clock: SetClock) -> None:
    visit = arrived(visits)
    clock.forward(minutes=21, seconds=59)
    assert (row(visits, visit).here, row(visits, visit).stands, row(visits, visit).waits_long) == (21, 21, True)
    visit = visits.take_to_room(desk, visit.ref, visit.revision, "r1")
    clock.forward(minutes=5)
    assert (row(visits, visit).here, row(visits, visit).stands, row(visits, visit).waits_long) == (26, 5, False)
    visit = visits.take_to_room(desk, visit.ref, visit.revision, "r2")
    assert row(visits, visit).stands == 5, "another room is no new step"
    visit = visits.with_provider(desk, visit.ref, visit.revision)
    clock.forward(hours=2)
    assert not row(visits, visit).waits_long
    visit = visits.leave(desk, visit.ref, visit.revision)
    assert (row(visits, visit).here, row(visits, visit).stands) == (None, None)


def test_a_clock_set_back_gives_no_negative_minutes(visits: Visits, clock: SetClock) -> None:
    visit = arrived(visits)
    clock.forward(minutes=-10)
    assert row(visits, visit).here == 0


def test_the_usual_next_step_comes_first(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, patient(), appointment("2026-11-24T11:00:00-05:00"))
    (expected,) = board(visits).visits
    assert expected.steps == (Step.ARRIVE, Step.CANCEL, Step.NO_SHOW)
    visits.arrive(desk, expected.visit, expected.revision)
    assert board(visits).visits[0].steps[0] is Step.TAKE_TO_ROOM
    assert board(visits).visits[0].steps[-1] is Step.UNDO


SAME = [
    (("García", "María", "1968-02-02"), ("Garcia", "Maria", "1990-05-05"), True),
    (("García", "María Elena", "1968-02-02"), ("Garcia", "María", "1990-05-05"), True),
    (("García", "María", "1968-02-02"), ("Garzia", "Mara", "1968-02-02"), True),
    (("O'Brien", "Niamh", "1968-02-02"), ("OBrien", "Niamh", "1970-02-02"), True),
    (("García", "María", "1968-02-02"), ("García", "Tomás", "1990-05-05"), False),
    (("García", "María", "1968-02-02"), ("Nguyen", "María", "1968-02-02"), False),
    (("Li", "Wei", "1968-02-02"), ("Lu", "Wei", "1968-02-02"), False),
]


@pytest.mark.parametrize(("one", "other", "alike"), SAME)
def test_same_and_similar_names_of_a_day_are_flagged(
    visits: Visits, desk: Opening, one: tuple[str, str, str], other: tuple[str, str, str], alike: bool
) -> None:
    first, second = (arrived(visits, family, given, date.fromisoformat(born)) for family, given, born in (one, other))
    assert [entry.same_name for entry in board(visits).visits] == [alike, alike]
    assert [same.visit for same in visits.banner(page(first)).same_names] == ([second.ref] if alike else [])


def test_whoever_has_gone_is_taken_for_nobody(visits: Visits, desk: Opening) -> None:
    first, second = arrived(visits), roomed(visits, "r2", family="Garcia", given="Maria")
    (same,) = visits.banner(page(first)).same_names
    assert (same.name.family, same.room and same.room.name) == ("Garcia", "2")
    visits.leave(desk, second.ref, second.revision)
    assert [entry.same_name for entry in board(visits).visits] == [False, False]


def test_the_banner_tells_who_and_where(visits: Visits) -> None:
    visit = roomed(visits, "r2", born=date(2026, 3, 20))
    facts = visits.banner(page(visit))
    assert (facts.name.family, facts.age, facts.room and facts.room.name) == ("García", "8 mo", "2")
    assert (facts.verified, facts.reason, facts.status) == (False, "Cough", VisitStatus.ROOMED)
    assert facts.born == date(2026, 3, 20)


def test_the_banner_of_a_chart_without_a_visit(visits: Visits, desk: Opening) -> None:
    chart = visits.register(desk, new())
    facts = visits.banner(opening(visit=VisitRef("", chart.id)))
    assert (facts.status, facts.room, facts.reason) == (None, None, "")
