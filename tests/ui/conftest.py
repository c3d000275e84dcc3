"""A dressed application and what makes widgets in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from maroom.ui import theme as themes
from maroom.ui.dress import dress
from maroom.ui.widgets import Widgets

W = TypeVar("W", bound=QWidget)
Show = Callable[[W], W]


@pytest.fixture
def widgets(qapp: QApplication) -> Widgets:
    theme = themes.load()
    return Widgets(theme, dress(qapp, theme), 1280)


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Shows a widget as the active window of 1280 x 800, so that it can have the focus, and keeps it to the end."""
    kept: list[QWidget] = []

    def shown(widget: QWidget) -> QWidget:
        kept.append(widget)
        qtbot.addWidget(widget)
        widget.resize(1280, 800)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return shown
