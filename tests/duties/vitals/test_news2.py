"""NEWS2 as its chart prints it, and no total of less than all seven."""

from __future__ import annotations

import copy
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from maroom.core import resources
from maroom.core.quantity import Quantity
from maroom.duties.vitals.rules.ages import Age
from maroom.duties.vitals.rules.news2 import Band, Observed, Part, applies, checked, missing, score


def celsius(text: str) -> Quantity:
    return Quantity(Decimal(text), "Cel", text)


def seen(breathing: int, spo2: int, on_oxygen: bool, systolic: int, pulse: int, alert: bool, temperature: str) -> Observed:
    numbers = (Decimal(breathing), Decimal(spo2))
    return Observed(*numbers, on_oxygen, Decimal(systolic), Decimal(pulse), alert, celsius(temperature))


WELL = seen(18, 97, False, 128, 76, True, "36.8")


@pytest.mark.parametrize(
    ("observed", "total", "band", "parts"),
    [
        (WELL, 0, Band.LOW, {}),
        (
            seen(22, 94, False, 105, 112, True, "38.4"),
            7,
            Band.HIGH,
            {Part.BREATHING: 2, Part.SPO2: 1, Part.SYSTOLIC: 1, Part.PULSE: 2, Part.TEMPERATURE: 1},
        ),
        (replace(seen(20, 90, False, 140, 88, True, "37.0"), target=True), 0, Band.LOW, {}),
        (replace(seen(20, 95, True, 140, 88, True, "37.0"), target=True), 4, Band.LOW, {Part.SPO2: 2, Part.OXYGEN: 2}),
        (seen(16, 96, False, 120, 70, False, "36.5"), 3, Band.LOW_MEDIUM, {Part.ALERT: 3}),
        (seen(21, 95, True, 120, 70, True, "36.5"), 5, Band.MEDIUM, {Part.BREATHING: 2, Part.SPO2: 1, Part.OXYGEN: 2}),
        (seen(8, 91, True, 90, 131, False, "35.0"), 20, Band.HIGH, dict.fromkeys(Part, 3) | {Part.OXYGEN: 2}),
    ],
)
def test_worked_examples(observed: Observed, total: int, band: Band, parts: dict[Part, int]) -> None:
    """Added up by hand from chart 1 of the Royal College of Physicians (2017)."""
    found = score(observed)
    assert found
    assert (found.total, found.band) == (total, band)
    assert {part: points for part, points in found.parts.items() if points} == parts


def _points(observed: Observed, part: Part) -> int:
    found = score(observed)
    assert found
    return found.parts[part]


@pytest.mark.parametrize(
    ("part", "edges"),
    [
        (Part.BREATHING, [(8, 3), (9, 1), (11, 1), (12, 0), (20, 0), (21, 2), (24, 2), (25, 3)]),
        (Part.SPO2, [(91, 3), (92, 2), (93, 2), (94, 1), (95, 1), (96, 0), (100, 0)]),
        (Part.SYSTOLIC, [(90, 3), (91, 2), (100, 2), (101, 1), (110, 1), (111, 0), (219, 0), (220, 3)]),
        (Part.PULSE, [(40, 3), (41, 1), (50, 1), (51, 0), (90, 0), (91, 1), (110, 1), (111, 2), (130, 2), (131, 3)]),
    ],
)
def test_every_edge_of_the_chart(part: Part, edges: list[tuple[int, int]]) -> None:
    for value, points in edges:
        observed = replace(WELL, **{part.value: Decimal(value)})
        assert _points(observed, part) == points, value


@pytest.mark.parametrize(
    ("text", "points"),
    [("35.0", 3), ("35.1", 1), ("36.0", 1), ("36.1", 0), ("38.0", 0), ("38.1", 1), ("39.0", 1), ("39.1", 2)],
)
def test_every_edge_of_the_temperature(text: str, points: int) -> None:
    assert _points(replace(WELL, temperature=celsius(text)), Part.TEMPERATURE) == points


def test_fahrenheit_is_converted_and_rounded_before_it_is_compared() -> None:
    """100.5 F is 38.06 C, which is 38.1 on the chart; 100.4 F is 38.0."""
    fahrenheit = [Quantity(Decimal(text), "[degF]", text) for text in ("100.4", "100.5")]
    assert [_points(replace(WELL, temperature=one), Part.TEMPERATURE) for one in fahrenheit] == [0, 1]


@pytest.mark.parametrize(
    ("on_oxygen", "edges"),
    [
        (False, [(83, 3), (84, 2), (85, 2), (86, 1), (87, 1), (88, 0), (92, 0), (93, 0), (100, 0)]),
        (True, [(83, 3), (88, 0), (92, 0), (93, 1), (94, 1), (95, 2), (96, 2), (97, 3)]),
    ],
)
def test_scale_two_is_for_a_target_set_by_a_clinician(on_oxygen: bool, edges: list[tuple[int, int]]) -> None:
    for value, points in edges:
        observed = replace(WELL, spo2=Decimal(value), on_oxygen=on_oxygen, target=True)
        assert _points(observed, Part.SPO2) == points, value


@pytest.mark.parametrize("part", list(Part))
def test_without_one_of_the_seven_there_is_no_total(part: Part) -> None:
    observed = replace(WELL, **{"on_oxygen" if part is Part.OXYGEN else part.value: None})
    assert score(observed) is None
    assert missing(observed) == (part,)


def test_room_air_and_not_alert_are_observations_and_not_missing() -> None:
    assert missing(replace(WELL, on_oxygen=False, alert=False)) == ()


def test_it_is_for_adults_who_are_not_pregnant() -> None:
    assert applies(Age(5844, 192, 16))
    assert not applies(Age(5843, 191, 15))
    assert not applies(Age(12000, 394, 32), pregnant=True)
    assert not applies(None)


def test_rows_that_do_not_rise_are_refused() -> None:
    table: dict[str, Any] = copy.deepcopy(resources.table("vitals/news2.toml"))
    table["pulse"][2] = [131, 0]
    with pytest.raises(ValueError, match="pulse"):
        checked(table)
