"""PINs by themselves: what one is, how it is hashed, how waits grow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.access import pin
from maroom.access.model import Tries

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["1234", "12345678", " 0007 ", "١٢٣٤", "१२३४५"])
def test_a_pin_is_four_to_eight_digits_of_any_script(typed: str) -> None:
    assert pin.digits(typed).isascii()
    assert len(pin.digits(typed)) == len(typed.strip())


@pytest.mark.parametrize("typed", ["", "123", "123456789", "12a4", "12 34", "½123", "-123", "12.4", "²²²²x"])
def test_anything_else_is_none_and_is_not_told(typed: str) -> None:
    with pytest.raises(ValueError, match="4 to 8 digits") as raised:
        pin.digits(typed)
    assert not typed.strip() or typed not in str(raised.value)


def test_a_pin_fits_its_hash_alone() -> None:
    kept = pin.hashed("4711")
    assert pin.fits("4711", kept)
    assert pin.fits("٤٧١١", kept)
    assert not pin.fits("4712", kept)
    assert not pin.fits("nonsense", kept)
    assert not pin.fits("4711", "no hash")


def test_equal_pins_have_different_hashes_and_none_shows_the_pin() -> None:
    one, other = pin.hashed("4711"), pin.hashed("4711")
    assert one != other
    assert one.startswith("$argon2id$")


def test_waits_begin_after_the_third_wrong_try_and_only_grow() -> None:
    waits = [pin.wait_after(wrong) for wrong in range(20)]
    assert waits[:6] == [0, 0, 0, 5, 15, 60]
    assert waits == sorted(waits)
    assert waits[-1] == 1800
    assert [pin.free_tries(wrong) for wrong in range(5)] == [3, 2, 1, 0, 0]


@given(st.integers(0, 50), st.floats(-1e6, 1e6))
def test_time_alone_ends_a_wait_and_a_clock_set_back_ends_none(wrong: int, seconds: float) -> None:
    tries = Tries(wrong, NOON)
    left = pin.seconds_left(tries, NOON + timedelta(seconds=seconds))
    whole = pin.wait_after(wrong)
    assert 0 <= left <= whole
    if seconds <= 0:
        assert left == whole
        again = pin.begun_anew(tries, NOON + timedelta(seconds=seconds))
        assert pin.seconds_left(again, NOON + timedelta(seconds=seconds + whole)) == pytest.approx(0, abs=1e-3)
