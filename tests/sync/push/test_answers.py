"""The table of answers, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from maroom.fhir.reply import Location, Reply
from maroom.fhir.transport import NoAnswer, NoConnection, NotSent, Unknown
from maroom.sync.push.answers import Asked, Verdict, judge

BARE = Reply(200, None, False, "", None, None, None)
CREATES = (Asked.PUT, Asked.CONDITIONAL, Asked.POST)
BUNDLES = (Asked.CREATES, Asked.MIXED)
V = Verdict


def answer(status: int, resource: dict[str, Any] | None = None, place: str = "", *, foreign: bool = False) -> Reply:
    return replace(BARE, status=status, resource=resource, location=Location.parse(place) if place else None, foreign=foreign)


def outcome(words: str) -> dict[str, Any]:
    return {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "invalid", "diagnostics": words}]}


@pytest.mark.parametrize("asked", Asked)
def test_without_an_answer(asked: Asked) -> None:
    assert judge(asked, NotSent(NoConnection.DNS), "Patient") is V.NOT_SENT
    assert judge(asked, Unknown(NoAnswer.TIMEOUT), "Patient") is V.UNKNOWN


OF_ALL = {
    302: V.ELSEWHERE, 400: V.REFUSED, 402: V.REFUSED, 403: V.FORBIDDEN, 405: V.NOT_TAKEN, 408: V.FAILED, 413: V.TOO_LARGE,
    422: V.REFUSED, 425: V.FAILED, 429: V.PAUSE, 500: V.FAILED, 501: V.NOT_TAKEN, 502: V.FAILED, 503: V.PAUSE, 504: V.FAILED,
    507: V.FAILED,
}  # fmt: skip


@pytest.mark.parametrize("asked", Asked)
@pytest.mark.parametrize(("status", "verdict"), OF_ALL.items())
def test_statuses_that_mean_the_same_to_everything(asked: Asked, status: int, verdict: Verdict) -> None:
    assert judge(asked, answer(status), "Patient", 2) is verdict


@pytest.mark.parametrize("status", [409, 412])
def test_a_conflict_means_what_was_asked(status: int) -> None:
    assert judge(Asked.UPDATE, answer(status), "Patient") is V.STALE
    assert judge(Asked.MIXED, answer(status), "", 2) is V.SPLIT


def test_a_create_never_makes_a_conflict_for_a_person() -> None:
    assert [judge(asked, answer(409), "Patient") for asked in CREATES] == [V.RACED] * 3
    assert judge(Asked.CREATES, answer(409), "", 2) is V.RACED
    assert judge(Asked.CONDITIONAL, answer(412), "Patient") is V.SEVERAL
    assert judge(Asked.CREATES, answer(412), "", 2) is V.SPLIT


def test_an_update_of_what_is_gone_or_must_name_its_version() -> None:
    assert judge(Asked.UPDATE, answer(404), "Patient") is V.REMOVED
    assert judge(Asked.UPDATE, answer(410), "Patient") is V.REMOVED
    assert judge(Asked.UPDATE, answer(428), "Patient") is V.UNVERSIONED


def test_to_a_create_a_404_says_that_it_is_not_taken() -> None:
    for asked in (*CREATES, *BUNDLES):
        assert judge(asked, answer(404), "Patient", 2) is V.NOT_TAKEN


def test_a_create_that_must_name_a_version_is_there_already() -> None:
    assert judge(Asked.PUT, answer(428), "Patient") is V.RACED


@pytest.mark.parametrize("words", ["Transaction contains more update operations than allowed", "too many entries"])
def test_a_bundle_of_too_many_entries_is_told_by_words(words: str) -> None:
    assert judge(Asked.CREATES, answer(400, outcome(words)), "", 60) is V.TOO_LARGE
    assert judge(Asked.POST, answer(400, outcome(words)), "Patient") is V.REFUSED


def test_a_create_is_taken_where_it_is_told_under_what_id() -> None:
    here = {"resourceType": "Patient", "id": "7"}
    for asked in CREATES:
        assert judge(asked, answer(201, here), "Patient") is V.TAKEN
        assert judge(asked, answer(201, None, "http://x/fhir/Patient/7/_history/1"), "Patient") is V.TAKEN
        assert judge(asked, answer(201, outcome("stored"), "Patient/7"), "Patient") is V.TAKEN
        assert judge(asked, answer(201), "Patient") is V.UNREADABLE
        assert judge(asked, answer(201, None, "Observation/7"), "Patient") is V.UNREADABLE
        assert judge(asked, answer(202, here), "Patient") is V.UNREADABLE


def test_an_update_needs_no_place() -> None:
    assert judge(Asked.UPDATE, answer(200), "Patient") is V.TAKEN
    assert judge(Asked.UPDATE, answer(202), "Patient") is V.UNREADABLE


@pytest.mark.parametrize("asked", Asked)
def test_a_page_of_a_network_that_wants_a_sign_in(asked: Asked) -> None:
    assert judge(asked, answer(200, foreign=True), "Patient", 2) is V.ELSEWHERE


def test_another_resource_than_was_sent_is_not_the_server_s_answer() -> None:
    assert judge(Asked.POST, answer(200, {"resourceType": "Binary", "id": "1"}, "Patient/7"), "Patient") is V.ELSEWHERE


def test_a_bundle_is_taken_where_every_entry_is_answered() -> None:
    def whole(entries: int) -> Reply:
        return answer(200, {"resourceType": "Bundle", "type": "transaction-response", "entry": [{}] * entries})

    for asked in BUNDLES:
        assert judge(asked, whole(2), "", 2) is V.TAKEN
        assert judge(asked, whole(1), "", 2) is V.UNREADABLE
        assert judge(asked, answer(200, outcome("all well")), "", 2) is V.UNREADABLE
        assert judge(asked, answer(200), "", 2) is V.UNREADABLE
