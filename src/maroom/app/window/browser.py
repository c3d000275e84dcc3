"""The browser of this account, for a sign-in at the server, and the page that it is left with at the end."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from maroom.core.words import QT_TRANSLATE_NOOP

_GOOD = QT_TRANSLATE_NOOP("Browser", "You are signed in. This page can be closed; go back to maroom.")
_BAD = QT_TRANSLATE_NOOP("Browser", "You are not signed in. This page can be closed; go back to maroom to try again.")


class Browser:
    """The `Browser` of sync.signing. `post` runs a call on the UI thread."""

    def __init__(self, post: Callable[[Callable[[], None]], None]) -> None:
        self._post = post

    def show(self, address: str) -> None:
        self._post(lambda: _open(address))

    def page(self, good: bool) -> str:
        words = escape(QCoreApplication.translate("Browser", _GOOD if good else _BAD))
        style = "font: 20px sans-serif; margin: 4em auto; max-width: 30em"
        return f'<!doctype html><meta charset="utf-8"><title>maroom</title><p style="{style}">{words}</p>'


def _open(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))
