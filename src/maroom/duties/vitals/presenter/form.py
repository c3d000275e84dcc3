"""All that is typed and chosen on the page, and what it says about each sign. This, and nothing else, is what a draft keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from maroom.core.findings import Finding, Severity
from maroom.core.ids import new_id
from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Absent, Component, Measurement, Sign, Why
from maroom.duties.vitals.presenter.from_instrument import FromInstrument
from maroom.duties.vitals.rules import entry
from maroom.duties.vitals.rules.asked import fields_of
from maroom.duties.vitals.rules.found import Found


@dataclass(frozen=True)
class Form:
    """`set_id` is that of the set it becomes, so that saving it twice makes one. Units and qualifiers are by sign, texts and
    absences by field; `kept` are the signs whose unusual value was said to be right."""

    set_id: str = field(default_factory=new_id)
    texts: dict[str, str] = field(default_factory=dict[str, str])
    units: dict[str, str] = field(default_factory=dict[str, str])
    how: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    absent: dict[str, str] = field(default_factory=dict[str, str])
    kept: tuple[str, ...] = ()
    instruments: tuple[FromInstrument, ...] = ()
    """what instruments said of it, as it stands in its rows"""

    @property
    def has_values(self) -> bool:
        """Something that can be put on record, if it can be read."""
        return any(self.texts.values()) or bool(self.absent)

    @property
    def is_empty(self) -> bool:
        return not self.has_values and not any(self.how.values())

    def typed(self, name: str, text: str) -> Form:
        """A value takes the place of the reason why there was none, and has to be said to be right anew."""
        sign = _sign_of(name)
        texts, absent = {**self.texts, name: text}, {key: why for key, why in self.absent.items() if key != name}
        return replace(self, texts=texts, absent=absent if text else self.absent, kept=_without(self.kept, sign))

    def in_unit(self, sign: Sign, unit: str) -> Form:
        """What was typed stays as it is, and is now meant in this unit."""
        return replace(self, units={**self.units, sign.value: unit}, kept=_without(self.kept, sign.value))

    def qualified(self, sign: Sign, name: str, word: str) -> Form:
        said = {key: value for key, value in {**self.how.get(sign.value, {}), name: word}.items() if value}
        return replace(self, how={**self.how, sign.value: said})

    def not_taken(self, sign: Sign, why: str) -> Form:
        """Of what was not typed of the sign, or of all of it. An empty reason takes the absence back."""
        fields = [name for name, _ in fields_of(sign)]
        meant = [name for name in fields if not self.texts.get(name)] or fields
        absent = {key: value for key, value in self.absent.items() if key not in fields}
        absent |= dict.fromkeys(meant, why) if why else {}
        return replace(self, texts={key: "" if key in absent else text for key, text in self.texts.items()}, absent=absent)

    def right(self, sign: Sign) -> Form:
        """The unusual value was looked at again and is right."""
        return replace(self, kept=(*_without(self.kept, sign.value), sign.value))


def _sign_of(name: str) -> str:
    return name.partition(".")[0]


def _without(kept: tuple[str, ...], sign: str) -> tuple[str, ...]:
    return tuple(one for one in kept if one != sign)


@dataclass(frozen=True)
class Taken:
    """What stands about one sign: the measurement as far as it can be read, and why what was typed cannot."""

    measurement: Measurement | None
    unread: tuple[Finding, ...] = ()


def taken(form: Form, sign: Sign, unit: str) -> Taken:
    """`unit` is the one that is chosen."""
    found = {component: _field(form, sign, unit, name, component) for name, component in fields_of(sign)}
    unread = tuple(one for one in found.values() if isinstance(one, Finding))
    values = {component: one for component, one in found.items() if isinstance(one, Quantity | Absent)}
    return Taken(_measurement(sign, values, form.how.get(sign.value, {})), unread)


def _field(form: Form, sign: Sign, unit: str, name: str, component: Component | None) -> Quantity | Absent | Finding | None:
    why, text = form.absent.get(name), form.texts.get(name, "").strip()
    if why:
        return Absent(Why(why) if why in list(Why) else why)
    if not text:
        return None
    return as_typed(text, sign, unit, name, component)


def as_typed(text: str, sign: Sign, unit: str, name: str, component: Component | None) -> Quantity | Finding:
    """The value that a field holds, or why its text is none."""
    found = entry.read(text, sign, unit, component)
    if component and entry.runs_together(text):
        found = Found.RUN_TOGETHER
    return Finding(name, found, Severity.REFUSED, unit=unit) if isinstance(found, Found) else found


Values = Mapping[Component | None, Quantity | Absent]


def _measurement(sign: Sign, values: Values, how: Mapping[str, str]) -> Measurement | None:
    if not values:
        return None
    if None in values:
        return Measurement(sign, values[None], qualifiers=how)
    parts = {component: value for component, value in values.items() if component}
    whole = next(iter(parts.values()))
    if len(parts) > 1 and isinstance(whole, Absent) and len(set(parts.values())) == 1:
        return Measurement(sign, whole, qualifiers=how)
    return Measurement(sign, parts=parts, qualifiers=how)
