"""How a server is written to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from maroom.core.ids import new_id
from maroom.fhir.capability import Capability
from maroom.store.base import Op
from maroom.sync.push import modes
from maroom.sync.push.answers import Asked
from maroom.sync.push.modes import Learned, Mode, Reason, ServerFacts
from maroom.sync.push.pace import Pace
from tests.builders import START
from tests.sync.push.lines import v5

READS = ["read", "search-type"]


def server(mode: Mode | None = None, whole: tuple[str, ...] = ("transaction",), **types: dict[str, Any]) -> ServerFacts:
    def told(rtype: str, more: dict[str, Any]) -> dict[str, Any]:
        codes = more.pop("interactions", [*READS, "create", "update"])
        return {"type": rtype, "interaction": [{"code": code} for code in codes], **more}

    rest = {
        "mode": "server",
        "interaction": [{"code": code} for code in (*whole, "search-system")],
        "resource": [told(rtype, dict(more)) for rtype, more in types.items()],
    }
    return ServerFacts("http://x", Capability.of({"resourceType": "CapabilityStatement", "rest": [rest]}), mode)


OWN = {"updateCreate": True, "conditionalCreate": True}
CONDITIONAL = {"updateCreate": False, "conditionalCreate": True}
NEITHER = {"updateCreate": False, "conditionalCreate": False}


@pytest.mark.parametrize(
    ("facts", "mode", "reasons"),
    [
        (server(Patient=OWN), Mode.P, ()),
        (server(Patient=CONDITIONAL), Mode.C, (Reason.NO_OWN_IDS,)),
        (server(Patient=NEITHER), Mode.S, (Reason.NO_OWN_IDS, Reason.NO_CONDITION)),
        (server(whole=(), Patient=OWN), Mode.S, (Reason.NO_TRANSACTION,)),
        (ServerFacts("http://x"), Mode.P, ()),
        (server(Mode.S, Patient=OWN), Mode.S, (Reason.CHOSEN,)),
        (server(Mode.P, Patient=NEITHER), Mode.P, (Reason.CHOSEN,)),
    ],
)
def test_by_what_it_says_and_what_somebody_chose(facts: ServerFacts, mode: Mode, reasons: tuple[Reason, ...]) -> None:
    assert modes.mode(facts, Learned()) == (mode, reasons)


def test_what_it_was_seen_not_to_do_counts_more_than_what_it_says() -> None:
    facts, learned = server(Patient=OWN), Learned()
    found = [modes.mode(facts, learned)[0]]
    for what in (modes.OWN_IDS, modes.CONDITION, modes.IDENTIFIER):
        learned = learned.without(what)
        found.append(modes.mode(facts, learned)[0])
    assert found == [Mode.P, Mode.C, Mode.S, Mode.F]


def test_what_somebody_chose_is_left_where_it_does_not_work() -> None:
    assert modes.mode(server(Mode.C, Patient=OWN), Learned().without(modes.TRANSACTION))[0] is Mode.S
    assert modes.mode(server(Mode.S, Patient=OWN), Learned().without(modes.SEARCH))[0] is Mode.F


def test_without_a_search_by_identifier_our_own_ids_still_do() -> None:
    learned = Learned().without(modes.SEARCH, modes.IDENTIFIER)
    assert modes.mode(server(Patient=OWN), learned)[0] is Mode.P
    assert modes.mode(server(Patient=CONDITIONAL), learned)[0] is Mode.F


def test_a_create_is_asked_for_in_the_surest_way_first() -> None:
    put, conditional, post = Asked.PUT, Asked.CONDITIONAL, Asked.POST
    known = Learned()
    assert modes.ways(Mode.P, new_id(), True, known) == (put, conditional, post)
    assert modes.ways(Mode.P, new_id(), False, known) == (put, post)
    assert modes.ways(Mode.C, new_id(), True, known) == (conditional, post)
    assert modes.ways(Mode.C, new_id(), False, known) == (post,)
    assert modes.ways(Mode.S, new_id(), True, known) == modes.ways(Mode.F, new_id(), True, known) == (post,)


@pytest.mark.parametrize("mode", Mode)
def test_an_id_that_another_station_makes_too_is_never_put(mode: Mode) -> None:
    assert Asked.PUT not in modes.ways(mode, v5("visit of an appointment"), True, Learned())


def test_a_type_is_taken_unless_it_says_or_showed_otherwise() -> None:
    facts = server(
        Patient={"interactions": READS}, Observation=OWN, Device={"interactions": [*READS, "update"], "updateCreate": True}
    )
    assert not modes.takes(facts, Learned(), "Patient", Op.CREATE)
    assert modes.takes(facts, Learned(), "Device", Op.CREATE)
    assert not modes.takes(facts, Learned(), "Specimen", Op.CREATE)
    assert all(modes.takes(facts, Learned(), "Observation", op) for op in Op)
    no_updates = Learned().without("update Observation")
    assert [modes.takes(facts, no_updates, "Observation", op) for op in (Op.CREATE, Op.UPDATE, Op.VOID)] == [True, False, False]
    assert modes.takes(ServerFacts("http://x"), Learned(), "Specimen", Op.CREATE)


def test_what_was_learned_is_kept_as_it_was() -> None:
    learned = Learned("c", most=8, misses=2, not_before=START, bidden=True).without("a", "b").having("Patient").taking("Device")
    assert Learned.of_json(learned.as_json()) == learned
    assert Learned.of_json({}) == Learned()


def test_a_server_is_known_again_by_what_it_claims() -> None:
    one = modes.claims(server(Patient=OWN, Device=NEITHER).capability)
    assert one == modes.claims(server(Device=NEITHER, Patient=OWN).capability) != modes.claims(server(Patient=OWN).capability)
    assert modes.claims(Capability()) == ""


def test_a_back_off_doubles_to_its_bound() -> None:
    pace = Pace(first_back_off=timedelta(seconds=2), longest_back_off=timedelta(minutes=5))
    for misses, bound in ((1, 2), (2, 4), (5, 32), (9, 300), (1000, 300)):
        waits = [pace.back_off(misses).total_seconds() for _ in range(200)]
        assert 0 <= min(waits) <= max(waits) <= bound
        assert max(waits) > bound / 2
