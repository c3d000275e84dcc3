"""The three palettes: the same roles, all readable; sizes that grow with the type."""

from __future__ import annotations

import re

import pytest

from maroom.core import resources
from maroom.ui import theme as themes


@pytest.mark.parametrize("name", themes.PALETTES)
def test_all_words_can_be_read_and_all_shapes_seen(name: str) -> None:
    assert themes.weak_pairs(name) == []


@pytest.mark.parametrize("name", themes.PALETTES)
def test_palettes_have_the_same_roles(name: str) -> None:
    assert themes.load(name).roles.keys() == themes.load("light").roles.keys()


def test_an_unknown_palette_gives_the_light_one() -> None:
    assert themes.load("sepia").roles == themes.load("light").roles


@pytest.mark.parametrize("name", themes.PALETTES)
def test_the_sheet_names_nothing_but_roles_and_sizes(name: str) -> None:
    sheet = themes.load(name, 1.5).sheet()
    assert "@" not in sheet
    template = re.sub(r"/\*.*?\*/", "", resources.text("look/theme.qss.in"), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", template) == []
    assert re.findall(r"\d+px", template) == []


def test_only_a_tone_reaches_what_stands_inside() -> None:
    """`live.mark_as` restyles no further: a row of a list has two dozen widgets."""
    template = re.sub(r"/\*.*?\*/", "", resources.text("look/theme.qss.in"), flags=re.DOTALL)
    selectors = [one.strip() for head in re.findall(r"([^{}]+)\{", template) for one in head.split(",")]
    reaching = {name for one in selectors for name in re.findall(r"\[(\w+)=[^\]]*\][^\s,]*\s+\w", one)}
    assert reaching == {"tone"}


def test_type_grows_with_the_factor_and_space_does_not() -> None:
    plain, large = themes.load(factor=1.0), themes.load(factor=1.5)
    assert (large.px("type_body"), large.px("gap")) == (round(plain.px("type_body") * 1.5), plain.px("gap"))


@pytest.mark.parametrize(
    ("wished", "width", "given"),
    [(1.0, 1280, 1.0), (1.5, 1280, 1.5), (1.75, 1280, 1280 / 850), (1.75, 1920, 1.75), (1.5, 700, 1.0)],
)
def test_a_narrow_window_caps_the_type_size(wished: float, width: int, given: float) -> None:
    assert themes.fitting(wished, width) == pytest.approx(given)


def test_what_a_glove_touches_is_48_px_high() -> None:
    theme = themes.load()
    assert theme.px("row") >= 48
    assert theme.px("rail_item") >= 48
    assert theme.px("button_tall") + 2 * theme.px("hair") >= 48


def test_contrast_is_that_of_wcag() -> None:
    assert themes.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert themes.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
