"""The order of what goes up, and how it is cut to bundles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maroom.sync.push.order import bundles, halves, visits
from maroom.sync.push.plan import Place
from maroom.sync.push.steps import Line, Step
from tests.sync.push.lines import line
from tests.sync.push.test_plan import outboxes


def ordered(*lines: Line, **places: Place) -> list[list[str]]:
    """Each visit's records in the order they go up; those that only go together are one word."""
    steps = {one.local_id: Step(one) for one in lines}
    return [["+".join(step.local_id for step in block) for block in visit] for visit in visits(steps, places)]


def test_a_visit_in_the_order_it_is_referred_to() -> None:
    lines = [line(1, "p"), line(2, "v", "p"), line(3, "o", "p", "e"), line(4, "v2", "o"), line(5, "e", "p")]
    assert ordered(*lines) == [["p", "e", "o", "v", "v2"]]


def test_two_visits_of_a_new_patient() -> None:
    lines = [line(1, "p"), line(2, "e", "p"), line(3, "e2", "p"), line(4, "o", "p", "e2"), line(5, "o2", "p", "e")]
    assert ordered(*lines) == [["p", "e", "o2"], ["e2", "o"]]


def test_readings_of_one_known_visit_go_together_and_the_oldest_visit_first() -> None:
    known = {"e": Place(rtype="Encounter"), "p": Place(rtype="Patient"), "e2": Place(rtype="Encounter")}
    lines = [line(1, "o", "p", "e"), line(2, "o2", "p", "e2"), line(3, "o3", "p", "e"), line(4, "v", "o", "o3")]
    assert ordered(*lines, **known) == [["o", "o3", "v"], ["o2"]]


def test_what_a_reading_is_derived_from_comes_with_it() -> None:
    lines = [line(1, "e"), line(2, "o", "e", "o2"), line(3, "e2"), line(4, "o2", "e2")]
    assert ordered(*lines) == [["e", "e2", "o2", "o"]]


def test_who_looked_comes_last_of_all() -> None:
    assert ordered(line(1, "a"), line(2, "o"), line(3, "a2")) == [["o"], ["a", "a2"]]


def test_what_refers_to_each_other_is_one() -> None:
    (visit,) = ordered(line(1, "o", "q"), line(2, "q", "o"), line(3, "q2", "q"))
    assert {frozenset(block.split("+")) for block in visit} == {frozenset({"o", "q"}), frozenset({"q2"})}


def cut(lines: list[Line], entries: int) -> list[int]:
    blocks = [(Step(one),) for one in lines]
    return [sum(map(len, bundle)) for bundle in bundles(blocks, entries)]


def test_a_bundle_has_so_many_entries() -> None:
    assert cut([line(n, f"o{n}") for n in range(250)], 100) == [100, 100, 50]
    assert cut([], 100) == []


def test_it_gets_smaller_with_each_time_that_no_answer_came() -> None:
    for attempts, most in ((1, [25, 15]), (2, [6] * 6 + [4]), (3, [1] * 40), (9, [1] * 40)):
        assert cut([line(n, f"o{n}", attempts=attempts) for n in range(40)], 100) == most


def test_a_cycle_is_never_cut() -> None:
    pair = (Step(line(2, "o")), Step(line(3, "q")))
    made = list(bundles([(Step(line(1, "p")),), pair, (Step(line(4, "o4")),)], 2))
    assert [sum(map(len, bundle)) for bundle in made] == [1, 2, 1]
    assert list(bundles([pair], 1)) == [[pair]]


def test_halves_lose_nothing() -> None:
    blocks = [(Step(line(n, f"o{n}")),) for n in range(5)]
    one, other = halves(blocks)
    assert (len(one), len(other)) == (3, 2)
    assert [*one, *other] == blocks


@given(outboxes(), st.integers(1, 5))
def test_nothing_is_lost_or_doubled_and_all_comes_after_what_it_needs(lines: list[Line], entries: int) -> None:
    steps = {one.local_id: Step(one) for one in lines}
    made = [bundle for visit in visits(steps, {}) for bundle in bundles(visit, entries)]
    blocks = [[step.local_id for step in block] for bundle in made for block in bundle]
    everything = [one for block in blocks for one in block]
    assert sorted(everything) == sorted(steps)
    sent: set[str] = set()
    for block in blocks:
        sent.update(block)
        assert all(need in sent for one in block for need in steps[one].line.needs if need in steps)
