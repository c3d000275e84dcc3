"""The card at the top: what waits or how far a run is, and what there is to know of the server."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.syncing.presenter.progress import STEPS, At, Step
from maroom.duties.syncing.presenter.state import State, Under
from maroom.duties.syncing.view.words import runs
from maroom.duties.syncing.view.words.records import translate
from maroom.ui.live import show_if
from maroom.ui.widgets import STRETCH, Grow, Widgets

_LOOK = {At.DONE: ("circle-check", "ok"), At.HERE: ("refresh-cw", "accent"), At.AHEAD: ("circle-dashed", "text_off")}
_WHOLE = 1000
NO_SERVER = (
    QT_TRANSLATE_NOOP("Sync", "No server is set, so everything is kept here. Its address is set under Settings, Server."),
    QT_TRANSLATE_NOOP("Sync", "No server is set, so everything is kept here. A lead or an administrator sets its address."),
)


class _StepShown(QWidget):
    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._image, self._word, self._count = widgets.image(size="icon"), widgets.text(), widgets.text(kind="caption")
        self.setLayout(widgets.across(self._image, self._word, self._count, STRETCH))

    def become(self, step: Step | None) -> None:
        show_if(self, step is not None)
        if step is None:
            return
        word, count = runs.step(step)
        self._image.become(*_LOOK[step.at])
        self._word.say(word, "quiet" if step.at is At.AHEAD else "strong")
        self._count.say(count)


class Progress(QFrame):
    settings_wished = Signal()

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self.setObjectName("card")
        self._heading, self._right = widgets.text(kind="section"), widgets.line(kind="quiet")
        self._bar = widgets.progress(self.tr("How far the sync is"))
        self._steps = [_StepShown(widgets) for _ in STEPS]
        self._server = widgets.line(kind="quiet")
        self._warn = widgets.finding("warn")
        self._settings = widgets.button(self.tr("Open the settings"), icon="settings", name="open-settings")
        self._settings.clicked.connect(self.settings_wished)
        self._phases = widgets.holder(*(Grow(one) for one in self._steps), gap="gutter")
        head = widgets.across(self._heading, STRETCH, self._right, self._settings)
        self.setLayout(widgets.down(head, self._server, self._warn, self._bar, self._phases, gap="gap", pad="gutter"))

    def become(self, state: State, zone: ZoneInfo) -> None:
        under = state.under
        if under:
            self._run(under)
        else:
            self._heading.say(runs.waiting(state))
            self._right.say(runs.past(state, zone) if state.server else "")
        for each in (self._bar, self._phases):
            show_if(each, under is not None)
        show_if(self._settings, not state.server and state.may_set)
        self._server.say(self._of_server(state))
        show_if(self._server, under is None)
        self._say_warning(state, zone)

    def _run(self, under: Under) -> None:
        self._heading.say(runs.heading(under))
        self._right.say(runs.left(under))
        self._bar.setRange(0, _WHOLE if under.going.of else 0)
        self._bar.setValue(_WHOLE * under.going.done // under.going.of if under.going.of else 0)
        for number, shown in enumerate(self._steps):
            shown.become(under.steps[number] if number < len(under.steps) else None)

    def _of_server(self, state: State) -> str:
        if not state.server:
            return translate("Sync", NO_SERVER[0 if state.may_set else 1])
        return ", ".join(words for words in (state.server, runs.mode(state)) if words)

    def _say_warning(self, state: State, zone: ZoneInfo) -> None:
        """The clocks, or since when nobody answers; the clocks are the graver."""
        words = runs.offset(state)
        if not words and state.past.away_since and not state.under:
            words = runs.no_answer(state, zone)
        self._warn.become("warn" if words else "", words)
        show_if(self._warn, bool(words))
