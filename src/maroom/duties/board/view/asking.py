"""What has to be said before a move: which room, why a room that is not ready may be used, why a visit is called off or a room
is not to be used."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from maroom.duties.board.presenter import Asked, BoardPresenter, Question
from maroom.duties.board.view import words
from maroom.ui.dialogs import Answer, ChoiceSheet, FormSheet
from maroom.ui.forms import FieldState, FormLine
from maroom.ui.widgets import Widgets
from maroom.visits.model import Step

REASON = "why"


class Asking(QObject):
    """Two sheets, at most one of them open."""

    def __init__(self, widgets: Widgets, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._presenter: BoardPresenter | None = None
        self._which = ChoiceSheet(widgets, "which-room")
        self._why = FormSheet(widgets, "why-sheet", (FormLine(REASON, self.tr("Reason"), wide="col_how"),), self.tr("Go on"))
        self._which.chosen.connect(self._chosen)
        self._why.form.typed.connect(self._typed)
        self._why.form.entered.connect(self._answered)
        self._why.answered.connect(self._answered)
        self.sheets = (self._which, self._why)
        for sheet in self.sheets:
            sheet.closed.connect(self._dismissed)

    def follow(self, presenter: BoardPresenter | None) -> None:
        self._presenter = presenter
        if presenter is None:
            self.become(None)

    def become(self, asked: Asked | None) -> None:
        what = asked.what if asked else None
        if what is not Question.ROOM:
            self._which.put_away()
        if what in (None, Question.ROOM):
            self._why.put_away()
        if asked:
            self._ask_room(asked) if what is Question.ROOM else self._ask_why(asked)

    def _ask_room(self, asked: Asked) -> None:
        answers = [
            Answer(choice.room.id, self.tr("Room {room}").format(room=choice.room.name), words.room_state(choice.state))
            for choice in asked.rooms
        ]
        title = self.tr("Which room for {name}?").format(name=asked.line.name if asked.line else "")
        self._which.ask(self._page, title, "" if answers else self.tr("Every room is occupied or not in use."), answers)

    def _ask_why(self, asked: Asked) -> None:
        title, about = self._why_words(asked)
        may = bool(asked.reason.strip()) or not asked.must_say_why
        self._why.become(title, about, {REASON: FieldState(asked.reason)}, may)
        self._why.open_over(self._page)

    def _why_words(self, asked: Asked) -> tuple[str, str]:
        room = asked.room.name if asked.room else ""
        if asked.what is Question.CLOSE:
            return self.tr("Room {room} is not to be used").format(room=room), self.tr("Why not? It stands on the tile.")
        if asked.what is Question.OVERRIDE:
            return self.tr("Room {room} is not ready").format(room=room), self.tr("Why may it be used as it is?")
        line = asked.line
        return (words.further_step(line, Step.CANCEL), line.name) if line else ("", "")

    # what is wished
    @property
    def presenter(self) -> BoardPresenter:
        if self._presenter is None:
            raise LookupError("nobody was asked")
        return self._presenter

    def _chosen(self, room: str) -> None:
        self.presenter.choose_room(room)

    def _typed(self, _name: str, text: str) -> None:
        self.presenter.give_reason(text)

    def _answered(self) -> None:
        self.presenter.answer()

    def _dismissed(self) -> None:
        self.presenter.dismiss()
