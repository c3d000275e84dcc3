"""What the page says, in the language of the program."""

from maroom.duties.vitals.view.words.findings import (
    advice,
    advice_on,
    band,
    did_you_mean,
    finding,
    from_limit,
    slip,
)
from maroom.duties.vitals.view.words.how import asked, choice, spoken, told_choice
from maroom.duties.vitals.view.words.plain import tr
from maroom.duties.vitals.view.words.quick import chip, example, key
from maroom.duties.vitals.view.words.record import (
    before,
    changed,
    correcting,
    critical,
    last_day,
    late,
    measured,
    person,
    readings,
    taken,
    value_line,
)
from maroom.duties.vitals.view.words.remarks import more, remark
from maroom.duties.vitals.view.words.signs import absent, beside, hint, key_whole, row_name, row_whole, sign, unit, whole, why
from maroom.duties.vitals.view.words.technique import technique

__all__ = [
    "absent", "advice", "advice_on", "asked", "band", "before", "beside", "changed", "chip", "choice", "correcting",
    "critical", "did_you_mean", "example", "finding", "from_limit", "hint", "key", "key_whole", "last_day", "late", "measured",
    "more", "person", "readings", "remark", "row_name", "row_whole", "sign", "slip", "spoken", "taken", "technique",
    "told_choice", "tr", "unit", "value_line", "whole", "why",
]  # fmt: skip
