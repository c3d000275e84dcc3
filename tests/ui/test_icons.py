"""Icons: drawn from our own folder, in the colour of their role."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from maroom.core import resources
from maroom.ui import icons
from maroom.ui.icons import Icons
from maroom.ui.theme import load

FOLDER = Path(str(resources.place("look/icons")))
OURS = sorted(path.stem for path in FOLDER.glob("*.svg"))
SOURCE = Path(str(resources.place(""))).parent / "src" / "maroom"


@pytest.mark.parametrize("name", OURS)
def test_every_icon_can_be_drawn_and_tinted(name: str, qapp: QApplication) -> None:
    svg = icons.drawing(name)
    assert "currentColor" in svg
    assert QSvgRenderer(QByteArray(svg.encode())).isValid()


def test_the_icons_named_in_ui_and_window_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the first window would import python-lucide."""
    monkeypatch.setitem(sys.modules, "lucide", None)
    named = re.compile(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"')
    lucide = {path.stem for path in FOLDER.glob("*.svg")}
    modules = [*SOURCE.glob("ui/*.py"), *SOURCE.glob("app/window/*.py")]
    words = {word for module in modules for word in named.findall(module.read_text("utf-8"))}
    for name in words & lucide:
        assert icons.drawing.__wrapped__(name)


def test_another_icon_comes_from_lucide() -> None:
    assert "<svg" in icons.drawing("anchor")


def test_an_icon_has_the_colour_of_its_role_and_is_drawn_once(qapp: QApplication) -> None:
    theme = load("dark")
    made = Icons(theme)
    picture = made.pixmap("check", "accent")
    image = picture.toImage()
    seen = {
        image.pixelColor(x, y).name().upper() for x in range(20) for y in range(20) if image.pixelColor(x, y).alpha() == 255
    }
    assert theme.roles["accent"].upper() in seen
    assert made.pixmap("check", "accent") is picture
