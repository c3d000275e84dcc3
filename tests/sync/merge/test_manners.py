"""Readings, to which is only added, and the lists of a chart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.fhir.exchange import Resource
from maroom.fhir.rule import Rule
from maroom.sync.merge import Merged, Side, Told, merge
from tests.sync.merge.bodies import ALLERGY, SIGN, clashes, merged, person, reading

KILOS = {"valueQuantity": {"value": 71, "unit": "kg", "code": "kg"}}
GRAMS = {"valueQuantity": {"value": 70500, "unit": "g", "code": "g"}}
NO_VALUE = {"dataAbsentReason": {"coding": [{"code": "unknown"}]}}
AMENDED = {"status": "amended", "issued": "2026-11-24T10:00:00-05:00"}
CORRECTED = {"status": "corrected", "issued": "2026-11-24T10:30:00-05:00"}
NOTE = {"note": [{"text": "Typed in the wrong unit"}]}
VOID = {"status": "entered-in-error", "note": [{"text": "Wrong patient"}]}


def without_value(**elements: Any) -> Resource:
    return {name: value for name, value in reading(**elements).items() if name != "valueQuantity"}


def test_two_corrections_of_one_reading_are_asked_and_both_can_stand() -> None:
    asked = clashes(merge(SIGN, reading(), reading(**AMENDED, **KILOS), reading(**CORRECTED, **GRAMS)))
    assert {path: clash.recommended for path, clash in asked.items()} == {"value": Side.BOTH}
    assert asked["value"].mine == KILOS


def test_a_value_here_and_no_value_there_are_one_choice() -> None:
    clash = clashes(merge(SIGN, reading(), reading(**AMENDED, **KILOS), without_value(**CORRECTED, **NO_VALUE)))["value"]
    assert "dataAbsentReason" in clash.theirs
    chosen = {"value": Side.MINE}
    body = merged(merge(SIGN, reading(), reading(**AMENDED, **KILOS), without_value(**CORRECTED, **NO_VALUE), chosen))
    assert "dataAbsentReason" not in body
    assert body["valueQuantity"]["value"] == 71


def test_a_time_here_and_a_value_there_are_not_mixed() -> None:
    later = reading(**AMENDED, effectiveDateTime="2026-11-24T08:00:00-05:00")
    assert clashes(merge(SIGN, reading(), later, reading(**CORRECTED, **KILOS))).keys() == {"value"}


def test_notes_of_both_and_the_later_status_and_time() -> None:
    theirs = reading(**CORRECTED, note=[{"text": "Scale 2"}])
    body = merged(merge(SIGN, reading(), reading(**AMENDED, **KILOS, **NOTE), theirs))
    assert (body["status"], body["issued"]) == ("corrected", CORRECTED["issued"])
    assert [note["text"] for note in body["note"]] == ["Scale 2", "Typed in the wrong unit"]
    assert body["valueQuantity"]["value"] == 71


def test_void_there_beats_amended_here() -> None:
    theirs = reading(**VOID)
    assert merge(SIGN, reading(), reading(**AMENDED, **KILOS), theirs) == Merged(theirs, told=Told.VOID_STANDS)


def test_void_here_beats_amended_there_and_keeps_what_they_wrote() -> None:
    result = merge(SIGN, reading(), reading(**VOID), reading(**AMENDED, **KILOS, **NOTE))
    body = merged(result)
    assert isinstance(result, Merged)
    assert (result.told, body["status"], body["valueQuantity"]["value"]) == (Told.VOID_STANDS, "entered-in-error", 71)
    assert {note["text"] for note in body["note"]} == {"Wrong patient", "Typed in the wrong unit"}


def test_void_on_both_sides_or_on_one_alone_needs_no_word() -> None:
    void = reading(**VOID)
    for mine, theirs in ((void, reading(**VOID, interpretation=[{"text": "x"}])), (void, reading()), (reading(), void)):
        result = merge(SIGN, reading(), mine, theirs)
        assert isinstance(result, Merged)
        assert (result.told, result.resource["status"]) == (Told.NOTHING, "entered-in-error")


STATUS = st.sampled_from(["final", "amended", "corrected", "entered-in-error", "cancelled"])
READINGS = st.builds(lambda status, value: reading(status=status, **value), STATUS, st.sampled_from([KILOS, GRAMS, {}]))


@given(mine=READINGS, theirs=READINGS)
def test_an_error_stays_one_whoever_said_it_and_values_are_never_dropped_unseen(mine: Resource, theirs: Resource) -> None:
    result = merge(SIGN, reading(), mine, theirs)
    if "entered-in-error" in (mine["status"], theirs["status"]):
        assert merged(result)["status"] == "entered-in-error"
    elif isinstance(result, Merged):
        changed = [side for side in (mine, theirs) if side["valueQuantity"] != reading()["valueQuantity"]]
        assert all(side["valueQuantity"] == result.resource["valueQuantity"] for side in changed)


# lists of the chart


def allergy(**elements: Any) -> Resource:
    active = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "code": "active"}]}
    return {"resourceType": "AllergyIntolerance", "clinicalStatus": active, "code": {"text": "Latex"}, **elements}


def test_one_entry_that_both_changed_is_shown_whole_though_disjoint() -> None:
    mine, theirs = allergy(criticality="high"), allergy(reaction=[{"manifestation": [{"text": "Hives"}]}])
    asked = clashes(merge(ALLERGY, allergy(), mine, theirs))
    assert {path: clash.recommended for path, clash in asked.items()} == {"criticality": Side.MINE, "reaction": Side.THEIRS}
    choices = {path: clash.recommended for path, clash in asked.items()}
    assert merged(merge(ALLERGY, allergy(), mine, theirs, choices)) == allergy(criticality="high", reaction=theirs["reaction"])
    assert merged(merge(ALLERGY, allergy(), mine, theirs, dict.fromkeys(choices, Side.THEIRS))) == theirs


def test_one_entry_that_one_changed_or_both_alike() -> None:
    changed = allergy(criticality="high")
    for mine, theirs in ((changed, allergy()), (allergy(), changed), (changed, changed)):
        assert merged(merge(ALLERGY, allergy(), mine, theirs)) == changed


@pytest.mark.parametrize("rule", [SIGN, ALLERGY])
def test_made_on_both_sides_of_the_same_is_the_same(rule: Rule) -> None:
    assert merged(merge(rule, {}, person(), person())) == person()
