"""The readings of instruments that the page offers. Nothing is taken by itself: a person presses Use, and then saves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from maroom.core.clock import Clock, Moment, shown_in
from maroom.devices.instruments import Instruments
from maroom.devices.model import Instrument, Refusal, Remark
from maroom.devices.offers import Doubt, Offer, Why, Withheld
from maroom.duties.vitals.model import Absent, Sign
from maroom.duties.vitals.presenter import filling
from maroom.duties.vitals.presenter.filling import Places, Units
from maroom.duties.vitals.presenter.form import Form
from maroom.duties.vitals.rules.shown import Shown, as_shown

SHOWN = 3
"""lines at once; those that came later follow as these are used or put aside"""


@dataclass(frozen=True)
class Line:
    """One reading. `at` is by the clinic's clock; `ahead` by how much the instrument's own is ahead, where that is told.
    `unfit` are signs in a unit that this patient is not measured in."""

    key: str
    instrument: str
    at: datetime
    values: tuple[tuple[Sign, Shown], ...]
    remarks: tuple[Remark, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    ahead: timedelta | None = None
    unfit: tuple[Sign, ...] = ()
    may_use: bool = True
    """whether a row that it belongs to is empty"""


@dataclass(frozen=True)
class Missed:
    """The newest of what came in is not offered, and why. It may be of somebody else, so that no value of it is told."""

    instrument: str
    why: Why | Refusal
    off: timedelta | None = None


@dataclass(frozen=True)
class State:
    """`more` are offers that are not shown yet."""

    lines: tuple[Line, ...] = ()
    more: int = 0
    missed: Missed | None = None


NOTHING = State()


class Offered:
    """Of one visit, as long as its page is open. `roomed` tells since when the patient is in the room, None where nobody knows:
    then only what comes in from now on is offered. `changed` is called when there is something else to draw, not before this
    is made."""

    def __init__(
        self,
        instruments: Instruments,
        clock: Clock,
        visit: str,
        roomed: Callable[[], Moment | None],
        changed: Callable[[], None],
    ) -> None:
        self._instruments, self._clock, self._visit = instruments, clock, visit
        self._roomed, self._opened, self._changed = roomed, clock.now(), changed
        self._offers: tuple[Offer, ...] = ()
        self._missed: Missed | None = None
        instruments.follow()
        self.look()
        self._forget = instruments.listen(self._came)

    def close(self) -> None:
        self._forget()

    def look(self) -> None:
        """Looks through the tray anew: what was saved is offered no more."""
        if not self._instruments.last_heard and self._instruments.last_refused is None:
            return
        since = self._roomed() or self._opened
        self._offers = tuple(reversed(self._instruments.tray.offers(since, self._visit)))
        self._missed = self._newest_missed(since)

    def state(self, form: Form, places: Places, units: Units) -> State:
        """The oldest first, so that no button moves under a finger as the next reading comes in."""
        taken = filling.used(form)
        open_ones = [offer for offer in self._offers if offer.key not in taken]
        lines = tuple(self._line(offer, form, places, units) for offer in open_ones[:SHOWN])
        return State(lines, len(open_ones) - len(lines), self._missed) if lines or self._missed else NOTHING

    def use(self, key: str, form: Form, places: Places, units: Units) -> Form:
        """The form with the reading in its empty rows; as it was where the reading is offered no more."""
        self.look()
        offer = next((one for one in self._offers if one.key == key), None)
        if offer is None or key in filling.used(form):
            return form
        return filling.filled(form, filling.fillings(form, offer, places, units))

    def not_theirs(self, key: str) -> None:
        """It is of somebody else, to whom it is still offered."""
        self._instruments.tray.put_aside(key, self._visit)
        self.look()

    def _came(self) -> None:
        before = (self._offers, self._missed)
        self.look()
        if (self._offers, self._missed) != before:
            self._changed()

    def _line(self, offer: Offer, form: Form, places: Places, units: Units) -> Line:
        measured = filling.measurements(offer.reading)
        values = tuple((one.sign, value) for one in measured if not isinstance(value := as_shown(one), Absent))
        return Line(
            key=offer.key,
            instrument=_name(offer.reading.instrument),
            at=shown_in(offer.measured, self._clock.zone),
            values=values,
            remarks=offer.reading.remarks,
            doubts=offer.doubts,
            ahead=offer.ahead,
            unfit=tuple(one.sign for one in measured if not filling.fits(one, units)),
            may_use=bool(filling.fillings(form, offer, places, units)),
        )

    def _newest_missed(self, since: Moment) -> Missed | None:
        """Told while nothing else has come in since; what was used is not told again."""
        refused = self._instruments.last_refused
        if refused and refused[1].utc >= since.utc:
            return Missed(_name(refused[0].instrument), refused[0].code)
        newest = next(iter(self._instruments.tray.judged(since)), None)
        if isinstance(newest, Withheld) and newest.why is not Why.USED and newest.received.utc >= since.utc:
            return Missed(_name(newest.reading.instrument), newest.why, newest.off)
        return None


def _name(instrument: Instrument) -> str:
    return instrument.name or instrument.id
