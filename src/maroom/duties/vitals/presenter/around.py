"""What a form is drawn and judged with: of whom, when, in whose units, and what is known from before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from maroom.core.clock import Moment, shown_in
from maroom.core.findings import Finding, Severity
from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Measurement, Reading, Sign, Subject
from maroom.duties.vitals.presenter.form import Form, Taken, taken
from maroom.duties.vitals.rules import asked
from maroom.duties.vitals.rules.ages import Age, age_on
from maroom.duties.vitals.rules.asked import GIVEN, Line, line
from maroom.duties.vitals.rules.grown import with_growth
from maroom.duties.vitals.rules.judged import judged
from maroom.duties.vitals.rules.signs import scale
from maroom.duties.vitals.rules.slips import About, Slip, pressure_slip, slip
from maroom.duties.vitals.rules.told import Circumstances
from maroom.duties.vitals.rules.weight_changes import Weighed

HEIGHT_HOLDS = timedelta(days=180)
"""so long the last height of a child is good enough to hold its pressure against"""


@dataclass(frozen=True)
class Wishes:
    """What the clinic has set: `units` by sign (UCUM), whether children may be weighed in pounds, whether NEWS2 is counted,
    and whether what is calculated becomes readings of its own."""

    units: Mapping[str, str] = field(default_factory=dict[str, str])
    pounds: bool = False
    news2: bool = False
    calculated: bool = True


@dataclass(frozen=True)
class Around:
    """`last` are the newest values from before this visit."""

    subject: Subject
    now: Moment
    zone: ZoneInfo
    wishes: Wishes
    last: Mapping[Sign, Reading]
    weights: tuple[Weighed, ...] = ()
    """from before, and of this visit"""

    def at(self, measured: str) -> Around:
        """As it was when it was measured."""
        return replace(self, now=Moment.parse(measured)) if measured else self

    @property
    def day(self) -> date:
        return shown_in(self.now, self.zone).date()

    @property
    def age(self) -> Age | None:
        return age_on(self.day, self.subject.born) if self.subject.born else None

    @property
    def tall(self) -> Sign:
        """What this patient's length is called."""
        return Sign.LENGTH if Sign.LENGTH in asked.signs_asked(self.age) else Sign.HEIGHT

    def offered(self, of: Line) -> tuple[str, ...]:
        """The units that a row can be typed in."""
        if of.of_another:
            return scale(of.sign, of.fields[0][1]).units
        return asked.units_offered(of.sign, self.age, pounds=self.wishes.pounds)

    def unit(self, form: Form, of: Line) -> str:
        """The one that is chosen."""
        chosen = form.units.get(of.key)
        if chosen or of.of_another:
            return chosen or self.offered(of)[0]
        return asked.first_unit(of.sign, self.age, self.wishes.units, pounds=self.wishes.pounds)

    def taken(self, form: Form, key: str) -> Taken:
        """What stands in a row, with the parts of it that have rows of their own."""
        of = line(key)
        rows = (of, *(line(each) for each in GIVEN)) if of.sign is Sign.SPO2 else (of,)
        return taken(form, of, {each.key: self.unit(form, each) for each in rows}, self.day)

    def quantity(self, form: Form, sign: Sign) -> Quantity | None:
        """A value of the form that can be."""
        measurement = self.taken(form, sign.value).measurement
        possible = not any(one.severity is Severity.REFUSED for one in self.found(form, line(sign.value)))
        return measurement.quantity if measurement and possible else None

    # judged

    def found(self, form: Form, of: Line) -> tuple[Finding, ...]:
        """About the fields of a row, the most pressing first."""
        head = line(of.sign.value) if of.of_another else of
        there = self.taken(form, head.key)
        found = there.unread
        if not found and there.measurement:
            judgement = judged(there.measurement, self._circumstances(form, of.sign), pounds=self.wishes.pounds)
            judgement = with_growth(judgement, there.measurement, self.subject, self.day, self.last, self.weights)
            found = tuple(replace(one, field=one.field.replace(of.sign, head.key, 1)) for one in judgement)
        own = {of.key, *(name for name, _ in of.fields)}
        return tuple(one for one in found if one.field in own)

    def judged(self, measurement: Measurement) -> tuple[Finding, ...]:
        """By itself, whatever else was measured, and by the age on this day."""
        return judged(measurement, Circumstances(self.subject, self.day), pounds=self.wishes.pounds)

    def _circumstances(self, form: Form, sign: Sign) -> Circumstances:
        height = self._height(form) if sign is Sign.BP else None
        return Circumstances(self.subject, self.day, self.last.get(sign), height)

    def _height(self, form: Form) -> Quantity | None:
        """Of today, or the last one where it is not too old for a child."""
        today = self.quantity(form, self.tall)
        last = self.last.get(self.tall)
        if today or last is None:
            return today
        return last.measurement.quantity if self.now.utc - last.measured.utc <= HEIGHT_HOLDS else None

    # meant

    def slip(self, form: Form, of: Line) -> Slip | None:
        """What was probably meant by a row."""
        texts = [form.texts.get(name, "").strip() for name, _ in of.fields]
        if not any(texts):
            return None
        if of.sign is Sign.BP:
            return pressure_slip(texts[0], texts[1], self.age)
        last = self.last.get(of.sign)
        about = About(self.subject, self.day, last.measurement.quantity if last and not of.of_another else None)
        return slip(of.sign, texts[0], self.unit(form, of), about, of.fields[0][1])

    # shown

    def wall(self, moment: Moment) -> datetime:
        """On the clinic's clock. What another system gave as a mere day stays that day."""
        midnight = moment.offset == 0 and moment.utc.time() == datetime.min.time()
        return moment.local() if midnight else shown_in(moment, self.zone)
