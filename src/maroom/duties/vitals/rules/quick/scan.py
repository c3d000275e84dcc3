"""Finds the pieces of a quick line. At each place the first reading that fits is taken; what names no sign is never a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from maroom.core.quantity import Quantity, exact
from maroom.duties.vitals.model import HALVES, Component, Sign, field_of
from maroom.duties.vitals.rules import entry
from maroom.duties.vitals.rules.limits import limits
from maroom.duties.vitals.rules.quick.parts import Entry, How, Kind, Mark, Part
from maroom.duties.vitals.rules.quick.words import (
    END,
    NUMBER,
    SPACE,
    how_pattern,
    how_word,
    names,
    short_apart,
    sign_pattern,
)
from maroom.duties.vitals.rules.signs import scale, unit_of

_FOLDED = {
    **{ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{ord(prime): "'" for prime in "′’‘´`"},
    **{ord(prime): '"' for prime in "″”“"},
}
"""letter for letter, so that places in the line stay what they are"""
_SEPARATORS = ",;"


@dataclass(frozen=True)
class Scanner:
    """`text` is the line, `plain` the same letter for letter in lower case; `tall` the sign that lengths are of."""

    text: str
    plain: str
    tall: Sign

    @classmethod
    def of(cls, text: str, tall: Sign) -> Scanner:
        return cls(text, text.translate(_FOLDED), tall)

    def pieces(self) -> Iterator[Part]:
        """In their order, covering all but spaces and separators."""
        at = 0
        while at < len(self.text):
            if self.text[at].isspace():
                at += 1
                continue
            found = self.piece(at)
            if found is None and self.text[at] in _SEPARATORS:
                at += 1
                continue
            part = found or self._unknown(at)
            yield part
            at = part.end

    def piece(self, at: int) -> Part | None:
        """What begins at a place, if it is understood or at least known for what it is."""
        return next((part for reader in _READERS if (part := reader(self, at))), None)

    def _unknown(self, at: int) -> Part:
        end = at
        while end < len(self.text) and not self.text[end].isspace():
            end += 1
        while self.text[end - 1] in _SEPARATORS:
            end -= 1
        return Part(at, end, Kind.MARKED, why=Mark.UNKNOWN)

    def value(self, at: int, end: int, sign: Sign, text: str, unit: str, component: Component | None = None) -> Part:
        """A value of a sign, or the piece as unreadable where its text is none."""
        read = entry.read(text, sign, unit, component)
        if not isinstance(read, Quantity):
            return Part(at, end, Kind.MARKED, sign, why=Mark.UNREADABLE)
        return Part(at, end, Kind.VALUE, sign, (Entry(field_of(sign, component), text, read),))

    def cut(self, found: re.Match[str], group: str) -> str:
        """A group as it was typed."""
        return self.text[found.start(group) : found.end(group)]


Reader = Callable[[Scanner, int], Part | None]

_BP = re.compile(rf"(?P<name>bp{SPACE})?(?P<upper>\d{{2,3}}){SPACE}/{SPACE}(?P<lower>\d{{2,3}}){END}")


def _pressure(scanner: Scanner, at: int) -> Part | None:
    """Without its name only what can be a pressure is one: 20/40 is eyesight and 3/10 is pain."""
    found = _BP.match(scanner.plain, at)
    if found is None:
        return None
    ranges = limits().plausible.range
    read = [
        (half, text, entry.read(text, Sign.BP, scale(Sign.BP, half).units[0], half))
        for half, text in zip(HALVES, (scanner.cut(found, "upper"), scanner.cut(found, "lower")), strict=True)
    ]
    entries = tuple(Entry(field_of(Sign.BP, half), text, value) for half, text, value in read if isinstance(value, Quantity))
    low, high = ranges["systolic"].refused_outside(None)
    if len(entries) < len(HALVES) or (found["name"] is None and not low <= entries[0].value.value <= high):
        return None
    return Part(at, found.end(), Kind.VALUE, Sign.BP, entries)


_PAIN = re.compile(rf"pain{SPACE}(?P<number>{NUMBER})(?:{SPACE}/{SPACE}10)?{END}")


def _pain(scanner: Scanner, at: int) -> Part | None:
    found = _PAIN.match(scanner.plain, at)
    if found and _self_evident(scanner, found.start("number")):
        return Part(at, found.end(), Kind.MARKED, Sign.PAIN, why=Mark.UNSURE)
    return found and scanner.value(at, found.end(), Sign.PAIN, scanner.cut(found, "number"), "{score}")


_FLOW = re.compile(
    rf"(?:(?:o2{SPACE})?(?P<one>{NUMBER})l(?:/min|pm)?(?:{SPACE}o2)?"
    rf"|(?P<two>{NUMBER})\s+l(?:/min|pm|{SPACE}o2)"
    rf"|o2{SPACE}(?P<three>{NUMBER})\s+l(?:/min|pm)?){END}"
)
_SHARE = re.compile(rf"(?:fio2{SPACE}(?P<one>{NUMBER}){SPACE}%?|(?P<two>{NUMBER}){SPACE}%{SPACE}o2){END}")


def _oxygen(scanner: Scanner, at: int) -> Part | None:
    """2L, 2 L O2, FiO2 28 %: what the person breathes, never the saturation."""
    for pattern, component in ((_FLOW, Component.OXYGEN_FLOW), (_SHARE, Component.OXYGEN_SHARE)):
        found = pattern.match(scanner.plain, at)
        if found:
            group = str(found.lastgroup)
            if component is Component.OXYGEN_SHARE and _measured(scanner, found.start(group)):
                return Part(at, found.end(), Kind.MARKED, Sign.SPO2, why=Mark.UNSURE)
            text = scanner.cut(found, group)
            return scanner.value(at, found.end(), Sign.SPO2, text, scale(Sign.SPO2, component).units[0], component)
    return None


_HEIGHT_NAME = rf"(?:h|(?:ht|height|len|length){SPACE})?"
_WEIGHT_NAME = rf"(?:w|(?:wt|weight){SPACE})?"
_FOOT, _INCH = r"(?:'(?!')|ft\.?|feet|foot)", r"(?:\"|''|in\.?|inch(?:es)?)"
_POUND, _OUNCE = r"(?:lbs?\.?|#|pounds?)", r"(?:oz\.?|ounces?)"
_FEET = re.compile(rf"{_HEIGHT_NAME}(?P<value>\d{{1,2}}{SPACE}{_FOOT}(?:{SPACE}{NUMBER}{SPACE}{_INCH})?){END}")
_FEET_AND_BARE = re.compile(rf"{_HEIGHT_NAME}(?P<value>\d{{1,2}}{SPACE}{_FOOT}{SPACE}(?P<number>{NUMBER})){END}")
_POUNDS = re.compile(rf"{_WEIGHT_NAME}(?P<value>\d+{SPACE}{_POUND}{SPACE}{NUMBER}{SPACE}{_OUNCE}){END}")
_POUNDS_AND_BARE = re.compile(rf"{_WEIGHT_NAME}\d+{SPACE}{_POUND}{SPACE}(?P<number>\d|1[0-5]){END}")


def _pairs(scanner: Scanner, at: int) -> Part | None:
    """5'7", 5 ft 7, 7lb4oz. A number behind feet is inches; one behind pounds that could be ounces is not guessed at."""
    found = _POUNDS.match(scanner.plain, at)
    if found:
        return scanner.value(at, found.end(), Sign.WEIGHT, scanner.cut(found, "value"), "[lb_av]")
    found = _POUNDS_AND_BARE.match(scanner.plain, at)
    if found and not _self_evident(scanner, found.start("number")):
        return Part(at, found.end(), Kind.MARKED, Sign.WEIGHT, why=Mark.UNSURE)
    bare = _FEET_AND_BARE.match(scanner.plain, at)
    found = bare if bare and not _self_evident(scanner, bare.start("number")) else _FEET.match(scanner.plain, at)
    return found and scanner.value(at, found.end(), scanner.tall, scanner.cut(found, "value"), "[in_i]")


_UNIT = re.compile(rf"{SPACE}(?P<unit>[^\d\s,;][^\s,;]*){END}")
_ENDED = re.compile(END)


def _named(scanner: Scanner, at: int) -> Part | None:
    """A number behind the name of its sign: p72, hc 44.1, temp 37.5 c."""
    for sign in (*_COUNTED, *_MEASURED):
        found = sign_pattern(sign).match(scanner.plain, at)
        if found is None:
            continue
        group = str(found.lastgroup)
        part = _with_unit(scanner, at, found.start(group), found.end(group), _of(scanner, sign))
        if part:
            return part
    return None


_COUNTED = (Sign.PULSE, Sign.BREATHING, Sign.SPO2, Sign.PEAK_FLOW)
_MEASURED = (Sign.TEMPERATURE, Sign.WEIGHT, Sign.HEIGHT, Sign.HEAD, Sign.WAIST)


def _of(scanner: Scanner, sign: Sign) -> Sign:
    return scanner.tall if sign is Sign.HEIGHT else sign


def _with_unit(scanner: Scanner, at: int, start: int, end: int, sign: Sign) -> Part | None:
    """A number of a known sign with the unit that is said, or else the only one that it can be in. `temp 84 kg` is neither."""
    text, units = scanner.text[start:end], scale(sign).units
    said = _UNIT.match(scanner.plain, end)
    unit = _said_unit(said["unit"], sign) if said else None
    if said and unit:
        return scanner.value(at, said.end(), sign, text, unit)
    if not _ENDED.match(scanner.plain, end):
        return None
    if _self_evident(scanner, start):
        return Part(at, end, Kind.MARKED, sign, why=Mark.UNSURE)
    possible = [unit for unit in units if _possible(text, sign, unit)] if len(units) > 1 else list(units)
    if len(possible) != 1:
        return Part(at, end, Kind.MARKED, sign, why=Mark.NO_UNIT)
    return scanner.value(at, end, sign, text, possible[0])


def _said_unit(word: str, sign: Sign) -> str | None:
    unit = unit_of(word, scale(sign).units)
    return unit or (scale(sign).units[0] if word in names(sign).after else None)


def _possible(text: str, sign: Sign, unit: str) -> bool:
    read = entry.read(text, sign, unit)
    row = limits().plausible.range[sign.value]
    low, high = row.refused_outside(None)
    return isinstance(read, Quantity) and low <= exact(read.value, unit, row.unit) <= high


_BARE = re.compile(rf"(?P<number>{NUMBER})(?P<rest>{SPACE}(?P<unit>[^\d\s,;][^\s,;]*)){END}")


def _measured(scanner: Scanner, at: int) -> Part | None:
    """A number whose unit says its sign: 98.6f, 186#, 67in, 12 oz."""
    found = _BARE.match(scanner.plain, at)
    if found is None:
        return None
    text = scanner.cut(found, "number")
    for sign in (Sign.TEMPERATURE, Sign.WEIGHT, scanner.tall):
        unit = unit_of(found["unit"], scale(sign).units)
        if unit:
            return scanner.value(at, found.end(), sign, text, unit)
    ounces = unit_of(found["unit"], ("[oz_av]",))
    return scanner.value(at, found.end(), Sign.WEIGHT, scanner.text[at : found.end()], "[lb_av]") if ounces else None


def _apart(scanner: Scanner, at: int) -> Part | None:
    """`r 16`: right arm and a number, or breathing? Nobody knows, unless what follows is a value by itself."""
    found = short_apart().match(scanner.plain, at)
    if found is None or _self_evident(scanner, found.start("number")):
        return None
    return Part(at, found.end(), Kind.MARKED, why=Mark.UNSURE)


def _how(scanner: Scanner, at: int) -> Part | None:
    """To be given its sign when the whole line is known."""
    found = how_pattern().match(scanner.plain, at)
    word = how_word(found[0]) if found else None
    return Part(at, found.end(), Kind.HOW, how=How(word.qualifier, word.word)) if found and word else None


def _self_evident(scanner: Scanner, at: int) -> bool:
    """Whether a value begins at a number, by itself."""
    return any(reader(scanner, at) for reader in _SELF_EVIDENT)


_SELF_EVIDENT: tuple[Reader, ...] = (_pressure, _oxygen, _pairs, _measured)
_READERS: tuple[Reader, ...] = (_pressure, _pain, _oxygen, _pairs, _named, _measured, _apart, _how)
