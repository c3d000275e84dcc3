"""A laid-out chart: everything is in its room, no two words meet, values stand where they belong."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.core.plot import Box, Drawn, Ink, Line, Plot, Room, Word
from maroom.core.plot_layout import laid_out

TYPE = 16.0


def room(wide: float = 320, high: float = 260) -> Room:
    return Room(wide, high, TYPE, lambda text, strong: len(text) * (9.0 if strong else 8.0))


def curves(ends: list[float]) -> tuple[Line, ...]:
    middle = len(ends) // 2
    return tuple(
        Line(f"{number}th", ((0, 1), (10, end)), rank=0 if number == middle else number + 1, strong=number == middle)
        for number, end in enumerate(ends)
    )


def plot(ends: list[float], own: tuple[tuple[float, float], ...] = (), typed: bool = False) -> Plot:
    across = (*((float(x), str(x)) for x in range(1, 9, 2)), (9.0, "9 mo"))
    ticks = tuple((float(y), str(y)) for y in range(0, 11, 2))
    return Plot("said", (0, 10), across, ticks, curves(ends), own, "8.42 kg" if own else "", (0, len(ends) - 1), typed)


def plates(drawn: Drawn) -> list[Word]:
    return [word for word in drawn.words if word.plate]


ENDS = st.lists(st.floats(0, 10), min_size=3, max_size=9).map(sorted)
POINTS = st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), min_size=1, max_size=8).map(lambda all_: tuple(sorted(all_)))
SIZES = st.tuples(st.floats(240, 900), st.floats(180, 700))


@given(ENDS, POINTS, SIZES)
def test_words_never_meet_and_nothing_leaves_the_room(
    ends: list[float], own: tuple[tuple[float, float], ...], size: tuple[float, float]
) -> None:
    drawn = laid_out(plot(ends, own), room(*size))
    plain = [word for word in drawn.words if not word.plate]
    assert not [(one.text, two.text) for one, two in combinations(plain, 2) if one.box.meets(two.box)]
    whole = Box(-0.01, -0.01, size[0] + 0.02, size[1] + 0.02)
    assert [word.text for word in drawn.words if not word.box.within(whole)] == []
    corners = [Box(*point, 0, 0) for path in drawn.paths for point in path.points]
    assert all(corner.within(whole) for corner in corners)


@given(ENDS, POINTS, SIZES)
def test_a_plate_never_meets_the_words_around_the_chart(
    ends: list[float], own: tuple[tuple[float, float], ...], size: tuple[float, float]
) -> None:
    drawn = laid_out(plot(ends, own), room(*size))
    (plate,) = plates(drawn)
    assert not [word.text for word in drawn.words if word is not plate and word.box.meets(plate.box)]


def test_the_median_and_the_outer_curves_keep_their_names_where_there_is_no_room_for_all() -> None:
    names = [word.text for word in laid_out(plot([5.0, 5.1, 5.2, 5.3, 5.4]), room()).words]
    assert "2th" in names
    assert "1th" not in names
    assert {"0th", "1th", "2th", "3th", "4th"} <= {word.text for word in laid_out(plot([1, 3, 5, 7, 9]), room()).words}


def test_a_name_stands_at_the_end_of_its_own_curve() -> None:
    drawn = laid_out(plot([1, 3, 5, 7, 9]), room())
    ends = {path.points[-1][1] for path in drawn.paths if path.ink in (Ink.CURVE, Ink.MEDIAN)}
    middles = [word.box.top + TYPE / 2 for word in drawn.words if word.text.endswith("th")]
    assert sorted(middles) == pytest.approx(sorted(ends))


def test_values_stand_on_the_scale_of_the_ticks() -> None:
    """Half of the way across, and a quarter of the way up."""
    drawn = laid_out(plot([1, 5, 9], own=((5.0, 2.5),)), room())
    grid = [path.points for path in drawn.paths if path.ink is Ink.GRID]
    rows = sorted(points[0][1] for points in grid if points[0][1] == points[1][1])
    (dot,) = drawn.dots
    assert dot.at[0] == pytest.approx(sum(grid[0][end][0] for end in (0, 1)) / 2)
    assert dot.at[1] == pytest.approx(rows[-1] - (rows[-1] - rows[0]) / 4)


def test_the_last_value_is_full_and_the_one_being_typed_is_told_apart() -> None:
    own = ((1.0, 2.0), (2.0, 3.0))
    assert [(dot.full, dot.typed) for dot in laid_out(plot([1, 5, 9], own), room()).dots] == [(False, False), (True, False)]
    assert [(dot.full, dot.typed) for dot in laid_out(plot([1, 5, 9], own, typed=True), room()).dots] == [
        (False, False),
        (True, True),
    ]


def test_the_plate_leaves_the_own_line_in_sight_where_it_can() -> None:
    own = tuple((x, x) for x in (0.0, 2.0, 4.0, 6.0))
    drawn = laid_out(plot([1, 5, 9], own), room())
    (plate,) = plates(drawn)
    assert not any(plate.box.meets(Box(dot.at[0] - dot.radius, dot.at[1] - dot.radius, 8, 8)) for dot in drawn.dots)


def test_without_a_value_there_is_no_plate_and_no_dot() -> None:
    drawn = laid_out(plot([1, 5, 9]), room())
    assert (plates(drawn), drawn.dots) == ([], ())
    assert not [path for path in drawn.paths if path.ink in (Ink.OWN, Ink.PLATE)]


def test_the_end_of_the_axis_always_says_its_unit() -> None:
    assert "9 mo" in [word.text for word in laid_out(plot([1, 5, 9]), room(240, 180)).words]
