"""Record numbers given here. They stay findable when another system gives its own: labels may bear them."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

_SYSTEM = "/record-number"
_LETTERS = "23456789CDFGHJKMNPQRTVWXYZ"
"""None that are read for each other, and no vowels, so that they form no word."""


def prefix(station: str) -> str:
    """What the numbers of a station begin with, `L-7QX-`, so that two stations never give the same one."""
    number = int.from_bytes(blake2b(station.encode(), digest_size=8).digest())
    mark = "".join(_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(3))
    return f"L-{mark}-"


def following(last: str, begins: str) -> str:
    """The number after the last one, or the first: `L-7QX-000123`."""
    return f"{begins}{int(last.removeprefix(begins) or 0) + 1:06}"


def numbered(identifiers: list[Any], number: str, namespace: str) -> list[Any]:
    """FHIR identifiers with a number given here among them. `namespace` is the clinic's."""
    known = not number or any(one.get("value") == number for one in identifiers)
    return identifiers if known else [*identifiers, {"use": "secondary", "system": f"{namespace}{_SYSTEM}", "value": number}]


def given_here(identifiers: list[Any]) -> tuple[str, ...]:
    return tuple(one["value"] for one in identifiers if str(one.get("system", "")).endswith(_SYSTEM) and one.get("value"))
