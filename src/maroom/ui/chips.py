"""Chips in as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from maroom.ui.boxes import Boxes


class ChipLines(QWidget):
    """Keeps one line while there are none, so that nothing moves when the first one comes. It gives itself its height: a page
    whose height depended on its width would be made as high as all on it would like to be."""

    def __init__(self, boxes: Boxes, chips: Sequence[QWidget]) -> None:
        super().__init__()
        self._least = boxes.theme.px("chip")
        self._flow = boxes.flow(*chips)
        self._flow.setParent(self)
        self.setFixedHeight(self._least)

    def fit(self) -> None:
        """To be called when chips came or went."""
        inside = self._flow.layout()
        high = max(self._least, inside.heightForWidth(self.width()) if inside else 0)
        self._flow.setGeometry(0, 0, self.width(), high)
        if high != self.height():
            self.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
