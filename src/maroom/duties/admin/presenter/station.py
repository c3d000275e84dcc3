"""This workstation: its name and printers are saved when asked, palette and type size apply at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from maroom.core.findings import Finding
from maroom.core.people import Opening
from maroom.core.ports import Messages
from maroom.core.presenter import Presenter
from maroom.core.problems import Problem
from maroom.core.settings import Station
from maroom.duties.admin import rules
from maroom.duties.admin.rules import Of
from maroom.kit import Settings

TYPED = (Of.STATION, Of.LABELS, Of.OFFICE)


@dataclass(frozen=True)
class State:
    """`saved` counts, so that the view tells each once."""

    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    shown: Mapping[str, Finding] = field(default_factory=dict[str, Finding])
    palette: str = "light"
    type_size: float = 1.0
    changed: bool = False
    saved: int = 0


class StationPresenter(Presenter[State]):
    def __init__(self, opening: Opening, settings: Settings, messages: Messages) -> None:
        super().__init__(State())
        self._opening, self._settings, self._messages = opening, settings, messages
        self.state = self._judged(_as_typed(settings.station))

    def typed(self, name: str, text: str) -> None:
        self.show(self._judged({**self.state.typed, name: text}))

    def choose_palette(self, palette: str) -> None:
        self._change(replace(self._settings.station, palette=palette))

    def choose_type_size(self, size: float) -> None:
        """From 1.0 to 1.75."""
        self._change(replace(self._settings.station, type_size=size))

    def save(self) -> None:
        if self.state.shown or not self.state.changed:
            return
        said = {name: self.state.typed[name].strip() for name in TYPED}
        meant = replace(
            self._settings.station, name=said[Of.STATION], label_printer=said[Of.LABELS], office_printer=said[Of.OFFICE]
        )
        if self._change(meant):
            self.show(replace(self._judged(_as_typed(meant)), saved=self.state.saved + 1))

    def draft(self) -> bytes | None:
        return json.dumps(dict(self.state.typed)).encode() if self.state.changed else None

    def restore(self, draft: bytes) -> None:
        self.show(self._judged({**self.state.typed, **json.loads(draft)}))

    def _change(self, station: Station) -> bool:
        """The look may be made anew within: what is typed is kept by then."""
        try:
            self._settings.change_station(self._opening, station)
        except Problem as problem:
            self._messages.trouble(problem)
            return False
        self.show(self._judged(self.state.typed))
        return True

    def _judged(self, typed: Mapping[str, str]) -> State:
        station = self._settings.station
        changed = dict(typed) != _as_typed(station)
        return replace(
            self.state,
            typed=typed,
            shown=rules.of_station(typed),
            palette=station.palette,
            type_size=station.type_size,
            changed=changed,
        )


def _as_typed(station: Station) -> dict[str, str]:
    return {Of.STATION: station.name, Of.LABELS: station.label_printer, Of.OFFICE: station.office_printer}
