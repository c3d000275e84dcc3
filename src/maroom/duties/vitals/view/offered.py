"""The readings of instruments on the page: a line each, with what it is, whether to trust it, and two buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QWidget

from maroom.duties.vitals.presenter.offered import Line, State
from maroom.duties.vitals.view.words import offered as words
from maroom.ui.live import mark_as, show_if
from maroom.ui.widgets import Grow, Widgets


class OfferedLine(QFrame):
    """Of one reading for good: what is pressed is what was read."""

    used = Signal(str)
    put_aside = Signal(str)

    def __init__(self, widgets: Widgets, key: str) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.key = key
        self._name, self._values = widgets.line(kind="strong"), widgets.text(kind="strong")
        self._doubt = widgets.text(wrap=True)
        self._use = widgets.button(self.tr("Use"), "secondary", "check", "row", "reading-use")
        self._aside = widgets.button(self.tr("Not this patient"), "quiet", "", "row", "reading-aside")
        self._use.clicked.connect(self._use_it)
        self._aside.clicked.connect(self._put_it_aside)
        said = widgets.stack(widgets.across(self._values, Grow(self._name), gap="pad"), self._doubt)
        image = widgets.image("bluetooth", "text_quiet", "icon")
        inside = widgets.across(image, Grow(said), self._use, self._aside, gap="pad")
        inside.setContentsMargins(*(widgets.theme.px(size) for size in ("gap", "tight", "gap", "tight")))
        self.setLayout(inside)

    def become(self, line: Line) -> None:
        values, doubt = words.values(line), words.doubt(line)
        self._name.say(line.instrument)
        self._values.say(values)
        self._doubt.say(doubt)
        show_if(self._doubt, bool(doubt))
        self._use.setEnabled(line.may_use)
        self._use.setAccessibleName(self.tr("Use {values} of {instrument}").format(values=values, instrument=line.instrument))
        self._aside.setAccessibleName(
            self.tr("{values} of {instrument} is not of this patient").format(values=values, instrument=line.instrument)
        )
        mark_as(self, tone="notice" if doubt else "")

    def said(self) -> str:
        return ", ".join(filter(None, (self._name.text(), self._values.text(), self._doubt.text())))

    def _use_it(self) -> None:
        self.used.emit(self.key)

    def _put_it_aside(self) -> None:
        self.put_aside.emit(self.key)


class OfferedLines(QWidget):
    """Takes no room while there is nothing to offer. New ones are said to screen readers, and take nobody's focus."""

    used = Signal(str)
    put_aside = Signal(str)

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._widgets = widgets
        self._lines: dict[str, OfferedLine] = {}
        self._missed, self._more = widgets.finding(), widgets.text(kind="caption")
        self._box = widgets.down(self._missed, self._more, gap="tight")
        self.setLayout(self._box)
        self.hide()

    def become(self, state: State) -> None:
        for key in self._lines.keys() - {line.key for line in state.lines}:
            self._drop(self._lines.pop(key))
        for number, line in enumerate(state.lines):
            self._show(line, number)
        self._missed.become("notice" if state.missed else "", words.missed(state.missed) if state.missed else "")
        self._more.say(words.more(state.more) if state.more else "")
        show_if(self._missed, state.missed is not None)
        show_if(self._more, bool(state.more))
        show_if(self, bool(state.lines or state.missed))

    def lines(self) -> tuple[str, ...]:
        """What is said in each."""
        return tuple(line.said() for line in self._lines.values())

    def _show(self, line: Line, number: int) -> None:
        new = line.key not in self._lines
        if new:
            self._lines[line.key] = made = OfferedLine(self._widgets, line.key)
            made.used.connect(self.used)
            made.put_aside.connect(self.put_aside)
            self._box.insertWidget(number, made)
        self._lines[line.key].become(line)
        if new:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._lines[line.key].said()))

    def _drop(self, line: OfferedLine) -> None:
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()
