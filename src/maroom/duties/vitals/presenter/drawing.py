"""From the form and what is on record to what the page shows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from maroom.core.clock import Moment, shown_in
from maroom.core.findings import Finding, Severity
from maroom.core.quantity import Quantity, converted
from maroom.duties.vitals.model import HALVES, Measurement, Reading, ReadingSet, Sign, Subject
from maroom.duties.vitals.presenter.form import Form, Taken, taken
from maroom.duties.vitals.presenter.state import Before, Cell, Curve, Last, Point, Question, Remark, Row, SetLine, Value
from maroom.duties.vitals.rules import asked, guides
from maroom.duties.vitals.rules.ages import Age, age_on
from maroom.duties.vitals.rules.body_mass import body_mass_index
from maroom.duties.vitals.rules.found import ASKED
from maroom.duties.vitals.rules.judged import judged
from maroom.duties.vitals.rules.shown import Shown, as_shown, in_other_unit, in_unit, plain, short
from maroom.duties.vitals.rules.signs import offered, symbol

Names = Callable[[str], str]
"""Record id of a person > her name."""


@dataclass(frozen=True)
class Around:
    """What a form is drawn and judged with: of whom, when, in whose units, and the last values from before."""

    subject: Subject
    now: Moment
    zone: ZoneInfo
    units: Mapping[str, str]
    last: Mapping[Sign, Reading]

    @property
    def day(self) -> date:
        return self.now.local().date()

    @property
    def age(self) -> Age | None:
        return age_on(self.day, self.subject.born) if self.subject.born else None

    def unit(self, form: Form, sign: Sign) -> str:
        return form.units.get(sign.value) or asked.first_unit(sign, self.age, self.units)

    def found(self, sign: Sign, there: Taken) -> tuple[Finding, ...]:
        if there.unread or there.measurement is None:
            return there.unread
        return judged(there.measurement, self.subject, self.day, self.last.get(sign))

    def wall(self, moment: Moment) -> datetime:
        """On the clinic's clock. What another system gave as a mere day stays that day."""
        midnight = moment.offset == 0 and moment.utc.time() == datetime.min.time()
        return moment.local() if midnight else shown_in(moment, self.zone)


# rows


def row(form: Form, sign: Sign, around: Around, held: bool = False) -> Row:
    """While the sign is `held`, being typed in, nothing about it is refused or asked."""
    unit = around.unit(form, sign)
    there = taken(form, sign, unit)
    found = around.found(sign, there)
    if held:
        found = tuple(one for one in found if one.severity is not Severity.REFUSED and one.code not in ASKED)
    kept = sign.value in form.kept
    return Row(
        sign=sign,
        cells=tuple(_cell(form, sign, name, found) for name, _ in asked.fields_of(sign)),
        unit=_unit_typed(there, unit),
        units=asked.units_offered(sign, around.age),
        other=_other(there),
        questions=tuple(_questions(form, sign)),
        finding=_first(found, kept),
        asks=None if kept else next((one for one in found if one.code in ASKED), None),
        kept=kept,
        absent=there.measurement.absent if there.measurement else None,
        remark=_remark(form, sign, there, around),
        last=_last(around, sign, _unit_typed(there, unit)),
    )


def _cell(form: Form, sign: Sign, name: str, found: Sequence[Finding]) -> Cell:
    severity = next((one.severity for one in found if one.field in (name, sign.value)), "")
    return Cell(name, form.texts.get(name, ""), severity)


def _unit_typed(there: Taken, unit: str) -> str:
    """A unit that was typed with the number counts more than the one that was chosen."""
    quantity = there.measurement.quantity if there.measurement else None
    return quantity.unit if quantity else unit


def _other(there: Taken) -> Shown | None:
    quantity = there.measurement.quantity if there.measurement else None
    return in_other_unit(quantity, there.measurement.sign) if quantity and there.measurement else None


def _first(found: Sequence[Finding], kept: bool) -> Finding | None:
    """What was said to be right steps behind what is told about it."""
    told = [one for one in found if not (kept and one.code in ASKED)]
    return next(iter([*told, *found]), None)


def _questions(form: Form, sign: Sign) -> Iterator[Question]:
    said = form.how.get(sign.value, {})
    for name, choices in offered(sign).items():
        yield Question(name, choices, said.get(name, ""))


def _last(around: Around, sign: Sign, unit: str) -> Last | None:
    """In the unit of the row, so that both numbers can be compared by eye."""
    reading = around.last.get(sign)
    value = as_shown(_in_unit(reading.measurement, unit)) if reading else None
    return Last(value.text, value.unit, around.wall(reading.measured)) if reading and isinstance(value, Shown) else None


def _in_unit(measurement: Measurement, unit: str) -> Measurement:
    quantity = measurement.quantity
    if quantity is None:
        return measurement
    same = quantity.value if quantity.unit == unit else in_unit(quantity, unit, measurement.sign)
    return replace(measurement, value=Quantity(same, unit))


def _remark(form: Form, sign: Sign, there: Taken, around: Around) -> Remark | None:
    quantity = there.measurement.quantity if there.measurement else None
    if quantity is None:
        return None
    if sign is Sign.HEIGHT:
        return _body_mass(form, quantity, around)
    return _change(quantity, around.last[sign]) if sign is Sign.WEIGHT and sign in around.last else None


def _body_mass(form: Form, height: Quantity, around: Around) -> Remark | None:
    there = taken(form, Sign.WEIGHT, around.unit(form, Sign.WEIGHT))
    refused = any(one.severity is Severity.REFUSED for one in around.found(Sign.WEIGHT, there))
    weight = there.measurement.quantity if there.measurement else None
    if weight is None or refused or not height.value:
        return None
    return Remark("bmi", plain(body_mass_index(weight, height)))


def _change(quantity: Quantity, last: Reading) -> Remark | None:
    before = last.measurement.quantity
    if before is None:
        return None
    change = in_unit(quantity, quantity.unit, Sign.WEIGHT) - in_unit(before, quantity.unit, Sign.WEIGHT)
    code = "same" if not change else "up" if change > 0 else "down"
    return Remark(code, short(abs(change)), symbol(quantity.unit))


# the sign at hand


def curve(form: Form, sign: Sign, around: Around, history: Sequence[Reading]) -> Curve:
    """Earlier values in the unit of the row, and last what is being typed, unless that cannot be."""
    unit = around.unit(form, sign)
    there = taken(form, sign, unit)
    possible = not any(one.severity is Severity.REFUSED for one in around.found(sign, there))
    now = _point(there.measurement, around.wall(around.now), unit) if there.measurement and possible else None
    earlier = [_point(one.measurement, around.wall(one.measured), unit) for one in history]
    points = tuple(point for point in (*earlier, now) if point)
    return Curve(
        sign=sign,
        unit=unit,
        points=points,
        bands=guides.bands(sign, around.age),
        lines=guides.lines(sign, around.age),
        span=guides.span(sign),
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
    return SetLine(one.id, around.wall(one.measured), who.name or names(who.staff), values)


def value_of(reading: Reading, around: Around, names: Names) -> Value:
    """Each earlier value with who put the next in its place, when and why."""
    revisions = (*reading.replaced, reading)
    before = tuple(
        Before(as_shown(old.measurement), names(new.author), around.wall(new.recorded), new.reason)
        for old, new in pairwise(revisions)
    )
    return Value(reading.id, reading.sign, as_shown(reading.measurement), len(revisions) > 1, reading.retracted, before)
