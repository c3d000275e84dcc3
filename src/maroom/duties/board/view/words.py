"""How the board says where a visit or a room stands, and what can be done next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.board.model import Claim, Found, Line, RoomStep, Tile
from maroom.ui.labels import Tag
from maroom.ui.times import clock, day
from maroom.visits.model import RoomState, Step, VisitStatus

SEX = {
    "female": QT_TRANSLATE_NOOP("Board", "F"),
    "male": QT_TRANSLATE_NOOP("Board", "M"),
    "other": QT_TRANSLATE_NOOP("Board", "X"),
}
_STATUS = {
    VisitStatus.EXPECTED: Tag(QT_TRANSLATE_NOOP("Board", "Expected"), "outline", "calendar-days"),
    VisitStatus.ARRIVED: Tag(QT_TRANSLATE_NOOP("Board", "Waiting"), "outline", "clock"),
    VisitStatus.ROOMED: Tag(QT_TRANSLATE_NOOP("Board", "Roomed"), "plain", "door-closed"),
    VisitStatus.READY: Tag(QT_TRANSLATE_NOOP("Board", "Ready for provider"), "accent", "door-open"),
    VisitStatus.WITH_PROVIDER: Tag(QT_TRANSLATE_NOOP("Board", "With provider"), "plain", "stethoscope"),
    VisitStatus.OUT: Tag(QT_TRANSLATE_NOOP("Board", "Checked out {time}"), "outline", "circle-check"),
    VisitStatus.CANCELLED: Tag(QT_TRANSLATE_NOOP("Board", "Cancelled {time}"), "outline", "circle-x"),
    VisitStatus.NO_SHOW: Tag(QT_TRANSLATE_NOOP("Board", "Did not come"), "outline", "circle-question-mark"),
    VisitStatus.VOID: Tag(QT_TRANSLATE_NOOP("Board", "Entered in error"), "outline", "circle-x"),
}
_LEFT = Tag(QT_TRANSLATE_NOOP("Board", "Left {time}"), "outline", "log-out")
_STEPS = {
    Step.ARRIVE: QT_TRANSLATE_NOOP("Board", "Arrive"),
    Step.TAKE_TO_ROOM: QT_TRANSLATE_NOOP("Board", "Choose a room"),
    Step.READY_FOR_PROVIDER: QT_TRANSLATE_NOOP("Board", "Ready for provider"),
    Step.WITH_PROVIDER: QT_TRANSLATE_NOOP("Board", "With provider"),
    Step.LEAVE: QT_TRANSLATE_NOOP("Board", "Check out"),
    Step.CANCEL: QT_TRANSLATE_NOOP("Board", "Cancel the visit"),
    Step.NO_SHOW: QT_TRANSLATE_NOOP("Board", "Did not come"),
    Step.UNDO: QT_TRANSLATE_NOOP("Board", "Undo the last move"),
}
_GONE = {
    VisitStatus.OUT: QT_TRANSLATE_NOOP("Board", "{number} checked out"),
    VisitStatus.CANCELLED: QT_TRANSLATE_NOOP("Board", "{number} cancelled"),
    VisitStatus.NO_SHOW: QT_TRANSLATE_NOOP("Board", "{number} did not come"),
    VisitStatus.VOID: QT_TRANSLATE_NOOP("Board", "{number} entered in error"),
}
_GONE_LEFT = QT_TRANSLATE_NOOP("Board", "{number} left before the visit")
_SHORT = 6
"""letters of a room's name that still fit after `Room in`"""
_LONG = 12
_HOUR = 60
_MOST_MINUTES = 100


translate = QCoreApplication.translate


def tr(words: str) -> str:
    """Of words that were marked in a table."""
    return translate("Board", words)


def status(line: Line) -> Tag:
    """What the chip of a line says."""
    tag = _LEFT if _has_left(line) else _STATUS[line.status]
    return Tag(tr(tag.words).format(time=clock(line.since) if line.since else "").rstrip(), tag.tone, tag.icon)


def next_step(line: Line) -> str:
    if line.next is Step.TAKE_TO_ROOM and line.into:
        name = line.into.name
        whole = translate("Board", "Room in {room}").format(room=name)
        return whole if len(name) <= _SHORT else translate("Board", "To {room}").format(room=_cut(name))
    return tr(_STEPS[line.next]) if line.next else ""


def further_step(line: Line, step: Step) -> str:
    """A line of the menu; some steps have another name once the patient has come."""
    if step is Step.TAKE_TO_ROOM and line.room:
        return translate("Board", "To another room")
    if step is Step.CANCEL and line.came:
        return translate("Board", "Left before the visit")
    if step is Step.ARRIVE and line.status is VisitStatus.NO_SHOW:
        return translate("Board", "Came after all")
    return tr(_STEPS[step])


def gone(lines: Sequence[Line]) -> str:
    """`3 checked out, 1 left before the visit`."""
    counts = Counter(_GONE_LEFT if _has_left(line) else _GONE[line.status] for line in lines)
    return ", ".join(tr(words).format(number=number) for words, number in counts.items())


def minutes(number: int | None) -> str:
    if number is None:
        return ""
    if number < _MOST_MINUTES:
        return translate("Board", "{minutes} min").format(minutes=number)
    return translate("Board", "{hours} h {minutes} min").format(hours=number // _HOUR, minutes=number % _HOUR)


def stands_for(line: Line) -> str:
    """The minutes, and the limit where they are over it."""
    if not line.over or (line.minutes or 0) >= _MOST_MINUTES:
        return minutes(line.minutes)
    return translate("Board", "{minutes} min, over {limit}").format(minutes=line.minutes, limit=line.over)


def age(line: Line) -> str:
    """`F 34 y`."""
    return " ".join(words for words in (tr(SEX.get(line.sex, "")), line.age) if words)


class RoomLook(NamedTuple):
    """The look of a tile, its icon, the role of the icon, and the word."""

    look: str
    icon: str
    role: str
    word: str


_ROOMS = {
    RoomState.READY: RoomLook("", "circle-check", "ok", QT_TRANSLATE_NOOP("Board", "ready")),
    RoomState.OCCUPIED: RoomLook("busy", "user-round", "accent", QT_TRANSLATE_NOOP("Board", "occupied")),
    RoomState.DIRTY: RoomLook("dirty", "spray-can", "text_quiet", QT_TRANSLATE_NOOP("Board", "dirty")),
    RoomState.CLEANING: RoomLook("dirty", "timer", "text_quiet", QT_TRANSLATE_NOOP("Board", "cleaning")),
    RoomState.OUT_OF_SERVICE: RoomLook("dirty", "circle-x", "text_quiet", QT_TRANSLATE_NOOP("Board", "not in use")),
}
_INSIDE = {
    VisitStatus.ROOMED: QT_TRANSLATE_NOOP("Board", "roomed"),
    VisitStatus.READY: QT_TRANSLATE_NOOP("Board", "waiting"),
    VisitStatus.WITH_PROVIDER: QT_TRANSLATE_NOOP("Board", "provider"),
}
_ROOM_STEPS = {RoomStep.CLEAN: QT_TRANSLATE_NOOP("Board", "Clean"), RoomStep.READY: QT_TRANSLATE_NOOP("Board", "Ready")}
_ROOM_STEPS_SPOKEN = {
    RoomStep.CLEAN: QT_TRANSLATE_NOOP("Board", "Start cleaning room {room}"),
    RoomStep.READY: QT_TRANSLATE_NOOP("Board", "Room {room} is ready"),
}


def room(tile: Tile) -> RoomLook:
    look = _ROOMS[tile.state]
    word = _INSIDE.get(tile.status, look.word) if tile.status and tile.state is RoomState.OCCUPIED else look.word
    return look._replace(word=tr(word))


def room_state(state: RoomState) -> str:
    return tr(_ROOMS[state].word)


def room_step(tile: Tile) -> tuple[str, str]:
    """The word on the tile's button, and what it is called to readers."""
    if tile.may is None:
        return "", ""
    return tr(_ROOM_STEPS[tile.may]), tr(_ROOM_STEPS_SPOKEN[tile.may]).format(room=tile.name)


def room_note(tile: Tile) -> tuple[str, bool]:
    """The last line of a tile, and whether it is a warning."""
    if len(tile.who) > 1:
        return translate("Board", "{number} in one room").format(number=len(tile.who)), True
    if tile.minutes is not None:
        return minutes(tile.minutes), tile.over
    if tile.since is None:
        return "", False
    return (clock(tile.since) if tile.may else translate("Board", "since {time}").format(time=clock(tile.since))), False


def about(found: Found) -> str:
    """What tells a patient of the search from another one: sex, birth date, record number, and the visit there is already."""
    number = translate("Board", "MRN {number}").format(number=found.number) if found.number else ""
    parts = (tr(SEX.get(found.sex, "")), born(found.born), number, _today(found), _deceased(found))
    return ", ".join(part for part in parts if part)


def born(known: str) -> str:
    """`12 Mar 2026`, or as much of it as is known."""
    try:
        return translate("Board", "born {day}").format(day=day(date.fromisoformat(known)))
    except ValueError:
        return translate("Board", "born {day}").format(day=known) if known else translate("Board", "birth date not known")


def claim(of: Claim) -> str:
    """Two stations had a room for somebody each; who is really in it, a person sees."""
    said = translate("Board", "Room {room} was given twice, to {who}: take whoever is not there to another room.")
    return said.format(room=of.room, who=translate("Board", " and ").join(of.who))


def _has_left(line: Line) -> bool:
    return line.status is VisitStatus.CANCELLED and line.came


def _today(found: Found) -> str:
    return translate("Board", "on the board at {time}").format(time=clock(found.today)) if found.today else ""


def _deceased(found: Found) -> str:
    return translate("Board", "deceased") if found.deceased else ""


def _cut(name: str) -> str:
    return name if len(name) <= _LONG else f"{name[: _LONG - 1].rstrip()}…"
