"""The station's section: name and printers with a button to save, the look with effect at once."""

from __future__ import annotations

from maroom.core.ports import Messages
from maroom.duties.admin.presenter.station import State, StationPresenter
from maroom.duties.admin.rules import Of
from maroom.duties.admin.view import words
from maroom.ui.fields import Option
from maroom.ui.forms import FieldState, Form, FormLine
from maroom.ui.page import Attached
from maroom.ui.widgets import Widgets

SIZES = (100, 125, 150, 175)
"""percent of the type size"""


class StationView(Attached[State, StationPresenter]):
    def __init__(self, widgets: Widgets, messages: Messages) -> None:
        super().__init__(widgets)
        self._messages, self._saved = messages, 0
        wide = "col_how" if widgets.narrow else "col_side"
        self._form, self._look = Form(widgets, self._lines(wide), "col_value"), Form(widgets, self._look_lines(), "col_value")
        about = widgets.text(self.tr("For whoever works at this station, at once."), "quiet", wrap=True)
        named = widgets.card(widgets.text(self.tr("This station"), "section"), self._form)
        look = widgets.card(widgets.text(self.tr("How it looks"), "section"), about, self._look)
        self.setLayout(widgets.down(named, look, gap="gutter"))
        self.primary = widgets.button(self.tr("Save"), "primary", "check", "tall", "save")
        self.primary.clicked.connect(self._save)
        self._form.typed.connect(self._typed)
        self._look.chosen.connect(self._chosen)

    def render(self, state: State) -> None:
        self._form.become(words.fields(state.typed, state.shown))
        size = str(round(state.type_size * 100))
        self._look.become({Of.PALETTE: FieldState(state.palette), Of.TYPE_SIZE: FieldState(size)})
        self.primary.setEnabled(state.changed and not state.shown)
        if state.saved > self._saved:
            self._messages.said(self.tr("Settings of this station saved"))
        self._saved = state.saved

    def _typed(self, name: str, text: str) -> None:
        self.presenter.typed(name, text)

    def _chosen(self, name: str, key: str) -> None:
        if name == Of.PALETTE:
            self.presenter.choose_palette(key)
        else:
            self.presenter.choose_type_size(int(key) / 100)

    def _save(self) -> None:
        self.presenter.save()

    def _lines(self, wide: str) -> tuple[FormLine, ...]:
        return (
            FormLine(Of.STATION, self.tr("Name"), wide=wide),
            FormLine(Of.LABELS, self.tr("Label printer"), wide=wide, hint=self.tr("queue name, or host:9100")),
            FormLine(Of.OFFICE, self.tr("Office printer"), wide=wide, hint=self.tr("queue name")),
        )

    def _look_lines(self) -> tuple[FormLine, ...]:
        palettes = (
            Option("light", self.tr("Light")),
            Option("dark", self.tr("Dark")),
            Option("contrast", self.tr("High contrast")),
        )
        sizes = tuple(Option(str(size), self.tr("{size} %").format(size=size)) for size in SIZES)
        return (
            FormLine(Of.PALETTE, self.tr("Palette"), "segments", options=palettes),
            FormLine(Of.TYPE_SIZE, self.tr("Type size"), "segments", options=sizes),
        )
