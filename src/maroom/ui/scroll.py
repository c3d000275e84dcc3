"""Bodies that scroll where the window is too small for them, by touch, wheel and focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


class Scroll(QScrollArea):
    """Its bar stands in the air at the right edge of the body, so that nothing moves when it comes."""

    def __init__(self, inside: QLayout) -> None:
        super().__init__()
        self._inside = inside
        self._air = inside.contentsMargins()
        holder = QWidget()
        holder.setObjectName("sheet_body")
        holder.setLayout(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(holder)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def _make_room(self, least: int, most: int) -> None:
        taken = self.verticalScrollBar().sizeHint().width() if most > least else 0
        air = self._air
        self._inside.setContentsMargins(air.left(), air.top(), max(air.right() - taken, 0), air.bottom())


def bring_into_sight(widget: QWidget) -> None:
    """Scrolls every area around the widget as far as is needed to see it."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 0, widget.height() // 2)
        above = above.parentWidget()
