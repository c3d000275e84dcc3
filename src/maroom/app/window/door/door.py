"""Holds the window's cover while no store is open; told by the start what to show."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from maroom.app.door import DoorPresenter, Ways
from maroom.app.founding import NewClinic
from maroom.app.window.door.view import DoorView
from maroom.app.window.window import Window
from maroom.core.problems import Problem


class _Nowhere:
    """The ways of a door while nothing is loaded: its waiting face has no button that could ask for one."""

    def open_with(self, passphrase: str) -> None:
        del passphrase

    def make_clinic(self, new: NewClinic) -> None:
        del new

    def make_demo(self) -> None: ...

    def make_administrator(self, name: str, pin: str) -> None:
        del name, pin


def _nothing() -> None: ...


class Door(QObject):
    """The `Door` of app.start. It has gone as soon as the window is covered by something else."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._presenter: DoorPresenter | None = None
        self._view: DoorView | None = None
        window.look_changed.connect(self._look_changed)

    def wait(self) -> None:
        """What a door leads to is still being loaded."""
        self.leads_to(_Nowhere(), _nothing)
        self.opening()

    def leads_to(self, ways: Ways, again: Callable[[], None]) -> None:
        """`again` is what a fault page tries anew."""
        self._presenter = DoorPresenter(ways, again)
        if self._view is not None:
            self._view.attach(self._presenter)

    def opening(self) -> None:
        self._shown().opening()

    def first_start(self) -> None:
        self._shown().first_start()

    def no_administrator(self) -> None:
        self._shown().no_administrator()

    def fault(self, problem: Problem) -> None:
        self._shown().fault(problem)

    def _shown(self) -> DoorPresenter:
        if self._presenter is None:
            raise LookupError("a door that leads nowhere")
        if self._view is None:
            self._cover(self._presenter)
        return self._presenter

    def _cover(self, presenter: DoorPresenter) -> None:
        view = self._view = DoorView(self._window.widgets)
        view.left.connect(self._left)
        view.attach(presenter)
        self._window.cover(view)

    def _look_changed(self) -> None:
        """The same presenter goes over to a view in the new look."""
        if self._view is not None and self._presenter is not None:
            self._view.detach()
            self._cover(self._presenter)

    def _left(self) -> None:
        self._view = None
