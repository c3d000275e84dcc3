from __future__ import annotations

import pytest

from maroom.fhir.capability import Capability, Said
from maroom.fhir.client import Client
from tests.servers.fixtures import StartPeer

CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-heart-rate"


def statement(*resources: dict[str, object], **rest: object) -> Capability:
    told = {"mode": "server", "resource": list(resources)} | rest
    return Capability.of({
        "resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "software": {"name": "S", "version": "2"},
        "implementation": {"url": "https://h/fhir/"}, "rest": [{"mode": "client"}, told],
    })  # fmt: skip


def test_who_it_is() -> None:
    told = statement()
    assert (told.software, told.fhir, told.address) == ("S 2", "4.0.1", "https://h/fhir")


def test_what_is_said_holds() -> None:
    told = statement(
        {
            "type": "Observation",
            "interaction": [{"code": "create"}, {"code": "read"}],
            "updateCreate": True,
            "conditionalCreate": False,
            "searchParam": [{"name": "patient"}],
            "supportedProfile": [CORE + "|7.0.0"],
        },
        interaction=[{"code": "batch"}],
        searchParam=[{"name": "_id"}],
    )
    assert told.allows("Observation", "create") is Said.YES
    assert told.allows("Observation", "update") is Said.NO
    assert told.allows("Task", "create") is Said.NO
    assert (told.transaction, told.batch) == (Said.NO, Said.YES)
    ability = told.of_type("Observation")
    assert (ability.update_create, ability.conditional_create, ability.conditional_update) == (Said.YES, Said.NO, Said.NOT_SAID)
    assert [told.names_profile("Observation", name) for name in (CORE, CORE + "|6.1.0", "http://x")] == [True, True, False]
    assert not told.names_profile("Task", CORE)


@pytest.mark.parametrize(
    "told",
    [Capability.of(None), Capability.of({"resourceType": "Patient"}), statement(),
     Capability.of({"resourceType": "CapabilityStatement", "rest": "?"})],
)  # fmt: skip
def test_what_is_not_said_may_be_tried(told: Capability) -> None:
    said = [told.allows("Task", "create"), told.transaction, told.history_type("Task")]
    assert said == [Said.NOT_SAID] * 3
    assert all(said)
    assert not told.names_profile("Observation", CORE)


@pytest.mark.parametrize(
    ("preset", "said"),
    [("hapi", (Said.YES, Said.YES, Said.YES, Said.YES)), ("medplum", (Said.YES, Said.NO, Said.YES, Said.NO)),
     ("ehr", (Said.NOT_SAID, Said.NO, Said.NO, Said.NO))],
)  # fmt: skip
def test_families_of_servers(peer: StartPeer, preset: str, said: tuple[Said, ...]) -> None:
    client = Client(peer(preset).base)
    told = Capability.of(client.get("metadata").resource)
    client.close()
    observation = told.of_type("Observation")
    found = (told.transaction, observation.update_create, observation.conditional_create, told.history_type("Observation"))
    assert found == said
    assert told.allows("Patient", "create") is (Said.NO if preset == "ehr" else Said.YES)
