"""The patient banner: who is open, always in sight. Without a patient it says so and offers the search."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedLayout, QWidget

from maroom.app.window.states import BannerState
from maroom.ui.labels import Chip, Tag
from maroom.ui.live import show_if
from maroom.ui.page import edge
from maroom.ui.touch import Press
from maroom.ui.widgets import RIGHT, STRETCH, Grow, Item, Widgets

MOST_ALERTS = 4


class Banner(QFrame):
    search_wished = Signal()
    allergies_wished = Signal()
    """The line of allergies had no room for all of them, and somebody asks to see them."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._widgets = widgets
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._nobody())
        self._stack.addWidget(self._who())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def become(self, state: BannerState | None) -> None:
        self._stack.setCurrentIndex(0 if state is None else 1)
        self.setAccessibleName(state.name if state else self.tr("No patient open"))
        if state is not None:
            self._name.say(state.name)
            self._facts.say("   ".join(state.facts))
            self._say_allergies(state)
            self._say_chips(state)
            self._room.say(state.room)
            self._reason.say(state.reason)

    def _say_allergies(self, state: BannerState) -> None:
        warn = state.allergies_warn
        self._sign.become("triangle-alert" if warn else "circle-check", "on_critical_soft" if warn else "text_quiet")
        self._allergies.say(state.allergies, "strong" if warn else "quiet", "critical" if warn else "")

    def _say_chips(self, state: BannerState) -> None:
        tags = (*state.alerts, *((Tag(state.alike, "alike", "users"),) if state.alike else ()))[-MOST_ALERTS:]
        for number, chip in enumerate(self._chips):
            if number < len(tags):
                chip.become(tags[number])
            show_if(chip, number < len(tags))
        if self._chip_line is not None:
            show_if(self._chip_line, bool(tags))

    # the two faces
    def _who(self) -> QWidget:
        widgets = self._widgets
        self._name, self._facts = widgets.line(kind="name"), widgets.text(kind="quiet")
        self._room, self._reason = widgets.text(kind="section", align=RIGHT), widgets.line(kind="caption")
        self._reason.setAlignment(RIGHT)
        first = widgets.holder(self._name, self._facts, STRETCH, gap="gutter")
        place = widgets.stack(STRETCH, self._room, self._reason, STRETCH)
        place.setMaximumWidth(widgets.theme.px("col_side" if widgets.wide else "col_how"))
        left = widgets.stack(STRETCH, first, *self._below(), STRETCH)
        return self._face(Grow(left), place, self._search_button())

    def _face(self, *parts: Item) -> QWidget:
        """As high as the banner is, and higher where the largest type needs it."""
        inside = self._widgets.across(*parts, gap="gutter", sides=edge(self._widgets))
        inside.addStrut(self._widgets.theme.px("banner") - self._widgets.theme.px("hair"))
        face = QWidget()
        face.setLayout(inside)
        return face

    def _below(self) -> tuple[QWidget, ...]:
        """Allergies, and behind them what else must be known; in a narrow window that gets a line of its own."""
        widgets = self._widgets
        self._chips: list[Chip] = [widgets.chip() for _ in range(MOST_ALERTS)]
        if not widgets.narrow:
            self._chip_line = None
            return (widgets.sized(widgets.holder(*self._allergy_line(), *self._chips, STRETCH), high="chip"),)
        self._chip_line = widgets.holder(*self._chips, STRETCH)
        return (widgets.holder(*self._allergy_line(), STRETCH), self._chip_line)

    def _allergy_line(self) -> tuple[QWidget, ...]:
        widgets = self._widgets
        self._sign, self._allergies = widgets.image(), widgets.line()
        self._all = widgets.button(self.tr("all"), "quiet", build="low", name="all-allergies")
        self._all.setAccessibleName(self.tr("All allergies"))
        self._all.hide()
        self._all.clicked.connect(self.allergies_wished)
        self._allergies.shortened.connect(self._all.setVisible)
        return (self._sign, self._allergies, self._all)

    def _search_button(self) -> Press:
        button = self._widgets.icon_button("search", self.tr("Find a patient, a page, a thing to do"), name="search-icon")
        button.clicked.connect(self.search_wished)
        return button

    def _nobody(self) -> QWidget:
        widgets = self._widgets
        sign, words = widgets.image("user-round", "text_quiet", "icon"), widgets.text(self.tr("No patient open"), "section")
        return self._face(sign, words, STRETCH, self._search_box())

    def _search_box(self) -> Press:
        """Looks like a field and is a button: it opens the command box."""
        widgets, words = self._widgets, self.tr("Find a patient, a page, a thing to do")
        parts = (widgets.image("search"), widgets.text(words, "quiet"), widgets.text(self.tr("Ctrl K"), "key"))
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        box = widgets.sized(widgets.button("", "search", name="search"), wide="col_side")
        box.setLayout(widgets.across(parts[0], parts[1], STRETCH, parts[2], sides="pad"))
        box.setAccessibleName(words)
        box.clicked.connect(self.search_wished)
        return box
