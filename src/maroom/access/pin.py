"""PINs: what one looks like, its Argon2id hash, and how long to wait after wrong ones. Pure; nothing here keeps a PIN."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from maroom.access.model import Tries
from maroom.core import resources

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@cache
def _figures() -> dict[str, Any]:
    return resources.table("access/pin.toml")


@cache
def _hasher() -> PasswordHasher:
    """Loaded when the first PIN is made or looked at, not with the window."""
    from argon2 import PasswordHasher

    cost = _figures()["argon2id"]
    return PasswordHasher(time_cost=cost["passes"], memory_cost=cost["memory_kib"], parallelism=cost["lanes"])


def digits(typed: str) -> str:
    """The PIN in plain digits, whatever script's keyboard typed it; ValueError (without it) where it is no PIN."""
    found = [unicodedata.digit(letter, -1) for letter in typed.strip()]
    if -1 in found or not _figures()["shortest"] <= len(found) <= _figures()["longest"]:
        raise ValueError("a PIN has 4 to 8 digits")
    return "".join(map(str, found))


def hashed(typed: str) -> str:
    """Argon2id hash with its parameters and a salt of its own. ValueError where it is no PIN."""
    return _hasher().hash(digits(typed))


def fits(typed: str, kept: str) -> bool:
    """About 30 ms, right or wrong."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept, digits(typed))
    except (VerificationError, InvalidHashError, ValueError):
        return False


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong tries in a row."""
    waits: list[int] = _figures()["waits"]
    return waits[min(wrong, len(waits) - 1)]


def seconds_left(tries: Tries, now: datetime) -> float:
    """Of the wait after the last try. A clock set back since then shows the whole wait, never less."""
    gone = max((now - tries.last).total_seconds(), 0.0)
    return max(wait_after(tries.wrong) - gone, 0.0)


def begun_anew(tries: Tries, now: datetime) -> Tries:
    """Where the clock was set back: the wait starts again, or it would last until the clock is back where it was."""
    return replace(tries, last=min(tries.last, now))


def free_tries(wrong: int) -> int:
    """How many more may be wrong before the next wait."""
    waits: list[int] = _figures()["waits"]
    return max(next(number for number, wait in enumerate(waits) if wait) - wrong, 0)
