"""The search as somebody types, registration, and who is here already."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import text

from maroom.core.people import Opening
from maroom.core.visit import VisitRef
from maroom.store.unit_of_work import UnitOfWork
from maroom.visits.model import Sex
from maroom.visits.rules import numbers
from maroom.visits.rules import typed as rules
from maroom.visits.service import Visits
from tests.builders import opening
from tests.visits.build import new, patient, take

TODAY = date(2026, 11, 24)
NAMES = [
    ("Łukasiewicz", "Niamh", ["lukasiewicz", "ŁUKA", "łukasiewicz n", "niamh luk"]),
    ("Đào", "Văn", ["dao", "Đào", "dao van"]),
    ("Weiß", "Jörg", ["weiss", "weiß", "WEISS j", "jorg"]),
    ("أحمد", "عبد الله", ["احمد", "أحمد", "عبد", "الله"]),
    ("李", "小龍", ["李小龍", "李", "小龍", "龍"]),
    ("O'Brien", "Seán", ["o'brien", "obrien", "o brien", "brien", "O’Brien", "sean o'b"]),
    ("O'Brien-Łukasiewicz", "Aoife", ["o'brien-l", "obrien luk", "obrienlukasiewicz", "lukasiewicz"]),
    ("Ñuñez", "José María", ["nunez", "jose nu", "maria nunez", "Núñez"]),
    ("김", "민준", ["김", "민준"]),
    ("", "Madonna", ["madonna", "mad"]),
    ("Nguyễn", "Thị Ánh", ["nguyen thi anh", "anh nguyen"]),
]


@pytest.mark.parametrize(("family", "given", "asked"), NAMES)
def test_names_of_any_script_are_found(visits: Visits, desk: Opening, family: str, given: str, asked: list[str]) -> None:
    visits.register(desk, new("Nobody", "Else"))
    wanted = visits.register(desk, new(family, given, date(1990, 1, 1)))
    for typed in asked:
        assert [card.id for card in visits.find(desk, typed)] == [wanted.id], typed


BIRTHS = [
    "1968-02-03", "1968/2/3", "1968.02.03", "02/03/1968", "2/3/68", "2.3.68", "3.2.1968", "03-02-1968", "feb 3 1968",
    "Feb 3, 1968", "February 3rd 68", "3 feb 1968", "3-feb-1968", "3. Februar 1968", "02031968", "19680203", "1968-02",
    "196802", "1968", "feb 1968", "garcia 2/3/68", "2/3/68 garcia", "maria 1968", "garcía, 1968-02-03",
]  # fmt: skip


@pytest.mark.parametrize("typed", BIRTHS)
def test_a_birth_date_is_found_in_any_usual_order(visits: Visits, desk: Opening, typed: str) -> None:
    visits.register(desk, new(born=date(1969, 2, 4)))
    wanted = visits.register(desk, new(born=date(1968, 2, 3)))
    assert [card.id for card in visits.find(desk, typed)] == [wanted.id]


@pytest.mark.parametrize(
    ("typed", "births"),
    [
        ("2/3/68", {"19680203", "19680302"}),
        ("2/3/25", {"20250203", "20250302", "19250203", "19250302"}),
        ("2/3/27", {"19270203", "19270302"}),
        ("13/2/1968", {"19680213"}),
        ("1968-02-13", {"19680213"}),
        ("29 feb 2023", {"202302"}),
        ("31/31/1968", set()),
        ("99/99/99", set()),
    ],
)
def test_which_dates_are_meant(typed: str, births: set[str]) -> None:
    found = rules.dated(typed, TODAY)
    assert set(found.births if found else ()) == births


def test_a_month_may_be_a_name(visits: Visits, desk: Opening) -> None:
    may = visits.register(desk, new("Chen", "May", date(1968, 7, 7)))
    born_in_may = visits.register(desk, new("Chen", "Li", date(1968, 5, 7)))
    assert {card.id for card in visits.find(desk, "may 1968")} == {may.id, born_in_may.id}


@pytest.mark.parametrize(
    "typed", ["", " ", "'", "--", "***", '"', "(", "?!", "AND", "NOT x", "keys:x", "a*b", "\x00", "%", "_"]
)
def test_whatever_is_typed_harms_nothing(visits: Visits, desk: Opening, typed: str) -> None:
    visits.register(desk, new())
    assert visits.find(desk, typed) == ()


def test_a_record_number_is_found_by_its_beginning_and_without_its_noughts(
    unit: UnitOfWork, visits: Visits, desk: Opening
) -> None:
    take(unit, patient("p1", identifier=[{"type": MEDICAL_RECORD, "value": "000123-7"}]), patient("p2", name=[]))
    for typed in ("000123-7", "000123", "123", "0001237", "okafor 123"):
        assert [card.record_number for card in visits.find(desk, typed)] == ["000123-7"], typed


MEDICAL_RECORD = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}


def test_whole_words_come_before_beginnings(visits: Visits, desk: Opening) -> None:
    for number in range(60):
        visits.register(desk, new("Lindqvist", f"Anna{number}"))
    wanted = visits.register(desk, new("Li", "Wei"))
    found = visits.find(desk, "li")
    assert (len(found), found[0].id) == (50, wanted.id)
    assert len(visits.find(desk, "li", limit=7)) == 7


def test_a_name_that_is_whole_but_for_its_last_word_comes_before_longer_ones(visits: Visits, desk: Opening) -> None:
    longer = visits.register(desk, new("Liang", "Bao"))
    wanted = visits.register(desk, new("Li", "Bao"))
    assert [card.id for card in visits.find(desk, "li b")] == [wanted.id, longer.id]
    assert [card.id for card in visits.find(desk, "li b", limit=1)] == [wanted.id]
    assert [card.id for card in visits.find(desk, "bao li")] == [wanted.id, longer.id]


def test_former_names_lead_to_the_present_one(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    names = [{"use": "old", "family": "Smith", "given": ["Ann"]}, {"use": "official", "family": "Jones", "given": ["Ann"]}]
    take(unit, patient(name=names))
    assert [card.display for card in visits.find(desk, "smith")] == ["Jones, Ann"]


def test_a_changed_name_is_found_and_the_wrong_one_is_not(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, patient(name=[{"family": "Smiht", "given": ["Ann"]}]))
    take(unit, patient(name=[{"family": "Smith", "given": ["Ann"]}]))
    assert (len(visits.find(desk, "smith")), visits.find(desk, "smiht")) == (1, ())


def test_a_patient_who_was_taken_out_is_not_found(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, patient())
    take(unit, patient(active=False))
    assert visits.find(desk, "okafor") == ()


def test_a_whole_search_leaves_one_audit_line(unit: UnitOfWork, visits: Visits) -> None:
    opened = opening()
    for typed in ("g", "ga", "gar"):
        visits.find(opened, typed)
    with unit.glance() as session:
        acts = session.execute(text("SELECT act FROM audit WHERE actor != 'system'")).scalars().all()
    assert acts == ["patient.find"]


def test_registration_gives_a_number_of_the_stations_own(visits: Visits, desk: Opening) -> None:
    first, second = visits.register(desk, new()), visits.register(desk, new("Nguyen", "Bao"))
    begins, number = first.record_number.rsplit("-", 1)
    assert begins.startswith("L-")
    assert (number, second.record_number) == ("000001", f"{begins}-000002")
    assert (first.verified, first.local, visits.patient(desk, first.id)) == (False, True, first)


def test_stations_do_not_share_the_beginning_of_their_numbers() -> None:
    begins = {numbers.prefix(f"station-{number}") for number in range(20)}
    assert len(begins) == 20
    assert all(re.fullmatch(r"L-[2-9C-Z]{3}-", begin) for begin in begins)


@pytest.mark.parametrize(
    ("family", "given", "born", "near"),
    [
        ("García", "María", "1968-02-02", True),
        ("garcia", "maria", "1968-02-02", True),
        ("Garcia", "Marie", "1971-09-09", True),
        ("Gracia", "María", "1968-02-02", True),
        ("Hernández", "María", "1968-02-02", True),
        ("María", "García", "1968-02-02", True),
        ("García", "Tomás", "1971-09-09", False),
        ("Nguyen", "Bao", "1968-02-02", False),
    ],
)
def test_who_is_here_already_is_shown(visits: Visits, desk: Opening, family: str, given: str, born: str, near: bool) -> None:
    known = visits.register(desk, new())
    found = visits.near_matches(desk, new(family, given, date.fromisoformat(born)))
    assert [card.id for card in found] == ([known.id] if near else [])


def test_a_single_name_has_near_matches_too(visits: Visits, desk: Opening) -> None:
    known = visits.register(desk, new("", "Madonna"))
    assert [card.id for card in visits.near_matches(desk, new("", "Madonna", date(1999, 1, 1)))] == [known.id]


def test_a_visit_is_added_for_a_known_patient_only(visits: Visits, desk: Opening) -> None:
    with pytest.raises(KeyError):
        visits.add_visit(desk, "nobody", "Cough")
    with pytest.raises(KeyError):
        visits.patient(desk, "nobody")


def test_what_was_registered_is_read_back_unharmed(visits: Visits, desk: Opening) -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff-Łukasiewicz-O'Brien-Ñuñez"
    made = visits.register(desk, new(long, "José  Ñ.", date(2026, 11, 15), " 555-0101 "))
    read = visits.chart(opening(visit=VisitRef("", made.id))).patient
    assert (read.name.family, read.name.given, read.phone, read.sex) == (long, ("José", "Ñ."), "555-0101", Sex.FEMALE)
    assert (read.born, visits.banner(opening(visit=VisitRef("", made.id))).age) == (date(2026, 11, 15), "9 d")
