"""The clinic: name, zone, phones and rooms, changed together and saved as one act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import msgspec

from maroom.core.findings import Finding
from maroom.core.ids import new_id
from maroom.core.people import Opening
from maroom.core.ports import Messages
from maroom.core.presenter import Presenter
from maroom.core.problems import Problem
from maroom.core.settings import Clinic, Room
from maroom.duties.admin import rules
from maroom.duties.admin.rules import Of, Wrong
from maroom.kit import Settings


@dataclass(frozen=True)
class State:
    """`shown` are findings by field or room id; `saved` counts, so that the view tells each once."""

    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    rooms: tuple[Room, ...] = ()
    shown: Mapping[str, Finding] = field(default_factory=dict[str, Finding])
    changed: bool = False
    may_save: bool = False
    saved: int = 0
    here: str = ""
    """the room to go to"""


class _Draft(msgspec.Struct):
    typed: dict[str, str]
    rooms: list[Room]


class ClinicPresenter(Presenter[State]):
    """`in_use` gives the ids of the rooms that somebody is in."""

    def __init__(
        self, opening: Opening, settings: Settings, messages: Messages, in_use: Callable[[Opening], frozenset[str]]
    ) -> None:
        super().__init__(State())
        self._opening, self._settings, self._messages, self._in_use = opening, settings, messages, in_use
        self.state = self._judged(_as_typed(settings.clinic), settings.clinic.rooms)

    def typed(self, name: str, text: str) -> None:
        self.show(self._judged({**self.state.typed, name: text}, self.state.rooms))

    # rooms

    def rename(self, room: str, name: str) -> None:
        self._put(tuple(replace(one, name=name) if one.id == room else one for one in self.state.rooms))

    def add_room(self) -> None:
        """At the end, still without a name."""
        added = Room(new_id(), "")
        self._put((*self.state.rooms, added), here=added.id)

    def move_room(self, room: str, by: int) -> None:
        rooms = list(self.state.rooms)
        at = next(number for number, one in enumerate(rooms) if one.id == room)
        rooms.insert(min(max(at + by, 0), len(rooms) - 1), rooms.pop(at))
        self._put(tuple(rooms))

    def remove_room(self, room: str) -> None:
        """Refused while somebody is in it."""
        if room in self._in_use(self._opening):
            self.show(replace(self.state, shown={**self.state.shown, room: rules.refused(room, Wrong.IN_USE)}))
        else:
            self._put(tuple(one for one in self.state.rooms if one.id != room))

    # saving

    def save(self) -> None:
        if not self.state.may_save or self._puts_out():
            return
        try:
            self._settings.change_clinic(self._opening, self._meant())
        except Problem as problem:
            self._messages.trouble(problem)
            return
        judged = self._judged(_as_typed(self._settings.clinic), self._settings.clinic.rooms)
        self.show(replace(judged, saved=self.state.saved + 1))

    def draft(self) -> bytes | None:
        if not self.state.changed:
            return None
        return msgspec.json.encode(_Draft(dict(self.state.typed), list(self.state.rooms)))

    def restore(self, draft: bytes) -> None:
        kept = msgspec.json.decode(draft, type=_Draft)
        self.show(self._judged({**self.state.typed, **kept.typed}, tuple(kept.rooms)))

    # within

    def _puts_out(self) -> bool:
        """Somebody came into a room since it was removed here: it is put back, and said."""
        left = {room.id for room in self.state.rooms}
        lost = [room for room in self._settings.clinic.rooms if room.id not in left and room.id in self._in_use(self._opening)]
        if lost:
            self._put((*self.state.rooms, *lost))
            found = {room.id: rules.refused(room.id, Wrong.IN_USE) for room in lost}
            self.show(replace(self.state, shown={**self.state.shown, **found}))
        return bool(lost)

    def _meant(self) -> Clinic:
        said = {name: text.strip() for name, text in self.state.typed.items()}
        return replace(
            self._settings.clinic,
            name=said[Of.NAME],
            zone=rules.zone(self.state.typed),
            phone=said[Of.PHONE],
            after_hours_phone=said[Of.AFTER_HOURS],
            waiting_limit=int(said[Of.WAITING]),
            rooms=tuple(replace(room, name=room.name.strip()) for room in self.state.rooms),
        )

    def _put(self, rooms: tuple[Room, ...], here: str = "") -> None:
        self.show(replace(self._judged(self.state.typed, rooms), here=here))

    def _judged(self, typed: Mapping[str, str], rooms: tuple[Room, ...]) -> State:
        clinic = self._settings.clinic
        shown = rules.of_clinic(typed, rooms)
        changed = dict(typed) != _as_typed(clinic) or rooms != clinic.rooms
        return replace(
            self.state, typed=typed, rooms=rooms, shown=shown, changed=changed, may_save=changed and not shown, here=""
        )


def _as_typed(clinic: Clinic) -> dict[str, str]:
    return {
        Of.NAME: clinic.name,
        **rules.zone_fields(clinic.zone),
        Of.PHONE: clinic.phone,
        Of.AFTER_HOURS: clinic.after_hours_phone,
        Of.WAITING: str(clinic.waiting_limit),
    }
