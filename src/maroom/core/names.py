"""Human names: how they are shown, the keys they are found by, and whether two on one day could be mixed up.

Keys are made in code, the same for what is stored and for what is asked: SQLite's own folding finds none of
Łukasiewicz, Đào, Weiß, أحمد or 小龍.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
    | {"ə": "e", "ى": "ي", "ة": "ه", "ء": "", "\u0640": "", "\u0671": "ا", "ک": "ك", "ی": "ي"}
)
_JOINERS = "'\u2019\u02bc\u2018`\u00b4-\u2010\u2011\u2013\u30fb\u00b7."
_JOINER = re.compile(f"[{re.escape(_JOINERS)}]+")
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_WRITTEN_TOGETHER = re.compile(f"{_IDEOGRAPHS.pattern}|[\uac00-\ud7a3]")
"""scripts that put the family name first and nothing between"""
_NEAR = 1


@dataclass(frozen=True)
class HumanName:
    """One name as its owner uses it. Any part may be missing; `text` is the whole where the source gave it so."""

    family: str = ""
    given: tuple[str, ...] = ()
    text: str = ""


def listed(name: HumanName) -> str:
    """For lists and papers: `García, María Elena`; a single name stands as it is, 李小龍 and 김민준 as they are written."""
    given = " ".join(part for part in name.given if part)
    if not name.family or not given:
        return name.family or given or name.text
    if _WRITTEN_TOGETHER.search(name.family):
        return f"{name.family}{given}"
    return f"{name.family}, {given}"


def bannered(name: HumanName) -> str:
    """For the banner: the family name in capitals, where its script has any."""
    return listed(HumanName(name.family.upper(), name.given, name.text))


def fold(text: str) -> str:
    """Small letters without marks; Arabic hamza, alef and tatweel unified; Hangul kept whole."""
    if text.isascii():
        return text.lower()
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


def search_keys(text: str) -> tuple[str, ...]:
    """The tokens that a name is found by: every part, parts at apostrophes and hyphens both joined and split,
    ideographs one by one. In order, each once."""
    keys: dict[str, None] = {}
    for word in re.split(r"[\s,;/()\"]+", fold(text)):
        for key in (*_JOINER.split(word), _JOINER.sub("", word), *_apostrophes_joined(word)):
            keys |= dict.fromkeys(_tokens(key))
    return tuple(keys)


def _apostrophes_joined(word: str) -> list[str]:
    return [_JOINER.sub("", part) for part in re.split("[-\u2010\u2011\u2013]+", word)]


def _tokens(word: str) -> list[str]:
    spaced = _IDEOGRAPHS.sub(lambda found: f" {found.group()} ", word)
    return ["".join(letter for letter in token if letter.isalnum()) for token in spaced.split() if any(map(str.isalnum, token))]


def match_query(text: str) -> str:
    """An FTS5 expression for what was typed so far: every part must begin a key. Empty where nothing can be searched."""
    parts = [alternatives for word in re.split(r"[\s,;/()\"]+", fold(text)) if (alternatives := _alternatives(word))]
    return " AND ".join(parts)


def _alternatives(word: str) -> str:
    split = [token for part in _JOINER.split(word) for token in _tokens(part)]
    joined = _tokens(_JOINER.sub("", word))
    ways = {" AND ".join(f'"{token}"*' for token in tokens) for tokens in (split, joined) if tokens}
    return f"({' OR '.join(f'({way})' for way in sorted(ways))})" if len(ways) > 1 else "".join(ways)


@dataclass(frozen=True)
class Likeness:
    """What is compared of a patient to tell whether two could be taken for each other."""

    family: str
    given: str
    born: date | None

    @classmethod
    def of(cls, name: HumanName, born: date | None) -> Likeness:
        family, given = fold(name.family or name.text), fold(name.given[0] if name.given else "")
        return cls("".join(filter(str.isalnum, family)), "".join(filter(str.isalnum, given)), born)


def alike(one: Likeness, other: Likeness) -> bool:
    """Same or nearly the same family name with the same or nearly the same given name, initial or birth date."""
    if _distance_over(one.family, other.family, _NEAR if min(len(one.family), len(other.family)) > 3 else 0):
        return False
    if one.born is not None and one.born == other.born:
        return True
    short, long = sorted((one.given, other.given), key=len)
    return long.startswith(short) or not _distance_over(short, long, _NEAR if len(short) > 3 else 0)


def _distance_over(one: str, other: str, most: int) -> bool:
    """Whether more than `most` (0 or 1) letters would have to be added, dropped, changed or swapped."""
    if one == other:
        return False
    if most == 0 or abs(len(one) - len(other)) > most:
        return True
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, others = one[same:], other[same:]
    swapped = rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return not (swapped or rest[1:] == others[1:] or rest == others[1:] or rest[1:] == others)
