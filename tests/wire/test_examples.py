"""The examples that US Core publishes, where MAROOM_US_CORE names their folder: read and written, they hold what they held."""

from __future__ import annotations

import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from maroom.duties.vitals import wire
from maroom.duties.vitals.model import Reading
from maroom.fhir import codec
from maroom.fhir import reading as fhir
from maroom.fhir.exchange import Arrival, Resource
from tests.servers.fixtures import not_tested
from tests.servers.peers import Peer
from tests.wire.judged import claiming, refused, us_core_profile
from tests.wire.readings import SETS


def examples(version: str = "*") -> list[Path]:
    folder = os.environ.get("MAROOM_US_CORE", "")
    return sorted(Path(folder).glob(f"{version}/examples/*.json")) if folder else []


def plain(reference: str) -> str:
    return reference


def read(example: Resource) -> Reading:
    """On a station where every record is known by the reference to it."""
    return wire.reading(Arrival(example, example["id"], 0, plain), SETS)


def there(element: Any) -> Any:
    """With the references as they stood before they were ours."""
    if isinstance(element, dict):
        return {name: there(part) for name, part in element.items()}
    if isinstance(element, list):
        return [there(part) for part in element]
    return element.removeprefix("urn:uuid:") if isinstance(element, str) else element


@pytest.fixture(params=examples() or [None], ids=lambda path: f"{path.parts[-3]} {path.stem}" if path else "none")
def example(request: pytest.FixtureRequest) -> Resource:
    if request.param is None:
        not_tested(request, "on the examples of US Core", "MAROOM_US_CORE names no folder with them")
    return codec.decode(request.param.read_bytes())


def test_it_is_one_of_ours(example: Resource) -> None:
    assert wire.is_ours(example)


def test_written_back_it_holds_what_it_held(example: Resource) -> None:
    """To that come our identifier, and when it was put on record."""
    body = there(codec.decode(codec.encode(wire.observation(read(example), example, SETS))))
    del body["issued"]
    body["identifier"] = [one for one in body["identifier"] if one["system"] != fhir.OURS]
    assert {name: part for name, part in body.items() if part} == example


def test_written_anew_it_reads_the_same(example: Resource) -> None:
    """From nothing but what we hold of it: sign, value, parts, absence, time, qualifiers, notes, whom and by whom."""
    first = read(example)
    body = there(codec.decode(codec.encode(wire.observation(first, {}, SETS)))) | {"id": example["id"]}
    assert replace(read(body), recorded=first.recorded) == first
    assert _numbers(body) == _numbers(example)


def _numbers(resource: Resource) -> list[Decimal]:
    elements = [resource, *resource.get("component", [])]
    return [Decimal(one["valueQuantity"]["value"]) for one in elements if "valueQuantity" in one]


def test_written_anew_it_is_us_core(us_core: Peer) -> None:
    version = us_core.wish.profiles[0].name
    bodies: dict[str, Resource] = {}
    for path in examples(version):
        reading = read(codec.decode(path.read_bytes()))
        bodies[path.stem] = claiming(there(wire.observation(reading, {}, SETS)), us_core_profile(reading.sign))
    assert len(bodies) > 10
    assert refused(us_core, bodies) == {}
