"""Ages as clinicians say them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.fhir.reading import PartialDate
from maroom.visits.rules.age import age_on, age_words, completed_months, completed_years

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("born", "on", "words"),
    [
        ("2026-11-24", "2026-11-24", "0 d"),
        ("2026-11-15", "2026-11-24", "9 d"),
        ("2026-10-25", "2026-11-24", "30 d"),
        ("2026-10-24", "2026-11-24", "1 mo"),
        ("2026-03-20", "2026-11-24", "8 mo"),
        ("2024-11-25", "2026-11-24", "23 mo"),
        ("2024-11-24", "2026-11-24", "2 y"),
        ("2023-09-24", "2026-11-24", "3 y 2 mo"),
        ("2021-11-25", "2026-11-24", "4 y 11 mo"),
        ("2021-11-24", "2026-11-24", "5 y"),
        ("1979-11-25", "2026-11-24", "46 y"),
        ("1979-11-24", "2026-11-24", "47 y"),
        ("1926-11-24", "2026-11-24", "100 y"),
        ("2026-11-25", "2026-11-24", ""),
    ],
)
def test_words(born: str, on: str, words: str) -> None:
    assert age_words(date.fromisoformat(born), date.fromisoformat(on)) == words


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
        ("2024-02-29", "2028-02-28", 47),
        ("2024-02-29", "2028-02-29", 48),
        ("2026-01-31", "2026-02-28", 0),
        ("2026-01-31", "2026-03-01", 1),
        ("2026-03-31", "2026-04-30", 0),
        ("2026-03-31", "2026-05-01", 1),
    ],
)
def test_a_birthday_that_a_month_lacks_falls_on_the_first_of_the_next(born: str, on: str, months: int) -> None:
    assert completed_months(date.fromisoformat(born), date.fromisoformat(on)) == months


@given(DAYS, st.integers(0, 45_000))
def test_ages_never_go_back_and_leave_no_gap(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    today, tomorrow = (completed_months(born, day) for day in (on, on + timedelta(days=1)))
    assert tomorrow - today in (0, 1)
    assert completed_years(born, on) == today // 12


@given(DAYS, st.integers(0, 45_000))
def test_every_age_has_words_of_one_kind(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    words, months = age_words(born, on), completed_months(born, on)
    assert words.endswith(" d") == (months == 0)
    assert (words.endswith(" mo") and " y" not in words) == (1 <= months < 24)
    assert words.endswith(" y") == (months >= 24 and (months >= 60 or months % 12 == 0))


@pytest.mark.parametrize(("written", "words"), [("1979-11-24", "47 y"), ("1979", "~47 y"), ("1979-11", "~47 y"), ("2027", "")])
def test_a_partly_known_birth_gives_about_an_age(written: str, words: str) -> None:
    assert age_on(PartialDate.parse(written), date(2026, 11, 24)) == words


def test_no_birth_date_gives_no_age() -> None:
    assert age_on(None, date(2026, 11, 24)) == ""
