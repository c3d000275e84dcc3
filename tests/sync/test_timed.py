"""When a run begins that nobody asked for, and under whose sign-in."""

from __future__ import annotations

from typing import Any

import pytest

from maroom.core.people import Author
from maroom.core.settings import Server, SignIn
from maroom.sync.account import Account
from maroom.sync.phase import Ended
from maroom.sync.station import Station
from maroom.sync.timed import Timed
from tests.builders import AMARA, DANA, SetClock
from tests.fakes import JobsAtOnce

ADDRESS = "https://fhir.example/r4"


class Clinic:
    """A station that notes for whom it was asked to run. `known` have signed in at the server."""

    def __init__(self, *known: Author, hold: bool = False, **server: Any) -> None:
        self.server = Server(ADDRESS, **server)
        self.known = {who.staff for who in known}
        self.clock = SetClock()
        self.ran: list[tuple[Author | None, bool]] = []
        self.said: list[str] = []
        self.jobs = JobsAtOnce(hold)
        self.ends = Ended.NOT_YET
        self.station = Station(self._make, self.jobs, self.clock)
        self.timed = Timed(self.station, lambda: self.server, self.known.__contains__, self.clock)

    def _make(self, by: Author | None, asked: bool) -> Any:
        self.ran.append((by, asked))

        def run(_scope: Any, _stop: Any, _tell: Any, _holder: str, by: str) -> Account:
            self.said.append(by)
            return Account(ADDRESS, ended=self.ends)

        return run

    def minutes(self, number: int) -> None:
        """The clock of the window strikes once a minute."""
        for _ in range(number):
            self.clock.forward(minutes=1)
            self.timed.tick()


@pytest.mark.parametrize("sign_in", [SignIn.NONE, SignIn.BACKEND])
def test_a_station_that_signs_in_itself_needs_nobody(sign_in: SignIn) -> None:
    here = Clinic(sign_in=sign_in, at_start=True)
    here.timed.begun()
    assert here.ran == [(None, False)]
    assert here.said == [""], "nobody asked for it"


def test_where_people_sign_in_it_waits_for_one_who_did() -> None:
    here = Clinic(DANA, sign_in=SignIn.PERSON, at_start=True)
    here.timed.begun()
    assert here.ran == []
    here.timed.came(AMARA)
    assert here.ran == [], "she has not signed in there"
    here.timed.left(AMARA)
    here.timed.came(DANA)
    assert here.ran == [(DANA, False)]
    assert here.said == [""], "it is not her who asked for it"
    here.timed.left(DANA)
    here.timed.came(DANA)
    assert len(here.ran) == 1, "the start was once"


def test_every_few_minutes() -> None:
    here = Clinic(every=15)
    here.timed.begun()
    here.minutes(14)
    assert here.ran == []
    here.minutes(1)
    assert len(here.ran) == 1
    here.minutes(14)
    assert len(here.ran) == 1
    here.minutes(1)
    assert len(here.ran) == 2


def test_never_by_itself_unless_it_is_wished() -> None:
    here = Clinic()
    here.timed.begun()
    here.timed.came(DANA)
    here.minutes(300)
    here.timed.left(DANA)
    assert here.ran == []


def test_without_a_server_there_is_none() -> None:
    here = Clinic(at_start=True, every=1, on_lock=True)
    here.server = Server("", at_start=True, every=1, on_lock=True)
    here.timed.begun()
    here.timed.came(DANA)
    here.minutes(5)
    here.timed.left(DANA)
    assert here.ran == []


def test_what_fell_due_while_nobody_was_there_is_done_once() -> None:
    here = Clinic(DANA, sign_in=SignIn.PERSON, every=15)
    here.minutes(60)
    assert here.ran == []
    here.timed.came(DANA)
    assert here.ran == [(DANA, False)]
    here.minutes(1)
    assert len(here.ran) == 1


def test_on_lock_it_is_the_last_run_of_whoever_leaves() -> None:
    here = Clinic(DANA, sign_in=SignIn.PERSON, on_lock=True)
    here.timed.came(DANA)
    here.timed.left(DANA)
    assert here.ran == [(DANA, False)]
    here.timed.came(AMARA)
    here.timed.left(AMARA)
    assert len(here.ran) == 1, "she never signed in at the server"


def test_never_while_one_runs() -> None:
    here = Clinic(hold=True, every=1, on_lock=True)
    here.timed.came(DANA)
    here.minutes(1)
    here.minutes(3)
    here.timed.left(DANA)
    assert len(here.ran) == 1
    here.jobs.answer()
    here.minutes(1)
    assert len(here.ran) == 2


def test_one_that_failed_is_tried_at_its_next_time() -> None:
    here = Clinic(every=5)
    here.ends = Ended.NOT_REACHED
    here.minutes(5)
    assert len(here.ran) == 1
    here.minutes(4)
    assert len(here.ran) == 1
    here.minutes(1)
    assert len(here.ran) == 2


def test_another_time_holds_at_once() -> None:
    here = Clinic(every=60)
    here.minutes(10)
    here.server = Server(ADDRESS, every=10)
    here.timed.tick()
    assert len(here.ran) == 1
