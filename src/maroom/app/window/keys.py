"""The keys of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

HELP = "F1"
LOCK = "F9"
FIND = "Ctrl+K"
BACK = "Esc"
CONFIRM = ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter")


def bind(parent: QWidget, keys: str, act: Callable[[], None]) -> None:
    """Works while `parent` can be seen, and as long as it lives; held down it acts once."""
    shortcut = QShortcut(QKeySequence(keys), parent)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(act)
