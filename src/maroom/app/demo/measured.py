"""What was measured at a visit of earlier days, as Observations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from maroom.app.demo import wire
from maroom.app.demo.bodies import Body
from maroom.app.demo.seed import Seed, table
from maroom.core.clock import Moment
from maroom.core.quantity import converted, rounded
from maroom.fhir.exchange import Resource

_HEAD_UNTIL = 2.0
PRESSURE_FROM = 3.0
"""years of age from which blood pressure is taken"""
HALVES = ("systolic", "diastolic")
_IN_POUNDS_FROM = 6.0


@dataclass(frozen=True)
class Sitting:
    """One person at one visit: whose body, when, who measured, and how long problems have been treated (0 to 1)."""

    seed: Seed
    body: Body
    day: date
    at: Moment
    visit: Resource
    by: Resource
    treated: float

    @property
    def who(self) -> Resource:
        return wire.to("Patient", self.seed.id(self.body.person.key))

    def signs(self, rng: Random) -> Iterator[Resource]:
        age = self.body.person.age(self.day)
        yield self._measured("weight" if age >= _IN_POUNDS_FROM else "weight_small", self.body.weight(self.day), "kg")
        yield self._measured("height" if age >= _IN_POUNDS_FROM else "length", self.body.height(self.day), "cm")
        if age < _HEAD_UNTIL:
            yield self._measured("head", self.body.head(self.day), "cm")
        for sign in ("temperature", "pulse", "breathing", "oxygen"):
            yield self._measured(sign, self.body.strayed(sign, self.day, self.treated, rng))
        if age >= PRESSURE_FROM:
            yield self._pressure(rng)

    def results(self, rng: Random) -> Iterator[Resource]:
        """Of the laboratory, for what the person is followed for."""
        for problem, told in table("bodies")["results"].items():
            if problem in self.body.person.problems:
                value = rounded(Decimal(rng.gauss(told["middle"], told["stray"])), told["places"])
                code = wire.coded([told["loinc"]], told["text"])
                yield self._observed(told["text"], "laboratory", code, valueQuantity=_quantity(told, value))

    def _measured(self, sign: str, value: float, unit: str = "") -> Resource:
        told = table("bodies")["signs"][sign]
        exact = rounded(Decimal(value), 4)
        shown = converted(exact, unit or told["unit"], told["unit"], told["places"])
        code = wire.coded(told["loinc"], told["text"])
        return self._observed(sign, "vital-signs", code, valueQuantity=_quantity(told, shown))

    def _pressure(self, rng: Random) -> Resource:
        told = table("bodies")["signs"]
        halves = [
            {
                "code": wire.coded(told[half]["loinc"], told[half]["text"]),
                "valueQuantity": _quantity(told[half], rounded(Decimal(value), 0)),
            }
            for half, value in zip(HALVES, self.body.pressure(self.day, self.treated, rng), strict=True)
        ]
        code = wire.coded(told["pressure"]["loinc"], told["pressure"]["text"])
        return self._observed("pressure", "vital-signs", code, component=halves)

    def _observed(self, what: str, category: str, code: Resource, **value: Any) -> Resource:
        made = self.seed.id(self.body.person.key, self.day, what)
        return wire.observation(made, self.who, self.at, self.visit, self.by, category, code, **value)


def _quantity(told: dict[str, Any], value: Decimal) -> Resource:
    return wire.quantity(value, told["unit"], told.get("words", ""))
