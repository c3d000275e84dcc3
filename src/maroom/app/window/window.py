"""The window itself: which page or cover is shown, what the keys ask for. Tells by signals what is wished; decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication

from maroom.app.window import keys
from maroom.app.window.frame import Frame
from maroom.app.window.look import Look
from maroom.app.window.states import LOCK, BannerState, RailEntry, StateLine
from maroom.ui.messages import Messages
from maroom.ui.page import Page
from maroom.ui.strip import Strip
from maroom.ui.veil import open_veil

if TYPE_CHECKING:
    from maroom.app.window.overlays import Overlays
    from maroom.app.window.shell import Shell
    from maroom.ui.hits import Hit

MakePage = Callable[[], Page[Any, Any]]


@dataclass
class _Told:
    """What was told last: a shell that is made later, or in another look, shows it."""

    entries: tuple[RailEntry, ...]
    banner: BannerState | None = None
    state: StateLine = field(default_factory=StateLine)
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    page: str = ""


class Window(Frame):
    """Stands before any page is built: pages come by `add_page` and are built when they are first shown. All that stands
    around them is made when it can first be seen."""

    page_requested = Signal(str)
    lock_requested = Signal()
    back_requested = Signal()
    command_chosen = Signal(object)
    """The target of what was taken in the command box."""
    minute_passed = Signal()

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
        super().__init__(app, messages, look, size)
        self._clock = clock
        self._told = _Told(tuple(entries))
        self._makers: dict[str, MakePage] = {}
        self._look_for: Callable[[str], Sequence[Hit]] | None = None
        self._made: tuple[Shell, Overlays] | None = None
        keys.bind(self, keys.HELP, self.show_keys)
        keys.bind(self, keys.BACK, self._back)
        for confirm in keys.CONFIRM:
            keys.bind(self, confirm, self._confirm)

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
        if tuple(entries) == self._told.entries:
            return
        self._told.entries = tuple(entries)
        if self._made:
            self._shell.renew_rail(self._told.entries)
            self._shell.rail.become(self._told.page, self._told.counts)
            self._listen_to_rail(self._shell)

    def show_patient(self, banner: BannerState | None) -> None:
        self._told.banner = banner
        if self._made:
            self._shell.banner.become(banner)

    def show_state(self, state: StateLine) -> None:
        self._told.state = state
        if self._made:
            self._shell.state_bar.become(state)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many things wait, by page."""
        self._told.counts = dict(counts)
        if self._made:
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

    # what stands behind the cover
    def showEvent(self, event: QShowEvent) -> None:
        if not self.covered:
            self._open(self._shell)
        super().showEvent(event)

    def opened(self) -> None:
        self._open(self._shell)
        if (page := self._shell.page()) is not None:
            page.enter()

    def _open(self, shell: Shell) -> None:
        self._stack.setCurrentWidget(shell)
        shell.state_bar.run()

    def hidden(self) -> None:
        if veil := open_veil(self):
            veil.drop()
        if self._made:
            self._shell.state_bar.stop()

    def unfit(self) -> None:
        if self._made:
            self._shell.drop_other_pages()

    def renewed(self) -> None:
        """A new shell, and in it the page that was open. The old one is there until all know of the new one."""
        if self._made is None:
            super().renewed()
            return
        (shell, overlays), page = self._made, self._told.page
        self._told.page = ""
        self._make()
        super().renewed()
        if page and not self._told.page and not self.covered:
            self.show_page(page)
        self._stack.removeWidget(shell)
        overlays.let_go()
        shell.let_go()

    def open_strip(self) -> Strip | None:
        page = self._shell.page()
        return page.strip if page is not None else None

    @property
    def _shell(self) -> Shell:
        return (self._made or self._make())[0]

    @property
    def _overlays(self) -> Overlays:
        return (self._made or self._make())[1]

    def _make(self) -> tuple[Shell, Overlays]:
        """Their modules are loaded with the first: the cover of the start needs none of them."""
        from maroom.app.window.overlays import Overlays
        from maroom.app.window.shell import Shell

        shell, told = Shell(self.widgets, self._told.entries, self._clock), self._told
        shell.banner.become(told.banner)
        shell.state_bar.become(told.state)
        shell.rail.become(told.page, told.counts)
        self._listen_to(shell)
        self._stack.addWidget(shell)
        overlays = Overlays(self, self.widgets, self._look_up)
        overlays.chosen.connect(self._chosen)
        self._made = shell, overlays
        if not self.covered:
            self._open(shell)
        return self._made

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
        self._lock() if key == LOCK else self._go(key)

    def _go(self, key: str) -> None:
        if open_veil(self) is None:
            self._messages.acted()
            self.page_requested.emit(key)

    def _lock(self) -> None:
        self.lock_requested.emit()

    def _back(self) -> None:
        if veil := open_veil(self):
            veil.drop()
        elif not self.covered:
            self.back_requested.emit()

    def _confirm(self) -> None:
        if veil := open_veil(self):
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
