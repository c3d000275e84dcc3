"""Which section is shown. Each is a small page; what is typed in any of them is kept as one draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from maroom.access.rights import may
from maroom.core.drafts import Draft, DraftKey
from maroom.core.people import Opening
from maroom.core.presenter import Presenter, View
from maroom.kit import Page, Section


class _Kept(msgspec.Struct):
    """What was typed in one section, and where she was."""

    state: bytes
    field: str = ""
    cursor: int = 0


class _Draft(msgspec.Struct):
    here: str
    sections: dict[str, _Kept]


class Sections:
    """All that there are, each built at its first use."""

    def __init__(self, all_of_them: Sequence[Section], build: Callable[[Section], Page]) -> None:
        self.all = tuple(all_of_them)
        self._build = build
        self._built: dict[str, Page] = {}

    def page(self, key: str) -> Page:
        if key not in self._built:
            self._built[key] = self._build(next(section for section in self.all if section.key == key))
        return self._built[key]

    def view(self, key: str) -> Any:
        return self.page(key).view


@dataclass(frozen=True)
class Entry:
    key: str
    title: str
    """marked for translation"""


@dataclass(frozen=True)
class State:
    entries: tuple[Entry, ...]
    here: str


class AdminPresenter(Presenter[State]):
    """Opens a section for its person when it is first shown to her."""

    def __init__(self, opening: Opening, sections: Sections) -> None:
        role = opening.author.role
        entries = tuple(Entry(one.key, one.title) for one in sections.all if may(role, one.right))
        super().__init__(State(entries, ""))
        self._opening, self._sections = opening, sections
        self._opened: dict[str, Page] = {}

    def attach(self, view: View[State]) -> None:
        """The first section is opened when the view has let go of whoever it belonged to before."""
        super().attach(view)
        if self.state.entries and not self.state.here:
            self.choose(self.state.entries[0].key)

    def choose(self, key: str) -> None:
        if key not in self._opened:
            page = self._sections.page(key)
            page.open(self._opening)
            self._opened[key] = page
        self.show(replace(self.state, here=key))

    def draft(self) -> bytes | None:
        kept = {key: draft for key, page in self._opened.items() if (draft := page.park())}
        if not kept:
            return None
        sections = {key: _Kept(draft.state, draft.field, draft.cursor) for key, draft in kept.items()}
        return msgspec.json.encode(_Draft(self.state.here, sections))

    def restore(self, draft: bytes) -> None:
        kept = msgspec.json.decode(draft, type=_Draft)
        known = {entry.key for entry in self.state.entries}
        for key, section in kept.sections.items():
            if key in known:
                self.choose(key)
                where = DraftKey.of(self._opening, key)
                self._opened[key].resume(Draft(where, section.state, section.field, section.cursor))
        if kept.here in known:
            self.choose(kept.here)
