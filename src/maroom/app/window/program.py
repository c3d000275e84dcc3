"""The program with its window, put together: window first, then store, then desk. Read from top to bottom once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication

from maroom.app import compose
from maroom.app.compose import Services
from maroom.app.crash import Crash
from maroom.app.desk import Desk
from maroom.app.duties import DUTIES
from maroom.app.settings import Settings
from maroom.app.start import Start
from maroom.app.window.door import Door
from maroom.app.window.front import Front
from maroom.app.window.look import Look
from maroom.app.window.single import Doorbell, call_first
from maroom.app.window.window import Window
from maroom.app.window.words import time_words
from maroom.core.clock import SystemClock
from maroom.core.people import Author
from maroom.core.problems import Code, Problem
from maroom.core.settings import Station
from maroom.duties.signin import duty as signin
from maroom.kit import Kit, Page
from maroom.ui.dress import load_fonts
from maroom.ui.jobs import Jobs
from maroom.ui.messages import Messages


class Program(QObject):
    """One run of the program on one data folder."""

    usable = Signal()
    """Somebody can sign in, or answer what the door asks."""

    def __init__(self, app: QApplication, folder: Path, passphrase: str | None = None, size: QSize | None = None) -> None:
        super().__init__()
        load_fonts()
        self._app, self._folder = app, folder
        self.services: Services | None = None
        settings = Settings(folder)
        clock = SystemClock(settings.zone)
        self.jobs, self.messages = Jobs(self), Messages(self)
        self._clock = lambda: time_words((self.services.clock if self.services else clock).now().local())
        self.window = Window(app, (), self._clock, self.messages, _look(settings.station), size)
        self.desk: Desk | None = None
        self.kit: Kit | None = None
        self._demo = False
        self._front: Front | None = None
        self._bell: Doorbell | None = None
        self._crash = Crash(folder, self._crashed)
        self._door = Door(self.window)
        self.start = Start(folder, passphrase, self.jobs, self.jobs.post, self._entered, self._door)
        self._door.leads_to(self.start, self._again)
        self.window.closing.connect(self.close)

    def show(self, demo: bool = False) -> None:
        """The window stands before the store is opened."""
        self._demo = demo
        self._door.opening()
        self.window.appear()
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        try:
            self.start.begin()
        except Problem as problem:
            self._kept_out(problem)
            return
        self._bell = Doorbell(self._folder, self.window.come_forward, self)
        self._crash.install()
        self.start.go_on(self._demo)

    def _again(self) -> None:
        """After a fault: the folder is taken first where it is not ours yet."""
        if self._bell is None:
            self._begin()
        else:
            self.start.go_on(self._demo)

    def _kept_out(self, problem: Problem) -> None:
        """Another window of this account comes forward in our place; otherwise the door says who has the store."""
        if problem.code is Code.IN_USE and call_first(self._folder):
            self.window.close()
        else:
            self._door.fault(problem)
            self.usable.emit()

    def _entered(self, services: Services) -> None:
        self.services = services
        kit = self.kit = compose.kit(services, self.jobs, self.messages, self._navigate, self.window.widgets)
        offers = compose.offers(kit)
        duties = {duty.key: duty for duty in DUTIES}

        def build(key: str) -> Page:
            page = duties[key].build(replace(kit, look=self.window.widgets), offers)
            self.window.add_page(key, lambda: page.view)
            return page

        desk = self.desk = Desk(duties, build, services.people, services.drafts, services.clock, self.messages)
        self._front = Front(self.window, services, desk, self.messages, duties, self._sign_in)
        self.window.look_changed.connect(self._look_changed)
        services.settings.listeners.append(self._settings_changed)
        desk.sit(self._front)
        self.usable.emit()

    def _sign_in(self, signed_in: Callable[[Author], None]) -> Page:
        assert self.kit is not None
        return signin.build(replace(self.kit, look=self.window.widgets), signed_in)

    def _navigate(self, page: str, visit=None) -> None:  # type: ignore[no-untyped-def]
        if self.desk is not None:
            self.desk.go(page, visit)

    def _settings_changed(self) -> None:
        assert self.services is not None
        self.window.dress(_look(self.services.settings.station))

    def _look_changed(self, _widgets: object) -> None:
        assert self._front is not None
        self._front.rebuild()

    def _crashed(self, number: str) -> None:
        words = self.tr("Something went wrong inside the program. What was saved is safe. Report number {number}.")
        self.messages.offer(words.format(number=number), tone="critical")

    def close(self) -> None:
        """Parks what is typed, waits for the jobs, closes the store."""
        if self._front is not None:
            self._front.close()
            self._front = None
        if self._bell is not None:
            self._bell.close()
        self.jobs.close()
        self.start.end()
        self._crash.remove()


def _look(station: Station) -> Look:
    return Look(station.palette, station.type_size)


def open_window(folder: Path, passphrase: str | None, demo: bool) -> int:
    app = QApplication([])
    app.setApplicationName("maroom")
    app.setQuitOnLastWindowClosed(True)
    program = Program(app, folder, passphrase)
    program.show(demo)
    return app.exec()
