"""Reads a quick line as it is typed. Any order; a qualifier belongs to the value before it, or to the one that it can be of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from maroom.duties.vitals.model import Component, Sign, field_of
from maroom.duties.vitals.rules.quick.parts import How, Kind, Mark, Part, QuickLine
from maroom.duties.vitals.rules.quick.scan import Scanner
from maroom.duties.vitals.rules.quick.words import HowWord, how_word


def quick_line(text: str, *, pounds: bool = True, tall: Sign = Sign.HEIGHT) -> QuickLine:
    """Never fails. `pounds`: whether a weight may be in pounds; `tall`: what a length is of, Sign.HEIGHT or Sign.LENGTH."""
    pieces = [_in_pounds(part) if not pounds else part for part in Scanner.of(text, tall).pieces()]
    single = tuple(_once(pieces))
    return QuickLine(tuple(_told_apart(text, single)))


def _in_pounds(part: Part) -> Part:
    if part.kind is Kind.VALUE and part.sign is Sign.WEIGHT and part.unit == "[lb_av]":
        return replace(part, kind=Kind.MARKED, why=Mark.POUNDS)
    return part


def _once(pieces: Sequence[Part]) -> Iterator[Part]:
    """The first value of a field holds."""
    seen = set[str]()
    for part in pieces:
        fields = {entry.field for entry in part.entries}
        if part.kind is Kind.VALUE and fields & seen:
            yield replace(part, kind=Kind.MARKED, why=Mark.TWICE)
        else:
            seen |= fields if part.kind is Kind.VALUE else set()
            yield part


def _told_apart(text: str, pieces: Sequence[Part]) -> Iterator[Part]:
    """Each qualifier with its sign; the second one of a kind is marked, and so is room air beside oxygen."""
    said, on_oxygen = set[tuple[Sign, str]](), any(_gives_oxygen(part) for part in pieces)
    for at, part in enumerate(pieces):
        if part.kind is not Kind.HOW or part.how is None:
            yield part
            continue
        word = how_word(Scanner.of(text[part.start : part.end], Sign.HEIGHT).plain)
        found = _owner(pieces, at, word) if word else Mark.UNKNOWN
        if on_oxygen and part.how.word == _AIR:
            found = Mark.TWICE
        yield _marked(part, found) if isinstance(found, Mark) else _given(part, found, part.how, said)


_AIR = "room_air"


def _gives_oxygen(part: Part) -> bool:
    given = {field_of(Sign.SPO2, Component.OXYGEN_FLOW), field_of(Sign.SPO2, Component.OXYGEN_SHARE)}
    return part.kind is Kind.VALUE and any(entry.field in given for entry in part.entries)


def _given(part: Part, sign: Sign, how: How, said: set[tuple[Sign, str]]) -> Part:
    if (sign, how.qualifier) in said:
        return replace(_marked(part, Mark.TWICE), sign=sign)
    said.add((sign, how.qualifier))
    return replace(part, sign=sign)


def _owner(pieces: Sequence[Part], at: int, word: HowWord) -> Sign | Mark:
    """The sign that a qualifier belongs to; the nearest before it, else the nearest behind."""
    before, behind = [p for p in reversed(pieces[:at]) if _is_of_a_sign(p)], [p for p in pieces[at + 1 :] if _is_of_a_sign(p)]
    if word.unsure_after and before and before[0].sign is word.unsure_after:
        return Mark.UNSURE
    owner = next((part for part in (*before, *behind) if part.sign in word.signs), None)
    if owner is None or owner.sign is None:
        return Mark.NO_SIGN
    if owner.kind is Kind.VALUE:
        return owner.sign
    return Mark.TWICE if owner.why is Mark.TWICE else Mark.NO_SIGN


def _is_of_a_sign(part: Part) -> bool:
    """Also where its value was marked: what is said behind it is about it, and not about another sign before it."""
    return part.kind is not Kind.HOW and part.sign is not None


def _marked(part: Part, why: Mark) -> Part:
    return Part(part.start, part.end, Kind.MARKED, part.sign, how=part.how, why=why)
