"""What the sheets beside the form show, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from maroom.core.findings import Finding
from maroom.duties.vitals.model import Sign


@dataclass(frozen=True)
class Person:
    """Somebody who may have measured."""

    id: str
    name: str


@dataclass(frozen=True)
class Timing:
    """When and by whom it was measured, as it is being said."""

    day: str
    time: str
    who: str
    people: tuple[Person, ...]
    finding: Finding | None = None
    may: bool = True


@dataclass(frozen=True)
class Telling:
    """What the clinician must hear of now, and the answer that is being typed: told whom, when, and whether read back."""

    findings: tuple[str, ...]
    whom: str
    time: str
    read_back: bool
    finding: Finding | None = None
    may: bool = False


@dataclass(frozen=True)
class Reason:
    """Why a row has no value, as it is being said in words."""

    key: str
    sign: Sign
    why: str
    text: str = ""
