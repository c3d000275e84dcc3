"""What counts as one thing when bodies are merged: an element with its type and its extensions, or a group of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from maroom.fhir.exchange import Resource
from maroom.fhir.rule import Rule

_CHOICES = (
    "abatement", "age", "allowed", "asNeeded", "asserted", "born", "chosen", "content", "deceased", "effective", "medication",
    "multipleBirth", "occurrence", "occurred", "onset", "performed", "quantity", "reported", "timing", "value",
)  # fmt: skip
_CHOICE = re.compile(rf"({'|'.join(_CHOICES)})[A-Z]\w*")
_GENERATED = ("resourceType", "id", "meta", "text", "implicitRules")
"""`meta` and `text` are the server's own; the type and the id are no content."""


def fields(rule: Rule, bodies: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Field > its elements, for all that any of the bodies has."""
    found: dict[str, dict[str, None]] = {}
    for body in bodies:
        for element in body:
            if element.lstrip("_") not in _GENERATED:
                found.setdefault(field_of(rule, element), {})[element] = None
    return {field: list(elements) for field, elements in found.items()}


def field_of(rule: Rule, element: str) -> str:
    """`_birthDate` belongs to birthDate, valueQuantity to value, and what must not be mixed to the first of its group."""
    name = element.removeprefix("_")
    choice = _CHOICE.fullmatch(name)
    field = choice[1] if choice else name
    return rule.together[0] if field in rule.together else field


def cut(body: Mapping[str, Any], elements: Iterable[str]) -> Resource:
    """Those elements that the body has."""
    return {name: body[name] for name in elements if name in body}


def content(body: Mapping[str, Any]) -> Resource:
    """Without what a server writes by itself."""
    return {name: value for name, value in body.items() if name.lstrip("_") not in _GENERATED}
