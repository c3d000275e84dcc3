"""The window itself: which page or cover is shown, what the keys ask for. Tells by signals what is wished; decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from maroom.app.window import keys, rail
from maroom.app.window.look import Look
from maroom.app.window.overlays import Overlays
from maroom.app.window.shell import Shell, let_go
from maroom.app.window.states import BannerState, RailEntry, StateLine
from maroom.ui.hits import Hit
from maroom.ui.messages import Message, Messages
from maroom.ui.page import Attached, Cover, Page
from maroom.ui.strip import Strip

TITLE = "maroom"
LEAST = QSize(960, 600)
SETTLED_MS = 150
MakePage = Callable[[], Page[Any, Any]]


@dataclass
class _Told:
    """What was told last, so that a shell in another look can show it again."""

    entries: tuple[RailEntry, ...]
    banner: BannerState | None = None
    state: StateLine = field(default_factory=StateLine)
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    page: str = ""


class Window(QWidget):
    """Stands before any page is built: pages come by `add_page` and are built when they are first shown."""

    page_requested = Signal(str)
    lock_requested = Signal()
    back_requested = Signal()
    command_chosen = Signal(object)
    """The target of what was taken in the command box."""
    minute_passed = Signal()
    look_changed = Signal(object)
    """The new `Widgets`. The page that is open is still there while this is told, and gone afterwards, the others are gone;
    whoever makes them calls `add_page` and `show_page` anew, and `cover` where the window is covered."""
    closing = Signal()

    def __init__(
        self,
        app: QApplication,
        entries: Sequence[RailEntry],
        clock: Callable[[], str],
        messages: Messages,
        look: Look | None = None,
        size: QSize | None = None,
    ) -> None:
        """`clock` gives the time as it is to be shown. Without a size the window takes the whole screen."""
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(LEAST)
        self._app, self._clock, self._messages = app, clock, messages
        self._look, self._size = look or Look(), size
        self.resize(size or app.primaryScreen().availableSize())
        self._told = _Told(tuple(entries))
        self._makers: dict[str, MakePage] = {}
        self._look_for: Callable[[str], Sequence[Hit]] | None = None
        self._cover: QWidget | None = None
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._refit)
        self._stack = QStackedLayout(self)
        self.widgets = self._look.made(app, self.width())
        self._shell, self._overlays = self._new_shell(), self._new_overlays()
        messages.changed.connect(self._say)
        keys.bind(self, keys.HELP, self.show_keys)
        keys.bind(self, keys.BACK, self._back)
        for confirm in keys.CONFIRM:
            keys.bind(self, confirm, self._confirm)

    def appear(self) -> None:
        if self._size is None:
            self.showMaximized()
        else:
            self.show()

    def come_forward(self) -> None:
        """Raised by a second start; where the system forbids that, it asks for attention."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self._app.alert(self)

    # pages
    def add_page(self, key: str, make: MakePage) -> None:
        """`make` is called at the first showing, and again after each change of the look."""
        self._makers[key] = make

    def show_page(self, key: str) -> Page[Any, Any]:
        if not self._shell.has(key):
            self._shell.put(key, self._makers[key]())
        self._told.page = key
        page = self._shell.show_page(key)
        self._shell.rail.become(key, self._told.counts)
        page.strip.show_message(self._messages.current)
        if not self.covered:
            page.enter()
        return page

    def page(self) -> str:
        """Key of the page that is shown, also behind a cover; empty before the first."""
        return self._told.page

    # what is always there
    def set_entries(self, entries: Sequence[RailEntry]) -> None:
        """The pages of this person; the keys go with them."""
        if tuple(entries) != self._told.entries:
            self._told.entries = tuple(entries)
            self._shell.renew_rail(self._told.entries)
            self._shell.rail.become(self._told.page, self._told.counts)
            self._listen_to_rail(self._shell)

    def show_patient(self, banner: BannerState | None) -> None:
        self._told.banner = banner
        self._shell.banner.become(banner)

    def show_state(self, state: StateLine) -> None:
        self._told.state = state
        self._shell.state_bar.become(state)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many things wait, by page."""
        self._told.counts = dict(counts)
        self._shell.rail.become(self._told.page, counts)

    # what lies over the page
    def search_with(self, look: Callable[[str], Sequence[Hit]]) -> None:
        """What the command box asks at each key; it must answer within a few ms."""
        self._look_for = look

    def search(self, text: str = "") -> None:
        """Opens the command box."""
        if not self.covered:
            self._overlays.find(text)

    def show_keys(self) -> None:
        self._overlays.show_keys(self._told.entries)

    # the cover
    @property
    def covered(self) -> bool:
        return self._cover is not None

    def cover(self, view: QWidget) -> None:
        """Hides rail, banner, page and state line at once behind `view`, which the window then owns."""
        if veil := self._overlays.open():
            veil.drop()
        self._messages.acted()
        old, self._cover = self._cover, view
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        self._shell.state_bar.stop()
        if isinstance(view, Cover):
            view.strip.pressed.connect(self._messages.press)
        if isinstance(view, Attached):
            view.enter()
        self._covered_by(old)

    def uncover(self) -> None:
        old, self._cover = self._cover, None
        self._stack.setCurrentWidget(self._shell)
        self._shell.state_bar.run()
        self._covered_by(old)
        if (page := self._shell.page()) is not None:
            page.enter()

    def _covered_by(self, old: QWidget | None) -> None:
        self._say(self._messages.current)
        if old is not None and old is not self._cover:
            self._stack.removeWidget(old)
            let_go(old)

    # the look
    def dress(self, look: Look) -> None:
        """Palette and type size, at once. All is built anew; whoever makes the pages listens to `look_changed`."""
        if look != self._look:
            self._look = look
            self._refit(always=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._look.fits(self.widgets, self.width()):
            self._settled.start()

    def _refit(self, always: bool = False) -> None:
        if always or not self._look.fits(self.widgets, self.width()):
            self._shell.drop_other_pages()
            self.widgets = self._look.made(self._app, self.width())
            self._renew()

    def _renew(self) -> None:
        """A new shell, and in it the page that was open. The old one is there until all know of the new one."""
        shell, overlays, page = self._shell, self._overlays, self._told.page
        self._told.page = ""
        self._shell, self._overlays = self._new_shell(), self._new_overlays()
        self.look_changed.emit(self.widgets)
        if page and not self._told.page and not self.covered:
            self.show_page(page)
        self._stack.removeWidget(shell)
        overlays.let_go()
        shell.let_go()

    def _new_overlays(self) -> Overlays:
        overlays = Overlays(self, self.widgets, self._look_up)
        overlays.chosen.connect(self._chosen)
        return overlays

    def _new_shell(self) -> Shell:
        shell, told = Shell(self.widgets, self._told.entries, self._clock), self._told
        shell.banner.become(told.banner)
        shell.state_bar.become(told.state)
        shell.rail.become(told.page, told.counts)
        self._listen_to(shell)
        self._stack.addWidget(shell)
        if not self.covered:
            self._stack.setCurrentWidget(shell)
            shell.state_bar.run()
        return shell

    def _listen_to(self, shell: Shell) -> None:
        self._listen_to_rail(shell)
        shell.banner.search_wished.connect(self.search)
        shell.banner.allergies_wished.connect(self._show_allergies)
        shell.state_bar.minute_passed.connect(self.minute_passed)
        shell.strip_pressed.connect(self._messages.press)
        shell.acted.connect(self._messages.acted)
        keys.bind(shell, keys.FIND, self.search)
        keys.bind(shell, keys.LOCK, self._lock)

    def _listen_to_rail(self, shell: Shell) -> None:
        """The keys of the pages live and die with the rail."""
        shell.rail.pressed.connect(self._rail_pressed)
        for entry in self._told.entries:
            if entry.shortcut and entry.enabled:
                keys.bind(shell.rail, entry.shortcut, partial(self._go, entry.key))

    # what is wished
    def _rail_pressed(self, key: str) -> None:
        self._lock() if key == rail.LOCK else self._go(key)

    def _go(self, key: str) -> None:
        if self._overlays.open() is None:
            self._messages.acted()
            self.page_requested.emit(key)

    def _lock(self) -> None:
        self.lock_requested.emit()

    def _back(self) -> None:
        if veil := self._overlays.open():
            veil.drop()
        elif not self.covered:
            self.back_requested.emit()

    def _confirm(self) -> None:
        if veil := self._overlays.open():
            veil.press_primary()
        elif not self.covered and (page := self._shell.page()) is not None:
            page.press_primary()

    def _chosen(self, target: object) -> None:
        self._messages.acted()
        self.command_chosen.emit(target)

    def _look_up(self, text: str) -> Sequence[Hit]:
        return self._look_for(text) if self._look_for else ()

    def _show_allergies(self) -> None:
        if self._told.banner is not None:
            self._overlays.show_words(self._told.banner.name, self._told.banner.allergies)

    def _say(self, message: Message | None) -> None:
        strip = self._strip()
        if strip is not None:
            strip.show_message(message)

    def _strip(self) -> Strip | None:
        if self._cover is not None:
            return self._cover.strip if isinstance(self._cover, Cover) else None
        page = self._shell.page()
        return page.strip if page is not None else None

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
