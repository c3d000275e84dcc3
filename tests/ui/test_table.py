"""Lists: reached by keyboard, drawn again without losing the place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from maroom.ui.table import Table
from maroom.ui.table_row import Step
from maroom.ui.widgets import Column, Widgets

Show = Callable[[QWidget], QWidget]


@dataclass(frozen=True)
class Row:
    key: str
    name: str
    next: str = "Arrive"


ROWS = (Row("a", "García"), Row("b", "Nguyen"), Row("c", "李小龍", ""))


class Page(QWidget):
    """A list with something to press before and after it."""

    def __init__(self, widgets: Widgets, rows: tuple[Row, ...] = ROWS, scrolls: bool = False) -> None:
        super().__init__()
        self.widgets = widgets
        self.heard: list[str] = []
        self.before, self.after = widgets.button("before"), widgets.button("after")
        self.table: Table[Row] = Table(
            widgets, (Column("Name"),), self._cells, self._step, more="More", scrolls=scrolls, empty="Nobody yet."
        )
        self.table.opened.connect(self._opened)
        self.table.stepped.connect(self._stepped)
        self.table.more_wished.connect(self._more)
        self.setLayout(widgets.down(self.before, self.table, self.after))
        self.table.become(rows)

    def _cells(self, row: Row) -> tuple[QWidget, ...]:
        return (self.widgets.line(row.name, "row"),)

    def _step(self, row: Row) -> Step | None:
        return Step(row.next) if row.next else None

    def _opened(self, key: str) -> None:
        self.heard.append(f"open {key}")

    def _stepped(self, key: str) -> None:
        self.heard.append(f"step {key}")

    def _more(self, key: str) -> None:
        self.heard.append(f"more {key}")


@pytest.fixture
def page(widgets: Widgets, show: Show) -> Page:
    made = Page(widgets)
    show(made)
    return made


def focus() -> QWidget:
    at = QApplication.focusWidget()
    assert at is not None
    return at


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(focus(), key)


def test_up_and_down_go_through_the_rows_and_stop_at_the_ends(page: Page, qtbot: QtBot) -> None:
    page.table.go_to("a")
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert page.table.current() == "c"
    press(qtbot, Qt.Key.Key_Up)
    assert page.table.current() == "b"
    press(qtbot, Qt.Key.Key_Home)
    assert page.table.current() == "a"
    press(qtbot, Qt.Key.Key_End)
    assert focus() is page.table.row("c")


def test_tab_comes_to_one_row_its_step_its_dots_and_leaves(page: Page, qtbot: QtBot) -> None:
    page.table.go_to("b")
    page.before.setFocus()
    seen: list[str] = []
    for _ in range(4):
        press(qtbot, Qt.Key.Key_Tab)
        seen.append(getattr(focus(), "key", focus().objectName()))
    assert seen == ["b", "step", "more", ""]
    assert focus() is page.after


def test_tab_order_holds_after_rows_were_made_anew(page: Page, qtbot: QtBot) -> None:
    page.table.become((replace(ROWS[0], name="Garcia"), *ROWS[1:]))
    page.before.setFocus()
    press(qtbot, Qt.Key.Key_Tab)
    assert focus() is page.table.row("a")
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert focus() is page.after


def test_enter_presses_the_step_and_opens_where_there_is_none(page: Page, qtbot: QtBot) -> None:
    page.table.go_to("a")
    press(qtbot, Qt.Key.Key_Return)
    page.table.go_to("c")
    press(qtbot, Qt.Key.Key_Return)
    page.table.go_to("b")
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Menu)
    assert page.heard == ["step a", "open c", "open b", "more b"]


def test_down_from_a_button_of_a_row_goes_on_too(page: Page, qtbot: QtBot) -> None:
    page.table.go_to("a")
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Down)
    assert focus() is page.table.row("b")
    assert page.heard == []


def test_touch_opens_a_row_and_the_button_steps_it(page: Page, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.table.row("b"), Qt.MouseButton.LeftButton)
    step = page.table.row("a").findChild(QWidget, "step")
    qtbot.mouseClick(step, Qt.MouseButton.LeftButton)
    assert page.heard == ["open b", "step a"]


def test_only_what_changed_is_made_anew(page: Page) -> None:
    kept, changed = page.table.row("b"), page.table.row("a")
    page.table.become((replace(ROWS[0], next="Room in 1"), ROWS[1], ROWS[2]))
    assert page.table.row("b") is kept
    assert page.table.row("a") is not changed


def test_focus_stays_on_its_row_when_that_is_made_anew(page: Page) -> None:
    page.table.go_to("a")
    page.table.become((ROWS[1], replace(ROWS[0], next="Room in 1"), ROWS[2]))
    assert focus() is page.table.row("a")
    assert page.table.keys() == ("b", "a", "c")


def test_focus_stays_on_the_step_of_its_row(page: Page) -> None:
    step = page.table.row("b").findChild(QWidget, "step")
    assert step is not None
    step.setFocus()
    page.table.become((ROWS[0], replace(ROWS[1], next="Room in 1"), ROWS[2]))
    assert focus().objectName() == "step"
    assert page.table.row("b").isAncestorOf(focus())


def test_focus_goes_to_the_row_that_took_the_place_of_one_that_went(page: Page) -> None:
    page.table.go_to("b")
    page.table.become((ROWS[0], ROWS[2]))
    assert focus() is page.table.row("c")
    page.table.become(())
    page.table.become(ROWS)
    assert page.table.current() == "a"


def test_a_render_takes_no_focus_that_was_elsewhere(page: Page) -> None:
    page.before.setFocus()
    page.table.become((replace(ROWS[0], name="x"),))
    assert page.before.hasFocus()


def test_an_empty_list_says_so(page: Page) -> None:
    page.table.become(())
    assert page.table._empty_line.isVisible()
    page.table.become(ROWS)
    assert not page.table._empty_line.isVisible()


def test_the_rest_is_said_below_and_can_be_pressed(page: Page, qtbot: QtBot) -> None:
    page.table.become(ROWS, rest="6 more")
    rest = page.table.findChild(QWidget, "rest")
    with qtbot.waitSignal(page.table.rest_wished):
        qtbot.mouseClick(rest, Qt.MouseButton.LeftButton)


def test_the_row_at_hand_is_marked(page: Page) -> None:
    page.table.become(ROWS, here="b")
    assert [page.table.row(key).property("state") for key in "abc"] == ["", "here", "last"]


def test_a_row_says_its_words_to_readers(page: Page) -> None:
    assert page.table.row("a").accessibleName() == "García"


def test_a_long_list_brings_the_row_with_the_focus_into_sight(widgets: Widgets, show: Show, qtbot: QtBot) -> None:
    rows = tuple(Row(str(number), f"Row {number}") for number in range(60))
    page = Page(widgets, rows, scrolls=True)
    show(page)
    page.table.go_to("0")
    press(qtbot, Qt.Key.Key_End)
    area = page.table.findChild(QScrollArea)
    assert area is not None
    row = page.table.row("59")
    assert area.viewport().rect().contains(row.mapTo(area.viewport(), row.rect().center()))


def test_a_list_that_scrolls_within_itself_has_the_ground_of_its_card(widgets: Widgets, show: Show) -> None:
    page = Page(widgets, ROWS, scrolls=True)
    page.resize(600, 600)
    show(page)
    image = page.table.grab().toImage()
    below_the_rows = image.pixelColor(image.width() // 2, image.height() - 20 * round(image.devicePixelRatio()))
    assert below_the_rows == widgets.theme.colour("surface_raised")
    assert widgets.theme.colour("surface_raised") != widgets.theme.colour("surface")


LONG = tuple(Row(str(number), f"Row {number}") for number in range(200))


def filled(page: Page) -> list[str]:
    return [key for key, row in page.table._frames.items() if row.is_filled]


@pytest.fixture
def long(widgets: Widgets, show: Show) -> Page:
    page = Page(widgets, LONG, scrolls=True)
    page.resize(600, 500)
    show(page)
    return page


def in_sight(page: Page) -> list[str]:
    return [key for key, row in page.table._frames.items() if not row.visibleRegion().isEmpty()]


def test_a_long_list_fills_what_is_in_sight_and_not_what_is_far_below(long: Page) -> None:
    assert set(in_sight(long)) <= set(filled(long))
    assert len(filled(long)) < len(LONG) / 2


@pytest.mark.parametrize("again", [1, 2])
def test_rows_are_filled_as_they_come_into_sight(long: Page, again: int) -> None:
    area = long.table.findChild(QScrollArea)
    assert area is not None
    for _ in range(again):
        long.hide()
        long.show()
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert in_sight(long)[-1] == "199"
    assert "Row 199" in long.table._frames["199"].accessibleName()
    assert set(in_sight(long)) <= set(filled(long))


def test_a_list_that_scrolls_with_its_page_fills_its_rows_too(widgets: Widgets, show: Show) -> None:
    page = Page(widgets, LONG)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.resize(600, 500)
    show(area)
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert int(in_sight(page)[0]) > 50
    assert set(in_sight(page)) <= set(filled(page))
    assert "199" not in filled(page)


def test_a_taller_window_fills_more(long: Page, qtbot: QtBot) -> None:
    before = filled(long)
    long.resize(600, 2500)
    qtbot.waitUntil(lambda: len(in_sight(long)) > len(before))
    assert set(in_sight(long)) <= set(filled(long))


def test_a_row_that_changed_far_below_is_filled_as_it_is_now(long: Page) -> None:
    long.table.become((*LONG[:-1], replace(LONG[-1], name="Sato")))
    assert "199" not in filled(long)
    long.table.go_to("199")
    assert long.table.row("199").accessibleName() == "Sato"
    assert focus() is long.table.row("199")
