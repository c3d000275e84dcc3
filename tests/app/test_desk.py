"""The desk: a page belongs to one person and one visit, and what was typed comes back to its author and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from maroom.access.service import People
from maroom.app.desk import Desk, Presence
from maroom.core.drafts import Draft, DraftKey
from maroom.core.people import Author, Opening, Right
from maroom.core.problems import Code, Problem
from maroom.core.visit import VisitRef
from maroom.kit import Duty, Offers, Page
from maroom.store.drafts import Drafts
from maroom.store.unit_of_work import UnitOfWork
from tests.builders import AMARA, DANA, SetClock, unit_of_work
from tests.fakes import SaidMessages

ONE, OTHER = VisitRef("v-1", "p-1"), VisitRef("v-2", "p-2")


@dataclass
class FakePage:
    """A page with one field."""

    key: str
    text: str = ""
    opening: Opening | None = None
    refuses: bool = False
    resumed: list[Draft] = field(default_factory=list)

    def open(self, opening: Opening) -> None:
        if self.refuses:
            raise Problem(Code.NOT_ALLOWED, name=opening.author.name)
        self.opening, self.text = opening, ""

    def park(self) -> Draft | None:
        assert self.opening is not None
        return Draft(DraftKey.of(self.opening, self.key), self.text.encode()) if self.text else None

    def resume(self, draft: Draft) -> None:
        self.resumed.append(draft)
        self.text = draft.state.decode()


@dataclass
class FakeFrame:
    shown: list[tuple[str, VisitRef | None]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    locked: int = 0

    def show_page(self, key: str, opening: Opening) -> None:
        self.shown.append((key, opening.visit))

    def show_lock(self) -> None:
        self.locked += 1

    def ask_for_visit(self, key: str) -> None:
        self.asked.append(key)


def duty(key: str, needs_visit: bool) -> Duty:
    return Duty(key, key, "x", Right.READ, needs_visit, "", lambda _kit: Offers(), lambda _kit, _offers: _never(), "")


def _never() -> Page:
    raise AssertionError("the desk is given its own way to build")


@dataclass
class Room:
    desk: Desk
    frame: FakeFrame
    pages: dict[str, FakePage]
    drafts: Drafts
    messages: SaidMessages
    built: list[str]
    seen: list[tuple[str, str, int]]
    """who came or left, and how often it was locked by then"""


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[UnitOfWork]:
    with unit_of_work(tmp_path, SetClock()) as made:
        yield made


@pytest.fixture
def room(unit: UnitOfWork) -> Room:
    clock, messages, frame, built = SetClock(), SaidMessages(), FakeFrame(), []
    pages = {key: FakePage(key) for key in ("today", "vitals", "prep")}

    def build(key: str) -> Page:
        built.append(key)
        page = pages[key]
        return Page(page, page.open, page.park, page.resume)

    duties = {"today": duty("today", False), "vitals": duty("vitals", True), "prep": duty("prep", True)}
    seen: list[tuple[str, str, int]] = []
    presence = Presence(
        lambda who: seen.append(("came", who.name, frame.locked)), lambda who: seen.append(("left", who.name, frame.locked))
    )
    desk = Desk(duties, build, People(unit, clock), Drafts(unit), clock, messages, presence)
    desk.sit(frame)
    return Room(desk, frame, pages, Drafts(unit), messages, built, seen)


def test_who_comes_and_who_has_left_is_told_behind_the_lock(room: Room) -> None:
    room.desk.lock()
    assert room.seen == [], "nobody was there"
    room.desk.signed_in(DANA)
    room.desk.lock()
    assert room.seen == [("came", DANA.name, 1), ("left", DANA.name, 2)]


def test_nobody_goes_anywhere_before_signing_in(room: Room) -> None:
    room.desk.go("today")
    assert room.frame.shown == []
    assert room.frame.locked == 1


def test_signing_in_opens_the_board_and_builds_no_other_page(room: Room) -> None:
    room.desk.signed_in(DANA)
    assert room.frame.shown == [("today", None)]
    assert room.built == ["today"]


def test_a_page_that_needs_a_patient_is_never_guessed(room: Room) -> None:
    room.desk.signed_in(DANA)
    room.desk.go("vitals")
    assert room.frame.asked == ["vitals"]
    room.desk.go("vitals", ONE)
    room.desk.go("prep")
    assert room.frame.shown[1:] == [("vitals", ONE), ("prep", ONE)]
    room.desk.go("today")
    room.desk.go("prep")
    assert room.frame.asked == ["vitals", "prep"]


def test_what_was_typed_is_kept_within_a_tick(room: Room) -> None:
    room.desk.signed_in(DANA)
    room.desk.go("vitals", ONE)
    room.pages["vitals"].text = "142/88"
    room.desk.tick()
    kept = room.drafts.find(DANA.staff, "v-1", "vitals")
    assert kept is not None
    assert kept.state == b"142/88"


def test_a_saved_page_leaves_no_draft(room: Room) -> None:
    room.desk.signed_in(DANA)
    room.desk.go("vitals", ONE)
    room.pages["vitals"].text = "142/88"
    room.desk.tick()
    room.pages["vitals"].text = ""
    room.desk.tick()
    assert room.drafts.counts() == {}


def test_each_visit_has_its_own_draft(room: Room) -> None:
    room.desk.signed_in(DANA)
    room.desk.go("vitals", ONE)
    room.pages["vitals"].text = "hers"
    room.desk.go("vitals", OTHER)
    assert room.pages["vitals"].text == ""
    room.pages["vitals"].text = "his"
    room.desk.go("vitals", ONE)
    assert room.pages["vitals"].text == "hers"
    room.desk.go("vitals", OTHER)
    assert room.pages["vitals"].text == "his"


def test_the_lock_parks_and_only_the_author_gets_it_back(room: Room) -> None:
    room.desk.signed_in(DANA)
    room.desk.go("vitals", ONE)
    room.pages["vitals"].text = "142/88"
    room.desk.lock()
    assert room.frame.locked == 2
    room.desk.signed_in(AMARA)
    assert room.frame.shown[-1] == ("today", None)
    room.desk.go("vitals", ONE)
    assert room.pages["vitals"].text == ""
    room.desk.lock()
    room.desk.signed_in(DANA)
    assert room.frame.shown[-1] == ("vitals", ONE)
    assert room.pages["vitals"].text == "142/88"
    opening = room.pages["vitals"].opening
    assert opening is not None
    assert opening.author == DANA


def test_closing_keeps_what_was_typed(room: Room) -> None:
    room.desk.signed_in(DANA)
    room.desk.go("prep", ONE)
    room.pages["prep"].text = "x"
    room.desk.close()
    assert room.drafts.counts() == {DANA.staff: 1}


def test_a_refused_page_leads_home_and_says_why(room: Room) -> None:
    room.pages["vitals"].refuses = True
    room.desk.signed_in(DANA)
    room.desk.go("vitals", ONE)
    assert room.frame.shown[-1] == ("today", None)
    assert [p.code for p in room.messages.problems] == [Code.NOT_ALLOWED]


def test_pages_built_anew_keep_the_place_and_the_text(room: Room) -> None:
    room.desk.signed_in(DANA)
    room.desk.go("vitals", ONE)
    room.pages["vitals"].text = "98.6"
    room.desk.rebuild()
    assert room.built == ["today", "vitals", "vitals"]
    assert (room.frame.shown[-1], room.pages["vitals"].text) == (("vitals", ONE), "98.6")


def test_a_full_disk_while_keeping_a_draft_is_said_and_tried_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.desk.signed_in(DANA)
    room.desk.go("vitals", ONE)
    room.pages["vitals"].text = "98.6"

    def full(*_: object) -> None:
        raise Problem(Code.DISK_FULL)

    with monkeypatch.context() as patched:
        patched.setattr(room.drafts.__class__, "keep", full)
        room.desk.tick()
    assert [p.code for p in room.messages.problems] == [Code.DISK_FULL]
    room.desk.tick()
    assert room.drafts.counts() == {DANA.staff: 1}


def test_nobody_else_can_be_the_author_of_a_draft(room: Room) -> None:
    somebody = Author("33333333-3333-4333-8333-333333333333", "Luis Ortiz", DANA.role)
    room.desk.signed_in(somebody)
    assert room.pages["vitals"].resumed == []
