"""What a new clinic is asked for, and what is still wrong with the answers. Pure; the door shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from maroom.core.findings import Finding, Severity
from maroom.core.zones import is_zone

OTHER = "other"
"""chosen among the zones: the zone is typed"""
SHORTEST_PASSPHRASE = 12
"""characters. Basis: NIST SP 800-63B asks for 8 where tries are limited; here the file can be tried at leisure"""


@dataclass(frozen=True)
class NewClinic:
    """The administrator is a clinic's first person; the passphrase opens its store on another machine."""

    name: str
    zone: str
    administrator: str
    pin: str
    passphrase: str


class Asked(StrEnum):
    """The fields, in the order they are asked."""

    CLINIC = "clinic"
    ZONE = "zone"
    OTHER_ZONE = "other-zone"
    NAME = "administrator"
    PIN = "pin"
    PIN_AGAIN = "pin-again"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a field
    PASSPHRASE_AGAIN = "passphrase-again"  # noqa: S105 - as above


class Wrong(StrEnum):
    """What can be found about an answer."""

    MISSING = "missing"
    NO_ZONE = "no_zone"
    NO_PIN = "no_pin"
    SHORT = "short"
    DIFFERS = "differs"


Answers = Mapping[str, str]
ADMINISTRATOR = (Asked.NAME, Asked.PIN, Asked.PIN_AGAIN)
"""what is asked where a clinic is there, but nobody who could sign in"""


def findings(answers: Answers, asked: tuple[Asked, ...] = tuple(Asked)) -> dict[str, Finding]:
    """By field, in the order they are asked; nothing where all is right."""
    return {field: Finding(field, code, Severity.REFUSED) for field, code in _wrong(answers) if field in asked}


def new_clinic(answers: Answers) -> NewClinic:
    """From answers about which nothing is found."""
    return NewClinic(
        name=answers[Asked.CLINIC].strip(),
        zone=_zone(answers),
        administrator=answers[Asked.NAME].strip(),
        pin=answers[Asked.PIN],
        passphrase=answers[Asked.PASSPHRASE],
    )


def _wrong(answers: Answers) -> Iterator[tuple[Asked, Wrong]]:
    said: dict[str, str] = {field: answers.get(field, "") for field in Asked}
    if not said[Asked.CLINIC].strip():
        yield Asked.CLINIC, Wrong.MISSING
    if not said[Asked.ZONE]:
        yield Asked.ZONE, Wrong.MISSING
    elif not is_zone(_zone(said)):
        yield Asked.OTHER_ZONE, Wrong.NO_ZONE
    if not said[Asked.NAME].strip():
        yield Asked.NAME, Wrong.MISSING
    if not _is_pin(said[Asked.PIN]):
        yield Asked.PIN, Wrong.NO_PIN
    elif said[Asked.PIN] != said[Asked.PIN_AGAIN]:
        yield Asked.PIN_AGAIN, Wrong.DIFFERS
    if len(said[Asked.PASSPHRASE]) < SHORTEST_PASSPHRASE:
        yield Asked.PASSPHRASE, Wrong.SHORT
    elif said[Asked.PASSPHRASE] != said[Asked.PASSPHRASE_AGAIN]:
        yield Asked.PASSPHRASE_AGAIN, Wrong.DIFFERS


def _zone(answers: Answers) -> str:
    chosen = answers[Asked.ZONE]
    return answers.get(Asked.OTHER_ZONE, "").strip() if chosen == OTHER else chosen


def _is_pin(typed: str) -> bool:
    from maroom.access import pin  # with all that access needs; the first window asks for none

    try:
        return bool(pin.digits(typed))
    except ValueError:
        return False
