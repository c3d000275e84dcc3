"""`meta` is the server's, but for tags and labels, which either side may add or take off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from maroom.fhir import reading
from maroom.fhir.exchange import Resource
from maroom.sync.merge.same import plain

_LISTS = ("profile", "security", "tag")


def meta(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Resource:
    """The element, or nothing where there is none."""
    before, ours, there = (reading.part(dict(body), "meta") for body in (base, mine, theirs))
    lists = {name: _united(*(_list(side, name) for side in (before, ours, there))) for name in _LISTS}
    made = {name: value for name, value in (there | lists).items() if value}
    return {"meta": made} if made else {}


def _list(element: Resource, name: str) -> list[Any]:
    found = element.get(name)
    return cast("list[Any]", found) if isinstance(found, list) else []


def _united(base: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any]:
    before, ours, there = ({plain(one) for one in side} for side in (base, mine, theirs))
    kept = [one for one in theirs if plain(one) in ours or plain(one) not in before]
    return kept + [one for one in mine if plain(one) not in before | there]
