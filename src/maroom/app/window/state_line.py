"""The line at the foot of the window, true on every page: who, where, what time, and where the work stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from maroom.app.window.states import Fact, StateLine
from maroom.ui.labels import Image, Text
from maroom.ui.live import show_if
from maroom.ui.widgets import STRETCH, Widgets

TICK_MS = 1000


class _FactShown(QWidget):
    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._image: Image = widgets.image()
        self._words: Text = widgets.text()
        self.setLayout(widgets.across(self._image, self._words, gap="tight"))

    def become(self, fact: Fact) -> None:
        self._image.become(fact.icon, f"on_{fact.tone}_soft" if fact.tone else "text_quiet")
        self._words.say(fact.words, tone=fact.tone)


class StateBar(QFrame):
    """`clock` gives the time as it is to be shown; it is asked once a second."""

    minute_passed = Signal()

    def __init__(self, widgets: Widgets, clock: Callable[[], str]) -> None:
        super().__init__()
        self.setObjectName("state_line")
        self._widgets = widgets
        self._clock = clock
        self._who, self._station, self._time = widgets.line(), widgets.text(), widgets.text()
        self._facts: list[_FactShown] = []
        self._right = widgets.across(gap="page")
        self.setLayout(widgets.across(self._who, self._station, self._time, STRETCH, self._right, gap="page", sides="gutter"))
        widgets.sized(self, high="state")
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._tick)
        self._time.say(clock())

    def become(self, state: StateLine) -> None:
        self._who.say(state.who)
        self._station.say(state.station)
        show_if(self._who, bool(state.who))
        while len(self._facts) < len(state.facts):
            self._facts.append(_FactShown(self._widgets))
            self._right.addWidget(self._facts[-1])
        for number, shown in enumerate(self._facts):
            if number < len(state.facts):
                shown.become(state.facts[number])
            show_if(shown, number < len(state.facts))

    def run(self) -> None:
        """From here on the time is right, also where the clinic's zone became known only now."""
        self._time.say(self._clock())
        self._ticks.start(TICK_MS)

    def stop(self) -> None:
        self._ticks.stop()

    def _tick(self) -> None:
        words = self._clock()
        if words != self._time.text():
            self._time.say(words)
            self.minute_passed.emit()
