"""What a tried connection is said to be, in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maroom.duties.admin.view import server_words as words
from maroom.sync.push.modes import Mode, Reason
from maroom.sync.trial import Belongs, Met, Trial

NONE = timedelta()
ADDRESS = "https://fhir.clinic.org/r4"


def severities(trial: Trial, apart: timedelta = NONE) -> list[str]:
    return [severity for severity, _ in words.tried(trial, apart)]


def test_all_is_well() -> None:
    trial = Trial(ADDRESS, Met.WELL, "", "HAPI FHIR Server 8.8.0", "4.0.1", "P", (), timedelta(seconds=119), Belongs.YES)
    assert words.tried(trial, NONE) == (
        ("ok", "Reached, and let in: HAPI FHIR Server 8.8.0 (FHIR 4.0.1)"),
        ("ok", "Records are made there by P: under our own ids, a visit at a time"),
        ("ok", "Its clock and ours agree."),
    )


@pytest.mark.parametrize("met", [met for met in Met if met not in (Met.WELL, Met.SIGN_IN)])
def test_each_way_to_fail_has_its_sentence(met: Met) -> None:
    ((severity, said),) = words.tried(Trial(ADDRESS, met), NONE)
    assert severity == "refused"
    assert said.endswith(".")


def test_clocks_that_are_two_minutes_apart_are_warned_of() -> None:
    ahead, behind = (Trial(ADDRESS, Met.WELL, offset=timedelta(seconds=121 * sign)) for sign in (1, -1))
    assert [words.tried(one, NONE)[-1][1][:34] for one in (ahead, behind)] == [
        "Its clock is 2 min ahead of ours. ",
        "Its clock is 2 min behind ours. Ha",
    ]
    assert severities(ahead) == ["ok", "warn"]


def test_another_zone_of_the_machine_is_warned_of() -> None:
    said = words.tried(Trial(ADDRESS, Met.WELL), timedelta(hours=-5, minutes=-30))[-1]
    assert said[0] == "warn"
    assert "(5.5 h apart)" in said[1]


def test_another_server_is_refused() -> None:
    assert severities(Trial(ADDRESS, Met.WELL, belongs=Belongs.NO)) == ["ok", "refused"]


def test_who_tries_it_need_not_be_signed_in_where_people_are() -> None:
    assert severities(Trial(ADDRESS, Met.SIGN_IN, "signed_out")) == ["ok"]
    assert severities(Trial(ADDRESS, Met.SIGN_IN, "no_key")) == ["warn"]
    assert severities(Trial(ADDRESS, Met.SIGN_IN, "a code of another server")) == ["warn"]


def test_every_mode_and_reason_of_the_sync_has_its_words() -> None:
    assert {option.key for option in words.modes()} == {"", *Mode}
    for reason in Reason:
        ((_, _), (_, said)) = words.tried(Trial(ADDRESS, Met.WELL, mode="F", reasons=(reason.value,)), NONE)
        assert said.endswith(")"), reason
