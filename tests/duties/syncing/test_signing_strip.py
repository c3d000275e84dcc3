"""The strip of the Sync page leads to the sign-in, says what to do meanwhile, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from maroom.duties.syncing.view import SyncView
from maroom.sync.signing import Came
from tests.duties.syncing.office import Office
from tests.duties.syncing.test_signing_in import Page
from tests.duties.windows import shown

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def page(qapp: QApplication, here: Office) -> Iterator[Page]:
    made = Page(here)
    with ExitStack() as stack:

        def make(widgets: Any) -> SyncView:
            view = SyncView(widgets, here.desk.clock, here.messages)
            view.attach(made.presenter)
            return view

        stack.enter_context(shown(qapp, make))
        yield made


def test_who_has_not_signed_in_is_led_there(here: Office, page: Page) -> None:
    assert here.messages.words[-1].startswith("The server knows people by their own sign-in")
    here.messages.steps["Sign in"]()
    assert page.presenter.state.signing
    assert here.messages.words[-1] == "Sign in on the page that your browser has opened."
    here.messages.steps["Cancel"]()
    assert page.stopped()


def test_what_came_of_it_is_said_with_the_next_step(here: Office, page: Page) -> None:
    page.ends = Came.REFUSED
    here.messages.steps["Sign in"]()
    page.browser.answer()
    assert here.messages.words[-1] == "The server did not sign you in. Everything is kept here."
    page.ends = Came.IN
    here.messages.steps["Try again"]()
    assert page.presenter.state.signing
    page.browser.answer()
    assert not page.presenter.state.needs_sign_in
