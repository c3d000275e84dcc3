"""What everything stands on: the fonts and data that ship, and a Qt that keeps its references."""

import sys

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from maroom.core import resources

CALLS = 6000
SLACK = 200


def test_qt_keeps_its_references_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 drops one reference to None a call, and ends the process after some thousands."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText(str(number))
    assert before - sys.getrefcount(None) < SLACK


@pytest.mark.parametrize("font", resources.fonts(), ids=lambda font: font.name)
def test_a_font_is_one_static_weight_under_its_own_name(font: resources.Font) -> None:
    with TTFont(str(resources.place(font.file))) as face:
        assert "fvar" not in face
        assert "glyf" in face
        assert face["name"].getBestFamilyName() == font.family
        assert face["OS/2"].usWeightClass == font.weight


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("sans", "José Ñuñez Łukasiewicz Nguyễn Thị Ánh Żółć Дмитрий °"),
        ("sans-bold", "José Ñuñez Łukasiewicz Nguyễn Thị Ánh Дмитрий"),
        ("arabic", "عبد الله گچپژ"),
        ("sc", "李小龙，请在家休息。"),
        ("sc-whole", "李小龍鄧あカ"),
        ("kr", "김민준"),
    ],
)
def test_a_font_has_the_letters_it_is_shipped_for(name: str, letters: str) -> None:
    (font,) = (font for font in resources.fonts() if font.name == name)
    with TTFont(str(resources.place(font.file))) as face:
        known = face.getBestCmap()
    assert [letter for letter in letters if ord(letter) not in known and letter != " "] == []


def test_a_missing_resource_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        resources.text("no/such.txt")


def test_the_licence_of_every_font_ships_with_it() -> None:
    for font in resources.table("fonts/fonts.toml")["font"]:
        assert "SIL OPEN FONT LICENSE" in resources.text(f"fonts/OFL-{font['source']}.txt").upper()
