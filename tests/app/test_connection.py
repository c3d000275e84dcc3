"""A person signs in at the server by the browser; from then on its runs are hers while she is here, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from maroom.app import compose, demo, syncing
from maroom.app.compose import Services
from maroom.core.people import Author, Opening, Role
from maroom.core.settings import Server, SignIn
from maroom.sync.phase import Ended
from maroom.sync.pull.scope import Scope
from maroom.sync.signing import Came
from tests.fhir.signin.browser import TestBrowser
from tests.servers.fixtures import StartPeer


class Browser(TestBrowser):
    __test__ = False

    def page(self, good: bool) -> str:
        return "good" if good else "bad"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = compose.found(tmp_path, "a long passphrase", demo.clinic(1))
    demo.fill(made, compose.intake(made), 1)
    demo.chart(made, 1)
    yield made
    made.close()


def people(services: Services) -> tuple[Author, Author]:
    some = [who.author() for who in services.people.present() if who.role is Role.ASSISTANT]
    return some[0], some[1]


def set_to(services: Services, server: Server) -> None:
    chief = next(who for who in services.people.present() if who.role is Role.ADMINISTRATOR)
    services.settings.change_clinic(Opening(chief.author()), replace(services.settings.clinic, server=server))


def ran(services: Services, who: Author | None) -> Ended:
    run = syncing.for_station(services, who, asked=False)
    return run(Scope(), lambda: False, lambda _phase, _done, _of: None, "window").ended


def test_she_signs_in_and_her_runs_go_under_her_name(services: Services, peer: StartPeer) -> None:
    server = peer(options=("--auth", "on"))
    set_to(services, Server(server.base, SignIn.PERSON, "maroom"))
    kit, browser = compose.windowless(services), Browser()
    dana, amara = people(services)
    here = (services.settings.clinic.server, services.settings.station)
    assert ran(services, dana) is Ended.SIGN_IN
    assert not kit.connection.has_signed_in(here[0], dana.staff)
    came = compose.kit(services, kit.jobs, kit.messages, kit.navigate, browser=browser).signing
    assert came.start(dana)
    assert came.standing.came is Came.IN
    browser.close()
    assert browser.shown == [(200, "good")]
    assert kit.connection.has_signed_in(here[0], dana.staff)
    assert not kit.connection.has_signed_in(here[0], amara.staff)
    assert ran(services, dana) is Ended.NOT_YET
    assert server.state()["counts"]["Encounter"] >= 1
    assert [ran(services, who) for who in (amara, None)] == [Ended.SIGN_IN, Ended.SIGN_IN]


def test_who_gives_up_is_not_signed_in(services: Services, peer: StartPeer) -> None:
    server = peer(options=("--auth", "on"))
    set_to(services, Server(server.base, SignIn.PERSON, "maroom"))
    connection = compose.windowless(services).connection
    here = (services.settings.clinic.server, services.settings.station)
    silent = Browser(lambda _address: server.base + "/metadata")
    assert connection.sign_in(*here, people(services)[0].staff, silent, lambda: True) is Came.GAVE_UP
    silent.close()
    assert not connection.has_signed_in(here[0], people(services)[0].staff)


@pytest.mark.parametrize(
    ("base", "came"), [("http://127.0.0.1:9/fhir", Came.NOT_REACHED), ("http://fhir.example.org/r4", Came.NO_WAY_IN)]
)
def test_where_there_is_no_way_in(services: Services, base: str, came: Came) -> None:
    connection, browser = compose.windowless(services).connection, Browser()
    server = Server(base, SignIn.PERSON, "maroom")
    assert connection.sign_in(server, services.settings.station, "dana", browser, lambda: False) is came
    assert browser.asked == ""


def test_without_a_browser_nobody_signs_in(services: Services) -> None:
    signing = compose.windowless(services).signing
    signing.start(people(services)[0])
    assert signing.standing.came is Came.NO_WAY_IN
