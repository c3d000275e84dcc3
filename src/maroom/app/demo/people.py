"""The invented patients: a cast of hard names and ages that is always there, and others drawn from pools."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from maroom.app.demo.seed import Seed, table
from maroom.core.names import HumanName

_AGE = re.compile(r"(\d+)(d|mo|y)")
_DAYS = {"d": 1.0, "mo": 30.4375, "y": 365.25}
_SEXES = ("female", "male")
_JITTER = 0.08
_FOLLOWED = 0.6
_FIRST_PHONE = 2
_WITH_A_PARENT = 12


@dataclass(frozen=True)
class Person:
    """One invented patient. `visit` is the reason for coming today, empty for one who does not come."""

    key: str
    name: HumanName
    sex: str
    language: str
    born: date
    phone: str
    number: str
    visit: str
    comes_with: str
    problems: tuple[str, ...]
    allergies: tuple[str, ...]

    def age(self, day: date) -> float:
        """In years."""
        return (day - self.born).days / _DAYS["y"]


def people(seed: Seed) -> tuple[Person, ...]:
    """Those who come today first, then those who are only held."""
    told = table("people")
    rng = seed.rng("people")
    everyone = [*told["cast"], *_drawn(rng, told["pools"])]
    numbers = rng.sample(range(1000, 10000), len(everyone))
    return tuple(_person(seed, place, one, numbers[place]) for place, one in enumerate(everyone))


def _drawn(rng: Random, pools: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """In the form of the cast, but for what hangs on an age: that is drawn with the person."""
    languages = [language for language, many in pools["languages"].items() for _ in range(many)]
    rng.shuffle(languages)
    names = {language: _names(rng, pools[language]) for language in pools["languages"]}
    today = [(age, language, "any") for age, language in zip(pools["ages"], languages, strict=True)]
    held = [(f"{rng.randint(1, 95)}y", rng.choice(languages), "") for _ in range(pools["held"])]
    for age, language, visit in today + held:
        yield next(names[language]) | {"age": age, "language": language, "visit": visit, "drawn": True}


def _names(rng: Random, pool: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """No family name twice before each was there once, so that nobody is taken for somebody else by chance."""
    while True:
        for family in rng.sample(pool["family"], len(pool["family"])):
            sex = rng.choice(_SEXES)
            yield {"family": family, "given": rng.choice(pool[sex]).split(), "sex": sex}


def _person(seed: Seed, place: int, told: dict[str, Any], number: int) -> Person:
    rng = seed.rng("person", place)
    drawn = told.get("drawn", False)
    born = _born(rng, told["age"], _JITTER if drawn else 0.0, seed.today)
    age = (seed.today - born).days / _DAYS["y"]
    problems = _problems(rng, age) if drawn else tuple(told.get("problems", ()))
    return Person(
        key=f"patient-{place}",
        name=HumanName(told.get("family", ""), tuple(told["given"])),
        sex=told["sex"],
        language=told["language"],
        born=born,
        phone=f"555-01{place + _FIRST_PHONE:02d}",
        number=f"{number:06d}",
        visit=_reason(rng, age, told["sex"], problems) if told["visit"] == "any" else told["visit"],
        comes_with=told.get("with", "mother" if drawn and age < _WITH_A_PARENT else ""),
        problems=problems,
        allergies=_allergies(rng) if drawn else tuple(told.get("allergies", ())),
    )


def _born(rng: Random, age: str, jitter: float, today: date) -> date:
    """Days are exact; months and years have gone by since some days."""
    found = _AGE.fullmatch(age)
    if not found:
        raise ValueError(f"no age: {age}")
    days = int(found[1]) * _DAYS[found[2]] + (0 if found[2] == "d" else rng.randint(2, 20))
    return today - timedelta(days=round(days * (1 + rng.uniform(0, jitter))))


def _problems(rng: Random, age: float) -> tuple[str, ...]:
    found = table("health")["problems"].items()
    return tuple(key for key, one in found if one["from"] <= age < one["to"] and rng.random() < one["share"])


def _allergies(rng: Random) -> tuple[str, ...]:
    """A coded "none known", one allergy, or no record at all."""
    health = table("health")
    luck, share = rng.random(), health["draw"]
    if luck < share["none_known"]:
        return ("none_known",)
    others = [key for key in health["allergies"] if key != "none_known"]
    return (rng.choice(others),) if luck < share["none_known"] + share["some"] else ()


def _reason(rng: Random, age: float, sex: str, problems: tuple[str, ...]) -> str:
    """One that fits; somebody with a long-standing problem comes for it more often than not."""
    fitting = {
        key: one
        for key, one in table("visits")["reasons"].items()
        if one["from"] <= age < one["to"] and one.get("sex", sex) == sex and one.get("follows", "") in ("", *problems)
    }
    followed = [key for key, one in fitting.items() if "follows" in one]
    return rng.choice(followed if followed and rng.random() < _FOLLOWED else list(fitting))
