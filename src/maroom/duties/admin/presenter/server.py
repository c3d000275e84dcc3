"""The clinic's server: where it is, who signs in there, when it is exchanged with, and how this station gets to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from maroom.core.clock import Clock
from maroom.core.findings import Finding
from maroom.core.people import Opening
from maroom.core.ports import Jobs, Messages
from maroom.core.presenter import Presenter
from maroom.core.problems import Code, Problem
from maroom.core.settings import Server, SignIn, Station
from maroom.duties.admin.rules import server as rules
from maroom.duties.admin.rules.server import Of, Wrong
from maroom.kit import Connection, Settings
from maroom.sync.trial import Belongs, Trial

TRY, KEYS = "net:try the server", "net:keys of this station"
KEY_FILE = "maroom-public-key.json"


@dataclass(frozen=True)
class State:
    """`saved` counts, so that the view tells each once."""

    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    shown: Mapping[str, Finding] = field(default_factory=dict[str, Finding])
    changed: bool = False
    saved: int = 0
    keys: str | None = None
    """this station's public ones; empty: none made, none: not looked up"""
    making: bool = False
    trying: bool = False
    trial: Trial | None = None
    """of what is typed now"""
    apart: timedelta = timedelta()
    """the clinic's wall clock less that of this machine, when the connection was tried"""
    moving_from: str = ""
    """asked whether another address shall be taken than this one, where the records of this store are"""

    @property
    def may_save(self) -> bool:
        return self.changed and not self.shown and not self.trying

    @property
    def may_try(self) -> bool:
        return bool(self.typed[Of.ADDRESS].strip()) and not self.shown and not self.trying


@dataclass(frozen=True)
class Around:
    """What the section asks of the outside. `machine` is the machine's own time, in its own zone."""

    settings: Settings
    connection: Connection
    jobs: Jobs
    messages: Messages
    clock: Clock
    machine: Callable[[], datetime] = lambda: datetime.now().astimezone()


class ServerPresenter(Presenter[State]):
    def __init__(self, opening: Opening, around: Around) -> None:
        super().__init__(State())
        self._opening, self._around = opening, around
        self.state = self._judged(self._as_it_stands())
        self._look_for_keys()

    def typed(self, name: str, text: str) -> None:
        """What was tried was tried with what stood here before."""
        self.show(replace(self._judged({**self.state.typed, name: text}), trial=None))
        self._look_for_keys()

    # saving

    def save(self) -> None:
        """A store that was exchanged with one server is asked about before it is given another address."""
        if not self.state.may_save:
            return
        before, after = self._around.connection.belongs_to(), self._meant().address
        if before and after and after != before:
            self.show(replace(self.state, moving_from=before))
        else:
            self._save()

    def stay(self) -> None:
        """The address is left as it was; what else was typed is not."""
        self.show(replace(self.state, moving_from=""))
        self.typed(Of.ADDRESS, self._around.settings.clinic.server.address)

    def move(self) -> None:
        """Only to the same server: another one is refused. Where it cannot be asked now, the next exchange asks it first."""
        self.show(replace(self.state, moving_from=""))
        self._try(self._moved)

    def _moved(self, trial: Trial) -> None:
        self._tried(trial)
        if trial.belongs is Belongs.NO:
            shown = {**self.state.shown, Of.ADDRESS: rules.refused(Of.ADDRESS, Wrong.OTHER_SERVER)}
            self.show(replace(self.state, shown=shown))
        elif self.state.trial and self.state.may_save:
            self._save()

    def _save(self) -> None:
        settings, meant = self._around.settings, self._meant()
        try:
            if meant != settings.clinic.server:
                settings.change_clinic(self._opening, replace(settings.clinic, server=meant))
            settings.change_station(self._opening, self._meant_station())
        except Problem as problem:
            self._around.messages.trouble(problem)
            return
        self.show(replace(self._judged(self._as_it_stands()), saved=self.state.saved + 1))

    # trying

    def try_connection(self) -> None:
        if self.state.may_try:
            self._try(self._tried)

    def _try(self, done: Callable[[Trial], None]) -> None:
        server, station, who = self._meant(), self._meant_station(), self._opening.author.staff
        tried = self._around.connection.tried
        self.show(replace(self.state, trying=True))
        if not self._around.jobs.start(TRY, lambda _stop, _report: tried(server, station, who), done, self._not_tried):
            self.show(replace(self.state, trying=False))

    def _tried(self, trial: Trial) -> None:
        """An answer about what was typed before is none about what is typed now."""
        now = trial if trial.address == self._meant_address() else None
        self.show(replace(self.state, trying=False, trial=now, apart=self._apart()))

    def _not_tried(self, fault: Exception) -> None:
        self.show(replace(self.state, trying=False))
        raise fault

    def _apart(self) -> timedelta:
        clinic, machine = self._around.clock.now().local().utcoffset(), self._around.machine().utcoffset()
        return (clinic or timedelta()) - (machine or timedelta())

    # the key of this station

    def make_key(self) -> None:
        """Once; it stays with this station."""
        if self.state.keys == "" and not self.state.making:
            make = self._around.connection.make_keys
            self.show(replace(self.state, making=True))
            if not self._around.jobs.start(KEYS, lambda _stop, _report: make(self._opening), self._made, self._not_made):
                self.show(replace(self.state, making=False))

    def save_key(self, folder: Path) -> Path | None:
        """For whoever runs the server: it holds nothing secret. Where it stands now, none where it could not be written."""
        file = folder / KEY_FILE
        try:
            file.write_text((self.state.keys or "") + "\n", encoding="utf-8")
        except OSError:
            self._around.messages.trouble(Problem(Code.NO_ACCESS, folder=str(folder)))
            return None
        return file

    def _look_for_keys(self) -> None:
        if self.state.keys is None and self.state.typed[Of.SIGN_IN] == SignIn.BACKEND:
            find = self._around.connection.public_keys
            self._around.jobs.start(KEYS, lambda _stop, _report: find(), self._made, self._not_made)

    def _made(self, keys: str) -> None:
        self.show(replace(self.state, keys=keys, making=False))

    def _not_made(self, fault: Exception) -> None:
        self.show(replace(self.state, making=False))
        if not isinstance(fault, Problem):
            raise fault
        self._around.messages.trouble(fault)

    # drafts

    def draft(self) -> bytes | None:
        return json.dumps(dict(self.state.typed)).encode() if self.state.changed else None

    def restore(self, draft: bytes) -> None:
        known = self.state.typed.keys()
        kept = {name: text for name, text in json.loads(draft).items() if name in known}
        self.show(self._judged({**self.state.typed, **kept}))
        self._look_for_keys()

    # within

    def _as_it_stands(self) -> dict[str, str]:
        return rules.as_typed(self._around.settings.clinic.server, self._around.settings.station)

    def _meant(self) -> Server:
        return rules.meant_server(self.state.typed)

    def _meant_address(self) -> str:
        return self.state.typed[Of.ADDRESS].strip().rstrip("/")

    def _meant_station(self) -> Station:
        said = {name: self.state.typed[name].strip() for name in (Of.CA_FILE, Of.CERTIFICATE, Of.PROXY)}
        return replace(
            self._around.settings.station,
            ca_file=said[Of.CA_FILE],
            client_certificate=said[Of.CERTIFICATE],
            proxy=said[Of.PROXY],
        )

    def _judged(self, typed: Mapping[str, str]) -> State:
        shown = rules.of_server(typed, lambda file: Path(file).is_file(), self._around.connection.can_seal_for)
        return replace(self.state, typed=typed, shown=shown, changed=dict(typed) != self._as_it_stands())
