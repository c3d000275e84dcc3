"""What is offered for a visit, and what is not: older than this rooming, used before, or of a clock that cannot be believed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.core.clock import Moment
from maroom.core.quantity import Quantity
from maroom.devices.model import DeviceReading, Heard, Instrument, Remark, What
from maroom.devices.offers import Doubt, Offer, Tray, Why, Withheld, as_charted, judged, key
from tests.builders import SetClock
from tests.devices.build import CUFF, MORNING

NEW_YORK = ZoneInfo("America/New_York")
RECEIVED = Moment(datetime(2026, 11, 24, 15, 42, 30, tzinfo=UTC), -300)
"""23 seconds after the instrument says it measured, at 10:42:07 in New York"""
ROOMED = replace(RECEIVED, utc=RECEIVED.utc - timedelta(minutes=5))
PRESSURE = {What.SYSTOLIC: Quantity(Decimal(142), "mm[Hg]"), What.DIASTOLIC: Quantity(Decimal(88), "mm[Hg]")}
READING = DeviceReading(CUFF, PRESSURE, MORNING)


@dataclass
class Kept:
    """The record of used readings, as a store would keep it."""

    keys: set[str] = field(default_factory=set)

    def is_used(self, key: str) -> bool:
        return key in self.keys


def heard(ahead: float | None = None, seconds: float = 0, **changed: object) -> Heard:
    """The reading, with its clock `seconds` off."""
    reading = replace(READING, at=MORNING + timedelta(seconds=seconds))
    return Heard(replace(reading, **changed), RECEIVED, ahead)


def judge(one: Heard, since: Moment = ROOMED, used: Kept | None = None) -> Offer | Withheld:
    return judged(one, since, NEW_YORK, used or Kept())


def withheld(one: Heard, since: Moment = ROOMED, used: Kept | None = None) -> Why:
    found = judge(one, since, used)
    assert isinstance(found, Withheld)
    return found.why


def offered(one: Heard, since: Moment = ROOMED) -> Offer:
    found = judge(one, since)
    assert isinstance(found, Offer)
    return found


def test_a_reading_of_this_rooming_is_offered() -> None:
    found = offered(heard())
    assert found.measured.iso() == "2026-11-24T10:42:07-05:00"
    assert (found.reading.instrument.name, found.doubts) == ("UA-651BLE", ())


def test_one_from_before_this_rooming_is_not() -> None:
    assert withheld(heard(seconds=-300)) is Why.OLDER
    assert offered(heard(seconds=-270)).measured.utc > ROOMED.utc


def test_one_that_came_in_before_this_rooming_is_not() -> None:
    later = replace(RECEIVED, utc=RECEIVED.utc + timedelta(minutes=1))
    assert withheld(heard(), later) is Why.OLDER
    assert withheld(heard(at=None), later) is Why.OLDER


def test_one_that_was_used_is_not() -> None:
    kept = Kept({key(heard())})
    assert withheld(heard(), used=kept) is Why.USED
    again = replace(heard(), received=replace(RECEIVED, utc=RECEIVED.utc + timedelta(hours=1)))
    assert withheld(again, used=kept) is Why.USED


@pytest.mark.parametrize(
    "other",
    [
        heard(seconds=1),
        heard(instrument=Instrument("another", CUFF.name)),
        heard(values=PRESSURE | {What.SYSTOLIC: Quantity(Decimal(143), "mm[Hg]")}),
        heard(values=PRESSURE | {What.SYSTOLIC: Quantity(Decimal(142), "kPa")}),
    ],
    ids=["time", "instrument", "value", "unit"],
)
def test_another_reading_has_another_key(other: Heard) -> None:
    assert key(other) != key(heard())


def test_trailing_zeros_make_no_other_reading() -> None:
    longer = heard(values=PRESSURE | {What.SYSTOLIC: Quantity(Decimal("142.0"), "mm[Hg]")})
    assert key(longer) == key(heard())


# its clock


def test_a_clock_far_ahead_is_not_believed() -> None:
    """It may be a reading from before this rooming: how far ahead it is nobody knows."""
    found = judge(heard(seconds=3600))
    assert isinstance(found, Withheld)
    assert (found.why, found.off) == (Why.AHEAD, timedelta(seconds=3577))


def test_a_clock_a_little_ahead_measures_nothing_in_the_future() -> None:
    assert offered(heard(seconds=100)).measured == RECEIVED


def test_a_clock_that_was_asked_is_put_right_and_told() -> None:
    found = offered(heard(ahead=3600, seconds=3600))
    assert found.measured.iso() == "2026-11-24T10:42:07-05:00"
    assert (found.doubts, found.ahead) == ((Doubt.CLOCK_OFF,), timedelta(hours=1))


def test_a_clock_far_behind_that_was_asked_is_put_right() -> None:
    """Of a cuff whose battery was changed: it lives in the year before."""
    year = 365 * 86400
    assert offered(heard(ahead=-year, seconds=-year)).doubts == (Doubt.CLOCK_OFF,)
    assert withheld(heard(seconds=-year)) is Why.OLDER


def test_an_old_reading_of_a_wrong_clock_stays_old() -> None:
    assert withheld(heard(ahead=3600, seconds=3600 - 400)) is Why.OLDER


def test_a_clock_that_is_right_raises_no_doubt() -> None:
    assert offered(heard(ahead=-3.5, seconds=-3.5)).doubts == ()


def test_an_instrument_without_a_clock_is_offered_with_that_said() -> None:
    found = offered(heard(at=None))
    assert (found.measured, found.doubts) == (RECEIVED, (Doubt.NO_TIME,))


def test_a_memory_without_a_time_is_not_offered() -> None:
    assert withheld(heard(at=None, remarks=(Remark.FROM_MEMORY,))) is Why.UNDATED


@given(st.integers(-(10**7), 10**7), st.none() | st.floats(-(10**7), 10**7))
def test_nothing_offered_is_older_than_the_rooming_or_of_the_future(seconds: int, ahead: float | None) -> None:
    found = judge(heard(ahead=ahead, seconds=seconds))
    if isinstance(found, Offer):
        assert ROOMED.utc <= found.measured.utc <= RECEIVED.utc


# in the tray


def test_the_tray_holds_each_reading_once_the_newest_first() -> None:
    tray = Tray(SetClock(), Kept())
    assert [tray.put(heard(seconds=second)) for second in (-9, -3, -9)] == [True, True, False]
    assert [offer.reading.at for offer in tray.offers(ROOMED)] == [
        MORNING - timedelta(seconds=3),
        MORNING - timedelta(seconds=9),
    ]


def test_the_tray_offers_to_the_next_patient_only_what_came_since() -> None:
    kept = Kept()
    tray = Tray(SetClock(), kept)
    tray.put(heard())
    offer = tray.offers(ROOMED)[0]
    kept.keys.add(offer.key)
    assert [one.why for one in tray.judged(ROOMED) if isinstance(one, Withheld)] == [Why.USED]
    assert tray.offers(replace(RECEIVED, utc=RECEIVED.utc + timedelta(minutes=9))) == ()


def test_what_is_put_aside_may_still_be_of_somebody_else() -> None:
    tray = Tray(SetClock(), Kept())
    tray.put(heard())
    tray.put_aside(tray.offers(ROOMED)[0].key, "hers")
    assert tray.offers(ROOMED, "hers") == ()
    assert len(tray.offers(ROOMED, "his")) == 1


def test_a_full_tray_loses_the_oldest() -> None:
    tray = Tray(SetClock(), Kept())
    for second in range(60):
        tray.put(heard(seconds=-60 + second))
    assert len(tray.judged(ROOMED)) == 50


# as it is charted


@pytest.mark.parametrize(("kilopascals", "mercury"), [("18.9", "142"), ("11.7", "88"), ("16.0", "120"), ("10.7", "80")])
def test_kilopascals_become_whole_millimetres_of_mercury(kilopascals: str, mercury: str) -> None:
    """1 kPa is 7.50061683 mmHg."""
    found = as_charted(Quantity(Decimal(kilopascals), "kPa"))
    assert found == Quantity(Decimal(mercury), "mm[Hg]", f"{kilopascals} kPa")


def test_every_other_unit_is_charted_as_sent() -> None:
    assert as_charted(Quantity(Decimal("84.560"), "kg")) == Quantity(Decimal("84.560"), "kg")
