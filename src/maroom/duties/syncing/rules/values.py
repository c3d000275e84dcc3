"""What stands in an element, as plain values: texts, dates, times, and numbers with their unit. Whatever shape it has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from maroom.core.clock import Moment
from maroom.core.names import HumanName, listed
from maroom.fhir import reading
from maroom.fhir.exchange import NotUsable, Resource

Value = str | bool | date | Moment
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\S+(Z|[+-]\d{2}:\d{2})", re.ASCII)
_UNSAID = ("id", "system", "use", "version", "url", "extension", "rank", "reference", "type", "assigner", "userSelected")
"""elements that mean nothing to a reader"""
_NAMES = {"family", "given"}
_ANNOTATION = re.compile(r"\{[^}]*\}")
"""of a UCUM unit, which is no unit: `{score}`"""


def values(found: Any) -> tuple[Value, ...]:
    """In the order they stand; empty where there is nothing to read. Our own identifiers say nothing to anybody."""
    match found:
        case bool():
            return (found,)
        case str() | int() | Decimal():
            return (_text(str(found)),) if str(found) else ()
        case list():
            return tuple(value for one in cast("Sequence[Any]", found) for value in values(one))
        case dict():
            element = cast("Resource", found)
            return () if element.get("system") == reading.OURS else _of_element(element)
        case _:
            return ()


def _text(found: str) -> Value:
    try:
        if _DAY.fullmatch(found):
            return date.fromisoformat(found)
        if _TIME.fullmatch(found):
            return Moment.parse(found)
    except ValueError:
        return found
    return found


def _of_element(element: Resource) -> tuple[Value, ...]:
    try:
        known = _known(element)
    except NotUsable:
        known = None
    if known is not None:
        return (known,) if known else ()
    return tuple(value for name, one in element.items() if name not in _UNSAID for value in values(one))


def _known(element: Mapping[str, Any]) -> str | None:
    """An element of a shape that reads as one text; None for another."""
    made = dict(element)
    if _NAMES & made.keys():
        name = HumanName(reading.text(made, "family"), reading.texts(made, "given"), reading.text(made, "text"))
        return listed(name)
    if "value" in made and ("unit" in made or "code" in made) and not isinstance(made["value"], dict | list):
        unit = reading.text(made, "unit") or reading.text(made, "code")
        return f"{made['value']} {_ANNOTATION.sub('', unit)}".rstrip()
    if "coding" in made:
        return reading.as_concept(made).words()
    if "code" in made and isinstance(made["code"], str):
        return reading.text(made, "display") or reading.text(made, "code")
    if "reference" in made:
        return reading.text(made, "display")
    return None
