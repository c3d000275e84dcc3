from __future__ import annotations

import pytest

from maroom.fhir.client import Client
from maroom.fhir.outcome import Issue, Outcome
from tests.servers.fixtures import StartPeer


def outcome(*issues: dict[str, object]) -> Outcome:
    return Outcome.of({"resourceType": "OperationOutcome", "issue": list(issues)})


def test_the_servers_words_and_the_element() -> None:
    told = outcome(
        {"severity": "error", "code": "invalid", "diagnostics": "no such code", "expression": ["Patient.gender"]},
        {"severity": "warning", "code": "value", "details": {"text": "odd"}, "location": ["/f:Patient"]},
        {"severity": "information", "code": "x", "details": {"coding": [{"code": "MSG", "display": "said"}]}},
    )
    assert told.issues == (
        Issue("error", "invalid", "no such code", ("Patient.gender",)),
        Issue("warning", "value", "odd", ("/f:Patient",)),
        Issue("information", "x", "said"),
    )
    assert [issue.text for issue in told.refusals()] == ["no such code"]


def test_which_entries_are_refused() -> None:
    told = outcome(
        {"severity": "error", "code": "invalid", "expression": ["Bundle.entry[12].resource.status", "Bundle.entry[2]"]},
        {"severity": "fatal", "code": "invalid", "expression": ["Bundle.entry[2].resource.code"]},
        {"severity": "warning", "code": "invalid", "expression": ["Bundle.entry[5].resource"]},
        {"severity": "error", "code": "invalid", "expression": ["Patient.name[4]"]},
    )
    assert told.entry_indexes() == (2, 12)


@pytest.mark.parametrize(
    "resource",
    [None, {}, {"resourceType": "Patient"}, {"resourceType": "OperationOutcome", "issue": "?"},
     {"resourceType": "OperationOutcome", "issue": [{"severity": 1}]}],
)  # fmt: skip
def test_what_is_no_outcome_says_nothing(resource: dict[str, object] | None) -> None:
    assert Outcome.of(resource) == Outcome()


def test_a_real_transaction_names_its_entry(peer: StartPeer) -> None:
    client = Client(peer("azure", validate="base").base)
    good, bad = {"resourceType": "Patient", "gender": "female"}, {"resourceType": "Patient", "gender": "zzz"}
    entries = [{"resource": one, "request": {"method": "POST", "url": "Patient"}} for one in (good, bad)]
    reply = client.post("", {"resourceType": "Bundle", "type": "transaction", "entry": entries})
    client.close()
    assert reply.status == 400
    assert Outcome.of(reply.resource).entry_indexes() == (1,)
