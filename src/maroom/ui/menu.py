"""A menu of further steps, at the widget that asked for it. It does not wait: the answer comes as a signal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from maroom.ui.dialogs import Answer


class Menu(QMenu):
    """One for a view, told its answers at each asking."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.triggered.connect(self._triggered)

    def ask(self, answers: Sequence[Answer], at: QWidget) -> None:
        """An answer with neither key nor words is a line between groups."""
        self.clear()
        for answer in answers:
            if not answer.words:
                self.addSeparator()
                continue
            action = self.addAction(answer.words)
            action.setData(answer.key)
            action.setEnabled(answer.on)
        self.popup(at.mapToGlobal(QPoint(0, at.height())))
        if first := next((action for action in self.actions() if action.isEnabled()), None):
            self.setActiveAction(first)

    def _triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
