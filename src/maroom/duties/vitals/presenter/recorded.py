"""What is on record of the patient, as far as the page shows it: read once, and again when it changed."""

from __future__ import annotations

from maroom.core.people import Opening
from maroom.duties.vitals.model import Reading, ReadingSet, Sign
from maroom.duties.vitals.presenter import pressures
from maroom.duties.vitals.rules.weight_changes import Weighed
from maroom.duties.vitals.service import Vitals


class Recorded:
    """`last` are the newest values from before this visit, `sets` those of it, the newest first."""

    def __init__(self, vitals: Vitals, opening: Opening) -> None:
        self._vitals, self._opening = vitals, opening
        self._histories: dict[Sign, tuple[Reading, ...]] = {}
        self.last = vitals.last_values(opening)
        self.sets: tuple[ReadingSet, ...] = vitals.sets(opening)

    def read_again(self) -> None:
        self._histories.clear()
        self.sets = self._vitals.sets(self._opening)

    def history(self, sign: Sign) -> tuple[Reading, ...]:
        """The newest values of a sign, the oldest first."""
        if sign not in self._histories:
            self._histories[sign] = self._vitals.history(self._opening, sign)
        return self._histories[sign]

    @property
    def weights(self) -> tuple[Weighed, ...]:
        found = self.history(Sign.WEIGHT)
        return tuple(
            Weighed(one.measurement.quantity, one.measured.local().date()) for one in found if one.measurement.quantity
        )

    def find(self, reading_id: str) -> Reading | None:
        """A reading of this visit."""
        return next((one for made in self.sets for one in made.readings if one.id == reading_id), None)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Of this visit, the oldest set first."""
        return tuple(one for made in reversed(self.sets) for one in made.readings)

    @property
    def pressures(self) -> tuple[Reading, ...]:
        """Those of this visit that an average may rest on, the oldest first."""
        return pressures.earlier(self.readings)
