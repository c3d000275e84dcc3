"""The section of the settings for vital signs: what the clinic counts and takes, and figures of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import msgspec

from maroom.core.findings import Finding, Severity
from maroom.core.people import Opening
from maroom.core.ports import Messages
from maroom.core.presenter import Presenter
from maroom.core.problems import Problem
from maroom.core.quantity import parse_number
from maroom.core.settings import VitalSigns
from maroom.duties.vitals.rules.own import Figure, WrongFigure, figures, wrong
from maroom.duties.vitals.rules.shown import short
from maroom.kit import Settings


class Switch(StrEnum):
    """What is on or off."""

    POUNDS = "pounds"
    NEWS2 = "news2"
    CALCULATED = "calculated"


@dataclass(frozen=True)
class State:
    """`typed`: "yes" or nothing for a switch, the text of a figure; `saved` counts, so that the view tells each once."""

    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    shown: Mapping[str, Finding] = field(default_factory=dict[str, Finding])
    figures: tuple[Figure, ...] = ()
    may_save: bool = False
    saved: int = 0


class _Draft(msgspec.Struct):
    typed: dict[str, str]


class SettingsPresenter(Presenter[State]):
    def __init__(self, opening: Opening, settings: Settings, messages: Messages) -> None:
        self._opening, self._settings, self._messages = opening, settings, messages
        super().__init__(State(figures=figures()))
        self.state = self._judged(self._as_it_stands())

    def typed(self, name: str, text: str) -> None:
        self.show(self._judged({**self.state.typed, name: text}))

    def save(self) -> None:
        """What is as it ships is not kept, so that a later figure of the program's holds."""
        if not self.state.may_save:
            return
        meant = replace(self._settings.clinic, vitals=self._meant())
        try:
            self._settings.change_clinic(self._opening, meant)
        except Problem as problem:
            self._messages.trouble(problem)
            return
        self.show(replace(self._judged(self._as_it_stands()), saved=self.state.saved + 1))

    def draft(self) -> bytes | None:
        typed = dict(self.state.typed)
        return msgspec.json.encode(_Draft(typed)) if typed != self._as_it_stands() else None

    def restore(self, draft: bytes) -> None:
        try:
            kept = msgspec.json.decode(draft, type=_Draft)
        except msgspec.DecodeError:
            return
        known = self.state.typed.keys()
        self.show(self._judged({**self.state.typed, **{name: text for name, text in kept.typed.items() if name in known}}))

    def _as_it_stands(self) -> dict[str, str]:
        stands = self._settings.clinic.vitals
        on = {Switch.POUNDS: stands.pounds_under_18, Switch.NEWS2: stands.news2, Switch.CALCULATED: stands.calculated}
        own = {figure.key: stands.figures.get(figure.key, short(figure.shipped)) for figure in figures()}
        return {**{name.value: "yes" if is_on else "" for name, is_on in on.items()}, **own}

    def _meant(self) -> VitalSigns:
        typed = self.state.typed
        own = {one.key: typed[one.key].strip() for one in figures() if parse_number(typed[one.key]) != one.shipped}
        on = {name: bool(typed[name.value]) for name in Switch}
        return VitalSigns(on[Switch.POUNDS], on[Switch.NEWS2], on[Switch.CALCULATED], own)

    def _judged(self, typed: Mapping[str, str]) -> State:
        found = wrong({figure.key: typed[figure.key] for figure in figures()})
        shown = {key: _finding(key, code) for key, code in found.items()}
        changed = dict(typed) != self._as_it_stands()
        return replace(self.state, typed=typed, shown=shown, may_save=changed and not shown)


def _finding(key: str, code: WrongFigure) -> Finding:
    return Finding(key, code, Severity.REFUSED)
