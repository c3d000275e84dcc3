"""The numbers and times that Bluetooth characteristics are made of, read one after the other. Little endian.

SFLOAT and FLOAT are those of IEEE 11073-20601: a mantissa of 12 or 24 bits and an exponent of ten of 4 or 8 bits. Date Time is
the characteristic 0x2A08. All as in the Bluetooth SIG's GATT Specification Supplement.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from maroom.devices.model import Refusal

_LARGEST_EXPONENT = 9
"""no value of a body has more zeros; a wider one is a damaged number, and would take long to write out"""


class Unfit(Exception):
    """What cannot be read as a reading."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code = code


class Octets:
    """A characteristic's value, from its first octet on."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0

    def whole(self, octets: int) -> int:
        """An unsigned integer. Unfit where it ends before that."""
        found = self._raw[self._at : self._at + octets]
        if len(found) < octets:
            raise Unfit(Refusal.MALFORMED)
        self._at += octets
        return int.from_bytes(found, "little")

    def sfloat(self) -> Decimal | None:
        """A short float, exactly; None where an error code stands in its place: 0x07FF (2047) not a number, 0x0800 not at this
        resolution, 0x07FE and 0x0802 infinite, 0x0801 reserved."""
        raw = self.whole(2)
        return _number(raw & 0x0FFF, raw >> 12, 12, 4)

    def float(self) -> Decimal | None:
        """A float, exactly; None where an error code stands in its place: 0x007FFFFF, 0x00800000, 0x007FFFFE, 0x00800002,
        0x00800001."""
        raw = self.whole(4)
        return _number(raw & 0x00FF_FFFF, raw >> 24, 24, 8)

    def time(self) -> datetime | None:
        """Seven octets; None where year, month or day are not known (zero). Unfit for a day or an hour that there is not."""
        year, month, day, hour, minute, second = self.whole(2), *(self.whole(1) for _ in range(5))
        if not (year and month and day):
            return None
        try:
            return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the instrument tells no zone
        except ValueError:
            raise Unfit(Refusal.MALFORMED) from None

    def end(self, known: bool = True) -> None:
        """Unfit where more follows; but for flags that are not known here, whose fields must be passed over."""
        if known and self._at != len(self._raw):
            raise Unfit(Refusal.MALFORMED)


def _number(mantissa: int, exponent: int, bits: int, exponent_bits: int) -> Decimal | None:
    """Special values are the two highest and the three lowest mantissas, with an exponent of zero."""
    value, power = _signed(mantissa, bits), _signed(exponent, exponent_bits)
    half = 1 << (bits - 1)
    if power == 0 and not 2 - half < value < half - 2:
        return None
    if power > _LARGEST_EXPONENT:
        raise Unfit(Refusal.OUT_OF_BOUNDS)
    return Decimal(value) * 10**power if power >= 0 else Decimal(value).scaleb(power)


def _signed(raw: int, bits: int) -> int:
    return raw - (1 << bits) if raw >> (bits - 1) else raw
