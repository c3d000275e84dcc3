"""A page and its presenter: held while it is open, and never reached by the one before."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from maroom.ui.page import Page, Place
from maroom.ui.widgets import Widgets
from tests.ui.samples import BOARD, SIGNS, BoardPage, BoardPresenter, SignsPage, SignsPresenter

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def page(widgets: Widgets, show: Show) -> SignsPage:
    made = SignsPage(widgets, SIGNS.signs)
    show(made)
    return made


def field(page: QWidget, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert found is not None
    return found


def test_the_page_keeps_its_presenter_alive(page: SignsPage, qtbot: QtBot) -> None:
    page.attach(SignsPresenter(SIGNS))
    gc.collect()
    qtbot.mouseClick(page.findChild(QWidget, "save"), Qt.MouseButton.LeftButton)
    assert page.presenter.saves == 1


def test_the_one_before_is_closed_and_reaches_the_page_no_more(page: SignsPage) -> None:
    first, second = SignsPresenter(SIGNS), SignsPresenter(SIGNS)
    page.attach(first)
    page.attach(second)
    first.typed("Pulse.0", "999")
    assert first.state.signs[1].values == ("999",)
    assert field(page, "Pulse.0").text() == "72"


def test_the_one_before_is_let_go(page: SignsPage) -> None:
    first = weakref.ref(SignsPresenter(SIGNS))
    page.attach(SignsPresenter(SIGNS) if (held := first()) is None else held)
    page.attach(SignsPresenter(SIGNS))
    gc.collect()
    assert first() is None


def test_typing_goes_to_the_one_the_page_belongs_to(page: SignsPage, qtbot: QtBot) -> None:
    first, second = SignsPresenter(SIGNS), SignsPresenter(SIGNS)
    page.attach(first)
    page.attach(second)
    qtbot.keyClicks(field(page, "Pulse.0"), "1")
    assert (first.typed_in, len(second.typed_in)) == ([], 1)


def test_a_page_that_belongs_to_nobody_is_off(page: SignsPage) -> None:
    assert not page.isEnabled()
    page.attach(SignsPresenter(SIGNS))
    assert page.isEnabled()
    page.detach()
    assert not page.isEnabled()
    with pytest.raises(LookupError):
        _ = page.presenter


def test_it_starts_in_the_first_field_and_again_for_the_next_visit(page: SignsPage) -> None:
    page.attach(SignsPresenter(SIGNS))
    assert field(page, "quick").hasFocus()
    field(page, "Pulse.0").setFocus()
    page.attach(SignsPresenter(SIGNS))
    assert field(page, "quick").hasFocus()


def test_a_draft_finds_field_and_cursor_again(page: SignsPage) -> None:
    page.attach(SignsPresenter(SIGNS))
    field(page, "Height.0").setFocus()
    field(page, "Height.0").setCursorPosition(2)
    place = page.place()
    assert place == Place("Height.0", 2)
    page.attach(SignsPresenter(SIGNS))
    page.go_to(place)
    page.enter()
    assert field(page, "Height.0").hasFocus()
    assert field(page, "Height.0").cursorPosition() == 2


def test_a_draft_from_another_layout_does_no_harm(page: SignsPage) -> None:
    page.attach(SignsPresenter(SIGNS))
    page.go_to(Place("no such field", 3))
    page.enter()
    assert field(page, "quick").hasFocus()


def test_the_primary_is_pressed_only_where_it_is_on(page: SignsPage) -> None:
    page.attach(SignsPresenter(SIGNS))
    assert page.press_primary()
    page.presenter.show(replace(page.presenter.state, dirty=False))
    assert not page.press_primary()
    assert page.presenter.saves == 1


def test_the_foot_tells_of_an_action_before_its_receivers_do(page: SignsPage) -> None:
    page.attach(SignsPresenter(SIGNS))
    heard: list[int] = []
    page.foot.acted.connect(lambda: heard.append(page.presenter.saves))
    page.press_primary()
    assert heard == [0]


def test_head_and_foot_stand_at_the_same_place_on_every_page(page: SignsPage, widgets: Widgets, show: Show) -> None:
    page.attach(SignsPresenter(SIGNS))
    other = BoardPage(widgets)
    show(other)
    other.attach(BoardPresenter(BOARD))

    def corners(of: Page) -> tuple[int, int, int, int]:
        primary = of.primary()
        assert primary is not None
        right = primary.mapTo(of, primary.rect().topRight())
        return of.head.y(), of.head.height(), of.foot.y(), right.x()

    assert corners(page) == corners(other)
