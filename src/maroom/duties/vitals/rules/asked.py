"""What the form asks at an age: which rows, how each was measured, and in which units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from maroom.core import resources
from maroom.duties.vitals.model import HALVES, Coded, Component, Sign, field_of
from maroom.duties.vitals.rules.ages import Age
from maroom.duties.vitals.rules.counted import counts
from maroom.duties.vitals.rules.limits import limits
from maroom.duties.vitals.rules.signs import offered, scale, spec

SNOMED = "http://snomed.info/sct"
RHYTHM = "rhythm"
"""asked with the pulse, and kept as a reading of its own"""
_GRAMS, _POUNDS = "g", "[lb_av]"
_PART, _AGAIN = ".", "#"


class _Order(msgspec.Struct):
    lying: tuple[Sign, ...]
    standing: tuple[Sign, ...]
    on_demand: tuple[Sign, ...]


class _Years(msgspec.Struct):
    from_years: int
    below_years: int


class _Young(msgspec.Struct):
    below_years: int
    ask: Mapping[Sign, Mapping[str, tuple[str, ...]]]


class _Pain(msgspec.Struct):
    numbers_from: int
    faces_from: int


class _Asked(msgspec.Struct):
    order: _Order
    routine: Mapping[Sign, int]
    last_period: _Years
    ask: Mapping[Sign, Mapping[str, tuple[str, ...]]]
    young: _Young
    pain: _Pain
    rhythm: Mapping[str, tuple[str, str]]


@cache
def _asked() -> _Asked:
    return msgspec.convert(resources.table("vitals/asked.toml"), _Asked)


# rows of the form


@dataclass(frozen=True)
class Line:
    """One row. `key` names it: `bp`, `bp#2` (taken again), `spo2.oxygen_flow` (a part with a row of its own). `fields` are the
    names of its fields, each with the part of the sign that it holds."""

    key: str
    sign: Sign
    fields: tuple[tuple[str, Component | None], ...]

    @property
    def of_another(self) -> bool:
        """Whether it holds a part of a measurement that has a row before it."""
        return len(self.fields) == 1 and self.fields[0][1] is not None


def line(key: str) -> Line:
    """ValueError for a key that is of no sign."""
    head, _, part = key.partition(_PART)
    sign = Sign(head.partition(_AGAIN)[0])
    if part:
        return Line(key, sign, ((key, Component(part)),))
    if sign is Sign.BP:
        return Line(key, sign, tuple((f"{key}{_PART}{half}", half) for half in HALVES))
    return Line(key, sign, ((key, None),) if sign is not Sign.NEWS2 else ())


def key_of(field: str) -> str:
    """The row that a field stands in."""
    head, _, part = field.partition(_PART)
    return head if part in HALVES else field


def again(number: int) -> str:
    """The row of the second, third, ... pressure of a set."""
    return Sign.BP.value if number == 1 else f"{Sign.BP}{_AGAIN}{number}"


GIVEN = tuple(field_of(Sign.SPO2, part) for part in (Component.OXYGEN_FLOW, Component.OXYGEN_SHARE))
"""The rows of oxygen that is given: litres a minute, and percent of what is breathed."""


def signs_asked(age: Age | None, sex: str = "") -> tuple[Sign, ...]:
    """In the order of the page. Who is measured lying has a length, who stands a height."""
    lying = age is not None and age.months < limits().length.lying_below_months
    signs = _asked().order.lying if lying else _asked().order.standing
    return (*signs, Sign.LAST_PERIOD) if sex == "female" and age and _may_bleed(age) else signs


def _may_bleed(age: Age) -> bool:
    given = _asked().last_period
    return given.from_years <= age.years < given.below_years


def routine(sign: Sign, age: Age | None) -> int | None:
    """The years before which a sign is not asked unless somebody wants it; None where it is asked."""
    years = _asked().routine.get(sign)
    return years if years is not None and age is not None and age.years < years else None


def on_demand(age: Age | None) -> tuple[Sign, ...]:
    """What can be asked for besides, of whatever sex: the one on record may not tell who bleeds."""
    every = _asked().order.on_demand
    return every if age is None or _may_bleed(age) else tuple(sign for sign in every if sign is not Sign.LAST_PERIOD)


# how, and in what


def questions(sign: Sign, age: Age | None) -> Mapping[str, tuple[str, ...]]:
    """How it was measured: qualifier > the choices at this age, in order."""
    if sign is Sign.PAIN:
        return {name: _scales(words, age) for name, words in offered(sign).items()}
    usual = _asked().ask.get(sign, offered(sign))
    young = age is not None and age.years < _asked().young.below_years
    return _asked().young.ask.get(sign, usual) if young else usual


def rhythm(word: str) -> Coded:
    """What is said about the pulse, as the value that it becomes. KeyError for a word that is none."""
    code, display = _asked().rhythm[word]
    return Coded(SNOMED, code, display)


def _scales(words: tuple[str, ...], age: Age | None) -> tuple[str, ...]:
    given = _asked().pain
    least = {"numbers": given.numbers_from, "faces": given.faces_from}
    return tuple(word for word in words if age is None or age.years >= least.get(word, 0))


def units_offered(sign: Sign, age: Age | None, *, pounds: bool = False) -> tuple[str, ...]:
    """Doses go by kilograms, so a child is weighed in kilograms or grams unless the clinic allows `pounds`; nobody grown is
    weighed in grams. What is counted may be counted for less than a minute."""
    if spec(sign).kind != "quantity":
        return ("",)
    units = (*(spec(sign).units or scale(sign, HALVES[0]).units), *counts(sign))
    if sign is not Sign.WEIGHT or age is None:
        return units
    child = age.years < limits().weight.pounds_from_years
    if child and pounds:
        return tuple(sorted(units, key=lambda unit: unit == _POUNDS))
    unfit = _POUNDS if child else _GRAMS
    return tuple(unit for unit in units if unit != unfit)


def first_unit(sign: Sign, age: Age | None, wished: Mapping[str, str], *, pounds: bool = False) -> str:
    """The unit that the clinic wishes for a sign, where it is offered at this age."""
    offered_here = units_offered(sign, age, pounds=pounds)
    wish = wished.get(sign.value, "")
    return wish if wish in offered_here else offered_here[0]
