"""What goes out is taken by HAPI's own validator, the strictest judge at hand: value sets, units and slices included.

Readings claim US Core where it has a profile, else nothing. The R4 profiles themselves refuse what US Core takes: an average,
L/min of oxygen, a BMI without a value.
"""

from __future__ import annotations

import json

import pytest

from maroom.duties.vitals.model import Sign
from maroom.fhir.exchange import Resource
from tests.servers.hapis import Hapi
from tests.wire.judged import claiming, refused_by_hapi, us_core_profile
from tests.wire.others import others
from tests.wire.readings import kinds
from tests.wire.test_examples import examples

KINDS = kinds()


@pytest.mark.parametrize("sign", Sign)
def test_every_kind_of_reading_is_taken(judge: Hapi, sign: Sign) -> None:
    of_sign = (kind for kind in KINDS if kind.measurement.sign is sign)
    bodies = {kind.name: claiming(kind.body(), us_core_profile(sign)) for kind in of_sign}
    assert bodies
    assert refused_by_hapi(judge, bodies) == {}


def test_what_else_goes_out_is_taken(judge: Hapi) -> None:
    assert refused_by_hapi(judge, others()) == {}


def test_the_judge_takes_the_examples(judge: Hapi) -> None:
    found = {path.stem: json.loads(path.read_bytes()) for path in examples("7.0.0")}
    answers = {name: judge.ask("POST", "/Observation/$validate", body) for name, body in found.items()}
    assert {name: answer.body for name, answer in answers.items() if answer.status != 200} == {}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"category": []}, "category"),
        ({"status": "done"}, "status"),
        ({"effectiveDateTime": None}, "effective"),
        ({"valueQuantity": {"value": 72, "system": "http://unitsofmeasure.org", "code": "kPa", "unit": "kPa"}}, "value"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_is_wrong_is_found(judge: Hapi, wrong: Resource, said: str) -> None:
    good = next(kind for kind in KINDS if kind.name == "pulse in /min").body()
    body = {name: part for name, part in (good | wrong).items() if part not in (None, [])}
    found = refused_by_hapi(judge, {"wrong": claiming(body, us_core_profile(Sign.PULSE))})
    assert said in str(found["wrong"])
