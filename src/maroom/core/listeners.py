"""Who wants to be told that something changed. What listens may stop while it is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Listeners(Generic[P]):
    def __init__(self) -> None:
        self._told: list[Callable[P, None]] = []

    def __len__(self) -> int:
        return len(self._told)

    def add(self, told: Callable[P, None]) -> Callable[[], None]:
        """The call given back removes it; once is enough, and twice does no harm."""
        self._told.append(told)

        def forget() -> None:
            if told in self._told:
                self._told.remove(told)

        return forget

    def tell(self, *args: P.args, **named: P.kwargs) -> None:
        for told in tuple(self._told):
            told(*args, **named)
