"""Reminders of how a sign is taken: by age, and each with its words."""

from __future__ import annotations

from datetime import date

import pytest

from maroom.core import resources
from maroom.duties.vitals.model import Sign, Spared
from maroom.duties.vitals.rules.ages import Age, age_on
from maroom.duties.vitals.rules.technique import reminders
from maroom.duties.vitals.view import words
from tests.duties.vitals.build import TODAY


def old(years: int, months: int = 0) -> Age:
    month = TODAY.month - months
    return age_on(TODAY, date(TODAY.year - years + (month - 1) // 12, (month - 1) % 12 + 1, TODAY.day))


@pytest.mark.parametrize(
    ("sign", "age", "expected"),
    [
        (Sign.BP, old(44), ("bp_rest", "bp_position")),
        (Sign.BP, None, ("bp_rest", "bp_position")),
        (Sign.BP, old(17, 11), ("bp_rest_child", "bp_position", "bp_right_arm")),
        (Sign.BP, old(18), ("bp_rest", "bp_position")),
        (Sign.PULSE, old(1, 11), ("pulse_apex",)),
        (Sign.PULSE, old(2), ("pulse_count",)),
        (Sign.BREATHING, old(0, 11), ("breathing_minute",)),
        (Sign.BREATHING, old(1), ("breathing_half",)),
        (Sign.TEMPERATURE, old(0, 5), ("temperature_ear", "temperature_rectum")),
        (Sign.TEMPERATURE, old(0, 6), ("temperature_rectum",)),
        (Sign.WEIGHT, old(5), ("weight_light", "weight_kilograms")),
        (Sign.PAIN, old(44), ()),
    ],
)
def test_reminders_go_by_age(sign: Sign, age: Age | None, expected: tuple[str, ...]) -> None:
    assert reminders(sign, age) == expected


def test_every_reminder_has_words() -> None:
    table = resources.table("vitals/technique.toml")["reminders"]
    codes = [one["say"] for rows in table.values() for one in rows]
    assert len(codes) == len(set(codes))
    for code in codes:
        assert words.technique([code], ()).endswith(".")


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        (("left",), "Not the left arm: PICC line."),
        (("right", "left"), "Neither arm: PICC line."),
        ((), "Ask which arm to spare: PICC line."),
    ],
)
def test_what_the_problem_list_says_comes_first(sides: tuple[str, ...], said: str) -> None:
    assert words.technique(["bp_right_arm"], [Spared("PICC line", sides)]) == f"{said} Right arm."
