"""Finds words that do not fit where they stand. For every page, every palette, every type size."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QStyle, QStyleOptionComboBox, QWidget

from maroom.app.window.rail import RailItem
from maroom.ui.labels import Elided

SLACK = 1


def clipped(window: QWidget) -> Iterator[str]:
    """The words of each label, button, choice and field that is too small for them. A name may be shortened, not cut off."""
    for label in window.findChildren(QLabel):
        if label.text() and label.isVisible() and _short_label(label):
            yield label.text()
    for button in window.findChildren(QPushButton):
        if button.text() and _short(button, button.sizeHint().width(), button.sizeHint().height()):
            yield button.text()
    for combo in window.findChildren(QComboBox):
        if combo.isVisible() and combo.fontMetrics().horizontalAdvance(combo.currentText()) > _room_in(combo) + SLACK:
            yield combo.currentText()
    for field in window.findChildren(QLineEdit):
        if field.isVisible() and field.fontMetrics().horizontalAdvance(field.text()) > field.contentsRect().width():
            yield field.text()
    yield from (item.text() for item in window.findChildren(RailItem) if item.isVisible() and _short_item(item))


def _short_label(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() + SLACK < label.heightForWidth(label.width())
    if isinstance(label, Elided):
        least = label.minimumSizeHint()
        return _short(label, least.width(), least.height())
    return _short(label, label.sizeHint().width(), label.sizeHint().height())


def _short_item(item: RailItem) -> bool:
    word, room = item.word_room()
    return word > room


def _short(widget: QWidget, wide: int, high: int) -> bool:
    return widget.isVisible() and (widget.width() + SLACK < wide or widget.height() + SLACK < high)


def _room_in(combo: QComboBox) -> int:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    return combo.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, combo).width()
