"""Chips: word and picture on one widget."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from maroom.ui.labels import Chip, Tag
from maroom.ui.widgets import Widgets

Show = Callable[[QWidget], QWidget]


def drawn(chip: Chip, colour: str) -> list[int]:
    """The columns, in px from the left, in which this colour stands."""
    picture = chip.grab().toImage()
    return [
        x for x in range(picture.width()) if any(picture.pixelColor(x, y).name() == colour for y in range(picture.height()))
    ]


@pytest.mark.parametrize("tag", [Tag("late", "warn", mark="warn"), Tag("late", "warn", "clock")])
def test_a_picture_has_its_room_before_the_word(widgets: Widgets, show: Show, tag: Tag) -> None:
    bare, chip = widgets.chip("late", "warn"), widgets.chip(tag.words, tag.tone, tag.icon, tag.mark)
    edge = widgets.theme.px("icon_small") if tag.icon else widgets.theme.px("mark") + 2
    assert chip.sizeHint().width() == bare.sizeHint().width() + edge + widgets.theme.px("tight")
    assert chip.text() == "late"


@pytest.mark.parametrize("side", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_mark_stands_where_the_word_begins(widgets: Widgets, show: Show, side: Qt.LayoutDirection) -> None:
    page = QWidget()
    page.setLayoutDirection(side)
    page.setLayout(widgets.across(chip := widgets.chip()))
    chip.become(Tag("late", "warn", mark="warn"))
    show(page)
    places = drawn(chip, widgets.theme.colour("warn").name())
    assert places
    assert all((x < chip.width() / 2) == (side is Qt.LayoutDirection.LeftToRight) for x in places)


def test_a_chip_drops_its_mark_with_its_finding(widgets: Widgets, show: Show) -> None:
    chip = widgets.chip("late", "warn", mark="warn")
    chip.become(Tag("in time", "plain"))
    show(chip)
    assert (chip.text(), drawn(chip, widgets.theme.colour("warn").name())) == ("in time", [])
