"""Bodies as a server can take them, and whether it holds what was sent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.sync.equality import equal
from maroom.sync.push import bodies
from maroom.sync.push.bodies import LEFT_OUT, Target

ONE, TWO = "11111111-0000-4000-8000-000000000001", "11111111-0000-4000-8000-000000000002"
URN = f"urn:uuid:{ONE}"


def reading(**more: Any) -> dict[str, Any]:
    return {"resourceType": "Observation", "status": "final", "subject": {"reference": URN}} | more


def at(target: Target) -> Any:
    return lambda _local_id: target


def test_a_reference_becomes_the_server_s() -> None:
    made = bodies.referring(reading(subject={"reference": URN, "display": "Ana"}), at(Target("Patient/7")))
    assert made["subject"] == {"reference": "Patient/7", "display": "Ana"}


def test_who_has_no_id_there_is_named() -> None:
    body = reading(performer=[{"reference": URN, "display": "Dana Reyes"}])
    (made,) = bodies.referring(body, at(Target(rtype="Practitioner", named=True)))["performer"]
    assert made == {
        "type": "Practitioner",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": URN},
        "display": "Dana Reyes",
    }


def test_what_stays_here_is_left_out_with_what_is_left_empty() -> None:
    body = reading(derivedFrom=[{"reference": URN}, {"reference": f"urn:uuid:{TWO}"}], encounter={"reference": URN})
    made = bodies.referring(body, lambda one: Target("Observation/2") if one == TWO else LEFT_OUT)
    assert made == {"resourceType": "Observation", "status": "final", "derivedFrom": [{"reference": "Observation/2"}]}


def test_references_of_the_server_stay() -> None:
    body = reading(subject={"reference": "Patient/9"}, contained=[{"id": "a"}], focus=[{"reference": "#a"}])
    assert bodies.referring(body, at(LEFT_OUT)) == body


def test_of_a_file_only_words_are_kept() -> None:
    base = {
        "resourceType": "Patient",
        "managingOrganization": {"reference": "Organization/1", "display": "East"},
        "link": [{"other": {"reference": "Patient/2"}, "type": "seealso"}],
        "generalPractitioner": [{"reference": "Practitioner/3"}],
    }
    assert bodies.own_references(base) == {
        "resourceType": "Patient", "managingOrganization": {"display": "East"}, "link": [{"type": "seealso"}],
    }  # fmt: skip


def test_what_was_changed_before_anybody_saw_it_is_final() -> None:
    meta = {"versionId": "3", "lastUpdated": "2026-11-24T12:00:00Z", "tag": [{"code": "set"}]}
    made = bodies.created(reading(status="amended", id="o-1", meta=meta), ONE)
    assert made == reading(id=ONE, meta={"tag": [{"code": "set"}]})
    assert "id" not in bodies.created(reading(id="o-1"))
    assert bodies.created({"resourceType": "Encounter", "status": "arrived"})["status"] == "arrived"


def test_an_update_bears_the_server_s_id() -> None:
    assert bodies.updated(reading(status="amended", id="x"), "7") == reading(status="amended", id="7")


def test_only_profiles_that_the_server_names_are_claimed() -> None:
    claimed = reading(meta={"profile": ["http://a", "http://b"]})
    assert bodies.with_known_profiles(claimed, lambda one: one == "http://b")["meta"] == {"profile": ["http://b"]}
    assert "meta" not in bodies.with_known_profiles(claimed, lambda _one: False)


def test_the_url_in_a_bundle_is_no_identifier() -> None:
    assert bodies.url_in_bundle(ONE) not in (URN, bodies.url_in_bundle(TWO))
    assert bodies.url_in_bundle(ONE) == bodies.url_in_bundle(ONE)


def test_what_the_server_adds_does_not_count() -> None:
    held = reading(
        id="7", meta={"versionId": "1"}, issued="2026-11-24T12:00:00Z", subject={"reference": "Patient/7", "type": "Patient"}
    )
    assert equal(reading(subject={"reference": "Patient/7"}, meta={"tag": []}), held)
    assert not equal(reading(subject={"reference": "Patient/8"}), held)
    assert not equal(reading(valueString="x", subject={"reference": "Patient/7"}), held)


def test_numbers_instants_and_addresses_are_compared_by_what_they_mean() -> None:
    sent = reading(
        subject={"reference": "Patient/7"},
        valueQuantity={"value": Decimal("72.10")},
        effectiveDateTime="2026-11-24T07:00:00-05:00",
    )
    held = reading(
        subject={"reference": "https://x/fhir/Patient/7/_history/2"}, valueQuantity={"value": Decimal("72.1")},
        effectiveDateTime="2026-11-24T12:00:00.000Z",
    )  # fmt: skip
    assert equal(sent, held)
    assert not equal(sent, held | {"valueQuantity": {"value": Decimal("72.11")}})


def test_each_of_a_list_needs_one_of_its_own() -> None:
    two = [{"system": "a", "value": "1"}, {"system": "a", "value": "1"}]
    other = {"system": "b", "value": "2"}
    assert equal(reading(identifier=[two[0]]), reading(identifier=[other, two[0]]))
    assert not equal(reading(identifier=two), reading(identifier=[other, two[0]]))


def test_an_attachment_is_known_by_its_hash() -> None:
    sent = {"content": {"contentType": "text/plain", "data": "aGVsbG8="}}
    assert equal(sent, {"content": {"contentType": "text/plain", "hash": "qvTGHdzF6KLavt4PO0gs2a6pQ00=", "size": 5}})
    assert not equal(sent, {"content": {"contentType": "text/plain", "hash": "AAAAHdzF6KLavt4PO0gs2a6pQ00=", "size": 5}})


VALUES = st.recursive(
    st.text("ab", min_size=1, max_size=2) | st.integers(0, 3) | st.booleans(),
    lambda inside: st.lists(inside, min_size=1, max_size=3) | st.dictionaries(st.sampled_from("pqr"), inside, min_size=1),
    max_leaves=8,
)
BODIES = st.dictionaries(st.sampled_from("abcd"), VALUES, max_size=4)


@given(BODIES, BODIES)
def test_a_body_is_equal_to_itself_with_more(sent: dict[str, Any], more: dict[str, Any]) -> None:
    assert equal(sent, sent)
    assert equal(sent, more | sent)


@given(BODIES, st.sampled_from("abcd"))
def test_a_body_with_an_element_less_is_not_equal(sent: dict[str, Any], name: str) -> None:
    held = {one: value for one, value in sent.items() if one != name}
    assert equal(sent, held) is (name not in sent)


@pytest.mark.parametrize(
    ("there", "ours", "covered"),
    [
        ({"code": {"coding": [{"code": "a", "display": "A"}]}, "id": "7"}, {"code": {"coding": [{"code": "a"}]}}, True),
        ({"note": [{"text": "b"}, {"text": "a"}]}, {"note": [{"text": "a"}]}, True),
        ({"note": [{"text": "b"}]}, {"note": [{"text": "a"}]}, False),
        ({"subject": {"reference": "urn:uuid:1"}}, {"subject": {"reference": "urn:uuid:1", "display": "x"}}, True),
        ({"subject": {"reference": "urn:uuid:2"}}, {"subject": {"reference": "urn:uuid:1"}}, False),
        ({"value": Decimal("72.10")}, {"value": Decimal("72.1")}, True),
        ({}, {"note": [{"text": "a"}]}, False),
        ({}, {"note": []}, True),
    ],
)
def test_what_we_say_is_there_whatever_is_said_beside_it(there: Any, ours: Any, covered: bool) -> None:
    assert equal(ours, there) is covered
