"""What a run that ended is said to have done."""

from __future__ import annotations

from maroom.duties.syncing.view.words import runs
from maroom.sync.account import Account
from maroom.sync.phase import Which


def test_a_server_that_was_put_back_is_said_with_what_was_made_again() -> None:
    said = runs.ended(Account("http://127.0.0.1/fhir", set_back=(Which.SERVER,), confirmed=3, again=2, made_again=1))
    assert said.startswith("The server was put back to an earlier copy")
    assert said.endswith("Done: 3 confirmed, 3 made there again.")


def test_a_store_that_was_put_back_is_said() -> None:
    said = runs.ended(Account("http://127.0.0.1/fhir", set_back=(Which.STORE,)))
    assert said.startswith("This station's store was put back to an earlier copy")
    assert said.endswith("Done: nothing was new.")
