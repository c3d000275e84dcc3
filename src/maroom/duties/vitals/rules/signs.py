"""The table of signs: codes, units, places, and how each may be qualified. Read once from `resources/vitals/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Literal

import msgspec

from maroom.core import resources
from maroom.duties.vitals.model import Component, Sign

LOINC = "http://loinc.org"


@dataclass(frozen=True)
class Alias:
    """A code that other systems send for the same sign, and the site that it says besides."""

    code: str
    site: str = ""


@dataclass(frozen=True)
class Scale:
    """The numbers of a sign or of one of its parts. `finer`: unit > steps of (below this value, so many places)."""

    codes: tuple[tuple[str, str], ...]
    system: str = LOINC
    units: tuple[str, ...] = ()
    places: int = 0
    whole: bool = False
    finer: Mapping[str, tuple[tuple[Decimal, int], ...]] = field(default_factory=dict[str, tuple[tuple[Decimal, int], ...]])

    def places_for(self, value: Decimal, unit: str) -> int:
        """How many decimals are shown of a value that was not typed here."""
        return next((places for below, places in self.finer.get(unit, ()) if value < below), self.places)


@dataclass(frozen=True)
class Spec(Scale):
    """One sign."""

    kind: Literal["quantity", "word", "day"] = "quantity"
    category: str = "vital-signs"
    profile: str = ""
    read_as: tuple[Alias, ...] = ()
    parts: Mapping[Component, Scale] = field(default_factory=dict[Component, Scale])


@dataclass(frozen=True)
class Unit:
    """A UCUM unit: how it is shown, and the words that are taken for it."""

    symbol: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Qualifier:
    """One way in which a measurement is told more exactly. `choice`: word > (code, display)."""

    carrier: Literal["bodySite", "method", "position", "cuff", "device", "oxygen", "note"]
    choice: Mapping[str, tuple[str, str]]
    read_as: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class _Signs:
    sign: Mapping[Sign, Spec]
    unit: Mapping[str, Unit]


@dataclass(frozen=True)
class _Qualifiers:
    qualifier: Mapping[str, Qualifier]
    offered: Mapping[Sign, Mapping[str, tuple[str, ...]]]


@cache
def _signs() -> _Signs:
    return msgspec.convert(resources.table("vitals/signs.toml"), _Signs)


@cache
def _qualifiers() -> _Qualifiers:
    return msgspec.convert(resources.table("vitals/qualifiers.toml"), _Qualifiers)


def spec(sign: Sign) -> Spec:
    return _signs().sign[sign]


def scale(sign: Sign, component: Component | None = None) -> Scale:
    """The numbers of a sign, or of one of its parts."""
    return spec(sign) if component is None else spec(sign).parts[component]


def symbol(unit: str) -> str:
    """The unit as shown; a unit that we do not know as it was sent."""
    known = _signs().unit.get(unit)
    return unit if known is None else known.symbol


@cache
def _unit_words() -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for unit, known in _signs().unit.items():
        for word in (unit.casefold(), *known.words):
            words[word] = (*words.get(word, ()), unit)
    return words


def unit_of(word: str, among: tuple[str, ...]) -> str | None:
    """The unit that a typed or sent word means, if it is one of `among`."""
    return next((unit for unit in _unit_words().get(word.strip().casefold(), ()) if unit in among), None)


@cache
def coded() -> dict[str, tuple[Sign, str]]:
    """LOINC code > the sign it stands for and the site that it says. Codes shared by two signs stand for the first of them."""
    found: dict[str, tuple[Sign, str]] = {}
    for sign, known in _signs().sign.items():
        for code, site in [*((code, "") for code, _ in known.codes), *((alias.code, alias.site) for alias in known.read_as)]:
            found.setdefault(code, (sign, site))
    return found


def qualifiers() -> Mapping[str, Qualifier]:
    """Every qualifier by its name: site, method, position, cuff, device, ..."""
    return _qualifiers().qualifier


def offered(sign: Sign) -> Mapping[str, tuple[str, ...]]:
    """What the form asks about a sign: qualifier > the choices, in order."""
    return _qualifiers().offered.get(sign, {})
