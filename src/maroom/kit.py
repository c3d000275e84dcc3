"""What a duty is handed (`Kit`) and what it hands back (`Duty`, `Offers`, `Page`). Knows no duty and no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from maroom.access.service import People
from maroom.core.clock import Clock
from maroom.core.drafts import Draft, DraftKey
from maroom.core.people import Opening, Right
from maroom.core.ports import Jobs, Messages, Navigate
from maroom.core.presenter import Presenter
from maroom.core.settings import Clinic, Server, Station
from maroom.core.visit import VisitRef
from maroom.devices.instruments import Instruments
from maroom.fhir.exchange import Exchange
from maroom.store.changes import Changes
from maroom.store.drafts import Drafts
from maroom.store.timers import Timers
from maroom.store.unit_of_work import Act, Read, Write
from maroom.sync.signing import Signing
from maroom.sync.station import Station as SyncStation
from maroom.sync.trial import Trial
from maroom.sync.waiting import Records
from maroom.visits.service import Visits

Exchanges = Sequence[Exchange[Read, Write]]


class Settings(Protocol):
    """The settings as they stand now, and the way to change them (each change leaves an audit line)."""

    @property
    def clinic(self) -> Clinic: ...

    @property
    def station(self) -> Station: ...

    def change_clinic(self, opening: Opening, changed: Clinic) -> None: ...

    def change_station(self, opening: Opening, changed: Station) -> None: ...


class Connection(Protocol):
    """The way to the clinic's server, as the settings ask of it. What takes its time is asked in a job."""

    def belongs_to(self) -> str:
        """Address of the server that this store was exchanged with; empty where it never was."""
        ...

    def tried(self, server: Server, station: Station, who: str) -> Trial:
        """Without an exchange, with settings that need not stand yet. `who`: record id of the person who asks."""
        ...

    def has_signed_in(self, server: Server, who: str) -> bool:
        """Whether a person, by record id, did so there; her sign-in may have run out since. At once."""
        ...

    def public_keys(self) -> str:
        """Those of this station (JWKS), for the server; empty where none were made or none can be used here."""
        ...

    def make_keys(self, opening: Opening) -> str:
        """The public ones of a new pair. Problems NOT_ALLOWED, NO_KEY_STORE."""
        ...

    def can_seal_for(self, key: str) -> bool:
        """Whether records to be carried by hand can be sealed for it."""
        ...


@dataclass(frozen=True)
class Kit:
    """Everything a duty may use. A service takes from it the two or three things it needs."""

    write: Callable[[Act], AbstractContextManager[Write]]
    read: Callable[[Act], AbstractContextManager[Read]]
    visits: Visits
    people: People
    clock: Clock
    jobs: Jobs
    messages: Messages
    navigate: Navigate
    settings: Settings
    drafts: Drafts
    changes: Changes
    timers: Timers
    instruments: Instruments
    sync: SyncStation
    signing: Signing
    connection: Connection
    records: Callable[[], Records]
    """what is on its way to the server, as the settings stand now"""
    export: Callable[[Opening, str, Path], object]
    """puts a record that was refused (by id), with what it needs, into a sealed file; in a job. Problems NO_EXPORT_KEY,
    NOT_WRITTEN, SYNC_RUNNING"""
    look: Any
    """the window's `Widgets` (theme, icons, sizes), used by views alone"""


@dataclass(frozen=True)
class Target:
    """Where a command or an open item leads."""

    page: str
    visit: VisitRef | None = None


@dataclass(frozen=True)
class Section:
    """A part of the admin page, and a small page itself: `build` makes it when it is first shown. What its view calls `primary`
    is the filled button at the foot while it is shown."""

    key: str
    title: str
    right: Right
    build: Callable[[Kit], Page]


Entry = Mapping[str, Any]
"""One line of `recorded` in tour.json: kind, id, patient, patient_name, status, values, time."""


class Driver(Protocol):
    """What a leg of the tour drives: the real window, by object names, and the account it keeps of what it did."""

    @property
    def kit(self) -> Kit: ...

    @property
    def opening(self) -> Opening:
        """Of the page that is open now."""
        ...

    def picture(self, name: str) -> None:
        """Keeps a picture of the whole window as `NN-name.png`."""
        ...

    def press(self, name: str) -> None:
        """Clicks the widget of this object name once it is in sight; TimeoutError where it does not come."""
        ...

    def type(self, name: str, text: str) -> None:
        """Goes to the field of this object name, empties it and types."""
        ...

    def key(self, keys: str) -> None:
        """Presses keys such as `F3`, `Ctrl+S` or `Return` where the focus is."""
        ...

    def wait_for(self, true: Callable[[], bool], what: str) -> None:
        """Lets the window work until `true`; TimeoutError, naming `what`, where it does not come to be."""
        ...

    def record(self, entry: Entry) -> None:
        """Notes what was put on record just now."""
        ...


@dataclass(frozen=True)
class Leg:
    """A part of the tour. `found` looks for an entry of one of `kinds` in a reopened store, value for value."""

    drive: Callable[[Driver], None]
    kinds: tuple[str, ...] = ()
    found: Callable[[Kit, Entry], bool] | None = None


@dataclass(frozen=True)
class Mending:
    """Where a record of a kind that a server refused is put right: `page` is opened for the record's visit. `void` marks it as
    entered in error: record id, the revision that was looked at, why; the opening is for its visit. CHANGED_MEANWHILE."""

    kind: str
    page: str
    void: Callable[[Opening, str, int, str], None]


@dataclass(frozen=True)
class Offers:
    """What a duty gives to the others; the root gathers it and hands each duty only what it uses."""

    exchanges: Exchanges = ()
    sections: Sequence[Section] = ()
    mendings: Sequence[Mending] = ()


@dataclass(frozen=True)
class Page:
    """A built page. The window calls `open` for each pair of visit and author, `park` on lock, switch, navigate and close,
    `resume` when that author comes back."""

    view: Any
    open: Callable[[Opening], None]
    park: Callable[[], Draft | None]
    resume: Callable[[Draft], None]


def page(key: str, view: Any, make: Callable[[Opening], Presenter[Any]]) -> Page:
    """The usual page: `make` gives a presenter to each opening, and what that must not lose is kept as its draft."""
    held = _Held(key, view, make)
    return Page(view, held.open, held.park, held.resume)


class _Held:
    """A page with the presenter of its last opening."""

    def __init__(self, key: str, view: Any, make: Callable[[Opening], Presenter[Any]]) -> None:
        self._key, self._view, self._make = key, view, make
        self._now: tuple[DraftKey, Presenter[Any]] | None = None

    def open(self, opening: Opening) -> None:
        presenter = self._make(opening)
        self._now = DraftKey.of(opening, self._key), presenter
        self._view.attach(presenter)

    def park(self) -> Draft | None:
        key, presenter = self._now or (None, None)
        state = presenter.draft() if presenter else None
        if key is None or state is None:
            return None
        place = self._view.place()
        return Draft(key, state, place.field, place.cursor)

    def resume(self, draft: Draft) -> None:
        if self._now is not None:
            self._now[1].restore(draft.state)
            self._view.go_to(draft)


@dataclass(frozen=True)
class Duty:
    """One job of the assistant. `build` imports presenter and `view` when it is called: somebody can sign in before they are
    loaded. The window loads them meanwhile, on a thread."""

    key: str
    title: str
    icon: str
    right: Right
    needs_visit: bool
    shortcut: str
    offers: Callable[[Kit], Offers]
    build: Callable[[Kit, Sequence[Offers]], Page]
    view: str
    """the module of its view"""
    keys: tuple[tuple[str, str], ...] = ()
    """those that its page has besides the ones of every page, each with what it does, for the list of keys"""
    at_end: bool = False
    """stands at the foot of the rail"""
