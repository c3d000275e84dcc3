"""Words of the page that fit everywhere."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def tr(words: str) -> str:
    """In the language of the program; where `words` is no literal, it was marked by QT_TRANSLATE_NOOP."""
    return QCoreApplication.translate("Vitals", words)
