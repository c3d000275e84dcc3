"""Figures that the clinic has set for itself, in place of those that ship with the program and that no guideline gives."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

import msgspec

from maroom.core import resources
from maroom.core.quantity import converted, parse_number

Own = tuple[tuple[str, str], ...]
"""key of a figure > as it was typed"""
_UNITS = ("[degF]", "Cel")


class WrongFigure(StrEnum):
    NO_NUMBER = "no_number"
    NOT_WHOLE = "not_whole"
    OUTSIDE = "outside"
    """of what it may be set to"""
    NOT_BELOW = "not_below"
    """the other figure that it has to stay below"""


@dataclass(frozen=True)
class Figure:
    """`at`: the table in `resources/vitals/` and the place in it."""

    key: str
    at: tuple[str, ...]
    unit: str
    least: Decimal
    most: Decimal
    below: str = ""
    per_unit: bool = False

    @property
    def shipped(self) -> Decimal:
        """What holds where the clinic has set nothing."""
        return _shipped()[self.key]


class _Figures(msgspec.Struct):
    figure: tuple[Figure, ...]


@cache
def figures() -> tuple[Figure, ...]:
    return msgspec.convert(resources.table("vitals/own.toml"), _Figures, strict=False).figure


@cache
def _shipped() -> dict[str, Decimal]:
    """By key. Each table is read once: a page asks for all figures whenever it is opened."""
    tables = {name: resources.table(f"vitals/{name}.toml") for name in {figure.at[0] for figure in figures()}}
    return {figure.key: _in(tables[figure.at[0]], figure) for figure in figures()}


def _in(place: Any, figure: Figure) -> Decimal:
    for name in (*figure.at[1:], *((figure.unit,) if figure.per_unit else ())):
        place = place[name]
    return Decimal(str(place))


class _Now:
    """Of the one clinic that this program works for."""

    own: Own = ()


def use(own: Mapping[str, str]) -> None:
    """From here on the clinic's own figures hold; what is wrong with one of them leaves all as they ship."""
    known = {figure.key for figure in figures()}
    mine = {key: text for key, text in own.items() if key in known}
    _Now.own = () if wrong(mine) else tuple(sorted(mine.items()))


def own() -> Own:
    return _Now.own


def wrong(typed: Mapping[str, str]) -> dict[str, WrongFigure]:
    """What is wrong with figures as typed, by key. One that is not typed is as it ships."""
    values = {figure.key: parse_number(typed.get(figure.key, f"{figure.shipped:f}")) for figure in figures()}
    found = {figure.key: _wrong(figure, values) for figure in figures()}
    return {key: one for key, one in found.items() if one}


def _wrong(figure: Figure, values: Mapping[str, Decimal | None]) -> WrongFigure | None:
    value, other = values[figure.key], values.get(figure.below)
    if value is None:
        return WrongFigure.NO_NUMBER
    if value % 1 and not figure.per_unit:
        return WrongFigure.NOT_WHOLE
    if not figure.least <= value <= figure.most:
        return WrongFigure.OUTSIDE
    return WrongFigure.NOT_BELOW if other is not None and value >= other else None


def table(name: str, with_own: Own) -> Mapping[str, Any]:
    """A table of `resources/vitals/` with the clinic's own figures in it."""
    shipped = resources.table(f"vitals/{name}.toml")
    mine = [(figure, text) for key, text in with_own for figure in figures() if figure.key == key and figure.at[0] == name]
    if not mine:
        return shipped
    changed = deepcopy(dict(shipped))
    for figure, text in mine:
        _put(changed, figure, parse_number(text) or figure.shipped)
    return changed


def _put(changed: dict[str, Any], figure: Figure, value: Decimal) -> None:
    place: Any = changed
    for name in figure.at[1:-1]:
        place = place[name]
    if figure.per_unit:
        place[figure.at[-1]] = {unit: converted(value, figure.unit, unit, 1) for unit in _UNITS}
    else:
        place[figure.at[-1]] = int(value)
