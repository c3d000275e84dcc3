"""Who sits at the keyboard, and which page is open for whom. Parks what was being typed and gives it back to its author.

Plain Python: the window is a `Frame`. The pair of person and visit is read here alone, when a page is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from maroom.access.service import People
from maroom.core.clock import Clock
from maroom.core.drafts import Draft, DraftKey
from maroom.core.people import Author, Opening
from maroom.core.ports import Messages
from maroom.core.problems import Problem
from maroom.core.visit import VisitRef
from maroom.kit import Duty, Page
from maroom.store.drafts import Drafts

HOME = "today"


class Frame(Protocol):
    """What the desk asks of the window."""

    def show_page(self, key: str, opening: Opening) -> None:
        """Shows a page that was opened, and in the banner the patient it was opened for."""
        ...

    def show_lock(self) -> None:
        """Hides everything behind the sign-in page, at once."""
        ...

    def ask_for_visit(self, key: str) -> None:
        """Says that this page needs a patient, who is chosen on the board or in the command box."""
        ...


@dataclass(frozen=True)
class _Open:
    key: str
    page: Page
    opening: Opening


@dataclass(frozen=True)
class Presence:
    """Told who sits down at the keyboard, and who has left it."""

    came: Callable[[Author], None]
    left: Callable[[Author], None]


class Desk:
    """`build` makes the page of a duty at its first use."""

    def __init__(
        self,
        duties: Mapping[str, Duty],
        build: Callable[[str], Page],
        people: People,
        drafts: Drafts,
        clock: Clock,
        messages: Messages,
        presence: Presence | None = None,
    ) -> None:
        self._duties = duties
        self._build = build
        self._people = people
        self._drafts = drafts
        self._clock = clock
        self._messages = messages
        self._presence = presence
        self._frame: Frame | None = None
        self._built: dict[str, Page] = {}
        self._open: _Open | None = None
        self._kept: Draft | None = None
        self.author: Author | None = None

    def sit(self, frame: Frame) -> None:
        """The window is there; it shows the sign-in page."""
        self._frame = frame
        frame.show_lock()

    @property
    def opening(self) -> Opening | None:
        return self._open.opening if self._open else None

    @property
    def page(self) -> str:
        """Key of the open page, empty where none is."""
        return self._open.key if self._open else ""

    # coming and going

    def signed_in(self, author: Author) -> None:
        """Opens where she left off, else the board."""
        self.author = author
        draft = self._drafts.latest(author.staff)
        if draft is None or draft.key.page not in self._duties:
            self.go(HOME)
        else:
            self.go(draft.key.page, _visit(draft.key))
        if self._presence:
            self._presence.came(author)

    def lock(self) -> None:
        """What is typed is kept first; then nothing of it can be seen."""
        if self.author is None:
            return
        self._leave()
        opening, self.author = Opening(self.author), None
        self._the_frame().show_lock()
        try:
            self._people.lock(opening)
        except Problem as problem:
            self._messages.trouble(problem)
        if self._presence:
            self._presence.left(opening.author)

    def close(self) -> None:
        self._leave()

    # pages

    def go(self, key: str, visit: VisitRef | None = None) -> None:
        """To a page, for a visit where it needs one: the one that is open, unless another is named."""
        if self.author is None:
            return
        duty = self._duties[key]
        meant = visit or self._visit_here() if duty.needs_visit else None
        if duty.needs_visit and meant is None:
            self._the_frame().ask_for_visit(key)
            return
        self._leave()
        try:
            self._enter(key, Opening(self.author, meant))
        except Problem as problem:
            if key != HOME:
                self.go(HOME)
            self._messages.trouble(problem)

    def tick(self) -> None:
        """Once a second: keeps what was typed since, and forgets a draft that was saved or emptied."""
        if self._open is None:
            return
        draft = self._open.page.park()
        if draft == self._kept:
            return
        try:
            if draft is not None:
                self._drafts.keep(draft, self._clock.now())
            elif self._kept is not None:
                self._drafts.drop(self._kept.key)
            self._kept = draft
        except Problem as problem:
            self._messages.trouble(problem)

    def rebuild(self) -> None:
        """Pages are made anew at their next use: after a change of type size or palette."""
        here = self._open
        self._leave()
        self._built.clear()
        if here is not None:
            self.go(here.key, here.opening.visit)

    def _enter(self, key: str, opening: Opening) -> None:
        if key not in self._built:
            self._built[key] = self._build(key)
        page = self._built[key]
        page.open(opening)
        self._open = _Open(key, page, opening)
        self._the_frame().show_page(key, opening)
        self._resume(DraftKey.of(opening, key))

    def _resume(self, key: DraftKey) -> None:
        self._kept = self._drafts.find(key.author, key.visit, key.page)
        if self._kept is not None and self._open is not None:
            self._open.page.resume(self._kept)

    def _leave(self) -> None:
        self.tick()
        self._open, self._kept = None, None

    def _visit_here(self) -> VisitRef | None:
        return self._open.opening.visit if self._open else None

    def _the_frame(self) -> Frame:
        if self._frame is None:
            raise LookupError("nobody sits at a desk without a window")
        return self._frame


def _visit(key: DraftKey) -> VisitRef | None:
    return VisitRef(key.visit, key.patient) if key.visit else None
