"""The clinic's section: what holds for all of its stations."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from maroom.core.ports import Messages
from maroom.core.zones import US_ZONES
from maroom.duties.admin.presenter.clinic import ClinicPresenter, State
from maroom.duties.admin.rules import OTHER, Of
from maroom.duties.admin.view import words
from maroom.duties.admin.view.rooms import RoomLines
from maroom.ui.fields import Option
from maroom.ui.forms import Form, FormLine
from maroom.ui.page import Attached
from maroom.ui.widgets import STRETCH, Widgets


class ClinicView(Attached[State, ClinicPresenter]):
    def __init__(self, widgets: Widgets, messages: Messages) -> None:
        super().__init__(widgets)
        self._messages, self._saved = messages, 0
        self._form = Form(widgets, self._lines("col_how" if widgets.narrow else "col_side"), "col_value")
        self._rooms = RoomLines(widgets)
        self._add = widgets.button(self.tr("Add a room"), "secondary", "plus", name="add-room")
        about = widgets.text(
            self.tr("In the order of the board. A room that somebody is in cannot be removed."), "quiet", wrap=True
        )
        clinic = widgets.card(widgets.text(self.tr("The clinic"), "section"), self._form)
        rooms = widgets.card(widgets.text(self.tr("Rooms"), "section"), about, self._rooms, widgets.across(self._add, STRETCH))
        self.setLayout(widgets.down(clinic, rooms, gap="gutter"))
        self.primary = widgets.button(self.tr("Save"), "primary", "check", "tall", "save")
        self._listen()

    def render(self, state: State) -> None:
        fields = words.fields(state.typed, state.shown)
        other = state.typed.get(Of.ZONE) == OTHER
        fields[Of.OTHER_ZONE] = fields[Of.OTHER_ZONE] if other else words.off()
        self._form.become(fields)
        self._rooms.become(state.rooms, state.shown)
        self.primary.setEnabled(state.may_save)
        if state.here:
            self._rooms.go_to(state.here)
        if state.saved > self._saved:
            self._messages.said(self.tr("Settings of the clinic saved"))
        self._saved = state.saved

    # what is wished
    def _listen(self) -> None:
        self._form.typed.connect(self._typed)
        self._form.chosen.connect(self._typed)
        self._rooms.named.connect(self._named)
        self._rooms.moved.connect(self._moved)
        self._rooms.removed.connect(self._removed)
        self._add.clicked.connect(self._added)
        self.primary.clicked.connect(self._save)

    def _typed(self, name: str, text: str) -> None:
        self.presenter.typed(name, text)

    def _named(self, room: str, name: str) -> None:
        self.presenter.rename(room, name)

    def _moved(self, room: str, by: int) -> None:
        self.presenter.move_room(room, by)

    def _removed(self, room: str) -> None:
        self.presenter.remove_room(room)

    def _added(self) -> None:
        self.presenter.add_room()

    def _save(self) -> None:
        self.presenter.save()

    def _lines(self, wide: str) -> tuple[FormLine, ...]:
        zones = tuple(Option(key, QCoreApplication.translate("Zone", name)) for key, name in US_ZONES.items())
        other = Option(OTHER, self.tr("another, typed below"))
        return (
            FormLine(Of.NAME, self.tr("Name"), wide=wide),
            FormLine(Of.ZONE, self.tr("Time zone"), "choice", wide=wide, options=(*zones, other)),
            FormLine(Of.OTHER_ZONE, self.tr("Another zone"), wide=wide, hint=self.tr("such as America/Boise")),
            FormLine(Of.PHONE, self.tr("Phone"), wide="col_how"),
            FormLine(Of.AFTER_HOURS, self.tr("After hours"), wide="col_how"),
            FormLine(Of.WAITING, self.tr("A long wait is over"), "figure", self.tr("min"), wide="col_time"),
        )
