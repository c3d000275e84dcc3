"""The section of the settings where a station is given its instruments: those that are about, and those of this room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from maroom.core.clock import Clock, shown_in
from maroom.core.people import Opening
from maroom.core.ports import Messages
from maroom.core.presenter import Presenter
from maroom.core.problems import Problem
from maroom.core.settings import Station
from maroom.devices.instruments import Condition, Instruments
from maroom.kit import Settings


@dataclass(frozen=True)
class Line:
    """`last` is when its last reading came in since the program began, by the clinic's clock."""

    key: str
    name: str
    last: datetime | None = None


@dataclass(frozen=True)
class State:
    """`chosen` are of this room, `about` those of no room that were heard. By name, so that a line keeps its place."""

    on: bool
    condition: Condition
    chosen: tuple[Line, ...] = ()
    about: tuple[Line, ...] = ()


class InstrumentsPresenter(Presenter[State]):
    """Each choice is a change of the station's settings, with its audit line, and stands at once."""

    def __init__(
        self, opening: Opening, settings: Settings, instruments: Instruments, clock: Clock, messages: Messages
    ) -> None:
        self._opening, self._settings, self._instruments = opening, settings, instruments
        self._clock, self._messages = clock, messages
        super().__init__(self._drawn())
        self._forget = instruments.listen(self._changed)

    def close(self) -> None:
        super().close()
        self._forget()

    def switch(self, on: bool) -> None:
        self._change(replace(self._settings.station, bluetooth=on))

    def choose(self, key: str) -> None:
        """One that is about becomes an instrument of this room."""
        name = next((one.name for one in self._instruments.about if one.id == key), None)
        if name is not None:
            station = self._settings.station
            self._change(replace(station, instruments={**station.instruments, key: name}))

    def leave_out(self, key: str) -> None:
        station = self._settings.station
        left = {each: name for each, name in station.instruments.items() if each != key}
        self._change(replace(station, instruments=left))

    def look_again(self) -> None:
        """Where there was no Bluetooth: it may have been switched on since."""
        self._instruments.follow()

    def _change(self, station: Station) -> None:
        try:
            self._settings.change_station(self._opening, station)
        except Problem as problem:
            self._messages.trouble(problem)
        self._instruments.follow()
        self._changed()

    def _changed(self) -> None:
        self.show(self._drawn())

    def _drawn(self) -> State:
        station, instruments = self._settings.station, self._instruments
        chosen = [self._line(key, name) for key, name in station.instruments.items()]
        about = [self._line(one.id, one.name) for one in instruments.about if one.id not in station.instruments]
        return State(station.bluetooth, instruments.condition, _by_name(chosen), _by_name(about))

    def _line(self, key: str, name: str) -> Line:
        last = self._instruments.last_heard.get(key)
        return Line(key, name, shown_in(last, self._clock.zone) if last else None)


def _by_name(lines: list[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (not line.name, line.name, line.key)))
