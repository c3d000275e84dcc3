"""Since when a server is away, by the runs that tried it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from maroom.store import runs
from maroom.store.unit_of_work import UnitOfWork
from tests.builders import START, SetClock, unit_of_work

AWAY = "not_reached"


@pytest.mark.parametrize(
    ("ends", "since"),
    [
        ([], None),
        ([""], None),
        ([AWAY], 0),
        (["", AWAY, AWAY], 1),
        ([AWAY, "", AWAY], 2),
        ([AWAY, "sign_in"], None),
        ([AWAY, None, AWAY], 0),
    ],
)
def test_away_since_the_first_try_in_a_row(tmp_path: Path, ends: list[str | None], since: int | None) -> None:
    """None is one that was cut short."""
    with unit_of_work(tmp_path, SetClock()) as unit:
        for number, end in enumerate(ends):
            _ran(unit, START + timedelta(minutes=number), end)
        with unit.glance() as session:
            found = runs.away_since(session, AWAY)
    assert found == (None if since is None else START + timedelta(minutes=since))


def _ran(unit: UnitOfWork, at: datetime, end: str | None) -> None:
    with unit.bookkeeping("a run") as session:
        number = runs.begin(session, at)
        if end is not None:
            runs.end(session, number, at, None, {"ended": end}, complete=not end)
