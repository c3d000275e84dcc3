"""All that stands around a page, in one look. Built anew when palette, type size or the window's breadth changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from maroom.app.window.banner import Banner
from maroom.app.window.rail import Rail
from maroom.app.window.state_line import StateBar
from maroom.app.window.states import RailEntry
from maroom.ui.page import Page
from maroom.ui.widgets import Grow, Widgets


class Shell(QWidget):
    strip_pressed = Signal()
    acted = Signal()
    """A button at the foot of a page was pressed."""

    def __init__(self, widgets: Widgets, entries: Sequence[RailEntry], clock: Callable[[], str]) -> None:
        super().__init__()
        self.setObjectName("window")
        self.rail = Rail(widgets, entries)
        self.banner = Banner(widgets)
        self.state_bar = StateBar(widgets, clock)
        self._pages = QStackedWidget()
        self._pages.setObjectName("pages")
        self._built: dict[str, Page[Any, Any]] = {}
        self._widgets = widgets
        right = widgets.stack(self.banner, Grow(self._pages))
        self._upper = widgets.across(self.rail, Grow(right), gap="")
        upper = QWidget()
        upper.setLayout(self._upper)
        self.setLayout(widgets.down(Grow(upper), self.state_bar, gap=""))

    def renew_rail(self, entries: Sequence[RailEntry]) -> None:
        old, self.rail = self.rail, Rail(self._widgets, entries)
        self._upper.replaceWidget(old, self.rail)
        self.rail.show()
        QWidget.setTabOrder(self.rail.items()[-1], self.banner)
        old.hide()
        old.deleteLater()

    def has(self, key: str) -> bool:
        return key in self._built

    def put(self, key: str, page: Page[Any, Any]) -> None:
        self._built[key] = page
        self._pages.addWidget(page)
        page.strip.pressed.connect(self.strip_pressed)
        page.foot.acted.connect(self.acted)

    def show_page(self, key: str) -> Page[Any, Any]:
        page = self._built[key]
        self._pages.setCurrentWidget(page)
        return page

    def page(self) -> Page[Any, Any] | None:
        """The one that is shown."""
        page = self._pages.currentWidget()
        return page if isinstance(page, Page) else None

    def drop_other_pages(self) -> None:
        """Before the look changes, as Qt restyles all that there is: 1 ms a widget."""
        here = self._pages.currentWidget()
        for key, page in [(key, page) for key, page in self._built.items() if page is not here]:
            del self._built[key]
            self._pages.removeWidget(page)
            page.detach()
            page.deleteLater()
            QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)

    def let_go(self) -> None:
        """Before it is deleted: no presenter may draw on a page that has gone."""
        self.state_bar.stop()
        for page in self._built.values():
            page.detach()
        self.hide()
        self.deleteLater()
