"""What the page says, in the language of the program."""

from maroom.duties.vitals.view.words.findings import advice, band, finding, from_limit, remark
from maroom.duties.vitals.view.words.how import asked, choice, spoken, told_choice
from maroom.duties.vitals.view.words.plain import tr
from maroom.duties.vitals.view.words.record import before, changed, correcting, last_day, person, readings, value_line
from maroom.duties.vitals.view.words.signs import absent, sign, unit, whole, why

__all__ = [
    "absent", "advice", "asked", "band", "before", "changed", "choice", "correcting", "finding", "from_limit",
    "last_day", "person", "readings", "remark", "sign", "spoken", "told_choice", "tr", "unit", "value_line", "whole", "why",
]  # fmt: skip
