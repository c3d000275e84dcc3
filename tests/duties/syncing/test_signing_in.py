"""Where people sign in at the server, the page leads there, and goes on once it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from maroom.core.people import Author
from maroom.core.settings import Server, SignIn
from maroom.duties.syncing.presenter import SyncPresenter
from maroom.sync.signing import Came, Signing
from tests.builders import AMARA, DANA
from tests.duties.syncing.office import Office
from tests.fakes import JobsAtOnce
from tests.servers.fixtures import StartPeer


class Page:
    """Dana's, with a browser that answers when the test says so."""

    def __init__(self, here: Office, address: str = "http://127.0.0.1:9/fhir") -> None:
        here.settings.clinic = replace(here.settings.clinic, server=Server(address, SignIn.PERSON, "maroom"))
        self.known: set[str] = set()
        self.browser = JobsAtOnce(hold=True)
        self.ends = Came.IN
        self.stopped: Callable[[], bool] = lambda: False
        here.signing = Signing(self._browse, self.browser, lambda who: who.staff not in self.known)
        self.presenter: SyncPresenter = here.opened()

    def _browse(self, who: Author, stop: Callable[[], bool]) -> Came:
        self.stopped = stop
        if self.ends is Came.IN:
            self.known.add(who.staff)
        return self.ends


def test_once_she_is_signed_in_it_is_synced_at_once(here: Office, peer: StartPeer) -> None:
    server = peer()
    here.desk.pulse(here.desk.charted(), "72")
    page = Page(here, server.base)
    assert (page.presenter.state.needs_sign_in, page.presenter.state.signing) == (True, False)
    page.presenter.sign_in()
    assert page.presenter.state.signing
    assert server.state()["counts"] == {}
    page.browser.answer()
    state = page.presenter.state
    assert (state.needs_sign_in, state.signing, state.came) == (False, False, Came.IN)
    assert server.state()["counts"]["Observation"] >= 1


@pytest.mark.parametrize("came", [Came.GAVE_UP, Came.REFUSED, Came.NO_WAY_IN, Came.NOT_REACHED])
def test_otherwise_nothing_is_sent(here: Office, peer: StartPeer, came: Came) -> None:
    server = peer()
    page = Page(here, server.base)
    page.ends = came
    page.presenter.sign_in()
    page.presenter.stop_sign_in()
    assert page.stopped()
    page.browser.answer()
    assert (page.presenter.state.needs_sign_in, page.presenter.state.came) == (True, came)
    assert server.log() == []


def test_anothers_sign_in_is_not_hers(here: Office) -> None:
    page = Page(here)
    here.signing.start(AMARA)
    assert not page.presenter.state.signing
    page.browser.answer()
    assert (page.presenter.state.needs_sign_in, page.presenter.state.came) == (True, None)
    assert here.sync.standing.account is None


def test_a_page_that_is_left_starts_nothing(here: Office) -> None:
    page = Page(here)
    page.presenter.sign_in()
    page.presenter.close()
    page.browser.answer()
    assert here.sync.standing.account is None
    assert here.signing.standing.who == DANA
