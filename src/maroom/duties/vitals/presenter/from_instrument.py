"""What a reading of an instrument put into a row of the form: kept with the form, so that it is known when it is saved."""

from __future__ import annotations

from dataclasses import dataclass

from maroom.core.clock import Moment


@dataclass(frozen=True)
class FromInstrument:
    """`reading` is the key that it is noted as used by, `row` the key of the row; a cuff fills two rows. Texts are by field."""

    reading: str
    row: str
    texts: dict[str, str]
    unit: str
    how: dict[str, str]
    """the qualifiers that were said by it"""
    at: Moment
    """when it was measured"""
