"""Visits that two stations moved."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.fhir.exchange import Resource
from maroom.sync.merge import Merged, Side, Told, merge
from tests.sync.merge.bodies import VISIT, clashes, merged, period, visit, written

ARRIVED = visit("arrived", ("arrived", "09:00"))
ROOM_1 = ("1", "09:05", "")


def test_moved_on_one_side_alone() -> None:
    moved = visit("triaged", ("arrived", "09:00"), ("triaged", "09:10"), rooms=(ROOM_1,))
    for mine, theirs in ((moved, ARRIVED), (ARRIVED, moved)):
        result = merge(VISIT, ARRIVED, mine, theirs)
        assert isinstance(result, Merged)
        assert (result.resource, result.told) == (moved, Told.NOTHING)


def test_the_later_state_stands_with_the_times_of_both() -> None:
    mine = visit("triaged", ("arrived", "09:00"), ("triaged", "09:10"), rooms=(ROOM_1,))
    theirs = visit("in-progress", ("arrived", "09:00"), ("in-progress", "09:20"))
    for one, other in ((mine, theirs), (theirs, mine)):
        result = merge(VISIT, ARRIVED, one, other)
        assert isinstance(result, Merged)
        assert result.told is Told.MOVES_UNITED
        assert result.resource == visit(
            "in-progress", ("arrived", "09:00"), ("triaged", "09:10"), ("in-progress", "09:20"), rooms=(ROOM_1,)
        )


def test_a_lower_state_that_began_later_does_not_stand_and_is_not_lost() -> None:
    mine = visit("in-progress", ("arrived", "09:00"), ("in-progress", "09:10"))
    theirs = visit("triaged", ("arrived", "09:00"), ("triaged", "09:20"))
    body = merged(merge(VISIT, ARRIVED, mine, theirs))
    assert body == visit(
        "in-progress", ("arrived", "09:00"), ("in-progress", "09:10"), ("triaged", "09:20"), ("in-progress", "09:20")
    )


def test_two_rooms_on_two_stations_are_one_after_the_other() -> None:
    base = visit("arrived", ("arrived", "09:00"), rooms=(ROOM_1,))
    mine = visit("arrived", ("arrived", "09:00"), rooms=(("1", "09:05", "09:10"), ("2", "09:10", "")))
    theirs = visit("arrived", ("arrived", "09:00"), rooms=(("1", "09:05", "09:20"), ("3", "09:20", "")))
    assert (
        merged(merge(VISIT, base, mine, theirs))["location"]
        == visit("arrived", rooms=(("1", "09:05", "09:10"), ("2", "09:10", "09:20"), ("3", "09:20", "")))["location"]
    )


def test_a_room_that_a_server_knows_is_the_room_of_that_name() -> None:
    where = {"reference": "Location/77", "display": "1"}
    base = visit("arrived", ("arrived", "09:00"), rooms=(ROOM_1,))
    theirs = base | {
        "location": [{"location": where, "status": "active", "period": period("09:05", "")}],
        "priority": {"text": "x"},
    }
    mine = visit("in-progress", ("arrived", "09:00"), ("in-progress", "09:10"), rooms=(ROOM_1,))
    assert [one["location"] for one in merged(merge(VISIT, base, mine, theirs))["location"]] == [where]


def test_out_on_one_side_ends_the_visit_and_the_stay() -> None:
    base = visit("in-progress", ("arrived", "09:00"), ("in-progress", "09:10"), rooms=(ROOM_1,))
    mine = visit(
        "in-progress", ("arrived", "09:00"), ("in-progress", "09:10"), rooms=(("1", "09:05", "09:15"), ("2", "09:15", ""))
    )
    theirs = visit(
        "finished", ("arrived", "09:00"), ("in-progress", "09:10"), ("finished", "09:30"), rooms=(("1", "09:05", "09:30"),)
    )
    assert merged(merge(VISIT, base, mine, theirs)) == visit(
        "finished",
        ("arrived", "09:00"),
        ("in-progress", "09:10"),
        ("finished", "09:30"),
        rooms=(("1", "09:05", "09:15"), ("2", "09:15", "09:30")),
    )


TRIAGED = visit("triaged", ("arrived", "09:00"), ("triaged", "09:10"))
ON_IT = visit("in-progress", ("arrived", "09:00"), ("triaged", "09:10"), ("in-progress", "09:20"))
CANCELLED = visit("cancelled", ("arrived", "09:00"), ("cancelled", "09:15"))


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "recommended"),
    [
        (TRIAGED, ARRIVED, ON_IT, Side.THEIRS),
        (TRIAGED, ON_IT, ARRIVED, Side.MINE),
        (ARRIVED, CANCELLED, TRIAGED, Side.THEIRS),
        (ARRIVED, TRIAGED, visit("entered-in-error", ("arrived", "09:00"), ("entered-in-error", "09:30")), Side.MINE),
        (ARRIVED, TRIAGED, visit("sideways", ("arrived", "09:00"), ("sideways", "09:30")), Side.MINE),
    ],
)
def test_what_was_taken_back_or_is_no_visit_is_a_persons(
    base: Resource, mine: Resource, theirs: Resource, recommended: Side
) -> None:
    asked = clashes(merge(VISIT, base, mine, theirs))
    assert asked.keys() == {"status"}
    assert asked["status"].recommended is recommended
    for side, stands in ((Side.MINE, mine), (Side.THEIRS, theirs)):
        assert merged(merge(VISIT, base, mine, theirs, {"status": side})) == stands


def test_a_room_taken_back_here_while_the_visit_went_on_there() -> None:
    base = visit("arrived", ("arrived", "09:00"), rooms=(ROOM_1,))
    assert clashes(merge(VISIT, base, ARRIVED, TRIAGED | {"location": base["location"]})).keys() == {"status"}


def test_taken_back_alike_or_on_one_side_alone() -> None:
    assert merged(merge(VISIT, TRIAGED, ARRIVED, ARRIVED)) == ARRIVED
    assert merged(merge(VISIT, TRIAGED, ARRIVED, TRIAGED)) == ARRIVED
    assert merged(merge(VISIT, TRIAGED, TRIAGED, ARRIVED)) == ARRIVED


def test_a_visit_made_on_two_stations() -> None:
    """Of one appointment, before either was on the server."""
    body = merged(merge(VISIT, {}, TRIAGED, visit("arrived", ("arrived", "09:01"))))
    assert body == visit("triaged", ("arrived", "09:00"), ("arrived", "09:01"), ("triaged", "09:10"))


def test_reasons_and_participants_of_both() -> None:
    cough, fever = {"text": "Cough"}, {"text": "Fever"}
    dana, amara = ({"individual": {"reference": f"urn:uuid:{number}"}} for number in (1, 2))
    base = ARRIVED | {"reasonCode": [cough]}
    mine = TRIAGED | {"reasonCode": [cough, fever], "participant": [dana]}
    theirs = ON_IT | {"reasonCode": [cough], "participant": [amara]}
    body = merged(merge(VISIT, base, mine, theirs))
    assert (body["reasonCode"], body["participant"]) == ([cough, fever], [amara, dana])


def test_other_elements_are_asked_as_usual_beside_the_moves() -> None:
    mine, theirs = TRIAGED | {"priority": {"text": "a"}}, ON_IT | {"priority": {"text": "b"}}
    assert clashes(merge(VISIT, ARRIVED, mine, theirs)).keys() == {"priority"}
    assert clashes(merge(VISIT, TRIAGED, ARRIVED | {"priority": {"text": "a"}}, theirs)).keys() == {"status", "priority"}


def test_a_time_that_is_only_a_day_is_a_persons() -> None:
    theirs = ON_IT | {"statusHistory": [{"status": "arrived", "period": {"start": "2026-11-24"}}]}
    assert clashes(merge(VISIT, ARRIVED, TRIAGED, theirs)).keys() == {"status"}


STEPS = ("arrived", "triaged", "in-progress", "finished")
MINUTES = st.lists(st.integers(1, 58), unique=True, min_size=1, max_size=3).map(sorted)


def moved(minutes: list[int]) -> Resource:
    begun = [("arrived", "09:00"), *((status, f"09:{minute:02}") for status, minute in zip(STEPS[1:], minutes, strict=False))]
    return visit(begun[-1][0], *begun)


@given(mine=MINUTES, theirs=MINUTES)
def test_all_that_happened_is_told_once_in_order(mine: list[int], theirs: list[int]) -> None:
    one, other = moved(mine), moved(theirs)
    body = merged(merge(VISIT, ARRIVED, one, other))
    back = merged(merge(VISIT, ARRIVED, other, one))
    assert body == back
    assert body["status"] == max(one["status"], other["status"], key=STEPS.index)
    told = [(part["status"], part["period"]["start"]) for part in body["statusHistory"]]
    before = [(part["status"], part["period"]["start"]) for side in (one, other) for part in side["statusHistory"]]
    assert set(before) <= set(told)
    assert all(a["period"]["end"] == b["period"]["start"] for a, b in pairwise(body["statusHistory"]))
    assert told[0] == ("arrived", written("09:00"))
