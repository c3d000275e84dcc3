"""The window before anything is in it: its size, its look, and the cover that lies over all the rest.

It is what a person sees first, so it loads nothing that stands behind the cover.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from maroom.app.window.look import Look
from maroom.ui.messages import Message, Messages
from maroom.ui.page import Attached, Cover
from maroom.ui.strip import Strip

TITLE = "maroom"
LEAST = QSize(960, 600)
SETTLED_MS = 150


class Frame(QWidget):
    """What stands behind the cover is a subclass's: it answers `opened`, `hidden`, `unfit`, `renewed` and `open_strip`."""

    look_changed = Signal(object)
    """The new `Widgets`. The page that is open is still there while this is told, and gone afterwards, the others are gone;
    whoever makes them calls `add_page` and `show_page` anew, and `cover` where the window is covered."""
    closing = Signal()

    def __init__(self, app: QApplication, messages: Messages, look: Look | None = None, size: QSize | None = None) -> None:
        """Without a size the window takes the whole screen."""
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(LEAST)
        self._app, self._messages = app, messages
        self._look, self._size = look or Look(), size
        self.resize(size or app.primaryScreen().availableSize())
        self._cover: QWidget | None = None
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._refit)
        self._stack = QStackedLayout(self)
        self.widgets = self._look.made(app, self.width())
        messages.changed.connect(self._say)

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

    # the cover
    @property
    def covered(self) -> bool:
        return self._cover is not None

    def cover(self, view: QWidget) -> None:
        """Hides all of the window at once behind `view`, which the window then owns."""
        self.hidden()
        self._messages.acted()
        old, self._cover = self._cover, view
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        if isinstance(view, Cover):
            view.strip.pressed.connect(self._messages.press)
        if isinstance(view, Attached):
            view.enter()
        self._covered_by(old)

    def uncover(self) -> None:
        old, self._cover = self._cover, None
        self.opened()
        self._covered_by(old)

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
            self.unfit()
            self.widgets = self._look.made(self._app, self.width())
            self.renewed()

    # what was done
    def _say(self, message: Message | None) -> None:
        strip = self._cover.strip if isinstance(self._cover, Cover) else None if self.covered else self.open_strip()
        if strip is not None:
            strip.show_message(message)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    # what stands behind the cover
    def opened(self) -> None:
        """It can be seen again."""

    def hidden(self) -> None:
        """A cover comes over it."""

    def unfit(self) -> None:
        """`widgets` are still those of the old look, for the last time."""

    def renewed(self) -> None:
        """`widgets` are those of the new look: it is built anew, and `look_changed` told."""
        self.look_changed.emit(self.widgets)

    def open_strip(self) -> Strip | None:
        """Of the page that can be seen."""


def let_go(view: QWidget) -> None:
    """Before a cover is deleted: no presenter may draw on it any more."""
    if isinstance(view, Attached):
        view.detach()
    view.hide()
    view.deleteLater()
