"""One cover with several faces, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from maroom.app.door import DoorPresenter, Face, State
from maroom.app.window.door.faces import Faced, FirstStart, Waiting
from maroom.ui.live import show_if
from maroom.ui.page import Cover
from maroom.ui.widgets import Widgets


class DoorView(Cover[State, DoorPresenter]):
    left = Signal()
    """It shows nobody's state any more."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self._faces: dict[Face, Faced] = {}
        self._here: Faced | None = None

    def detach(self) -> None:
        held = self.isEnabled()
        super().detach()
        if held:
            self.left.emit()

    def render(self, state: State) -> None:
        before, self._here = self._here, self._face(state.face)
        self._here.become(state)
        if self._here is not before:
            for face in self._faces.values():
                show_if(face, face is self._here)
            self.enter()

    def start(self) -> QWidget | None:
        return self._here.first() if self._here else None

    def go_back(self) -> None:
        self.presenter.go_back()

    def _face(self, key: Face) -> Faced:
        if key not in self._faces:
            self._faces[key] = face = self._made(key)
            self._listen(face)
            self.body.addWidget(face)
        return self._faces[key]

    def _made(self, key: Face) -> Faced:
        from maroom.app.window.door.fault import Fault
        from maroom.app.window.door.forms import AdministratorForm, ClinicForm

        makers: dict[Face, Callable[[Widgets], Faced]] = {
            Face.FIRST_START: FirstStart,
            Face.NEW_CLINIC: ClinicForm,
            Face.ADMINISTRATOR: AdministratorForm,
            Face.FAULT: Fault,
        }
        return makers.get(key, Waiting)(self.widgets)

    # what is wished
    def _listen(self, face: Faced) -> None:
        face.typed.connect(self._typed)
        face.wished.connect(self._wished)

    def _typed(self, name: str, text: str) -> None:
        self.presenter.typed(name, text)

    def _wished(self, what: str) -> None:
        """The name of an intent of the presenter."""
        deeds = {
            "back": self.presenter.go_back,
            "new": self.presenter.ask_for_clinic,
            "demo": self.presenter.make_demo,
            "make": self.presenter.make_clinic,
            "administrator": self.presenter.make_administrator,
            "again": self.presenter.try_again,
        }
        deeds[what]()
