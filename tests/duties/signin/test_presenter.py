"""Signing in, told as stories to the presenter; PINs and waits are those of a real store."""

from __future__ import annotations

import pytest

from maroom.core.problems import Code, Problem
from maroom.duties.signin.presenter import SignInPresenter, Told
from tests.duties.signin.conftest import CHIEF, DANA, LUIS, PIN, Desk


def typed(presenter: SignInPresenter, pin: str) -> None:
    for figure in pin:
        presenter.digit(figure)


def wrong_tries(presenter: SignInPresenter, number: int) -> None:
    for _ in range(number):
        typed(presenter, "0000")
        presenter.sign_in()


def test_everybody_with_a_pin_is_shown_and_nobody_is_chosen(desk: Desk) -> None:
    state = desk.opened().state
    assert [person.name for person in state.people] == ["Dana Reyes", "Luis Ortiz", "Jo Hart"]
    assert state.chosen is None
    assert not state.may_try


def test_who_sat_here_last_is_chosen_already(desk: Desk) -> None:
    chosen = desk.opened(DANA).state.chosen
    assert chosen is not None
    assert chosen.name == "Dana Reyes"


def test_pages_kept_are_told_as_a_number_to_each(desk: Desk) -> None:
    desk.kept = {DANA: 2}
    assert [person.kept for person in desk.opened().state.people] == [2, 0, 0]


def test_the_right_pin_signs_in(desk: Desk) -> None:
    presenter = desk.opened()
    presenter.choose(DANA)
    typed(presenter, PIN[DANA])
    presenter.sign_in()
    assert [author.staff for author in desk.signed] == [DANA]


def test_the_last_figure_there_can_be_signs_in_at_once(desk: Desk) -> None:
    presenter = desk.opened(LUIS)
    typed(presenter, PIN[LUIS])
    assert [author.staff for author in desk.signed] == [LUIS]


def test_enter_twice_is_once(desk: Desk) -> None:
    desk.jobs.hold = True
    presenter = desk.opened(DANA)
    typed(presenter, PIN[DANA])
    presenter.sign_in()
    presenter.sign_in()
    assert presenter.state.told is Told.CHECKING
    desk.jobs.answer()
    assert len(desk.signed) == 1


def test_nothing_is_typed_while_a_pin_is_looked_at(desk: Desk) -> None:
    desk.jobs.hold = True
    presenter = desk.opened(DANA)
    typed(presenter, PIN[DANA])
    presenter.sign_in()
    typed(presenter, "9")
    presenter.clear()
    assert (presenter.state.told, presenter.state.filled) == (Told.CHECKING, 4)


def test_a_late_answer_signs_nobody_in_when_somebody_else_was_chosen(desk: Desk) -> None:
    desk.jobs.hold = True
    presenter = desk.opened(DANA)
    typed(presenter, PIN[DANA])
    presenter.sign_in()
    presenter.choose(LUIS)
    desk.jobs.answer()
    assert desk.signed == []
    assert presenter.state.chosen is not None
    assert (presenter.state.chosen.key, presenter.state.told) == (LUIS, Told.NOTHING)


def test_a_late_answer_of_a_closed_page_signs_nobody_in(desk: Desk) -> None:
    desk.jobs.hold = True
    presenter = desk.opened(DANA)
    typed(presenter, PIN[DANA])
    presenter.sign_in()
    presenter.close()
    desk.jobs.answer()
    assert desk.signed == []


def test_a_wrong_pin_says_only_that(desk: Desk) -> None:
    presenter = desk.opened(DANA)
    wrong_tries(presenter, 1)
    assert (presenter.state.told, presenter.state.filled, presenter.state.wait) == (Told.WRONG, 0, 0)


def test_a_wait_counts_down_and_ends(desk: Desk) -> None:
    presenter = desk.opened(DANA)
    wrong_tries(presenter, 3)
    assert (presenter.state.told, presenter.state.wait) == (Told.WAIT, 5)
    desk.clock.forward(seconds=2)
    presenter.tick()
    assert presenter.state.wait == 3
    typed(presenter, PIN[DANA])
    assert not presenter.state.may_try
    desk.clock.forward(seconds=3)
    presenter.tick()
    assert (presenter.state.told, presenter.state.may_try) == (Told.NOTHING, True)
    presenter.sign_in()
    assert [author.staff for author in desk.signed] == [DANA]


def test_the_wait_of_somebody_is_hers_and_outlives_the_page(desk: Desk) -> None:
    wrong_tries(desk.opened(DANA), 3)
    presenter = desk.opened(LUIS)
    assert presenter.state.wait == 0
    presenter.choose(DANA)
    assert (presenter.state.told, presenter.state.wait) == (Told.WAIT, 5)


def test_backspace_takes_back_one_figure_and_clear_all(desk: Desk) -> None:
    presenter = desk.opened(DANA)
    typed(presenter, "123")
    presenter.take_back()
    assert presenter.state.filled == 2
    presenter.clear()
    assert presenter.state.filled == 0


def test_figures_before_a_name_are_no_pin(desk: Desk) -> None:
    presenter = desk.opened()
    typed(presenter, "12")
    presenter.choose(DANA)
    assert presenter.state.filled == 0


def test_another_name_forgets_what_was_typed(desk: Desk) -> None:
    presenter = desk.opened(DANA)
    typed(presenter, "12")
    presenter.choose(LUIS)
    assert presenter.state.filled == 0


def test_arrows_go_through_the_people_and_stop_at_the_ends(desk: Desk) -> None:
    presenter = desk.opened()
    seen = []
    for by in (1, 1, 2, 2, -1):
        presenter.move(by)
        assert presenter.state.chosen is not None
        seen.append(presenter.state.chosen.key)
    assert seen == [DANA, LUIS, CHIEF, CHIEF, LUIS]


def test_letters_find_a_name_and_choose_who_alone_is_left(desk: Desk) -> None:
    for number in range(7):
        desk.add(f"Mei{number} Bai", "1111")
    presenter = desk.opened()
    assert presenter.state.searched
    presenter.look_for("b")
    assert (len(presenter.state.people), presenter.state.chosen) == (7, None)
    presenter.look_for("rey")
    assert presenter.state.chosen is not None
    assert presenter.state.chosen.key == DANA
    presenter.look_for("rey12")
    assert (presenter.state.letters, presenter.state.filled) == ("rey", 2)
    presenter.clear()
    presenter.clear()
    assert (presenter.state.letters, len(presenter.state.people)) == ("", 10)


def test_somebody_added_meanwhile_appears(desk: Desk) -> None:
    presenter = desk.opened(DANA)
    desk.add("Ann Low", "1111")
    assert presenter.state.people[0].name == "Ann Low"
    assert presenter.state.chosen is not None
    presenter.close()
    desk.add("Ben Low", "1111")
    assert len(presenter.state.people) == 4


def test_trouble_with_the_store_is_told_and_the_page_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_staff: str, _typed: str) -> None:
        raise Problem(Code.DISK_FULL)

    monkeypatch.setattr(desk.people, "sign_in", full)
    presenter = desk.opened(DANA)
    typed(presenter, PIN[DANA])
    presenter.sign_in()
    assert [problem.code for problem in desk.messages.problems] == [Code.DISK_FULL]
    assert (presenter.state.told, presenter.state.filled) == (Told.NOTHING, 0)


def test_the_pin_stands_in_no_state(desk: Desk) -> None:
    presenter = desk.opened(DANA)
    typed(presenter, "987")
    assert "987" not in repr(presenter.state)
