"""The command box: patients of today, other patients, pages and things to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from maroom.app import compose, demo
from maroom.app.compose import Services
from maroom.app.desk import Desk
from maroom.app.duties import DUTIES
from maroom.app.window.finder import Action, Finder
from maroom.core.people import Role
from maroom.kit import Target
from tests.builders import KEY
from tests.fakes import SaidMessages


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    made = compose.create_services(tmp_path_factory.mktemp("demo"), KEY, demo.clinic(1))
    demo.fill(made, compose.intake(made), 1)
    yield made
    made.close()


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def finder(services: Services, done: list[str]) -> Finder:
    duties = {duty.key: duty for duty in DUTIES}
    desk = Desk(duties, _unbuilt, services.people, services.drafts, services.clock, SaidMessages())
    desk.author = next(who.author() for who in services.people.present() if who.role is Role.ASSISTANT)
    return Finder(services.visits, duties, desk, [Action("Lock this station", "lock", "F9", lambda: done.append("locked"))])


def _unbuilt(key: str) -> object:
    raise AssertionError(f"no page is needed to search, {key} neither")


def test_a_patient_of_today_leads_to_her_visit(finder: Finder) -> None:
    first = next(iter(finder.find("garcia maria")))
    assert isinstance(first.target, Target)
    assert first.target.page == "vitals"
    assert first.target.visit is not None
    assert first.about.endswith("today")


def test_marks_case_and_order_do_not_matter(finder: Finder) -> None:
    assert [hit.title for hit in finder.find("ELENA garc")] == [hit.title for hit in finder.find("garc elena")] != []


def test_a_patient_who_does_not_come_today_is_found_and_named(finder: Finder, services: Services) -> None:
    assert services.clock is not None
    hits = [hit for letter in "abcdefghijklmnopqrstuvwxyz" for hit in finder.find(letter) if isinstance(hit.target, str)]
    assert hits
    assert finder.name_of(str(hits[0].target)) == hits[0].title


def test_a_page_is_found_by_part_of_its_name(finder: Finder) -> None:
    hits = [hit for hit in finder.find("vit") if hit.target == Target("vitals")]
    assert [(hit.title, hit.key) for hit in hits] == [("Vitals", "F3")]


def test_a_thing_to_do_is_done(finder: Finder, done: list[str]) -> None:
    (hit,) = [hit for hit in finder.find("lock") if callable(hit.target)]
    assert callable(hit.target)
    hit.target()
    assert done == ["locked"]


def test_with_nothing_typed_pages_and_things_are_offered(finder: Finder) -> None:
    titles = [hit.title for hit in finder.find("")]
    assert {"Today", "Vitals", "Lock this station"} <= set(titles)


def test_nobody_is_found_when_nobody_is_signed_in(services: Services) -> None:
    desk = Desk({}, _unbuilt, services.people, services.drafts, services.clock, SaidMessages())
    assert list(Finder(services.visits, {}, desk, ()).find("garcia")) == []
