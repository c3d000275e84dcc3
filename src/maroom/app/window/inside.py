"""What stands behind the window, put together: start > services > kit > offers > desk > front. Read from top to bottom once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from maroom.app import compose
from maroom.app.compose import Services
from maroom.app.desk import Desk, Presence
from maroom.app.duties import DUTIES
from maroom.app.start import Start
from maroom.app.window.browser import Browser
from maroom.app.window.door import Door
from maroom.app.window.front import Front
from maroom.app.window.look import Look
from maroom.app.window.single import Doorbell, call_first
from maroom.app.window.window import Window
from maroom.core.clock import SystemClock
from maroom.core.people import Author
from maroom.core.problems import Code, Problem
from maroom.core.settings import Clinic
from maroom.core.visit import VisitRef
from maroom.duties.signin import duty as signin
from maroom.kit import Kit, Page
from maroom.sync.timed import Timed
from maroom.ui.jobs import Jobs
from maroom.ui.messages import Messages
from maroom.ui.times import clock
from maroom.ui.widgets import Widgets

if TYPE_CHECKING:
    from maroom.sync.run import Run

PAGES = "load the pages"
MINUTE_MS = 60_000


@dataclass(frozen=True)
class Outside:
    """What stands already. `can_go_on` is called when somebody can sign in, or answer what the door asks."""

    window: Window
    door: Door
    jobs: Jobs
    messages: Messages
    folder: Path
    passphrase: str | None
    demo: bool
    can_go_on: Callable[[], None]


class Inside:
    """Behind one window. `services`, `kit` and `desk` are there once the store is open."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._window = outside.window
        self._clock = SystemClock(Clinic().tz)
        self.start = Start(outside.folder, outside.passphrase, outside.jobs, outside.jobs.post, self._entered, outside.door)
        self.services: Services | None = None
        self.kit: Kit | None = None
        self.desk: Desk | None = None
        self._front: Front | None = None
        self._bell: Doorbell | None = None
        self._timed: Timed | None = None
        self._minutes = QTimer(outside.window)
        outside.door.leads_to(self.start, self.begin)

    def begin(self) -> None:
        """At the start, and again after each fault that somebody mended: the folder first, where it is not ours yet."""
        try:
            self.start.begin()
        except Problem as problem:
            self._kept_out(problem)
            return
        if self._bell is None:
            self._bell = Doorbell(self._outside.folder, self._window.come_forward, self._window)
        self.start.go_on(self._outside.demo)

    def _kept_out(self, problem: Problem) -> None:
        """Another window of this account comes forward in our place; otherwise the door says who has the store."""
        if problem.code is Code.IN_USE and call_first(self._outside.folder):
            self._window.close()
        else:
            self._outside.door.fault(problem)
            self._outside.can_go_on()

    def _entered(self, services: Services) -> None:
        self.services, self._clock = services, services.clock
        jobs, messages = self._outside.jobs, self._outside.messages
        run, browser = partial(_run, services), Browser(jobs.post)
        kit = self.kit = compose.kit(services, jobs, messages, self._navigate, self._window.widgets, run, browser)
        timed = self._timed = timed_runs(services, kit)
        offers = compose.offers(kit)
        duties = {duty.key: duty for duty in DUTIES}

        def build(key: str) -> Page:
            page = duties[key].build(replace(kit, look=self._window.widgets), offers)
            self._window.add_page(key, lambda: page.view)
            return page

        presence = Presence(timed.came, self._left)
        desk = self.desk = Desk(duties, build, services.people, services.drafts, services.clock, messages, presence)
        self._front = Front(self._window, services, desk, messages, duties, self._sign_in, kit.signing.needed, kit.sync)
        self._window.look_changed.connect(self._look_changed)
        services.settings.listeners.append(self._settings_changed)
        desk.sit(self._front)
        kit.instruments.follow()
        self._outside.can_go_on()
        jobs.start(PAGES, _loaded, _ready, _fell)
        self._minutes.timeout.connect(timed.tick)
        self._minutes.start(MINUTE_MS)
        timed.begun()

    def _sign_in(self, signed_in: Callable[[Author], None]) -> Page:
        assert self.kit is not None
        return signin.build(replace(self.kit, look=self._window.widgets), signed_in)

    def _left(self, who: Author) -> None:
        """A sign-in that she began at the server is given up; what waits goes there under her name, where that is wished."""
        assert self.kit is not None
        assert self._timed is not None
        self.kit.signing.stop()
        self._timed.left(who)

    def _navigate(self, page: str, visit: VisitRef | None = None) -> None:
        if self.desk is not None:
            self.desk.go(page, visit)

    def _settings_changed(self) -> None:
        assert self.services is not None
        here = self.services.settings.station
        self._window.dress(Look(here.palette, here.type_size))

    def _look_changed(self, _widgets: Widgets) -> None:
        assert self._front is not None
        self._front.rebuild()

    def time(self) -> str:
        """On the clinic's wall clock."""
        return clock(self._clock.now().local())

    def leave(self) -> None:
        """Parks what is typed; from here on nothing reaches the window."""
        self._minutes.stop()
        if self._front is not None:
            self._front.close()
            self._front = None
        if self._bell is not None:
            self._bell.close()


def timed_runs(services: Services, kit: Kit) -> Timed:
    settings = services.settings
    return Timed(
        kit.sync,
        lambda: settings.clinic.server,
        lambda who: kit.connection.has_signed_in(settings.clinic.server, who),
        services.clock,
    )


def _run(services: Services, by: Author | None, asked: bool) -> Run:
    """In a job: it loads the client, which takes its time."""
    from maroom.app import syncing

    return syncing.for_station(services, by, asked)


def _loaded(_stop: object, _report: object) -> None:
    """While somebody signs in: the first page then stands at once."""
    for duty in DUTIES:
        import_module(duty.view)


def _ready(_loaded: None) -> None: ...


def _fell(fault: Exception) -> None:
    raise fault
