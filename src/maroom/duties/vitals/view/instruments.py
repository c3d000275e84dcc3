"""The section Instruments: whether this station listens, to which instruments, and which others are about."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.devices.instruments import Condition
from maroom.duties.vitals.presenter.instruments import InstrumentsPresenter, Line, State
from maroom.duties.vitals.view.words.plain import tr
from maroom.ui.live import show_if
from maroom.ui.page import Attached
from maroom.ui.times import clock
from maroom.ui.widgets import STRETCH, Grow, Widgets

_CONDITIONS = {
    Condition.LISTENING: ("ok", QT_TRANSLATE_NOOP("Vitals", "listening")),
    Condition.NO_BLUETOOTH: ("notice", QT_TRANSLATE_NOOP("Vitals", "no Bluetooth here, or it is off")),
    Condition.NOT_INSTALLED: ("notice", QT_TRANSLATE_NOOP("Vitals", "the program was installed without Bluetooth")),
}


class InstrumentLine(QWidget):
    """Of one instrument for good, so that what is pressed is what was read."""

    pressed = Signal(str)

    def __init__(self, widgets: Widgets, key: str, button: tuple[str, str]) -> None:
        """`button`: its words, and its kind."""
        super().__init__()
        self._key, self._deed = key, button[0]
        self._name, self._last = widgets.line(kind="strong"), widgets.text(kind="quiet")
        self._button = widgets.button(button[0], button[1], build="row", name=f"instrument-{key}")
        self._button.clicked.connect(self._press)
        self.setLayout(widgets.across(Grow(self._name), self._last, self._button, gap="pad"))

    def become(self, line: Line) -> None:
        name = line.name or tr(QT_TRANSLATE_NOOP("Vitals", "without a name, {key}")).format(key=line.key)
        self._name.say(name)
        last = self.tr("a reading came in {time}").format(time=clock(line.last)) if line.last else ""
        self._last.say(last)
        self._button.setAccessibleName(f"{self._deed}: {name}")

    def _press(self) -> None:
        self.pressed.emit(self._key)


class InstrumentLines(QWidget):
    """A list that says so when it is empty."""

    pressed = Signal(str)

    def __init__(self, widgets: Widgets, button: tuple[str, str], none: str) -> None:
        super().__init__()
        self._widgets, self._button = widgets, button
        self._lines: dict[str, InstrumentLine] = {}
        self._none = widgets.text(none, "quiet", wrap=True)
        self._box = widgets.down(self._none, gap="tight")
        self.setLayout(self._box)

    def become(self, lines: tuple[Line, ...]) -> None:
        for key in self._lines.keys() - {line.key for line in lines}:
            self._drop(self._lines.pop(key))
        for number, line in enumerate(lines):
            made = self._line(line.key)
            if self._box.indexOf(made) != number:
                self._box.removeWidget(made)
                self._box.insertWidget(number, made)
            made.become(line)
        show_if(self._none, not lines)

    def _line(self, key: str) -> InstrumentLine:
        if key not in self._lines:
            self._lines[key] = line = InstrumentLine(self._widgets, key, self._button)
            line.pressed.connect(self.pressed)
        return self._lines[key]

    def _drop(self, line: InstrumentLine) -> None:
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()


class InstrumentsView(Attached[State, InstrumentsPresenter]):
    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self._on = widgets.tick("bluetooth", self.tr("Listen to instruments over Bluetooth"))
        self._condition = widgets.finding()
        self._again = widgets.button(self.tr("Look again"), "secondary", "refresh-cw", name="look-again")
        self._chosen = InstrumentLines(
            widgets, (self.tr("Leave out"), "quiet"), self.tr("None yet. Choose below what stands in this room.")
        )
        self._about = InstrumentLines(
            widgets,
            (self.tr("Choose"), "secondary"),
            self.tr("None heard. Switch the instrument on, or take a reading with it."),
        )
        self._lay_out()
        self._on.clicked.connect(self._switched)
        self._again.clicked.connect(self._look_again)
        self._chosen.pressed.connect(self._left_out)
        self._about.pressed.connect(self._choose)

    def render(self, state: State) -> None:
        self._on.setChecked(state.on)
        severity, words = _CONDITIONS.get(state.condition, ("", "")) if state.on else ("", "")
        self._condition.become(severity, tr(words) if words else "")
        show_if(self._again, state.on and state.condition is Condition.NO_BLUETOOTH)
        self._chosen.become(state.chosen)
        self._about.become(state.about)
        show_if(self._about_card, state.on)

    def _lay_out(self) -> None:
        widgets = self.widgets
        about = widgets.text(
            self.tr(
                "Readings are offered on the vitals page of whoever is in the room; nothing is filled in before somebody "
                "presses Use. Choose only what stays in this room: another room's reading is another patient's."
            ),
            "quiet",
            wrap=True,
        )
        switch = widgets.across(self._on, self._again, Grow(self._condition), STRETCH, gap="pad")
        listens = widgets.card(widgets.text(self.tr("Bluetooth"), "section"), about, switch)
        chosen = widgets.card(widgets.text(self.tr("Of this room"), "section"), self._chosen)
        self._about_card = widgets.card(widgets.text(self.tr("Others that are about"), "section"), self._about)
        self.setLayout(widgets.down(listens, chosen, self._about_card, STRETCH, gap="gutter"))

    def _switched(self, on: bool) -> None:
        self.presenter.switch(on)

    def _look_again(self) -> None:
        self.presenter.look_again()

    def _left_out(self, key: str) -> None:
        self.presenter.leave_out(key)

    def _choose(self, key: str) -> None:
        self.presenter.choose(key)
