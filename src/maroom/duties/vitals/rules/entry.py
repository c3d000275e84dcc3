"""From what was typed in a field to a quantity, exactly as entered. Nothing is guessed: what reads in two ways is refused.

A number may carry its unit (`98.6 f`, `186#`); feet and inches stand as `5'7"`, `5 ft 7` or `5 7`, pounds and ounces as
`7 lb 4 oz` or `7 4`. Digits of any script, decimal point or comma, and pasted spaces are all taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from maroom.core.quantity import Quantity, parse_number
from maroom.duties.vitals.model import Component, Sign
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.signs import Scale, scale, unit_of

MOST_PLACES = 3
"""decimals that a number typed here may have"""
_PRIMES = str.maketrans({"′": "'", "’": "'", "‘": "'", "´": "'", "`": "'", "″": '"', "”": '"', "“": '"'})
_TOKEN = re.compile(r"[.,\u066b]?\d[\d.,\u066b]*|[^\d\s]+")


@dataclass(frozen=True)
class _Pair:
    """Two units that are said together. The value is kept in `kept`, which is one of them."""

    big: str
    small: str
    count: int
    kept: str
    too_many: Found

    def value(self, big: Decimal, small: Decimal) -> Decimal:
        return big * self.count + small if self.kept == self.small else big + small / self.count


_PAIRS = (
    _Pair("[ft_i]", "[in_i]", 12, "[in_i]", Found.INCHES),
    _Pair("[lb_av]", "[oz_av]", 16, "[lb_av]", Found.OUNCES),
)
_Read = tuple[Decimal, str] | Found


def read(text: str, sign: Sign, unit: str, component: Component | None = None) -> Quantity | Found:
    """What was typed for a sign while `unit` was chosen, or why it cannot be read."""
    numbers = scale(sign, component)
    found = _value(_TOKEN.findall(text.translate(_PRIMES).replace("''", '"')), numbers, unit)
    if isinstance(found, Found):
        return found
    value, chosen = found
    return Found.NOT_WHOLE if numbers.whole and value % 1 else Quantity(value, chosen, " ".join(text.split()))


def said_in_two_units(entered: str) -> bool:
    """Whether feet and inches, or pounds and ounces, were typed together."""
    return sum(token[-1:].isdigit() for token in _TOKEN.findall(entered)) == 2


def halves(text: str) -> tuple[str, str] | None:
    """`142/88` as its two halves, in any spacing; None where there is no single stroke between two texts."""
    upper, stroke, lower = text.strip().partition("/")
    return (upper.strip(), lower.strip()) if stroke and upper.strip() and lower.strip() and "/" not in lower else None


def runs_together(text: str) -> bool:
    """Four to six digits in a half of a pressure: two halves without the stroke. Which two, only she knows."""
    return len(digits := text.strip()) in (4, 5, 6) and digits.isdigit()


def _value(tokens: list[str], numbers: Scale, unit: str) -> _Read:
    pair = next((pair for pair in _PAIRS if pair.kept in numbers.units), None)
    said = [_number_or_word(token) for token in tokens]
    if any(isinstance(part, Decimal) and part != round(part, MOST_PLACES) for part in said):
        return Found.TOO_FINE
    match said:
        case [Decimal() as value]:
            return value, unit
        case [Decimal() as value, str(word)]:
            return _with_unit(value, word, numbers, pair)
        case [Decimal() as big, Decimal() as small] if pair and unit == pair.kept:
            return _paired(big, small, pair)
        case [Decimal() as big, str(word), Decimal() as small, *rest] if pair and _names(word, pair.big):
            return _paired(big, small, pair) if _ends(rest, pair) else Found.NO_NUMBER
        case _:
            return Found.NO_NUMBER


def _with_unit(value: Decimal, word: str, numbers: Scale, pair: _Pair | None) -> _Read:
    said = unit_of(word, numbers.units)
    if said:
        return value, said
    if pair and _names(word, pair.big):
        return _paired(value, Decimal(0), pair)
    if pair and _names(word, pair.small):
        return _paired(Decimal(0), value, pair)
    return Found.OTHER_UNIT


def _paired(big: Decimal, small: Decimal, pair: _Pair) -> _Read:
    if big % 1:
        return Found.NOT_WHOLE
    return pair.too_many if small >= pair.count else (pair.value(big, small), pair.kept)


def _names(word: str, unit: str) -> bool:
    return unit_of(word, (unit,)) is not None


def _ends(rest: list[Decimal | str], pair: _Pair) -> bool:
    return not rest or (len(rest) == 1 and isinstance(rest[0], str) and _names(rest[0], pair.small))


def _number_or_word(token: str) -> Decimal | str:
    number = parse_number(token)
    return token if number is None else number
