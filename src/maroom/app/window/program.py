"""The program with its window. The window is drawn first; store, services and pages are loaded while it stands.

Loads nothing large itself: what a person waits for at a start is loaded here, all else in `inside`.
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication

from maroom.app import station
from maroom.app.crash import Crash
from maroom.app.window.door import Door
from maroom.app.window.look import Look
from maroom.app.window.window import Window
from maroom.ui.dress import application, load_fonts
from maroom.ui.jobs import Jobs
from maroom.ui.messages import Messages
from maroom.ui.times import clock

if TYPE_CHECKING:
    from maroom.app.window.inside import Inside

LOAD = "load the program"
INSIDE = "maroom.app.window.inside"


class Program(QObject):
    """One run of the program on one data folder. `inside` is there as soon as it is loaded."""

    usable = Signal()
    """Somebody can sign in, or answer what the door asks."""

    def __init__(self, app: QApplication, folder: Path, passphrase: str | None = None, size: QSize | None = None) -> None:
        super().__init__()
        load_fonts()
        self._folder, self._passphrase, self._demo = folder, passphrase, False
        self.inside: Inside | None = None
        self.jobs, self.messages = Jobs(self), Messages(self)
        here = station.read(folder)
        self.window = Window(app, (), self._time, self.messages, Look(here.palette, here.type_size), size)
        self.door = Door(self.window)
        self._crash = Crash(folder, self._crashed)
        self.window.closing.connect(self.close)

    def show(self, demo: bool = False) -> None:
        self._demo = demo
        self.door.wait()
        self.window.appear()
        QTimer.singleShot(0, self, self._load)

    def _load(self) -> None:
        """After the first painting."""
        self._crash.install()
        self.jobs.start(LOAD, _loaded, self._go_inside, self._fell)

    def _go_inside(self, loaded: ModuleType) -> None:
        outside = loaded.Outside(
            self.window, self.door, self.jobs, self.messages, self._folder, self._passphrase, self._demo, self.usable.emit
        )
        self.inside = inside = loaded.Inside(outside)
        inside.begin()

    def _fell(self, fault: Exception) -> None:
        raise fault

    def _time(self) -> str:
        """Of the clinic, once it is known which that is."""
        return self.inside.time() if self.inside else clock(datetime.now().astimezone())

    def _crashed(self, number: str) -> None:
        words = self.tr("Something went wrong inside the program. What was saved is safe. Report number {number}.")
        self.messages.offer(words.format(number=number), tone="critical")

    def close(self) -> None:
        """Parks what is typed, waits for the jobs, closes the store."""
        if self.inside is not None:
            self.inside.leave()
        self.jobs.close()
        if self.inside is not None:
            self.inside.start.end()
        self._crash.remove()


def _loaded(_stop: object, _report: object) -> ModuleType:
    return import_module(INSIDE)


def open_window(folder: Path, passphrase: str | None, demo: bool) -> int:
    app = application()
    app.setApplicationName("maroom")
    app.setQuitOnLastWindowClosed(True)
    program = Program(app, folder, passphrase)
    program.show(demo)
    return app.exec()
