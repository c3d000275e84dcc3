"""Adding a visit: found, or registered after a look at who could be the same person."""

from __future__ import annotations

import pytest

from maroom.core.problems import Code, Problem
from maroom.duties.board.presenter import BoardPresenter, Mode
from maroom.duties.board.rules.registering import Asked, Wrong
from maroom.visits.model import Step, VisitStatus
from tests.duties.board.conftest import Day, line, stands

NEW = {Asked.FAMILY: "Nguyen", Asked.GIVEN: "Bao Long", Asked.BORN: "3/14/1985", Asked.SEX: "male", Asked.PHONE: "555-0101"}


def state(board: BoardPresenter):  # type: ignore[no-untyped-def]
    assert board.state.adding is not None
    return board.state.adding


def fill(board: BoardPresenter, **changed: str) -> None:
    for name, text in {**NEW, **{Asked[name]: text for name, text in changed.items()}}.items():
        board.adding.typed(name, text)


def test_a_patient_held_here_walks_in(day: Day) -> None:
    day.expect()
    board = day.opened()
    board.add()
    board.adding.look_for("lindq")
    assert [found.name for found in state(board).found] == ["Lindqvist, Åsa"]
    assert state(board).found[0].today is not None, "the list tells that she is expected already"
    board.adding.take(state(board).found[0].key)
    board.adding.give_reason("Cough")
    board.adding.confirm()
    assert board.state.adding is None
    added = next(line for line in board.state.lines if line.reason == "Cough" and line.status is VisitStatus.ARRIVED)
    assert (board.state.here, added.name) == (added.key, "Lindqvist, Åsa")


def test_somebody_new_is_registered_and_added(day: Day) -> None:
    board = day.opened()
    board.add()
    board.adding.look_for("nguyen")
    board.adding.register()
    assert state(board).new[Asked.FAMILY] == "nguyen"
    fill(board)
    board.adding.confirm()
    assert stands(board, "Nguyen, Bao Long") == (VisitStatus.ARRIVED, "")


def test_who_could_be_the_same_is_shown_before_anybody_is_registered(day: Day) -> None:
    day.walk_in("Nguyen", "Bao")
    board = day.opened()
    board.add()
    board.adding.register()
    fill(board)
    board.adding.confirm()
    assert [found.name for found in state(board).near or ()] == ["Nguyen, Bao"]
    assert board.state.visits == 1
    board.adding.back()
    assert (state(board).mode, state(board).near) == (Mode.REGISTER, None)
    board.adding.confirm()
    board.adding.take((state(board).near or ())[0].key)
    board.adding.confirm()
    assert [line.name for line in board.state.lines] == ["Nguyen, Bao", "Nguyen, Bao"]


def test_none_of_those_shown(day: Day) -> None:
    day.walk_in("Nguyen", "Bao")
    board = day.opened()
    board.add()
    board.adding.register()
    fill(board)
    board.adding.confirm()
    board.adding.confirm()
    assert board.state.adding is None
    assert {line.name for line in board.state.lines} == {"Nguyen, Bao", "Nguyen, Bao Long"}


def test_another_letter_asks_again_for_who_could_be_the_same(day: Day) -> None:
    day.walk_in("Nguyen", "Bao")
    board = day.opened()
    board.add()
    board.adding.register()
    fill(board)
    board.adding.confirm()
    board.adding.typed(Asked.GIVEN, "Baoo")
    assert state(board).near is None


def test_findings_come_with_the_first_try(day: Day) -> None:
    board = day.opened()
    board.add()
    board.adding.register()
    fill(board, BORN="13/31/1985", SEX="")
    assert state(board).shown == {}
    board.adding.confirm()
    codes = {field: finding.code for field, finding in state(board).shown.items()}
    assert codes == {Asked.BORN: Wrong.NO_DATE, Asked.SEX: Wrong.MISSING}
    board.adding.typed(Asked.BORN, "3/31/1985")
    assert list(state(board).shown) == [Asked.SEX]
    assert state(board).read is not None


def test_a_fault_keeps_what_was_typed_and_registers_once(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    board = day.opened()
    board.add()
    board.adding.register()
    fill(board)
    add, faults = day.visits.add_visit, [Problem(Code.DISK_FULL)]

    def failing(*args: object):  # type: ignore[no-untyped-def]
        if faults:
            raise faults.pop()
        return add(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(day.visits, "add_visit", failing)
    board.adding.confirm()
    assert [problem.code for problem in day.messages.problems] == [Code.DISK_FULL]
    assert state(board).patient is not None
    board.adding.confirm()
    assert len(day.visits.find(board._opening, "nguyen")) == 1
    assert board.state.visits == 1


def test_what_was_typed_comes_back(day: Day) -> None:
    day.walk_in("Nguyen", "Bao")
    board = day.opened()
    assert board.draft() is None
    board.add()
    assert board.draft() is None, "nothing was typed"
    board.adding.look_for("nguy")
    board.adding.take(state(board).found[0].key)
    board.adding.give_reason("Fever since")
    kept = board.draft()
    assert kept is not None
    later = day.opened()
    later.restore(kept)
    assert state(later).patient == state(board).patient
    assert (state(later).reason, state(later).looked_for) == ("Fever since", "nguy")
    later.adding.dismiss()
    assert later.draft() is None


def test_a_form_half_filled_comes_back(day: Day) -> None:
    board = day.opened()
    board.add()
    board.adding.register()
    fill(board, PHONE="")
    kept = board.draft()
    assert kept is not None
    later = day.opened()
    later.restore(kept)
    assert (state(later).mode, state(later).new) == (Mode.REGISTER, {**NEW, Asked.PHONE: ""})


def test_a_visit_added_by_mistake_is_cancelled(day: Day) -> None:
    day.walk_in()
    board = day.opened()
    assert Step.UNDO not in line(board, "García").further
    assert Step.CANCEL in line(board, "García").further
