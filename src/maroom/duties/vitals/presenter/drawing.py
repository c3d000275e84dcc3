"""From the form and what is on record to what the page shows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from maroom.core.findings import Finding, Severity
from maroom.core.quantity import Quantity, converted
from maroom.duties.vitals.model import HALVES, Measurement, Reading, ReadingSet, Sign
from maroom.duties.vitals.presenter import remarks, scoring
from maroom.duties.vitals.presenter.around import Around
from maroom.duties.vitals.presenter.form import Form, Taken
from maroom.duties.vitals.presenter.state import Before, Cell, Curve, Last, Point, Question, Rest, Row, SetLine, Value
from maroom.duties.vitals.rules import asked, guides
from maroom.duties.vitals.rules.asked import Line, line
from maroom.duties.vitals.rules.counted import counts
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.grown import ALL_ASKED
from maroom.duties.vitals.rules.problem_list import sites_left
from maroom.duties.vitals.rules.shown import Shown, as_shown, in_other_unit, in_unit, plain, shown
from maroom.duties.vitals.rules.signs import symbol
from maroom.duties.vitals.rules.slips import Slip

POUND = "[lb_av]"
Names = Callable[[str], str]
"""Record id of a person > her name."""


LATE = timedelta(minutes=10)
"""a set that was typed so much later than it was measured says so"""


# rows


def row(form: Form, of: Line, around: Around, held: bool = False, rest: Rest | None = None) -> Row:
    """While the row is `held`, being typed in, nothing about it is refused, asked or offered."""
    score = of.sign is Sign.NEWS2
    unit, there = around.unit(form, of), around.taken(form, of.key)
    found = scoring.found(form, around) if score else around.found(form, of)
    quantity = _quantity(there, of)
    if held:
        found = tuple(one for one in found if one.severity is not Severity.REFUSED and one.code not in ALL_ASKED)
    kept = of.key in form.kept
    typed_unit = quantity.unit if quantity and unit not in counts(of.sign) else unit
    return Row(
        key=of.key,
        sign=of.sign,
        part=of.fields[0][1] if of.of_another else None,
        number=_number(of),
        cells=tuple(_cell(form, of, name, found) for name, _ in of.fields),
        unit=typed_unit,
        units=around.offered(of),
        value=_value(quantity, of, around),
        other=_other(quantity, of, unit),
        questions=() if of.of_another else tuple(_questions(form, of, around)),
        finding=_first(found, kept),
        asks=None if kept else next((one for one in found if one.code in ALL_ASKED), None),
        kept=kept,
        slip=None if held or kept else _slip(form, of, around, found),
        absent=there.measurement.absent if there.measurement and not of.of_another else None,
        remark=scoring.remark(form, around) if score else remarks.remark(form, of, quantity, around),
        last=None if of.of_another or _number(of) > 1 else _last(around, of.sign, typed_unit),
        rest=None if any(form.texts.get(name) for name, _ in of.fields) else rest,
        from_years=_from_years(form, of, around),
    )


def _quantity(there: Taken, of: Line) -> Quantity | None:
    if there.measurement is None:
        return None
    component = of.fields[0][1] if of.of_another else None
    return there.measurement.half(component) if component else there.measurement.quantity


def _number(of: Line) -> int:
    return int(of.key.rpartition("#")[2]) if "#" in of.key else 1


def _from_years(form: Form, of: Line, around: Around) -> int | None:
    wanted = of.key in form.more or any(form.texts.get(name) or form.absent.get(name) for name, _ in of.fields)
    return None if wanted else asked.routine(of.sign, around.age)


def _slip(form: Form, of: Line, around: Around, found: Sequence[Finding]) -> Slip | None:
    """Pounds of a child are never turned into kilograms by a key: the scale is switched, and she is weighed again."""
    return None if any(one.code == Found.POUNDS for one in found) else around.slip(form, of)


def _cell(form: Form, of: Line, name: str, found: Sequence[Finding]) -> Cell:
    severity = next((one.severity for one in found if one.field in (name, of.key)), "")
    return Cell(name, form.texts.get(name, ""), severity)


def _value(quantity: Quantity | None, of: Line, around: Around) -> Shown | None:
    if quantity is None:
        return None
    child = POUND not in asked.units_offered(Sign.WEIGHT, around.age)
    if child and quantity.unit == POUND:
        return Shown(plain(in_unit(quantity, "kg", of.sign)), symbol("kg"))
    return shown(quantity, of.sign, of.fields[0][1])


def _other(quantity: Quantity | None, of: Line, unit: str) -> Shown | None:
    """In the other system; of what was counted for less than a minute the rate."""
    if quantity is None or of.of_another:
        return None
    return shown(quantity, of.sign) if unit in counts(of.sign) else in_other_unit(quantity, of.sign)


def _first(found: Sequence[Finding], kept: bool) -> Finding | None:
    """What was said to be right steps behind what is told about it."""
    told = [one for one in found if not (kept and one.code in ALL_ASKED)]
    return next(iter([*told, *found]), None)


def _questions(form: Form, of: Line, around: Around) -> Iterator[Question]:
    said = form.said(of.key)
    for name, choices in asked.questions(of.sign, around.age).items():
        chosen = said.get(name, "")
        offered = sites_left(choices, of.sign, around.subject)
        yield Question(name, offered if chosen in ("", *offered) else (*offered, chosen), chosen)


def _last(around: Around, sign: Sign, unit: str) -> Last | None:
    """In the unit of the row, so that both numbers can be compared by eye."""
    reading = around.last.get(sign)
    value = as_shown(_in_unit(reading.measurement, unit)) if reading else None
    return Last(value.text, value.unit, around.wall(reading.measured)) if reading and isinstance(value, Shown) else None


def _in_unit(measurement: Measurement, unit: str) -> Measurement:
    quantity = measurement.quantity
    if quantity is None or unit in counts(measurement.sign):
        return measurement
    same = quantity.value if quantity.unit == unit else in_unit(quantity, unit, measurement.sign)
    return replace(measurement, value=Quantity(same, unit))


# the sign at hand


def curve(form: Form, key: str, around: Around, history: Sequence[Reading]) -> Curve:
    """Earlier values in the unit of the row, and last what is being typed, unless that cannot be."""
    of = line(key)
    chosen = around.unit(form, line(of.sign))
    unit = "/min" if chosen in counts(of.sign) else chosen
    there = around.taken(form, of.sign if of.of_another else key)
    possible = not any(one.severity is Severity.REFUSED for one in around.found(form, of))
    now = _point(there.measurement, around.wall(around.now), unit) if there.measurement and possible else None
    earlier = [_point(one.measurement, around.wall(one.measured), unit) for one in history]
    points = tuple(point for point in (*earlier, now) if point)
    return Curve(
        sign=of.sign,
        unit=unit,
        points=points,
        bands=guides.bands(of.sign, around.age),
        lines=guides.lines(of.sign, around.age),
        span=guides.span(of.sign),
        typed=now is not None,
    )


def _point(measurement: Measurement, at: datetime, unit: str) -> Point | None:
    upper, lower = (measurement.half(half) for half in HALVES)
    if upper:
        return Point(at, upper.value, lower.value if lower else None)
    quantity = measurement.quantity
    return Point(at, converted(quantity.value, quantity.unit, unit, _CURVE_PLACES)) if quantity else None


_CURVE_PLACES = 3


# what is on record


def set_line(one: ReadingSet, around: Around, names: Names) -> SetLine:
    who = one.performer
    values = tuple(value_of(reading, around, names) for reading in one.readings)
    first = one.readings[0]
    typed = (first.replaced or (first,))[0].recorded
    late = around.wall(typed) if typed.utc - one.measured.utc > LATE else None
    return SetLine(one.id, around.wall(one.measured), who.name or names(who.staff), values, late)


def value_of(reading: Reading, around: Around, names: Names) -> Value:
    """Each earlier value with who put the next in its place, when and why."""
    revisions = (*reading.replaced, reading)
    before = tuple(
        Before(as_shown(old.measurement), names(new.author), around.wall(new.recorded), new.reason)
        for old, new in pairwise(revisions)
    )
    derived = bool(reading.measurement.derived_from)
    return Value(
        reading.id, reading.sign, as_shown(reading.measurement), len(revisions) > 1, reading.retracted, before, derived
    )
