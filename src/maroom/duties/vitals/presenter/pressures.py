"""Blood pressure taken again: which rows the form has for it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maroom.core.findings import Severity
from maroom.duties.vitals.model import Reading, Sign
from maroom.duties.vitals.presenter.around import Around
from maroom.duties.vitals.presenter.form import Form
from maroom.duties.vitals.rules.asked import again, line
from maroom.duties.vitals.rules.derived import halves
from maroom.duties.vitals.rules.repeats import Pressure, readings_wanted, third_wanted, wanted_again

MOST = 4
"""rows for the pressure of one set"""


def rows(form: Form, around: Around, earlier: Sequence[Reading]) -> tuple[str, ...]:
    """The first one, and those for readings that are wanted, typed or asked for. `earlier`: what this visit has already."""
    before = [pair for one in earlier if (pair := halves(one.measurement))]
    there = [key for key in map(again, range(2, MOST + 1)) if _is_there(form, key)]
    wanted = _wanted(before + list(_typed(form, around)), around) - len(before)
    last = max([1, min(wanted, MOST), *(int(key.rpartition("#")[2]) for key in there)])
    return tuple(again(number) for number in range(1, last + 1))


def _is_there(form: Form, key: str) -> bool:
    fields = [name for name, _ in line(key).fields]
    return key in form.more or any(form.texts.get(name) or form.absent.get(name) for name in fields)


def _typed(form: Form, around: Around) -> Iterator[Pressure]:
    """In the order of the rows, up to the first one that is not whole."""
    for number in range(1, MOST + 1):
        measurement = around.taken(form, again(number)).measurement
        refused = any(one.severity is Severity.REFUSED for one in around.found(form, line(again(number))))
        pair = halves(measurement) if measurement and not refused else None
        if pair is None:
            return
        yield pair


def _wanted(readings: Sequence[Pressure], around: Around) -> int:
    """Of how many readings the pressure should be, those that are there among them."""
    if not readings or not wanted_again(readings[0], around.age, around.subject.sex):
        return len(readings)
    least = readings_wanted(around.age)
    apart = len(readings) >= least and least == 2 and third_wanted(readings[0], readings[1])
    return least + 1 if apart else least


def earlier(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The pressures of a visit that an average may rest on: whole, standing, and none of a series of positions."""
    whole = [one for one in readings if one.sign is Sign.BP and not one.retracted and halves(one.measurement)]
    positions = {one.set_id: set[str]() for one in whole}
    for one in whole:
        positions[one.set_id].add(one.measurement.qualifiers.get("position", ""))
    return tuple(one for one in whole if len(positions[one.set_id]) == 1)
