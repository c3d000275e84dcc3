"""Typed readers of FHIR elements. What is absent is empty or None; what has the wrong shape raises NotUsable with its path,
so that a malformed name is told instead of dropped. Paths are plain, `name` or `valueQuantity`; no value is ever in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maroom.core.clock import Moment
from maroom.core.names import HumanName
from maroom.core.quantity import Quantity
from maroom.fhir.exchange import NotUsable, Resource

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
OURS = "urn:ietf:rfc:3986"
"""System of our own identifiers, whose value is `urn:uuid:<local_id>`."""

_IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203"
_NO_RECORD_NUMBER = {"SS", "DL", "PPN", "NPI", "MB", "SN"}
_NAME_USES = ("official", "usual", "", "temp", "nickname", "anonymous")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class Coding:
    system: str
    code: str
    display: str = ""


@dataclass(frozen=True)
class Concept:
    """A CodeableConcept: its codings and what it reads as."""

    codings: tuple[Coding, ...] = ()
    text: str = ""

    def words(self) -> str:
        """Text, else the first display, else the first code; never None."""
        displays = [coding.display for coding in self.codings if coding.display]
        codes = [coding.code for coding in self.codings if coding.code]
        return next(iter([self.text] * bool(self.text) + displays + codes), "")

    def code(self, system: str) -> str:
        """The first code of that system, or empty."""
        return next((coding.code for coding in self.codings if coding.system == system), "")

    def has(self, system: str, *codes: str) -> bool:
        return any(coding.system == system and coding.code in codes for coding in self.codings)


@dataclass(frozen=True)
class PartialDate:
    """A date known to the year, the month or the day, as FHIR writes it."""

    text: str
    first: date
    """the first day that it may be"""

    @property
    def exact(self) -> bool:
        return len(self.text) == len("2000-01-01")

    @classmethod
    def parse(cls, text: str) -> PartialDate | None:
        """`1950`, `1950-03` or `1950-03-09`; None for anything else."""
        found = _PARTIAL.fullmatch(text)
        if not found:
            return None
        year, month, day = (int(part or 1) for part in found.groups())
        try:
            return cls(text, date(year, month, day))
        except ValueError:
            return None


def text(element: Resource, name: str) -> str:
    """A string, code, uri or id; empty where it is absent."""
    return _of(str, element, name, "is no text") or ""


def flag(element: Resource, name: str) -> bool | None:
    return _of(bool, element, name, "is no boolean")


def part(element: Resource, name: str) -> Resource:
    """A single complex element; empty where it is absent."""
    return _of(dict, element, name, "is no object") or {}


def parts(element: Resource, name: str) -> tuple[Resource, ...]:
    """A repeating complex element."""
    found: list[Any] = _of(list, element, name, "is no list") or []
    if not all(isinstance(one, dict) for one in found):
        raise NotUsable(name, "holds what is no object")
    return tuple(found)


def texts(element: Resource, name: str) -> tuple[str, ...]:
    """A repeating string; FHIR's null place-holders and empty texts are left out."""
    found: list[Any] = _of(list, element, name, "is no list") or []
    if not all(isinstance(one, str | None) for one in found):
        raise NotUsable(name, "holds what is no text")
    return tuple(one for one in found if one)


def concept(element: Resource, name: str) -> Concept:
    """A CodeableConcept by its element's name."""
    return as_concept(part(element, name))


def concepts(element: Resource, name: str) -> tuple[Concept, ...]:
    return tuple(as_concept(one) for one in parts(element, name))


def as_concept(found: Resource) -> Concept:
    return Concept(tuple(as_coding(one) for one in parts(found, "coding")), text(found, "text"))


def as_coding(found: Resource) -> Coding:
    return Coding(text(found, "system"), text(found, "code"), text(found, "display"))


def reference(element: Resource, name: str) -> str:
    """The text of a Reference, for `arrival.link`; empty where it has none."""
    return text(part(element, name), "reference")


def partial_date(element: Resource, name: str) -> PartialDate | None:
    """A date, which may lack its day or month. Never shifted by any time zone."""
    written = text(element, name)
    found = PartialDate.parse(written)
    if written and not found:
        raise NotUsable(name, "is no date")
    return found


def when(element: Resource, name: str) -> Moment | PartialDate | None:
    """A dateTime: a moment where it has a time and an offset, else as much of a date as it is."""
    written = text(element, name)
    if not written or "T" not in written:
        return partial_date(element, name)
    try:
        return Moment.parse(written)
    except (ValueError, OverflowError):
        raise NotUsable(name, "is no time with an offset") from None


def moment(element: Resource, name: str) -> Moment | None:
    """An instant or a dateTime with a time; one that is only a date raises NotUsable."""
    found = when(element, name)
    if isinstance(found, PartialDate):
        raise NotUsable(name, "has a date and no time")
    return found


def period(element: Resource, name: str) -> tuple[Moment | PartialDate | None, Moment | PartialDate | None]:
    """Start and end."""
    found = part(element, name)
    return when(found, "start"), when(found, "end")


def number(element: Resource, name: str) -> Decimal | None:
    """A decimal or integer with the digits it was written with."""
    found = element.get(name)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        raise NotUsable(name, "is no number")
    return Decimal(found)


def quantity(element: Resource, name: str) -> Quantity | None:
    """Value and unit as sent: the UCUM code, else the unit's text. `entered` is the value as written. One with a
    comparator (`<5`) is no measured number and raises NotUsable."""
    found = part(element, name)
    value = number(found, "value")
    if value is None:
        return None
    if text(found, "comparator"):
        raise NotUsable(name, "has a comparator")
    return Quantity(value, text(found, "code") or text(found, "unit"), str(value))


def human_name(element: Resource, name: str) -> HumanName:
    """The name in use: official, else usual, else the first; maiden and old names are not taken."""
    found = [one for one in parts(element, name) if text(one, "use") in _NAME_USES]
    if not found:
        return HumanName()
    best = min(found, key=lambda one: _NAME_USES.index(text(one, "use")))
    return HumanName(text(best, "family"), texts(best, "given"), text(best, "text"))


def record_number(element: Resource) -> str:
    """The patient's number here: of type MR, else the first official or usual one, else the first that is no number of
    another kind (insurance, licence, social security). Empty where there is none."""
    found = [one for one in parts(element, "identifier") if text(one, "value") and not _of_another_kind(one)]
    ranked = sorted(found, key=lambda one: (not _is_record_number(one), text(one, "use") not in ("official", "usual")))
    return text(ranked[0], "value") if ranked else ""


def _is_record_number(identifier: Resource) -> bool:
    return concept(identifier, "type").has(_IDENTIFIER_TYPES, "MR")


def _of_another_kind(identifier: Resource) -> bool:
    kind = concept(identifier, "type").has(_IDENTIFIER_TYPES, *_NO_RECORD_NUMBER)
    return kind or text(identifier, "use") == "old" or text(identifier, "system") == OURS


def _of(shape: type, element: Resource, name: str, fault: str) -> Any:
    found = element.get(name)
    if found is not None and not isinstance(found, shape):
        raise NotUsable(name, fault)
    return found
