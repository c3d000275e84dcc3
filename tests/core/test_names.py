"""Names of every script: found as typed, shown as their owners write them, flagged when they could be mixed up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.core.names import HumanName, Likeness, alike, bannered, fold, listed, match_query, search_keys


def found(name: str, typed: str) -> bool:
    """By FTS5 itself, fed as the store feeds it."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(keys)")
        db.execute("INSERT INTO t VALUES (?)", (" ".join(search_keys(name)),))
        query = match_query(typed)
        return bool(query) and bool(db.execute("SELECT 1 FROM t WHERE t MATCH ?", (query,)).fetchone())


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("O'Brien-Łukasiewicz", "lukasiewicz"),
        ("O'Brien-Łukasiewicz", "obrien"),
        ("O'Brien-Łukasiewicz", "o'brien"),
        ("O\u2019Brien-Łukasiewicz", "O'Bri"),
        ("O'Brien-Łukasiewicz", "obrien-luk"),
        ("O'Brien-Łukasiewicz", "brien"),
        ("Đào Thị Ánh", "dao"),
        ("Đào Thị Ánh", "anh dao"),
        ("Weiß", "weiss"),
        ("Weiss", "weiß"),
        ("أحمد", "احمد"),
        ("أَحْمَد", "أحمد"),
        ("احـــمد", "أحمد"),
        ("李小龍", "李"),
        ("李小龍", "小龍"),
        ("李小龍", "李小"),
        ("José Ñuñez", "nunez jose"),
        ("Jose\u0301 N\u0303un\u0303ez", "josé ñ"),
        ("Åsa Lindqvist", "asa"),
        ("김민준", "김민"),
        ("Владимир", "влад"),
        ("Søren Ærø", "aero soren"),
        ("Işık", "isik"),
    ],
)
def test_a_name_is_found_as_people_type_it(name: str, typed: str) -> None:
    assert found(name, typed)


@pytest.mark.parametrize(("name", "typed"), [("Garcia", "garza"), ("李小龍", "王"), ("Anna", "hanna"), ("Anna", "' - ,")])
def test_another_name_is_not(name: str, typed: str) -> None:
    assert not found(name, typed)


@given(st.text(min_size=1, max_size=40))
def test_whatever_is_typed_is_a_query_that_fts5_takes(typed: str) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(keys)")
        query = match_query(typed)
        if query:
            db.execute("SELECT 1 FROM t WHERE t MATCH ?", (query,)).fetchall()


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lo"], exclude_characters="\u3164"), min_size=1, max_size=20))
def test_a_word_finds_itself(name: str) -> None:
    if search_keys(name):
        assert found(name, name)


@pytest.mark.parametrize(
    ("name", "in_list", "in_banner"),
    [
        (HumanName("García", ("María", "Elena")), "García, María Elena", "GARCÍA, María Elena"),
        (HumanName("", ("Sukarno",)), "Sukarno", "Sukarno"),
        (HumanName("Sukarno"), "Sukarno", "SUKARNO"),
        (HumanName("李", ("小龍",)), "李小龍", "李小龍"),
        (HumanName("김", ("민준",)), "김민준", "김민준"),
        (HumanName("عبد الله", ("محمد",)), "عبد الله, محمد", "عبد الله, محمد"),
        (HumanName(text="Baby girl"), "Baby girl", "Baby girl"),
        (HumanName(), "", ""),
    ],
)
def test_how_a_name_is_shown(name: HumanName, in_list: str, in_banner: str) -> None:
    assert (listed(name), bannered(name)) == (in_list, in_banner)


def like(family: str, given: str, born: date | None = None) -> Likeness:
    return Likeness.of(HumanName(family, (given,)), born)


DAY = date(1992, 9, 9)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (like("Garcia", "María Elena"), like("García", "Maria"), True),
        (like("Garcia", "M."), like("García", "Maria"), True),
        (like("Smith", "Anna"), like("Smyth", "Anna"), True),
        (like("Meyer", "Bob"), like("Meier", "Rob", DAY), False),
        (like("Meyer", "Bob", DAY), like("Meier", "Tim", DAY), True),
        (like("Li", "Wei"), like("Lu", "Wei"), False),
        (like("Smith", "Anna"), like("Smith", "Robert"), False),
        (like("Nguyen", "Bao"), like("Ngyuen", "Bao"), True),
        (like("Garcia", "Maria"), like("Garza", "Maria"), False),
    ],
)
def test_who_could_be_taken_for_whom(one: Likeness, other: Likeness, wanted: bool) -> None:
    assert alike(one, other) is wanted
    assert alike(other, one) is wanted


def test_folding_keeps_letters_of_other_scripts() -> None:
    assert fold("김민준") == "김민준"
    assert fold("ＡＢＣ") == "abc"
