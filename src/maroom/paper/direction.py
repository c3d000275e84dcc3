"""The direction of writing: which letters of a paragraph run right to left, and in what order a line shows them.

Levels are resolved once over the whole paragraph and only put in order line by line: resolved line by line they come out
wrong at the beginnings of lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from bidi import algorithm  # pyright: ignore[reportMissingTypeStubs]
from bidi.mirror import MIRRORED  # pyright: ignore[reportMissingTypeStubs]

from maroom.paper.letters import has_rtl

_STEPS = cast("Any", algorithm)


@dataclass(frozen=True)
class Run:
    """Neighbouring letters of one font and one level, in the order in which they are read."""

    at: int
    """Its place in the order of reading."""
    text: str
    font: str
    level: int

    @property
    def backward(self) -> bool:
        return self.level % 2 == 1


def levels_of(text: str, rtl: bool) -> list[int]:
    """The embedding level of each letter, odd for right to left; marks that are not shown keep the paragraph's."""
    base = int(rtl)
    levels = [base] * len(text)
    if not rtl and not has_rtl(text):
        return levels
    storage = _STEPS.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    _STEPS.get_embedding_levels(text, storage)
    for at, letter in enumerate(storage["chars"]):
        letter["at"] = at
    _STEPS.explicit_embed_and_overrides(storage)
    _STEPS.resolve_weak_types(storage, False)
    _STEPS.resolve_neutral_types(storage, False)
    _STEPS.resolve_implicit_levels(storage, False)
    for letter in storage["chars"]:
        levels[letter["at"]] = letter["level"]
    return levels


def as_seen(runs: Sequence[Run]) -> list[Run]:
    """The runs of a line from left to right (rule L2 of Unicode's algorithm, by runs)."""
    seen = list(runs)
    for level in range(max((run.level for run in seen), default=0), 0, -1):
        start = 0
        while start < len(seen):
            end = start
            while end < len(seen) and seen[end].level >= level:
                end += 1
            seen[start:end] = seen[start:end][::-1]
            start = max(end, start + 1)
    return seen


def mirrored(text: str) -> str:
    """A backward run without joining letters, as it is drawn: turned round, its brackets too."""
    return "".join(MIRRORED.get(letter, letter) for letter in reversed(text))
