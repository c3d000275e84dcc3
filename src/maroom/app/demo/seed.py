"""What everything invented is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from maroom.core import resources


@dataclass(frozen=True)
class Seed:
    """`number` is chosen by whoever makes the demo, `today` is the clinic's local day on which it is made."""

    number: int
    today: date

    @staticmethod
    def clinic_id_of(number: int) -> str:
        """The same on every day."""
        return str(uuid5(NAMESPACE_URL, f"urn:maroom:demo/{number}"))

    def id(self, *about: object) -> str:
        """The id of one invented resource."""
        return str(uuid5(NAMESPACE_URL, f"urn:maroom:demo/{self._words(about)}"))

    def rng(self, *about: object) -> Random:
        """A row of draws of its own, so that a change in one place does not change every other."""
        return Random(self._words(about))

    def _words(self, about: tuple[object, ...]) -> str:
        return "/".join(str(word) for word in (self.number, self.today, *about))


@cache
def table(name: str) -> dict[str, Any]:
    """A table of `resources/demo`."""
    return resources.table(f"demo/{name}.toml")
