"""Whether two bodies say the same: numbers by value, times by instant and offset, references by where they lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from tests.sync.oracle.served import OURS, Resource

_SERVERS_OWN = ("id", "meta", "text")
_NAMING = ("reference", "type", "identifier")
Lead = Callable[[str], str]
"""A reference > the address that it leads to, or itself"""


def differences(sent: Resource, held: Resource, lead: Lead) -> list[str]:
    """Paths at which the server holds something other than what was sent, more or less of it. Its id, meta and narrative are
    the server's own."""
    ours, theirs = (_plain(body) for body in (sent, held))
    return list(_differing(ours, theirs, str(sent.get("resourceType", "")), lead))


def _plain(body: Resource) -> Resource:
    return {name: value for name, value in body.items() if name not in _SERVERS_OWN}


def _differing(sent: Any, held: Any, path: str, lead: Lead) -> Iterator[str]:
    if isinstance(sent, dict) and isinstance(held, dict):
        if _named(sent, held):
            sent, held = ({name: one for name, one in element.items() if name not in _NAMING} for element in (sent, held))
        for name in sorted({*sent, *held}):
            yield from _differing(sent.get(name), held.get(name), f"{path}.{name}", lead)
    elif isinstance(sent, list) and isinstance(held, list) and len(sent) == len(held):
        for n, (one, other) in enumerate(zip(sent, held, strict=True)):
            yield from _differing(one, other, f"{path}[{n}]", lead)
    elif not _equal(sent, held, lead if path.endswith(".reference") else str):
        yield path


def _named(sent: Resource, held: Resource) -> bool:
    """A reference to whom the server does not know: by our identifier instead."""
    return "reference" not in held and held.get("identifier") == {"system": OURS, "value": sent.get("reference")}


def _equal(sent: Any, held: Any, lead: Lead) -> bool:
    if isinstance(sent, bool) or isinstance(held, bool):
        return sent is held
    if isinstance(sent, int | float | Decimal) and isinstance(held, int | float | Decimal):
        return Decimal(str(sent)) == Decimal(str(held))
    if isinstance(sent, str) and isinstance(held, str):
        return lead(sent) == lead(held) or _instant(sent) == _instant(held) is not None
    return sent == held


def _instant(text: str) -> tuple[datetime, Any] | None:
    """With its offset: noon here is not noon there."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found, found.utcoffset()) if found.tzinfo else None
