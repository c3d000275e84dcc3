"""Patients and the like, element by element: what one changed stands, what both changed is asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.fhir.exchange import Resource
from maroom.fhir.rule import READ_ONLY, Manner, Rule
from maroom.sync.merge import Conflict, Merged, Side, Taken, merge, same
from tests.sync.merge.bodies import PERSON, clashes, merged, person

PLAIN = Rule(Manner.THREE_WAY)
PHONE, MAIL = {"system": "phone", "value": "555-0100"}, {"system": "email", "value": "m@example.org"}
NEW = {"system": "phone", "value": "555-0199"}
OURS = {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e"}


def test_what_one_changed_stands_and_is_told() -> None:
    mine = person(telecom=[PHONE, MAIL, NEW])
    theirs = person(maritalStatus={"text": "married"}, meta={"versionId": "2"})
    result = merge(PERSON, person(), mine, theirs)
    assert isinstance(result, Merged)
    assert result.resource == theirs | {"telecom": [PHONE, MAIL, NEW]}
    assert set(map(str, (taken.side for taken in result.taken))) == {"mine", "theirs"}
    assert Taken("maritalStatus", Side.THEIRS, None, {"text": "married"}) in result.taken
    assert Taken("telecom", Side.MINE, [PHONE, MAIL], [PHONE, MAIL, NEW]) in result.taken


def test_what_both_changed_alike_is_no_conflict() -> None:
    changed = person(birthDate="1968-02-03")
    assert merged(merge(PERSON, person(), changed, changed | {"meta": {"versionId": "2"}})) == changed | {
        "meta": {"versionId": "2"}
    }


def test_what_both_changed_otherwise_is_asked_with_all_three() -> None:
    asked = clashes(merge(PLAIN, person(), person(language="es"), person(language="en")))
    clash = asked["language"]
    assert (clash.base, clash.mine, clash.theirs, clash.recommended) == (None, "es", "en", Side.THEIRS)
    assert asked.keys() == {"language"}


def test_what_is_removed_there_and_changed_here_is_recommended_to_be_kept() -> None:
    base, mine = person(language="en"), person(language="es")
    assert clashes(merge(PLAIN, base, mine, person()))["language"].recommended is Side.MINE
    assert clashes(merge(PLAIN, base, person(), mine))["language"].recommended is Side.THEIRS


@pytest.mark.parametrize(("side", "stands"), [(Side.MINE, "es"), (Side.THEIRS, "en")])
def test_a_person_chooses(side: Side, stands: str) -> None:
    body = merged(merge(PLAIN, person(), person(language="es"), person(language="en"), {"language": side}))
    assert body["language"] == stands


def test_of_several_clashes_those_not_chosen_are_asked_again() -> None:
    mine, theirs = person(language="es", active=True), person(language="en", active=False)
    assert clashes(merge(PLAIN, person(), mine, theirs)).keys() == {"language", "active"}
    assert clashes(merge(PLAIN, person(), mine, theirs, {"active": Side.MINE})).keys() == {"language"}


WEIGHTY: list[dict[str, Any]] = [
    {"name": [{"use": "official", "family": "Nguyen"}]},
    {"birthDate": "1951-05-05"},
    {"gender": "male"},
    {"identifier": [{"system": "urn:mrn", "value": "2002"}]},
    {"deceasedBoolean": True},
    {"deceasedDateTime": "2026-11-01"},
    {"_birthDate": {"extension": [{"url": "urn:x", "valueString": "y"}]}},
]


@pytest.mark.parametrize("weighty", WEIGHTY)
def test_who_somebody_is_never_changes_unseen(weighty: dict[str, Any]) -> None:
    """Though nobody else touched it: beside another change a person looks."""
    field = next(iter(weighty)).strip("_").removesuffix("Boolean").removesuffix("DateTime")
    other = person(telecom=[PHONE])
    for mine, theirs in ((other, person(**weighty)), (person(**weighty), other)):
        assert clashes(merge(PERSON, person(), mine, theirs)).keys() == {field}
    assert merged(merge(PERSON, person(), person(**weighty), person())) == person(**weighty)


def test_a_number_more_is_not_weighty() -> None:
    """As a server gives its number, and we add our own identifier."""
    numbered = person(identifier=[*person()["identifier"], {"system": "urn:ins", "value": "A1"}])
    ours = person(identifier=[*person()["identifier"], OURS], language="es")
    values = [one["value"] for one in merged(merge(PERSON, person(), ours, numbered))["identifier"]]
    assert values == ["1001", "A1", OURS["value"]]


def test_a_type_of_a_choice_is_no_other_element() -> None:
    mine, theirs = person(deceasedBoolean=True), person(deceasedDateTime="2026-11-01")
    clash = clashes(merge(PLAIN, person(), mine, theirs))["deceased"]
    assert (clash.mine, clash.theirs) == ({"deceasedBoolean": True}, {"deceasedDateTime": "2026-11-01"})
    body = merged(merge(PLAIN, person(), mine, theirs, {"deceased": Side.MINE}))
    assert "deceasedDateTime" not in body
    assert body["deceasedBoolean"] is True


# lists


def telecoms(base: list[Resource], mine: list[Resource], theirs: list[Resource]) -> list[Resource]:
    result = merge(PLAIN, person(telecom=base), person(telecom=mine), person(telecom=theirs))
    return merged(result).get("telecom", [])


def test_added_on_both_sides() -> None:
    work = {"system": "phone", "value": "555-0142"}
    assert telecoms([PHONE], [PHONE, NEW], [work, PHONE]) == [work, PHONE, NEW]
    assert telecoms([PHONE], [PHONE, NEW], [PHONE, NEW]) == [PHONE, NEW]


def test_removed_on_both_sides_hits_what_was_meant() -> None:
    """By place, the second removal would have hit the third number."""
    assert telecoms([PHONE, MAIL, NEW], [MAIL, NEW], [PHONE, NEW]) == [NEW]
    assert telecoms([PHONE, MAIL, NEW], [MAIL, NEW], [MAIL, NEW]) == [MAIL, NEW]
    assert telecoms([PHONE, MAIL], [], [PHONE]) == []


def test_removed_here_while_others_were_added_or_turned_round_there() -> None:
    assert telecoms([PHONE, MAIL], [MAIL], [NEW, MAIL, PHONE]) == [NEW, MAIL]


def test_one_element_changed_on_both_sides_is_asked_by_what_it_is() -> None:
    mine, theirs = PHONE | {"use": "home"}, PHONE | {"use": "mobile"}
    result = merge(PLAIN, person(), person(telecom=[mine, MAIL]), person(telecom=[MAIL, theirs]))
    clash = clashes(result)["telecom[phone|555-0100]"]
    assert (clash.base, clash.mine, clash.theirs) == (PHONE, mine, theirs)
    chosen = merge(PLAIN, person(), person(telecom=[mine, MAIL]), person(telecom=[MAIL, theirs]), {clash.path: Side.MINE})
    assert merged(chosen)["telecom"] == [MAIL, mine]


def test_changed_here_and_removed_there_is_asked() -> None:
    result = merge(PLAIN, person(), person(telecom=[PHONE | {"use": "home"}, MAIL]), person(telecom=[MAIL]))
    clash = clashes(result)["telecom[phone|555-0100]"]
    assert (clash.theirs, clash.recommended) == (None, Side.MINE)


def test_one_number_replaced_by_two_others_is_asked_as_a_list() -> None:
    other = {"system": "phone", "value": "555-0177"}
    bodies = person(), person(telecom=[NEW, MAIL]), person(telecom=[other, MAIL])
    assert clashes(merge(PLAIN, *bodies)).keys() == {"telecom"}
    assert merged(merge(PLAIN, *bodies, {"telecom": Side.BOTH}))["telecom"] == [other, MAIL, NEW]


def test_two_names_of_one_use_are_told_apart_by_what_they_are() -> None:
    old = [{"use": "old", "family": "Ruiz"}, {"use": "old", "family": "Vega"}]
    mine, theirs = [old[1]], [*old, {"use": "nickname", "given": ["Mari"]}]
    body = merged(merge(PLAIN, person(name=old), person(name=mine), person(name=theirs)))
    assert body["name"] == theirs[1:]


def test_extensions_are_known_by_their_url() -> None:
    race, sex = ({"url": f"urn:{name}", "valueCode": "a"} for name in ("race", "sex"))
    changed = race | {"valueCode": "b"}
    body = merged(merge(PLAIN, person(extension=[race]), person(extension=[changed]), person(extension=[sex, race])))
    assert body["extension"] == [sex, changed]


def test_given_names_are_one_value() -> None:
    """To unite them would make up a name."""
    assert clashes(merge(PLAIN, {"given": ["Ana"]}, {"given": ["Ana", "M."]}, {"given": ["Anna"]})).keys() == {"given"}


def test_codings_added_on_both_sides_of_one_meaning() -> None:
    base = {"coding": [{"system": "a", "code": "1"}], "text": "Cough"}
    mine, theirs = ({"coding": [*base["coding"], {"system": s, "code": "2"}], "text": "Cough"} for s in "bc")
    united = merged(merge(PLAIN, {"code": base}, {"code": mine}, {"code": theirs}))["code"]
    assert [one["system"] for one in united["coding"]] == ["a", "c", "b"]
    other = {"coding": [{"system": "a", "code": "9"}], "text": "Cough"}
    assert clashes(merge(PLAIN, {"code": base}, {"code": other}, {"code": theirs})).keys() == {"code"}


def test_a_quantity_is_never_put_together_of_two() -> None:
    base, mine, theirs = (
        {"valueQuantity": {"value": value, "unit": unit}} for value, unit in ((70, "kg"), (154, "kg"), (70, "[lb_av]"))
    )
    assert clashes(merge(PLAIN, base, mine, theirs)).keys() == {"value"}


# meta


def test_meta_is_the_servers_and_tags_are_anybodys() -> None:
    tag = {"system": "urn:t", "code": "s"}
    mine = {"meta": {"versionId": "1", "tag": [tag], "profile": ["urn:p"]}}
    theirs = {"meta": {"versionId": "2", "lastUpdated": "2026-11-24T10:00:00Z", "tag": [{"system": "urn:t", "code": "x"}]}}
    made = merged(merge(PLAIN, {"meta": {"versionId": "1"}}, mine, theirs))["meta"]
    assert made["versionId"] == "2"
    assert [one["code"] for one in made["tag"]] == ["x", "s"]
    assert made["profile"] == ["urn:p"]
    assert "tag" not in merged(merge(PLAIN, mine, {"meta": {"versionId": "1"}}, mine)).get("meta", {})


def test_a_server_that_wins_wins() -> None:
    assert merge(READ_ONLY, person(), person(language="es"), person(language="en")) == Merged(person(language="en"))


# what says the same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (72, Decimal("72.0")),
        (Decimal("72.10"), Decimal("72.1")),
        ("2026-11-24T12:00:00-05:00", "2026-11-24T17:00:00.000Z"),
        ({"a": 1, "b": []}, {"a": 1}),
        ({"reference": "urn:uuid:1", "display": "x"}, {"reference": "urn:uuid:1"}),
        ([], None),
        ("", None),
    ],
)
def test_said_otherwise_and_the_same(one: Any, other: Any) -> None:
    assert same({"x": one}, {"x": other})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, 1),
        ("2026-11-24", "2026-11-24T00:00:00Z"),
        ({"reference": "Patient/1"}, {"reference": "Patient/2"}),
        ([1, 2], [2, 1]),
        ("72", 72),
        (0, None),
        (False, None),
    ],
)
def test_not_the_same(one: Any, other: Any) -> None:
    assert not same({"x": one}, {"x": other})


# whatever comes

CODES = st.sampled_from("abcdef")
ELEMENT = st.fixed_dictionaries({"system": CODES, "value": CODES}, optional={"use": CODES})
LIST = st.lists(ELEMENT, max_size=4)
BODY = st.fixed_dictionaries(
    {},
    optional={
        "telecom": LIST,
        "note": st.lists(st.fixed_dictionaries({"text": CODES}), max_size=3),
        "extension": st.lists(st.fixed_dictionaries({"url": CODES, "valueCode": CODES}), max_size=3),
        "given": st.lists(CODES, max_size=3),
        "language": CODES,
        "birthDate": CODES,
        "valueInteger": st.integers(0, 2),
        "valueString": CODES,
        "maritalStatus": st.fixed_dictionaries({"coding": st.lists(st.fixed_dictionaries({"code": CODES}), max_size=2)}),
    },
)
RULES = st.sampled_from([PLAIN, PERSON])


def sorted_lists(body: Resource) -> Resource:
    return {name: sorted(value, key=repr) if isinstance(value, list) else value for name, value in body.items() if value}


@given(rule=RULES, base=BODY, changed=BODY)
def test_against_an_unchanged_side_the_changed_one_stands_whole(rule: Rule, base: Resource, changed: Resource) -> None:
    assert same(merged(merge(rule, base, changed, base)), changed)
    assert same(merged(merge(rule, base, base, changed)), changed)


@given(rule=RULES, base=BODY, one=BODY, other=BODY)
def test_it_does_not_matter_whose_is_mine(rule: Rule, base: Resource, one: Resource, other: Resource) -> None:
    there, back = merge(rule, base, one, other), merge(rule, base, other, one)
    assert type(there) is type(back)
    if isinstance(there, Merged) and isinstance(back, Merged):
        assert same(sorted_lists(there.resource), sorted_lists(back.resource))
    elif isinstance(there, Conflict) and isinstance(back, Conflict):
        assert {clash.path for clash in there.clashes} == {clash.path for clash in back.clashes}


@given(base=BODY, mine=BODY, theirs=BODY)
def test_nothing_that_one_side_alone_changed_is_lost(base: Resource, mine: Resource, theirs: Resource) -> None:
    result = merge(PLAIN, base, mine, theirs)
    if isinstance(result, Conflict):
        result = merge(PLAIN, base, mine, theirs, {clash.path: Side.THEIRS for clash in result.clashes})
    body = merged(result)
    for field in ("telecom", "note", "extension", "given", "language", "birthDate", "maritalStatus"):
        for side, other in ((mine, theirs), (theirs, mine)):
            if same(base.get(field), other.get(field)):
                assert same(body.get(field), side.get(field))


@given(base=LIST, mine=LIST, theirs=LIST)
def test_of_a_list_what_a_side_added_is_there_and_what_one_removed_is_not(
    base: list[Resource], mine: list[Resource], theirs: list[Resource]
) -> None:
    result = merge(PLAIN, {"telecom": base}, {"telecom": mine}, {"telecom": theirs})
    if isinstance(result, Conflict):
        return
    found = merged(result).get("telecom", [])
    for side, other in ((mine, theirs), (theirs, mine)):
        for one in side:
            assert one in base or one in found
        for one in base:
            if one in other and one not in side:
                assert one not in found


@given(base=BODY, mine=BODY, theirs=BODY, side=st.sampled_from([Side.MINE, Side.THEIRS]))
def test_what_was_chosen_settles_it(base: Resource, mine: Resource, theirs: Resource, side: Side) -> None:
    result = merge(PERSON, base, mine, theirs)
    if isinstance(result, Conflict):
        merged(merge(PERSON, base, mine, theirs, {clash.path: side for clash in result.clashes}))
