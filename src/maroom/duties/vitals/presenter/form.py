"""All that is typed and chosen on the page, and what it says about each row. This, and nothing else, is what a draft keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from maroom.core.findings import Finding, Severity
from maroom.core.ids import new_id
from maroom.core.quantity import Quantity, parse_number
from maroom.duties.vitals.model import Absent, Component, Measurement, Sign, Why
from maroom.duties.vitals.presenter.from_instrument import FromInstrument
from maroom.duties.vitals.rules import entry
from maroom.duties.vitals.rules.asked import GIVEN, RHYTHM, Line, key_of, line
from maroom.duties.vitals.rules.counted import a_minute, counts
from maroom.duties.vitals.rules.days import read_day
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.quick.parts import QuickLine
from maroom.duties.vitals.rules.signs import spec

OXYGEN, ON_OXYGEN = "oxygen", "on_oxygen"


@dataclass(frozen=True)
class Form:
    """`set_id` is that of the set it becomes, so that saving it twice makes one. Units and qualifiers are by row, texts and
    absences by field; `kept` are the rows whose unusual value was said to be right, `more` those that somebody asked for."""

    set_id: str = field(default_factory=new_id)
    texts: dict[str, str] = field(default_factory=dict[str, str])
    units: dict[str, str] = field(default_factory=dict[str, str])
    how: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    absent: dict[str, str] = field(default_factory=dict[str, str])
    reasons: dict[str, str] = field(default_factory=dict[str, str])
    """more about an absence, by field"""
    kept: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    times: dict[str, str] = field(default_factory=dict[str, str])
    """when each row was typed, ISO"""
    quick: str = ""
    """the quick line as it is typed"""
    filled: str = ""
    """the quick line as it was when its values were put into the rows"""
    measured: str = ""
    """ISO time where it was measured before it is typed; empty: now"""
    performer: str = ""
    """record id of who measured it, where it was somebody else"""
    instruments: tuple[FromInstrument, ...] = ()
    """what instruments said of it, as it stands in its rows"""

    @property
    def has_values(self) -> bool:
        """Something that can be put on record, if it can be read."""
        return any(self.texts.values()) or bool(self.absent)

    @property
    def is_empty(self) -> bool:
        said = (self.quick.strip(), self.measured, self.performer, self.more)
        return not self.has_values and not any(self.how.values()) and not any(said)

    def typed(self, name: str, text: str, at: str = "") -> Form:
        """A value takes the place of the reason why there was none, and has to be said to be right anew."""
        key = key_of(name)
        absent = {each: why for each, why in self.absent.items() if each != name} if text else self.absent
        times = {**self.times, key: at} if at else self.times
        return replace(self, texts={**self.texts, name: text}, times=times, absent=absent, kept=_without(self.kept, key))

    def in_unit(self, key: str, unit: str) -> Form:
        """What was typed stays as it is, and is now meant in this unit."""
        return replace(self, units={**self.units, key: unit}, kept=_without(self.kept, key))

    def qualified(self, key: str, name: str, word: str) -> Form:
        """What is said of oxygen is gone where none is given."""
        said = {each: value for each, value in {**self.said(key), name: word}.items() if value}
        given = name != OXYGEN or word == ON_OXYGEN
        texts = self.texts if given else {each: text for each, text in self.texts.items() if each not in GIVEN}
        return replace(self, how={**self.how, key: said}, texts=texts)

    def said(self, key: str) -> Mapping[str, str]:
        """How it was measured, as far as somebody said so: also of a pressure that is taken again nothing is assumed."""
        return self.how.get(key, {})

    def not_taken(self, key: str, why: str, reason: str = "") -> Form:
        """Of what was not typed of the row, or of all of it. An empty `why` takes the absence back."""
        fields = [name for name, _ in line(key).fields]
        meant = [name for name in fields if not self.texts.get(name)] or fields
        absent = {name: value for name, value in self.absent.items() if name not in fields}
        reasons = {name: text for name, text in self.reasons.items() if name not in fields}
        absent |= dict.fromkeys(meant, why) if why else {}
        reasons |= dict.fromkeys(meant, reason) if why and reason else {}
        texts = {name: "" if name in absent else text for name, text in self.texts.items()}
        return replace(self, texts=texts, absent=absent, reasons=reasons)

    def right(self, key: str) -> Form:
        """The unusual value was looked at again and is right."""
        return replace(self, kept=(*_without(self.kept, key), key))

    def asked_for(self, key: str) -> Form:
        """A row that is not asked of everybody."""
        return replace(self, more=(*_without(self.more, key), key))

    def from_line(self, read: QuickLine, at: str = "") -> Form:
        """With the values of the quick line in their fields; what gives oxygen says that it is given."""
        form = replace(self, filled=self.quick)
        for sign, one in read.entries:
            key = key_of(one.field)
            form = form.typed(one.field, one.text, at).in_unit(key, one.value.unit).asked_for(sign.value)
            if key in GIVEN:
                form = form.qualified(Sign.SPO2.value, OXYGEN, ON_OXYGEN)
        for sign, how in read.hows:
            form = form.qualified(sign.value, how.qualifier, how.word)
        return form


def _without(kept: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(one for one in kept if one != key)


# what it says

Read = Quantity | date | Absent | Finding


@dataclass(frozen=True)
class Taken:
    """What stands in one row: the measurement as far as it can be read, and why what was typed cannot."""

    measurement: Measurement | None = None
    unread: tuple[Finding, ...] = ()


def read_field(form: Form, of: Line, at: int, unit: str, today: date) -> Read | None:
    """What one field of a row holds while `unit` is chosen; None where it is empty."""
    name, component = of.fields[at]
    why, text = form.absent.get(name), form.texts.get(name, "").strip()
    if why:
        return Absent(Why(why) if why in list(Why) else why, form.reasons.get(name, ""))
    if not text:
        return None
    if spec(of.sign).kind == "day":
        return read_day(text, today) or Finding(name, Found.NO_DAY, Severity.REFUSED)
    return as_typed(text, of.sign, unit, name, component)


def as_typed(text: str, sign: Sign, unit: str, name: str, component: Component | None) -> Quantity | Finding:
    """The value that a field holds, or why its text is none."""
    spans = counts(sign) if component is None else ()
    found = entry.read(text, sign, "/min" if unit in spans else unit, component)
    if component and sign is Sign.BP and entry.runs_together(text):
        found = Found.RUN_TOGETHER
    if isinstance(found, Found):
        return Finding(name, found, Severity.REFUSED, unit=unit)
    return a_minute(found, unit) if unit in spans and parse_number(text) is not None else found


def taken(form: Form, of: Line, units: Mapping[str, str], today: date) -> Taken:
    """One row, and for a sign with oxygen given the rows of it. `units`: the chosen unit by row."""
    read = list(_fields(form, of, units, today))
    unread = tuple(one for _, one in read if isinstance(one, Finding))
    values = {part: one for part, one in read if isinstance(one, Quantity | date | Absent)}
    how = {name: word for name, word in form.said(of.key).items() if name != RHYTHM}
    return Taken(_measurement(of.sign, values, how), unread)


def _fields(form: Form, of: Line, units: Mapping[str, str], today: date) -> Iterator[tuple[Component | None, Read | None]]:
    given = of.key == Sign.SPO2 and form.said(of.key).get(OXYGEN) == ON_OXYGEN
    for each in (of, *(line(key) for key in GIVEN if given)):
        for at, (_, component) in enumerate(each.fields):
            yield component, read_field(form, each, at, units[each.key], today)


Values = Mapping[Component | None, Quantity | date | Absent]


def _measurement(sign: Sign, values: Values, how: Mapping[str, str]) -> Measurement | None:
    if not values:
        return None
    parts = {part: value for part, value in values.items() if part and isinstance(value, Quantity | Absent)}
    if None in values or sign is not Sign.BP:
        return Measurement(sign, values.get(None), parts, how)
    whole = next(iter(parts.values()))
    if len(parts) > 1 and isinstance(whole, Absent) and len(set(parts.values())) == 1:
        return Measurement(sign, whole, qualifiers=how)
    return Measurement(sign, parts=parts, qualifiers=how)
