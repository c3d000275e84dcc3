"""The cells of one visit. A narrow window folds reason, room and minutes into second lines."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from maroom.duties.board.model import Line
from maroom.duties.board.rules.drawn import is_gone
from maroom.duties.board.view import words
from maroom.ui.labels import Tag
from maroom.ui.table_row import Step as Button
from maroom.ui.times import clock
from maroom.ui.widgets import STRETCH, Column, Widgets
from maroom.visits.model import Step

LEADS = (Step.TAKE_TO_ROOM, Step.READY_FOR_PROVIDER)
"""the assistant's own to do now"""


def columns(widgets: Widgets) -> tuple[Column, ...]:
    head = (Column(words.translate("Board", "Time"), "col_time"), Column(words.translate("Board", "Patient"), share=2))
    if widgets.narrow:
        return (*head, Column(words.translate("Board", "Stands"), "col_stands"))
    tail = (
        Column(words.translate("Board", "Stands"), "col_status"),
        Column(words.translate("Board", "Room"), "col_room"),
        Column(words.translate("Board", "For"), "col_minutes"),
    )
    return (*head, Column(words.translate("Board", "Reason"), share=1), *tail)


def step(line: Line) -> Button | None:
    """A room can only be the next thing to do where one is free and ready."""
    if line.next is None:
        return None
    waits = line.next is Step.TAKE_TO_ROOM and line.into is None
    return Button(words.next_step(line), lead=line.next in LEADS and not waits)


class Cells:
    """Makes the widgets of a line, one a column."""

    def __init__(self, widgets: Widgets) -> None:
        self._widgets = widgets

    def __call__(self, line: Line) -> tuple[QWidget, ...]:
        widgets = self._widgets
        time = widgets.text(clock(line.at) if line.at else "", "quiet" if is_gone(line) else "strong")
        if widgets.narrow:
            return time, self._tall_name(line), self._stands(line)
        room = widgets.line(line.room, "row")
        return time, self._name(line), widgets.line(line.reason, "quiet"), self._status(line), room, self._minutes(line)

    def _name(self, line: Line) -> QWidget:
        widgets = self._widgets
        alike = widgets.chip(words.translate("Board", "same name"), "alike", "users") if line.alike else None
        name = widgets.line(line.name or words.translate("Board", "No name on record"), "quiet" if is_gone(line) else "row")
        return widgets.holder(name, widgets.text(words.age(line), "quiet"), alike, STRETCH)

    def _tall_name(self, line: Line) -> QWidget:
        return self._widgets.stack(STRETCH, self._name(line), self._widgets.line(line.reason, "quiet"), STRETCH)

    def _status(self, line: Line) -> QWidget:
        tag: Tag = words.status(line)
        return self._widgets.holder(self._widgets.chip(tag.words, tag.tone, tag.icon), STRETCH)

    def _minutes(self, line: Line) -> QWidget:
        said = words.stands_for(line)
        return self._widgets.finding("warn", said, "strong") if line.over else self._widgets.text(said, "quiet")

    def _stands(self, line: Line) -> QWidget:
        widgets = self._widgets
        room = widgets.text(words.translate("Board", "Room {room}").format(room=line.room), "strong") if line.room else None
        under = widgets.holder(room, self._minutes(line), STRETCH)
        return widgets.stack(STRETCH, self._status(line), under, STRETCH, gap="tight")
