"""Which rows the form has, and what each shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maroom.core.findings import Severity
from maroom.duties.vitals.model import Reading, Sign
from maroom.duties.vitals.presenter import drawing, pressures, scoring
from maroom.duties.vitals.presenter.around import Around
from maroom.duties.vitals.presenter.form import ON_OXYGEN, OXYGEN, Form
from maroom.duties.vitals.presenter.state import Rest, Row
from maroom.duties.vitals.rules.ages import Age
from maroom.duties.vitals.rules.asked import GIVEN, Line, again, line, on_demand, signs_asked

QUICK = "quick"
"""how the field of the quick line is named"""


def lines(form: Form, around: Around, earlier: Sequence[Reading]) -> tuple[Line, ...]:
    """What is asked at this age, in its order, and behind it what somebody asked for. `earlier`: pressures of this visit."""
    signs = (*signs_asked(around.age, around.subject.sex), *((Sign.NEWS2,) if scoring.asked(around) else ()))
    besides = [key for key in form.more if line(key).sign not in signs]
    keys = [key for sign in signs for key in _keys(sign, form, around, earlier)]
    return tuple(map(line, dict.fromkeys([*keys, *besides])))


def _keys(sign: Sign, form: Form, around: Around, earlier: Sequence[Reading]) -> Iterator[str]:
    if sign is Sign.BP:
        yield from pressures.rows(form, around, earlier)
        return
    yield sign.value
    if sign is Sign.SPO2 and form.said(sign.value).get(OXYGEN) == ON_OXYGEN:
        yield from GIVEN


def more(there: Sequence[Line], age: Age | None) -> tuple[str, ...]:
    """What can be asked for besides: the next pressure, and the signs that have no row."""
    known, count = {one.sign for one in there}, sum(one.sign is Sign.BP for one in there)
    next_one = [again(count + 1)] if 0 < count < pressures.MOST else []
    return (*next_one, *(sign.value for sign in on_demand(age) if sign not in known))


def rows(form: Form, there: Sequence[Line], around: Around, held: str, rest: Rest) -> tuple[Row, ...]:
    """The rest belongs to the first pressure that is still to be taken again."""
    waits = next((one.key for one in there if _is_awaited(form, one)), "")
    return tuple(drawing.row(form, one, around, held=one.key == held, rest=rest if one.key == waits else None) for one in there)


def _is_awaited(form: Form, one: Line) -> bool:
    empty = not any(form.texts.get(name) or form.absent.get(name) for name, _ in one.fields)
    return one.sign is Sign.BP and one.key != Sign.BP and empty


def not_ready(shown: Sequence[Row]) -> str:
    """The first field whose value cannot be, or must first be said to be right."""
    for row in shown:
        refused = row.finding is not None and row.finding.severity is Severity.REFUSED
        if row.asks or refused:
            bad = [cell.field for cell in row.cells if cell.severity]
            return (bad or [row.cells[0].field])[0]
    return ""
