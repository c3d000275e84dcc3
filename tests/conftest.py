"""What holds for every test: the guards of tests/guards, servers to talk to, and a Qt that draws with the fonts we ship."""

import pytest
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from maroom.core import resources
from maroom.ui.dress import STYLE

pytest_plugins = [
    "tests.guards.surroundings",
    "tests.guards.silence",
    "tests.guards.modal",
    "tests.guards.leftovers",
    "tests.servers.fixtures",
]

BASE = 14


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["maroom", "-style", STYLE]


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The one application, with our fonts and a size in pixels: what is drawn is the same on every machine."""
    for font in resources.fonts():
        QFontDatabase.addApplicationFont(str(resources.place(font.file)))
    own = QFont(list(dict.fromkeys(font.family for font in resources.fonts())))
    own.setPixelSize(BASE)
    qapp.setFont(own)
    return qapp
