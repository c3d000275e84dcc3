"""The verbs of vital signs: each one unit of work, with its audit line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from maroom.core.clock import Clock
from maroom.core.people import Opening
from maroom.duties.vitals.model import Entry, Measurement, Reading, ReadingSet, Sign
from maroom.store.unit_of_work import Act, Read, Write


class Vitals:
    """Everything takes the opening of the page first; its visit is the one that is written to or read."""

    def __init__(
        self,
        write: Callable[[Act], AbstractContextManager[Write]],
        read: Callable[[Act], AbstractContextManager[Read]],
        clock: Clock,
    ) -> None:
        self._write = write
        self._read = read
        self._clock = clock

    def record(self, opening: Opening, entry: Entry) -> ReadingSet:
        """Puts a set on record. An entry that is on record already is given back as it stands."""
        raise NotImplementedError

    def amend(self, opening: Opening, reading_id: str, after: int, new: Measurement, reason: str) -> Reading:
        """Replaces what was observed; who measured it and when stay. `after` is the revision that was looked at:
        Problem CHANGED_MEANWHILE where it is not the latest."""
        raise NotImplementedError

    def void(self, opening: Opening, reading_id: str, after: int, reason: str) -> Reading:
        """Marks a reading as entered in error; it stays on record. Problem CHANGED_MEANWHILE."""
        raise NotImplementedError

    def sets(self, opening: Opening) -> tuple[ReadingSet, ...]:
        """The sets of the visit, the newest first, each reading with what it replaced."""
        raise NotImplementedError

    def last_values(self, opening: Opening) -> dict[Sign, Reading]:
        """The newest value of each sign from before this visit."""
        raise NotImplementedError

    def history(self, opening: Opening, sign: Sign, most: int = 24) -> tuple[Reading, ...]:
        """The newest `most` values of one sign, this visit's among them, the oldest first."""
        raise NotImplementedError
