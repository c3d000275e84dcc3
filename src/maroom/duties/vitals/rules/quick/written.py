"""A quick line made of a form's entries, so that reading it gives them back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maroom.core.quantity import Quantity, parse_number
from maroom.duties.vitals.model import HALVES, Component, Sign, field_of
from maroom.duties.vitals.rules import entry
from maroom.duties.vitals.rules.quick.words import hows, names, signs_named
from maroom.duties.vitals.rules.shown import short
from maroom.duties.vitals.rules.signs import scale

_UNITS = {"[degF]": "f", "Cel": "c", "[lb_av]": "#", "kg": "kg", "g": "g", "[in_i]": "in", "cm": "cm"}


def written(texts: Mapping[str, str], units: Mapping[str, str], how: Mapping[str, Mapping[str, str]], tall: Sign) -> str:
    """Of texts by field, and of units and qualifiers by sign, as a form holds them. What cannot be read is left out."""
    signs = [tall if sign is Sign.HEIGHT else sign for sign in signs_named()]
    return " ".join(bit for sign in signs for bit in _bits(sign, texts, units.get(sign.value, ""), how.get(sign.value, {})))


def _bits(sign: Sign, texts: Mapping[str, str], unit: str, how: Mapping[str, str]) -> Iterator[str]:
    value = _pressure(texts) if sign is Sign.BP else _value(sign, texts.get(sign.value, ""), unit or scale(sign).units[0])
    if value:
        yield value
        for component, mark in ((Component.OXYGEN_FLOW, "{}l"), (Component.OXYGEN_SHARE, "fio2 {}")):
            text = texts.get(field_of(sign, component), "").strip() if sign is Sign.SPO2 else ""
            if text and isinstance(entry.read(text, sign, scale(sign, component).units[0], component), Quantity):
                yield mark.format(text)
        yield from _hows(sign, how)


def _pressure(texts: Mapping[str, str]) -> str:
    halves = [texts.get(field_of(Sign.BP, half), "").strip() for half in HALVES]
    unit = scale(Sign.BP, HALVES[0]).units[0]
    read = [entry.read(text, Sign.BP, unit, half) for half, text in zip(HALVES, halves, strict=True)]
    return f"bp {halves[0]}/{halves[1]}" if all(isinstance(one, Quantity) for one in read) else ""


def _value(sign: Sign, text: str, unit: str) -> str:
    text = text.strip()
    read = entry.read(text, sign, unit)
    if not isinstance(read, Quantity):
        return ""
    name = names(Sign.HEIGHT if sign is Sign.LENGTH else sign).long[0]
    if entry.said_in_two_units(text):
        return f"{name} {_pair(read)}"
    return f"{name} {text}{_UNITS.get(unit, '') if parse_number(text) is not None else ''}"


def _pair(read: Quantity) -> str:
    if read.unit == "[in_i]":
        return f"{read.value // 12:f}'{short(read.value % 12)}\""
    return f"{read.value // 1:f} lb {short(read.value % 1 * 16)} oz"


def _hows(sign: Sign, how: Mapping[str, str]) -> Iterator[str]:
    """By the longest word for each, which is the least likely to mean anything else."""
    for qualifier, word in how.items():
        said = [one.words for one in hows() if sign in one.signs and (one.qualifier, one.word) == (qualifier, word)]
        if said:
            yield max((words for group in said for words in group), key=len)
