"""Tells listeners what was committed: kind, record and visit, never data. They read anew what they show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from maroom.core.listeners import Listeners


@dataclass(frozen=True)
class Change:
    kind: str
    local_id: str
    visit: str


Listener = Callable[[Sequence[Change]], None]


class Changes:
    """`post` runs a call on the thread of the listeners: the UI thread in the window, at once elsewhere."""

    def __init__(self, post: Callable[[Callable[[], None]], None] = lambda call: call()) -> None:
        self._post = post
        self._listeners = Listeners[[Sequence[Change]]]()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Adds a listener; the call given back removes it."""
        return self._listeners.add(listener)

    def announce(self, changes: Sequence[Change]) -> None:
        if changes and self._listeners:
            self._post(lambda: self._listeners.tell(tuple(changes)))
