"""The patient's history, and what an assistant adds to it at the visit that was opened."""

from __future__ import annotations

from collections.abc import Sequence

from maroom.core.clock import Moment
from maroom.core.people import Opening
from maroom.visits.model import Allergies, Chart, NewAllergy, NewOrder, Notice, Order, Visit
from maroom.visits.service.base import VisitsBase


class ChartVerbs(VisitsBase):
    def visit(self, opening: Opening) -> Visit:
        """The visit that was opened, with its moves."""
        raise NotImplementedError

    def chart(self, opening: Opening) -> Chart:
        raise NotImplementedError

    def ask_allergies(self, opening: Opening, told: Sequence[NewAllergy]) -> Allergies:
        """Puts the answer on record; an empty one is `none known`, which ends in CHANGED_MEANWHILE where some are listed."""
        raise NotImplementedError

    def place_order(self, opening: Opening, new: NewOrder) -> Order:
        raise NotImplementedError

    def orders(self, opening: Opening) -> tuple[Order, ...]:
        """Those of the visit that was opened, and those of the patient that belong to no visit and are still active."""
        raise NotImplementedError

    def report_critical(
        self, opening: Opening, about: str, finding: str, whom: str, when: Moment | None = None, read_back: bool = False
    ) -> Notice:
        """A critical value and whom it was told to; `about` is the record it was found in. Open until it was read back."""
        raise NotImplementedError

    def answer_notice(self, opening: Opening, notice: str, after: int, whom: str, when: Moment, read_back: bool) -> Notice:
        """What came of telling it. Problem CHANGED_MEANWHILE."""
        raise NotImplementedError

    def open_notices(self, opening: Opening) -> tuple[Notice, ...]:
        """All that nobody has read back, of all patients, the oldest first."""
        raise NotImplementedError
