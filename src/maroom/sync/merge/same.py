"""When two pieces of FHIR say the same: decimals by number, instants by time, references by where they lead."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from typing import Any, cast

from maroom.core.clock import Moment
from maroom.fhir.exchange import Resource

_SHORTEST_INSTANT = len("2026-11-24T12:00Z")


def same(one: Any, other: Any) -> bool:
    """Whatever is empty is as good as absent."""
    return plain(one) == plain(other)


def plain(value: Any) -> Hashable:
    """Equal, and of one hash, for what says the same. None for what is empty."""
    if isinstance(value, dict):
        return _plain_object(cast("Resource", value))
    if isinstance(value, list):
        return tuple(plain(one) for one in cast("list[Any]", value)) or None
    if isinstance(value, str):
        return _plain_text(value)
    if isinstance(value, bool):
        return str(value)
    return Decimal(value) if isinstance(value, int | Decimal) else cast("Hashable", value)


def _plain_object(value: Resource) -> Hashable:
    if isinstance(value.get("reference"), str):
        return ("reference", value["reference"])
    filled = ((name, plain(inside)) for name, inside in value.items())
    return frozenset(pair for pair in filled if pair[1] is not None) or None


def _plain_text(value: str) -> Hashable:
    if len(value) < _SHORTEST_INSTANT or value[10] != "T" or not value[:4].isdecimal():
        return value or None
    try:
        return Moment.parse(value).utc
    except (ValueError, OverflowError):
        return value
