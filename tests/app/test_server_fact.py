"""What the state line says of the server."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from maroom.app.window.server_fact import server_fact
from maroom.store.runs import Ran
from maroom.sync.phase import Phase
from maroom.sync.station import Going, Standing
from maroom.sync.waiting import Past
from tests.builders import START, SetClock

WHOLE = Ran(START - timedelta(hours=3), START - timedelta(hours=2, minutes=50), complete=True, offset=None, report={})
NOW, ZONE = SetClock().now(), SetClock().zone
GOING = Standing(going=Going(None, NOW, Phase.SENDING, NOW))


@pytest.mark.parametrize(
    ("past", "standing", "said", "tone"),
    [
        (Past(), Standing(), "not yet synced", ""),
        (Past(WHOLE, WHOLE), Standing(), "synced 7:52", ""),
        (Past(WHOLE, WHOLE, START - timedelta(minutes=47)), Standing(), "server away since 9:55", "warn"),
        (Past(WHOLE, WHOLE, START - timedelta(minutes=47)), GOING, "syncing", ""),
        (Past(WHOLE._replace(ended=START - timedelta(days=1))), Standing(), "synced 23 Nov 2026", ""),
    ],
)
def test_the_gravest_is_said(qapp: QApplication, past: Past, standing: Standing, said: str, tone: str) -> None:
    fact = server_fact(past, standing, NOW, ZONE)
    assert (fact.words, fact.tone) == (said, tone)
