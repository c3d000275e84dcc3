"""The people of the clinic as the rest of the program sees them. No PIN and no hash of one ever stands in a model."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from maroom.core.clock import Moment
from maroom.core.ids import new_id
from maroom.core.people import Author, Role


@dataclass(frozen=True)
class StaffMember:
    """One person. Who has no PIN is named in charts but cannot sign in."""

    id: str
    name: str
    role: Role
    active: bool = True
    revision: int = 0
    has_pin: bool = False

    @property
    def letters(self) -> str:
        """For the avatar: first letters of the first and last part of the name, titles such as `Dr.` left out."""
        parts = [part for part in self.name.split() if not part.endswith(".")] or self.name.split()
        ends = parts[:1] + parts[1:][-1:]
        return "".join(part[0] for part in ends).upper()

    def author(self) -> Author:
        return Author(self.id, self.name, self.role)


@dataclass(frozen=True)
class NewStaff:
    """Somebody to add. An empty PIN is none: she is named, but cannot sign in yet."""

    name: str
    role: Role
    pin: str = field(default="", repr=False)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class SignedIn:
    author: Author


class Refusal(StrEnum):
    WRONG_PIN = "wrong_pin"
    WAIT = "wait"
    """too many wrong tries: this one was not looked at"""
    NO_PIN = "no_pin"
    """nobody who could sign in here: unknown, gone, or without a PIN"""


@dataclass(frozen=True)
class Refused:
    """`tries_left` tries are free before the next wait; `wait_until` is when the next try is looked at, None: at once."""

    code: Refusal
    tries_left: int = 0
    wait_until: Moment | None = None


@dataclass(frozen=True)
class Tries:
    """Wrong tries since the last right one, and when the last of them was."""

    wrong: int
    last: datetime


@dataclass(frozen=True)
class NamedBySystem:
    """A person as a server or a file names her."""

    name: str
    active: bool
    identifiers: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Deed:
    """An act as its Provenance tells it. `on_server`: the author has a record of her own there."""

    activity: str
    recorded: Moment
    targets: tuple[str, ...]
    author: str
    name: str
    on_server: bool
    station: str
    clinic: str
    namespace: str
    version: str


@dataclass(frozen=True)
class Witnessed:
    """An act as the server's audit is told of it. `who` is empty where the program itself acted; `on_server`: she has a
    record of her own there. `patient` and `visit` are empty where it was about none."""

    event: str
    at: Moment
    who: str
    name: str
    on_server: bool
    patient: str
    visit: str
    station: str
    namespace: str
    version: str
