"""The base of every presenter: plain Python that holds one frozen state for one opening and tells its view about it."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

S = TypeVar("S")
S_contra = TypeVar("S_contra", contravariant=True)


class View(Protocol[S_contra]):
    """What a presenter knows of its view: it can be told a state."""

    def render(self, state: S_contra) -> None: ...


class NullView(Generic[S]):
    """Takes every state and shows none: what a closed presenter talks to."""

    def render(self, state: S) -> None:
        del state


class Presenter(Generic[S]):
    """Holds `state`; `show` replaces it and draws it. After `close` nothing reaches the page any more."""

    def __init__(self, state: S) -> None:
        self.state = state
        self._view: View[S] = NullView()

    def attach(self, view: View[S]) -> None:
        self._view = view
        view.render(self.state)

    def close(self) -> None:
        self._view = NullView()

    def show(self, state: S) -> None:
        self.state = state
        self._view.render(state)

    def draft(self) -> bytes | None:
        """What must not be lost, or None where there is nothing typed. Given back to `restore` of a later presenter."""
        return None

    def restore(self, draft: bytes) -> None:
        """Puts back what `draft` gave; a draft of another shape is left alone."""
        del draft
