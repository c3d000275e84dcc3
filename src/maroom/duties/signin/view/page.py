"""Who is signing in? People at the left, PIN at the right; figures, letters and arrows work wherever the focus is."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QWidget

from maroom.duties.signin.presenter import SignInPresenter, State
from maroom.duties.signin.view.people import ENTERS, People
from maroom.duties.signin.view.pin_pad import PinPad
from maroom.ui.live import show_if
from maroom.ui.page import Cover
from maroom.ui.times import clock, weekday
from maroom.ui.widgets import RIGHT, STRETCH, Grow, Widgets

TICK_MS = 1000


class SignInView(Cover[State, SignInPresenter]):
    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self._people, self._pad = People(widgets), PinPad(widgets)
        self._letters = widgets.field("letters", self.tr("Find your name"), "quick", self.tr("Find your name"))
        self._listen()
        self.body.addLayout(self._head())
        self.body.addStretch(1)
        left = widgets.stack(self._letters, Grow(self._people), gap="pad")
        self.body.addLayout(widgets.across(Grow(left), self._pad, gap="gutter"))
        self.body.addStretch(1)
        if not widgets.narrow:
            self.body.addLayout(self._foot())
        self._seconds = QTimer(self, interval=TICK_MS)
        self._seconds.timeout.connect(self._tick)

    def attach(self, presenter: SignInPresenter) -> None:
        super().attach(presenter)
        self._seconds.start()
        if self.isVisible():
            self.enter()

    def detach(self) -> None:
        self._seconds.stop()
        super().detach()

    def render(self, state: State) -> None:
        self._time.say(clock(state.now))
        self._day.say(weekday(state.now))
        self._place.say(self.tr("{clinic}, {station}. F1 keys").format(clinic=state.clinic, station=state.station))
        show_if(self._letters, state.searched)
        self._letters.become(state.letters)
        self._people.become(state.people, state.chosen.key if state.chosen else "")
        self._pad.become(state)

    def start(self) -> QWidget | None:
        return self._people.first()

    # keys
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whatever no field and no button took for itself."""
        if event.key() in ENTERS:
            self._confirmed()
        elif event.key() == Qt.Key.Key_Backspace:
            self._taken_back()
        elif event.text().isdigit():
            self._typed(event.text())
        elif event.text().isalpha():
            self._looked_for("", self.presenter.state.letters + event.text())
        else:
            super().keyPressEvent(event)

    def go_back(self) -> None:
        self._cleared()

    # what is wished
    def _listen(self) -> None:
        self._people.chosen.connect(self._chosen)
        self._people.moved.connect(self._moved)
        self._letters.typed.connect(self._looked_for)
        self._letters.entered.connect(self._confirmed)
        self._pad.typed.connect(self._typed)
        self._pad.taken_back.connect(self._taken_back)
        self._pad.cleared.connect(self._cleared)
        self._pad.confirmed.connect(self._confirmed)

    def _chosen(self, key: str) -> None:
        self.presenter.choose(key)

    def _moved(self, by: int) -> None:
        self.presenter.move(by)

    def _looked_for(self, _field: str, text: str) -> None:
        self.presenter.look_for(text)

    def _typed(self, figure: str) -> None:
        self.presenter.digit(figure)

    def _taken_back(self) -> None:
        self.presenter.take_back()

    def _cleared(self) -> None:
        self.presenter.clear()

    def _confirmed(self) -> None:
        self.presenter.sign_in()

    def _tick(self) -> None:
        self.presenter.tick()

    # layout
    def _head(self) -> QLayout:
        widgets = self.widgets
        self._time, self._day = widgets.text(kind="big", align=RIGHT), widgets.text(kind="quiet", align=RIGHT)
        self._place = widgets.line(kind="caption")
        left = widgets.stack(
            self._place if widgets.narrow else widgets.text("maroom", "section", "accent"),
            widgets.text(self.tr("Who is signing in?"), "big"),
            widgets.text(self.tr("Touch your name, then type your PIN."), "quiet"),
            gap="tight",
        )
        return widgets.across(left, STRETCH, widgets.stack(STRETCH, self._time, self._day, gap="tight"))

    def _foot(self) -> QLayout:
        """Where there is room for it."""
        widgets = self.widgets
        kept = widgets.text(self.tr("all that was typed is saved on this station"), "caption")
        return widgets.across(Grow(self._place), widgets.holder(widgets.image("hard-drive"), kept, gap="tight"))
