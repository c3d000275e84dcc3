"""Between desk and window: what is always true, whoever is open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtWidgets import QApplication

from maroom.app import compose
from maroom.app.desk import Desk
from maroom.app.window.front import Front
from maroom.app.window.look import Look
from maroom.core.people import Opening
from maroom.core.problems import Code, Problem
from maroom.core.visit import VisitRef
from maroom.sync.station import Station as SyncStation
from maroom.ui.messages import Messages
from tests.builders import AMARA, DANA, KEY
from tests.fakes import JobsAtOnce
from tests.ui import gallery

ONE, OTHER = VisitRef("v-1", "p-1"), VisitRef("v-2", "p-2")


@pytest.fixture
def messages(qapp: QApplication) -> Iterator[Messages]:
    made = Messages()
    yield made
    made.clear()


@pytest.fixture
def front(qapp: QApplication, tmp_path: Path, messages: Messages) -> Iterator[Front]:
    services = compose.create_services(tmp_path, KEY, compose.new_clinic("Riverside"))
    window = gallery.window_of(qapp, Look(), gallery.PLAIN, messages)
    gallery.vitals(window, messages)
    desk = Desk({}, _unbuilt, services.people, services.drafts, services.clock, messages)
    sync = SyncStation(_unbuilt, JobsAtOnce(), services.clock)
    made = Front(window, services, desk, messages, {}, _unbuilt, lambda who: who == AMARA, sync)
    yield made
    made.close()
    gallery.drop(qapp, window)
    services.close()


def _unbuilt(*_asked: object) -> NoReturn:
    raise AssertionError("nothing is built here")


def test_the_state_line_says_who_has_yet_to_sign_in_at_the_server(front: Front) -> None:
    said: list[str] = []
    for who in (DANA, AMARA):
        front._desk.author = who
        front._say_state()
        said.append(front._window._told.state.facts[-1].words)
    assert said == ["not yet synced", "the server waits for a sign-in"]


def test_what_went_well_with_one_patient_is_not_said_beside_another(front: Front, messages: Messages) -> None:
    front.show_page("vitals", Opening(DANA, ONE))
    messages.said("Saved for María Garcia, 10:41")
    front.show_page("vitals", Opening(DANA, ONE))
    assert messages.current
    front.show_page("vitals", Opening(DANA, OTHER))
    assert messages.current is None


def test_trouble_stays_wherever_one_goes(front: Front, messages: Messages) -> None:
    front.show_page("vitals", Opening(DANA, ONE))
    messages.trouble(Problem(Code.DISK_FULL))
    front.show_page("vitals", Opening(DANA, OTHER))
    assert messages.current
