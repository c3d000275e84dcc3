"""What the window is told, as frozen states. Words arrive ready to be shown; the window formats none."""

from __future__ import annotations

from dataclasses import dataclass

from maroom.ui.labels import Tag

LOCK = "lock"
"""what the rail's own button asks for, beside the keys of the pages"""


@dataclass(frozen=True)
class RailEntry:
    """One page of the rail. `shortcut` is a key such as F3; `at_end` puts it to the foot of the rail."""

    key: str
    title: str
    icon: str
    shortcut: str = ""
    needs_visit: bool = False
    enabled: bool = True
    at_end: bool = False
    keys: tuple[tuple[str, str], ...] = ()
    """those of the page alone, each with what it does"""


@dataclass(frozen=True)
class BannerState:
    """Who is open: name as in `core.names.bannered`, then facts (sex, age, birth date, record number). `allergies_warn`
    gives them the warn shape; `alerts` stand behind them, `alike` in a shape of its own (same name today)."""

    name: str
    facts: tuple[str, ...]
    allergies: str
    allergies_warn: bool
    alerts: tuple[Tag, ...] = ()
    alike: str = ""
    room: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Fact:
    """One fact of the state line; tone is empty or warn."""

    icon: str
    words: str
    tone: str = ""


@dataclass(frozen=True)
class StateLine:
    """True on every page: who, which station, and where the work stands (saved here, to send, server)."""

    who: str = ""
    station: str = ""
    facts: tuple[Fact, ...] = ()
