"""The vocabulary of the quick line, read once from `resources/vitals/quick.toml`, and the patterns that it makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from maroom.core import resources
from maroom.duties.vitals.model import Sign

NUMBER = r"(?:\d+(?:[.,\u066b]\d+)?|[.,\u066b]\d+)"
"""in any script's digits, with point or comma"""
END = r"(?=$|\s|[,;](?!\d))"
"""a piece ends at a space or at a comma that is no decimal one"""
SPACE = r"\s*"


@dataclass(frozen=True)
class Names:
    """What a sign is called, and what behind a number means it alone."""

    short: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class HowWord:
    """Words for one way of measuring, and the signs it can belong to."""

    words: tuple[str, ...]
    signs: tuple[Sign, ...]
    qualifier: str
    word: str
    unsure_after: Sign | None = None


class _How(msgspec.Struct, rename={"word": "is"}):
    words: tuple[str, ...]
    signs: tuple[Sign, ...]
    qualifier: str
    word: str
    unsure_after: Sign | None = None


class _Words(msgspec.Struct):
    sign: Mapping[Sign, Names]
    how: tuple[_How, ...]


@cache
def _table() -> _Words:
    return msgspec.convert(resources.table("vitals/quick.toml"), _Words)


def names(sign: Sign) -> Names:
    return _table().sign.get(sign, Names())


def signs_named() -> tuple[Sign, ...]:
    return tuple(_table().sign)


@cache
def hows() -> tuple[HowWord, ...]:
    return tuple(HowWord(one.words, one.signs, one.qualifier, one.word, one.unsure_after) for one in _table().how)


@cache
def sign_pattern(sign: Sign) -> re.Pattern[str]:
    """A number behind a name of the sign, or before a word that means it alone; `rest` is what follows the number."""
    known = names(sign)
    short, long, after = alternatives(known.short), alternatives(known.long), alternatives(known.after)
    before = "|".join(part for part in (f"(?:{short})" if short else "", f"(?:{long}){SPACE}" if long else "") if part)
    forms = [f"(?:{before})(?P<number>{NUMBER})"] if before else []
    forms += [f"(?P<alone>{NUMBER})(?={SPACE}(?:{after}){END})"] if after else []
    return re.compile("|".join(forms) or r"(?!)")


@cache
def short_apart() -> re.Pattern[str]:
    """A short name, a space and a bare number: `p 72`, `r 16`. `number` is where the number begins."""
    every = [word for sign in signs_named() for word in names(sign).short]
    return re.compile(rf"(?:{alternatives(every)})\s+(?P<number>{NUMBER}){END}")


@cache
def how_pattern() -> re.Pattern[str]:
    """Any of the words for how something was measured, the longest first."""
    return re.compile(f"(?:{alternatives(word for one in hows() for word in one.words)}){END}")


def how_word(said: str) -> HowWord | None:
    """What a matched word stands for, its spaces as they come."""
    plain = " ".join(said.split())
    return next((one for one in hows() if plain in one.words), None)


def alternatives(words: Iterable[str]) -> str:
    """As a pattern, the longest first, any number of spaces for each."""
    return "|".join(r"\s+".join(re.escape(bit) for bit in word.split()) for word in sorted(words, key=len, reverse=True))
