"""The rest before the next reading, counted down by the clock: it is right after a lock or a restart as well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from maroom.duties.vitals.presenter.state import Rest
from maroom.duties.vitals.view import words
from maroom.ui.live import show_if
from maroom.ui.widgets import STRETCH, Widgets

TICK_MS = 500


class RestLine(QObject):
    """`line` says how long it is, `button` starts it or ends it. `wished`: true to start."""

    wished = Signal(bool)

    def __init__(self, widgets: Widgets, key: str, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now, self._rest = now, Rest(0)
        self._words = widgets.text(kind="strong", tone="accent")
        self._bar = widgets.progress(words.tr("Rest before the next reading"), 0, 1)
        said = widgets.holder(widgets.image("clock", "accent"), self._words, STRETCH, gap="tight")
        self.line = widgets.stack(STRETCH, said, self._bar, STRETCH, gap="tight")
        self.button = widgets.button("", "tinted", name=f"{key}:rest")
        self.button.clicked.connect(self._pressed)
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MS)
        self._ticks.timeout.connect(self._show)

    def become(self, rest: Rest | None) -> None:
        show_if(self.line, rest is not None)
        show_if(self.button, rest is not None)
        if rest is None:
            self._ticks.stop()
            return
        self._rest = rest
        self.button.setText(words.tr("Take now") if rest.due else words.tr("Start"))
        self._show()
        if rest.due and self._left() > 0:
            self._ticks.start()

    def _left(self) -> int:
        """Whole seconds, the last one counted to its end."""
        return max(0, -int((self._now() - self._rest.due).total_seconds() // 1)) if self._rest.due else 0

    def _show(self) -> None:
        rest, left = self._rest, self._left()
        show_if(self._bar, rest.due is not None)
        if rest.due is None or rest.started is None:
            self._words.say(words.tr("rest {minutes} min, then again").format(minutes=rest.minutes))
            return
        whole = round((rest.due - rest.started).total_seconds())
        self._bar.setRange(0, whole)
        self._bar.setValue(whole - left)
        again = words.tr("again in {minutes}:{seconds:02}").format(minutes=left // 60, seconds=left % 60)
        self._words.say(again if left else words.tr("take it again now"))
        if not left:
            self._ticks.stop()

    def _pressed(self) -> None:
        self.wished.emit(self._rest.due is None)
