"""A birth date as it is typed, and names as tiles have room for them."""

from __future__ import annotations

from datetime import date

import pytest

from maroom.core.names import HumanName
from maroom.duties.board.rules.drawn import short
from maroom.duties.board.rules.registering import Asked, Wrong, birth_date, findings

TODAY = date(2026, 11, 24)
MARCH = date(1985, 3, 14)


@pytest.mark.parametrize(
    "typed",
    [
        *("3/14/1985", "03/14/1985", "3-14-1985", "3.14.1985", "3 14 1985", "03141985", "1985-03-14", "1985/3/14"),
        *("14 Mar 1985", "Mar 14, 1985", "March 14 1985", " march 14th, 1985 ", "14-mar-1985", "14 MARCH 1985"),
    ],
)
def test_a_birth_date_in_any_usual_order(typed: str) -> None:
    assert birth_date(typed) == MARCH


@pytest.mark.parametrize(
    "typed", ["", "14/3/1985", "3/14/85", "2/29/2025", "Mar 1985", "1985", "soon", "3/14/1985 x", "14 f 1985"]
)
def test_what_is_no_birth_date(typed: str) -> None:
    assert birth_date(typed) is None


def found(**said: str) -> dict[str, str]:
    answers = {"family": "Nguyen", "given": "", "born": "3/14/1985", "sex": "male", **said}
    return {field: finding.code for field, finding in findings(answers, TODAY).items()}


def test_what_is_found_about_somebody_new() -> None:
    assert found() == {}
    assert found(family=" ", given="Prince") == {}
    assert found(family=" ") == {Asked.FAMILY: Wrong.MISSING}
    assert found(born="11/25/2026") == {Asked.BORN: Wrong.NOT_YET}
    assert found(born="11/24/2026") == {}
    assert found(born="1/1/1890") == {Asked.BORN: Wrong.TOO_OLD}
    assert found(born="", sex="") == {Asked.BORN: Wrong.MISSING, Asked.SEX: Wrong.MISSING}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (HumanName("García", ("María", "Elena")), "García, M. E."),
        (HumanName("Österberg", ("Åsa",)), "Österberg, Å."),
        (HumanName("李", ("小龍",)), "李小龍"),
        (HumanName("عبد الله", ("أحمد",)), "عبد الله, أحمد"),
        (HumanName("", ("Prince",)), "Prince"),
        (HumanName("Madonna"), "Madonna"),
        (HumanName("", (), "Baby of Garcia"), "Baby of Garcia"),
    ],
)
def test_a_name_on_a_tile(name: HumanName, shown: str) -> None:
    assert short(name) == shown
