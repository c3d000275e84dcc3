"""Bodies that scroll where the window is too small for them, by touch, wheel and focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def scrolling(inside: QLayout) -> QScrollArea:
    """Takes no focus itself; the sheet knows its holder as `sheet_body`."""
    holder = QWidget()
    holder.setObjectName("sheet_body")
    holder.setLayout(inside)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(holder)
    return area


def bring_into_sight(widget: QWidget) -> None:
    """Scrolls every area around the widget as far as is needed to see it."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 0, widget.height() // 2)
        above = above.parentWidget()
