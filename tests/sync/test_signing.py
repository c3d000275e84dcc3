"""One person at a time signs in by the browser; it can be given up, and what came of it is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from maroom.core.people import Author
from maroom.sync.signing import Came, Signing, Standing
from tests.builders import AMARA, DANA
from tests.fakes import JobsAtOnce


class Browsing:
    def __init__(self, came: Came | Exception = Came.IN) -> None:
        self.came = came
        self.who: list[Author] = []
        self.stopped: Callable[[], bool] = lambda: False

    def __call__(self, who: Author, stop: Callable[[], bool]) -> Came:
        self.who.append(who)
        self.stopped = stop
        if isinstance(self.came, Exception):
            raise self.came
        return self.came


def test_what_came_of_it_is_told() -> None:
    browsing, jobs, heard = Browsing(), JobsAtOnce(hold=True), list[Standing]()
    signing = Signing(browsing, jobs)
    forget = signing.listen(lambda: heard.append(signing.standing))
    assert signing.start(DANA)
    jobs.answer()
    assert heard == [Standing(DANA), Standing(DANA, Came.IN)]
    forget()
    signing.start(AMARA)
    assert len(heard) == 2


def test_one_at_a_time() -> None:
    browsing, jobs = Browsing(), JobsAtOnce(hold=True)
    signing = Signing(browsing, jobs)
    assert signing.start(DANA)
    assert not signing.start(AMARA)
    assert (browsing.who, signing.standing) == ([DANA], Standing(DANA))


def test_given_up_and_begun_again() -> None:
    browsing, jobs = Browsing(Came.GAVE_UP), JobsAtOnce(hold=True)
    signing = Signing(browsing, jobs)
    signing.start(DANA)
    first = browsing.stopped
    signing.stop()
    assert first()
    jobs.answer()
    assert signing.standing == Standing(DANA, Came.GAVE_UP)
    signing.start(DANA)
    assert (first(), browsing.stopped()) == (True, False), "the next one has not been given up"


def test_a_bug_is_not_hidden() -> None:
    signing = Signing(Browsing(ZeroDivisionError()), JobsAtOnce())
    with pytest.raises(ZeroDivisionError):
        signing.start(DANA)
    assert signing.standing == Standing()
