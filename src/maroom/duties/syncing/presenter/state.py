"""The one frozen state of the Sync page, and what is shown of the record at hand by where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from maroom.core.clock import Moment
from maroom.core.problems import Problem
from maroom.duties.syncing.presenter.progress import Step
from maroom.duties.syncing.rules.headline import Fact
from maroom.sync.account import Account
from maroom.sync.conflicts import Open
from maroom.sync.merge.result import Side
from maroom.sync.signing import Came
from maroom.sync.station import Going
from maroom.sync.waiting import Past, Record, Said, Waiting


@dataclass(frozen=True)
class Looked:
    """A record that waits for nobody; or, with what the server said, one that it does not take."""

    record: Record
    facts: tuple[Fact, ...] = ()
    said: Said | None = None


@dataclass(frozen=True)
class Refused:
    """`page` is where it is put right, empty where there is none."""

    record: Record
    said: Said
    page: str = ""
    may_void: bool = False


@dataclass(frozen=True)
class Versions:
    """What was changed here and there. `chosen` by the path of each clash."""

    record: Record
    open: Open
    chosen: Mapping[str, Side] = field(default_factory=dict[str, Side])

    @property
    def settled(self) -> bool:
        return bool(self.open.clashes) and all(clash.path in self.chosen for clash in self.open.clashes)


@dataclass(frozen=True)
class Candidate:
    """What the server has, by its address there."""

    key: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Linking:
    """`none`: somebody said that the server has none of it; `taken`: the candidate that is another record here already."""

    record: Record
    mine: tuple[Fact, ...]
    candidates: tuple[Candidate, ...] = ()
    none: bool = False
    taken: str = ""


Detail = Looked | Refused | Versions | Linking


class Question(StrEnum):
    """What has to be said before it is done."""

    VOID = "void"
    """why it is marked as entered in error"""
    BY_HAND = "by_hand"
    """who changed it on the server"""


@dataclass(frozen=True)
class Asked:
    what: Question
    record: Record
    words: str = ""

    @property
    def answered(self) -> bool:
        return bool(self.words.strip())


@dataclass(frozen=True)
class Under:
    """A run that is under way: its steps, and the seconds that the present one may still take."""

    going: Going
    steps: tuple[Step, ...]
    left: int | None = None


@dataclass(frozen=True)
class State:
    """`server` is empty where none is set. `account` and `problem` tell how the last run of this window ended."""

    now: Moment
    server: str = ""
    may_sync: bool = False
    may_set: bool = False
    under: Under | None = None
    by_person: bool = False
    """people sign in at the server"""
    needs_sign_in: bool = False
    """and she has not"""
    signing: bool = False
    """she does so just now; `came` is how it ended the last time"""
    came: Came | None = None
    account: Account | None = None
    problem: Problem | None = None
    past: Past = field(default_factory=Past)
    waiting: Waiting = field(default_factory=Waiting)
    kept: bool = False
    """what stays here is shown as well"""
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """of those who charted, by record id"""
    here: str = ""
    detail: Detail | None = None
    asked: Asked | None = None
    saved: str = ""
    """the file that a refused record was just saved in; it holds until something else is read"""
