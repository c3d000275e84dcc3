"""How long the patient lies or stands, by the clock: it is right after a lock or a restart as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from maroom.duties.vitals.presenter.orthostatic.state import Line, Running
from maroom.duties.vitals.view.words import orthostatic as words
from maroom.duties.vitals.view.words.plain import tr
from maroom.ui.live import show_if
from maroom.ui.widgets import Grow, Widgets

TICK_MS = 500


class ClockLine(QWidget):
    """A button that starts it, and since it was pressed the time and what is due next."""

    pressed = Signal()

    def __init__(self, widgets: Widgets, name: str, starts: str, runs: str, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._widgets, self._now, self._starts = widgets, now, starts
        self._running: Running | None = None
        self._lines: tuple[Line, ...] = ()
        self.button = widgets.button(starts, "secondary", "clock", name=name)
        self.button.clicked.connect(self.pressed)
        self._what, self._time = widgets.text(runs, "quiet"), widgets.text(kind="figure")
        self._next = widgets.finding(kind="strong")
        self.setLayout(widgets.across(self.button, self._what, self._time, Grow(self._next), gap="pad"))
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MS)
        self._ticks.timeout.connect(self._show)

    def become(self, running: Running | None, lines: Sequence[Line]) -> None:
        """`lines` are the steps that it counts for."""
        self._running, self._lines = running, tuple(lines)
        self._widgets.restyle(self.button, "quiet" if running else "secondary")
        self.button.setText(tr("Start again") if running else self._starts)
        for part in (self._what, self._time):
            show_if(part, running is not None)
        self._show()
        if running is None:
            self._ticks.stop()
        elif not self._ticks.isActive():
            self._ticks.start()

    def rest(self) -> None:
        """Nobody looks at it."""
        self._ticks.stop()

    def _show(self) -> None:
        running = self._running
        if running is None:
            self._next.become("", "")
            return
        self._time.say(_clock(max(0, int((self._now() - running.started).total_seconds()))))
        severity, said = self._due()
        self._next.become(severity, said)

    def _due(self) -> tuple[str, str]:
        """The first step that is neither taken nor given up."""
        line = next((line for line in self._lines if line.due and not line.is_taken and not line.absent), None)
        if line is None or line.due is None:
            return "ok", tr("taken")
        left = -int((self._now() - line.due).total_seconds() // 1)
        if left > 0:
            return "", tr("take it in {time}").format(time=_clock(left))
        return "notice", tr("take it now: {step}").format(step=words.step(line))


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"
