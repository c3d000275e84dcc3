"""What the form asks at an age: which signs, and in which units."""

from __future__ import annotations

from collections.abc import Mapping

from maroom.duties.vitals.model import HALVES, Component, Sign, field_of
from maroom.duties.vitals.rules.ages import Age
from maroom.duties.vitals.rules.limits import limits
from maroom.duties.vitals.rules.signs import scale, spec

_GRAMS, _POUNDS = "g", "[lb_av]"


def signs_asked(age: Age | None) -> tuple[Sign, ...]:
    """In the order of the page. Who is measured lying has a length, who stands a height."""
    lying = age is not None and age.months < limits().length.lying_below_months
    tall = Sign.LENGTH if lying else Sign.HEIGHT
    return (Sign.BP, Sign.PULSE, Sign.TEMPERATURE, Sign.BREATHING, Sign.SPO2, Sign.WEIGHT, tall, Sign.PAIN)


def units_offered(sign: Sign, age: Age | None) -> tuple[str, ...]:
    """Doses go by kilograms, so a child is weighed in kilograms or grams; nobody grown is weighed in grams."""
    units = spec(sign).units or scale(sign, HALVES[0]).units
    if sign is not Sign.WEIGHT or age is None:
        return units
    unfit = _POUNDS if age.years < limits().weight.pounds_from_years else _GRAMS
    return tuple(unit for unit in units if unit != unfit)


def first_unit(sign: Sign, age: Age | None, wished: Mapping[str, str]) -> str:
    """The unit that the clinic wishes for a sign, where it is offered at this age."""
    offered = units_offered(sign, age)
    wish = wished.get(sign.value, "")
    return wish if wish in offered else offered[0]


def fields_of(sign: Sign) -> tuple[tuple[str, Component | None], ...]:
    """The fields of a sign and the part of it that each holds: two for a pressure."""
    return tuple((field_of(sign, half), half) for half in HALVES) if sign is Sign.BP else ((field_of(sign), None),)
