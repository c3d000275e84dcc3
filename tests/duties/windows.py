"""A window to try a page in: as large, as coloured and with as large a type as a test asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from maroom.app.window.look import Look
from maroom.app.window.states import RailEntry
from maroom.app.window.window import Window
from maroom.ui.messages import Messages
from maroom.ui.page import Cover, Page
from maroom.ui.widgets import Widgets

LOOKS = [("light", 1.0), ("dark", 1.0), ("contrast", 1.0), ("light", 1.5)]
PLAIN = QSize(1280, 800)


@contextmanager
def shown(
    app: QApplication, make: Callable[[Widgets], Page[Any, Any] | Cover[Any, Any]], look: tuple[str, float] = LOOKS[0]
) -> Iterator[tuple[Window, Any]]:
    """A window of 1280 x 800 with the page that `make` builds, as a page of the rail or as a cover."""
    window = Window(app, (RailEntry("it", "It", "info"),), lambda: "10:42", Messages(), Look(*look), PLAIN)
    window.appear()
    view = make(window.widgets)
    if isinstance(view, Cover):
        window.cover(view)
    else:
        window.add_page("it", lambda: view)
        window.show_page("it")
    app.processEvents()
    try:
        yield window, view
    finally:
        view.detach()
        window.close()
        window.deleteLater()
        app.processEvents()


def nameless(view: QWidget) -> list[QWidget]:
    """What can be acted on and says nothing to a screen reader."""
    found: list[QWidget] = []
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        found += [each for each in view.findChildren(kind) if each.isVisible() and not _said(each)]
    return found


def _said(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or words
