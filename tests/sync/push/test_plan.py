"""What may go up and why the rest may not."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from maroom.store.base import Op
from maroom.store.outbox import State
from maroom.sync.push.plan import Place, Standing, Wait
from maroom.sync.push.steps import Line
from tests.sync.push.lines import THERE, line, planned, shown

GONE = Place(Standing.GONE)


def only(*refused: tuple[str, Op]) -> Callable[[str, Op], bool]:
    return lambda rtype, op: (rtype, op) not in refused


def test_a_visit_goes_up_with_all_it_needs() -> None:
    made = planned(line(1, "p"), line(2, "e", "p"), line(3, "o", "p", "e"), line(4, "v", "o"))
    assert set(made.steps) == {"p", "e", "o", "v"}
    assert not made.verdicts


def test_revisions_of_one_author_are_one_step() -> None:
    made = planned(line(1, "e"), line(2, "e", op=Op.UPDATE), line(3, "e", op=Op.UPDATE))
    assert made.steps["e"].seqs == (1, 2, 3)
    assert made.steps["e"].line.seq == 3


def test_another_author_s_revision_comes_after() -> None:
    made = planned(line(1, "e"), line(2, "e", op=Op.UPDATE, author="amara"), line(3, "e", op=Op.UPDATE))
    assert made.steps["e"].seqs == (1,)


def test_what_may_be_there_goes_alone() -> None:
    assert planned(line(1, "o", sent=True), line(2, "o", op=Op.UPDATE)).steps["o"].seqs == (1,)


def test_what_was_struck_out_before_it_was_sent_is_never_sent() -> None:
    made = planned(line(1, "o"), line(2, "o", op=Op.UPDATE, author="amara"), line(3, "o", op=Op.VOID), line(4, "v", "o"))
    assert shown(made) == {
        1: "squashed void_before_sent", 2: "squashed void_before_sent", 3: "squashed void_before_sent", 4: "kept nothing_sent",
    }  # fmt: skip


def test_a_void_of_what_is_there_is_sent() -> None:
    assert planned(line(2, "o", op=Op.VOID), o=THERE).steps["o"].seqs == (2,)
    assert planned(line(1, "o", sent=True), line(2, "o", op=Op.VOID)).steps["o"].seqs == (1,)


def test_nobody_s_patient_and_nobody_s_visit_stay_here() -> None:
    made = planned(line(1, "p"), line(2, "v", "p"), line(3, "e", "p", idle=True), line(4, "v2", "e"))
    assert set(shown(made).values()) == {"kept not_needed"}
    assert not made.steps


def test_they_go_up_with_the_first_reading() -> None:
    made = planned(line(1, "p"), line(2, "v", "p"), line(3, "e", "p", idle=True), line(4, "o", "p", "e"))
    assert set(made.steps) == {"p", "v", "e", "o"}


def test_a_known_patient_s_change_goes_up_by_itself() -> None:
    assert set(planned(line(1, "p", op=Op.UPDATE), line(2, "v", "p"), p=THERE).steps) == {"p", "v"}


def test_who_looked_brings_nobody_up() -> None:
    assert set(planned(line(1, "p"), line(2, "a")).steps) == {"a"}


def test_what_a_server_lets_nobody_create_is_linked_and_what_needs_it_waits() -> None:
    made = planned(line(1, "p"), line(2, "e", "p"), line(3, "o", "e"), takes=only(("Patient", Op.CREATE)))
    assert shown(made) == {1: "to_link type_not_taken", 2: "blocked needs_link", 3: "blocked needs_link"}


def test_another_type_that_it_does_not_take_stays_here_and_nothing_waits_for_it() -> None:
    made = planned(line(1, "q"), line(2, "o", "q"), line(3, "v", "q"), takes=only(("QuestionnaireResponse", Op.CREATE)))
    assert shown(made) == {1: "kept type_not_taken", 3: "kept nothing_sent"}
    assert set(made.steps) == {"o"}


def test_a_change_that_it_does_not_take() -> None:
    """Of a result that it has somebody must do it by hand; where a patient stands may differ."""
    takes = only(*[(rtype, op) for rtype in ("Observation", "Encounter") for op in (Op.UPDATE, Op.VOID)])
    amended = [line(1, "o", op=Op.UPDATE), line(2, "o", op=Op.UPDATE, author="amara")]
    made = planned(*amended, line(3, "e", op=Op.UPDATE), line(4, "e2", op=Op.VOID), takes=takes, o=THERE, e=THERE, e2=THERE)
    assert shown(made) == {
        1: "by_hand change_not_taken", 2: "by_hand change_not_taken", 3: "kept change_not_taken", 4: "by_hand change_not_taken",
    }  # fmt: skip


def test_what_stopped_keeps_back_what_needs_it_and_its_own_changes() -> None:
    stopped = Place(wait=Wait.PERSON)
    made = planned(line(2, "p", op=Op.UPDATE), line(3, "e", "p"), line(4, "o", "e"), line(5, "o2"), p=stopped)
    assert shown(made) == {2: "blocked needs_stopped", 3: "blocked needs_stopped", 4: "blocked needs_stopped"}
    assert set(made.steps) == {"o2"}


def test_a_conflict_of_what_is_there_stops_its_own_changes_alone() -> None:
    made = planned(line(2, "e", op=Op.UPDATE), line(3, "o", "e"), e=Place(Standing.THERE, Wait.PERSON))
    assert shown(made) == {2: "blocked needs_stopped"}
    assert set(made.steps) == {"o"}


def test_what_is_held_is_waited_for() -> None:
    made = planned(line(3, "e", "p"), line(4, "o", "e"), line(5, "o2"), p=Place(wait=Wait.ANSWER))
    assert (made.waits, set(made.steps), made.verdicts) == ({"e", "o"}, {"o2"}, {})


def test_what_was_removed_there_is_told() -> None:
    assert shown(planned(line(3, "o", "p"), p=GONE)) == {3: "blocked needs_gone"}


def test_what_tells_of_a_change_waits_for_it() -> None:
    """The first author's revision goes up now, the second's only after it."""
    lines = [line(1, "e"), line(2, "v", "e"), line(3, "e", op=Op.UPDATE, author="amara"), line(4, "v2", "e", author="amara")]
    made = planned(*lines)
    assert (set(made.steps), made.waits) == ({"e", "v"}, {"v2"})


def test_what_tells_of_a_held_change_waits_though_the_record_is_there() -> None:
    assert planned(line(4, "v", "e"), e=Place(Standing.THERE, Wait.ANSWER)).waits == {"v"}


def test_a_cycle_goes_up_or_waits_together() -> None:
    assert set(planned(line(1, "o", "q"), line(2, "q", "o")).steps) == {"o", "q"}
    made = planned(line(1, "o", "q", "p"), line(2, "q", "o"), p=Place(wait=Wait.PERSON))
    assert set(shown(made)) == {1, 2}


NAMES = [f"{letter}{n}" for letter in "peoqv" for n in range(3)]
NEEDS = {"p": "", "e": "p", "o": "pe", "q": "peoq", "v": "peoq"}


@st.composite
def outboxes(draw: st.DrawFn) -> list[Line]:
    made: list[Line] = []
    for seq in range(1, draw(st.integers(1, 12)) + 1):
        name = draw(st.sampled_from(NAMES))
        possible = [one for one in NAMES if one[0] in NEEDS[name[0]]]
        needs = draw(st.lists(st.sampled_from(possible), max_size=3, unique=True)) if possible else []
        author = draw(st.sampled_from(["dana", "amara"]))
        made.append(line(seq, name, *needs, author=author, op=draw(st.sampled_from(Op)), sent=draw(st.booleans())))
    return made


PLACES = st.dictionaries(
    st.sampled_from(NAMES), st.builds(Place, st.sampled_from(Standing), st.sampled_from(Wait)), max_size=6
)  # fmt: skip


@given(outboxes(), PLACES, st.sets(st.tuples(st.sampled_from(["Patient", "Observation"]), st.sampled_from(Op))))
def test_every_record_is_accounted_for_and_nothing_goes_before_what_it_needs(
    lines: list[Line], places: dict[str, Place], refused: set[tuple[str, Op]]
) -> None:
    made = planned(*lines, takes=only(*refused), **places)
    decided = {one.local_id for one in lines if one.seq in made.verdicts}
    assert {one.local_id for one in lines} == set(made.steps) | made.waits | decided
    assert not set(made.steps) & made.waits
    going = {seq for step in made.steps.values() for seq in step.seqs}
    assert not going & set(made.verdicts)
    for step in made.steps.values():
        for need in step.line.needs:
            place = places.get(need, Place())
            gone_up = place.standing is Standing.THERE or need in made.steps
            left_out = place.wait is Wait.NOTHING and need not in made.waits
            assert need == step.local_id or gone_up or left_out
    for step in made.steps.values():
        assert {one.author for one in lines if one.seq in step.seqs} == {step.line.author}
        assert places.get(step.local_id, Place()).wait is Wait.NOTHING


@given(outboxes())
def test_squashed_are_only_voids_and_never_what_was_sent(lines: list[Line]) -> None:
    made = planned(*lines)
    for seq, verdict in made.verdicts.items():
        record = next(one.local_id for one in lines if one.seq == seq)
        if verdict.state is State.SQUASHED:
            assert not any(one.sent for one in lines if one.local_id == record)
