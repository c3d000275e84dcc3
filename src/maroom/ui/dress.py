"""Gives the application its look: style and fonts once, before the first widget; palette and sheet then and at each change."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from maroom.core import resources
from maroom.ui.icons import Icons
from maroom.ui.theme import Theme

STYLE = "Fusion"


def application() -> QApplication:
    """The one of this process. Its style is named to Qt at once: to set or ask for it later would make Python's QStyle, with
    a thousand enum members, before the first window is drawn."""
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else QApplication(["maroom", "-style", STYLE])


def load_fonts() -> None:
    """Makes our own fonts known to Qt. Without them letters of other scripts would be boxes on a bare machine.
    By path: Qt maps a file, but would copy bytes, and the Chinese ones are large."""
    for font in resources.fonts():
        QFontDatabase.addApplicationFont(str(resources.place(font.file)))


def dress(app: QApplication, theme: Theme) -> Icons:
    """The font must be set before widgets are made; those made before have to be built anew at another type size."""
    app.setPalette(theme.qt_palette())
    app.setFont(theme.font("type_body"))
    app.setStyleSheet(theme.sheet())
    return Icons(theme, app.devicePixelRatio())
