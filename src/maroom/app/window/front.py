"""Ties the window to the desk: shows what the desk opens, asks it for what is wished, keeps banner and state line true."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from maroom.access.rights import may
from maroom.app.compose import Services
from maroom.app.desk import HOME, Desk
from maroom.app.window import keys
from maroom.app.window.finder import Action, Finder
from maroom.app.window.server_fact import server_fact
from maroom.app.window.states import Fact, RailEntry, StateLine
from maroom.app.window.window import Window
from maroom.app.window.words import banner_state
from maroom.core.people import SYSTEM, Author, Opening, Role
from maroom.core.problems import Problem
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.kit import Duty, Page, Target
from maroom.store import outbox
from maroom.store.changes import Change
from maroom.sync.station import Station as SyncStation
from maroom.sync.waiting import Past, for_a_person
from maroom.ui.messages import Messages
from maroom.ui.times import clock

TICK_MS = 1000
SYNC = "syncing"
"""the page whose count is of records that wait for somebody to decide"""
SignIn = Callable[[Callable[[Author], None]], Page]
ROLES = {
    Role.ASSISTANT: QT_TRANSLATE_NOOP("Front", "MA"),
    Role.LEAD: QT_TRANSLATE_NOOP("Front", "lead MA"),
    Role.PROVIDER: QT_TRANSLATE_NOOP("Front", "provider"),
    Role.ADMINISTRATOR: QT_TRANSLATE_NOOP("Front", "administrator"),
}


class Front(QObject):
    """The desk's `Frame`. `sign_in` makes the cover that is shown when nobody is signed in; `needs_sign_in` tells whether
    somebody has yet to sign in at the clinic's server as well."""

    def __init__(
        self,
        window: Window,
        services: Services,
        desk: Desk,
        messages: Messages,
        duties: Mapping[str, Duty],
        sign_in: SignIn,
        needs_sign_in: Callable[[Author], bool],
        sync: SyncStation,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._desk = desk
        self._messages = messages
        self._duties = duties
        self._finder = Finder(services.visits, duties, desk, self._actions())
        self._saved = ""
        self._last = Opening(SYSTEM)
        self._sign_in = sign_in
        self._needs_sign_in = needs_sign_in
        self._sync, self._was_syncing = sync, False
        self._forget_sync = sync.listen(self._synced)
        self._forget = services.changes.listen(self._changed)
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(desk.tick)
        self._listen()

    def _actions(self) -> tuple[Action, ...]:
        return (
            Action(QT_TRANSLATE_NOOP("Finder", "Lock this station"), "lock", keys.LOCK, self._desk.lock),
            Action(QT_TRANSLATE_NOOP("Finder", "Show all keys"), "keyboard", keys.HELP, self._window.show_keys),
        )

    def _listen(self) -> None:
        self._window.page_requested.connect(self._go)
        self._window.lock_requested.connect(self._desk.lock)
        self._window.back_requested.connect(self._home)
        self._window.command_chosen.connect(self._chosen)
        self._window.minute_passed.connect(self._say_patient)
        self._window.search_with(self._finder.find)

    def close(self) -> None:
        """Keeps what is typed; from here on nothing reaches the window."""
        self._ticks.stop()
        self._desk.close()
        self._forget()
        self._forget_sync()

    # what the desk asks
    def show_page(self, key: str, opening: Opening) -> None:
        """What went well with another patient is not said beside this one."""
        if opening.visit != self._last.visit:
            self._messages.acted()
        self._last = opening
        if self._window.covered:
            self._window.set_entries(self._entries(opening.author))
        self._window.show_page(key)
        self._say_patient()
        self._say_state()
        if self._window.covered:
            self._window.uncover()
        self._ticks.start(TICK_MS)

    def show_lock(self) -> None:
        self._ticks.stop()
        cover = self._sign_in(self._desk.signed_in)
        self._window.cover(cover.view)
        cover.open(self._last)
        self._window.show_patient(None)
        self._messages.clear()

    def rebuild(self) -> None:
        """All is made anew in another look: the pages, and the sign-in page where it is that which is shown."""
        self._desk.rebuild()
        if self._desk.author is None:
            self.show_lock()

    def ask_for_visit(self, key: str) -> None:
        words = self.tr("{page} needs a patient. Choose one on the board, or search.")
        title = QCoreApplication.translate("Duty", self._duties[key].title)
        self._messages.offer(words.format(page=title), self.tr("Search"), self._window.search)

    # what the window wishes
    def _go(self, key: str) -> None:
        self._desk.go(key)

    def _home(self) -> None:
        if self._desk.page not in ("", HOME):
            self._desk.go(HOME)

    def _chosen(self, target: object) -> None:
        if isinstance(target, Target):
            self._desk.go(target.page, target.visit)
        elif isinstance(target, str):
            self._offer_visit(target)
        elif callable(target):
            target()

    def _offer_visit(self, patient: str) -> None:
        """Somebody who is not on today's list was found."""
        words = self.tr("{name} has no visit today.").format(name=self._finder.name_of(patient))
        self._messages.offer(words, self.tr("Add a visit"), lambda: self._add_visit(patient))

    def _add_visit(self, patient: str) -> None:
        opening = self._desk.opening
        if opening is None:
            return
        try:
            visit = self._services.visits.add_visit(opening, patient, "")
        except Problem as problem:
            self._messages.trouble(problem)
        else:
            self._desk.go("vitals", visit.ref)

    # what is always true
    def _changed(self, changes: Sequence[Change]) -> None:
        self._saved = clock(self._services.clock.now().local())
        self._say_state()
        here = self._desk.opening
        if here and here.visit and any(change.visit in ("", here.visit.visit) for change in changes):
            self._say_patient()

    def _say_patient(self) -> None:
        opening = self._desk.opening
        if opening is None:
            return
        facts = self._services.visits.banner(opening) if opening.visit else None
        self._window.show_patient(banner_state(facts) if facts else None)

    def _synced(self) -> None:
        """A run began or ended; how far it is stands on its page."""
        if (going := self._sync.standing.going is not None) != self._was_syncing:
            self._was_syncing = going
            self._say_state()

    def _say_state(self) -> None:
        author = self._desk.author
        if author is None:
            return
        with self._services.unit.glance() as session:
            waiting, past = outbox.waiting(session), Past.of(session)
            stopped = for_a_person(session)
        saved = self.tr("saved here {time}").format(time=self._saved) if self._saved else self.tr("all saved here")
        facts = (
            Fact("hard-drive", saved),
            Fact("send", self.tr("{count} to send").format(count=waiting)),
            self._of_server(author, past),
        )
        who = f"{author.name}, {QCoreApplication.translate('Front', ROLES[author.role])}"
        self._window.show_state(StateLine(who, self._services.settings.station.name, facts))
        self._window.show_counts({SYNC: stopped})

    def _of_server(self, author: Author, past: Past) -> Fact:
        if self._needs_sign_in(author):
            return Fact("log-in", self.tr("the server waits for a sign-in"))
        now = self._services.clock.now()
        return server_fact(past, self._sync.standing, now, self._services.clock.zone)

    def _entries(self, author: Author) -> tuple[RailEntry, ...]:
        return tuple(_entry(duty) for duty in self._duties.values() if may(author.role, duty.right))


def _entry(duty: Duty) -> RailEntry:
    title = QCoreApplication.translate("Duty", duty.title)
    return RailEntry(duty.key, title, duty.icon, duty.shortcut, duty.needs_visit, at_end=duty.at_end, keys=duty.keys)
