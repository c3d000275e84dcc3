"""Drafts, timers, settings and copies of the store."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from maroom.core.drafts import Draft, DraftKey
from maroom.core.people import Right
from maroom.core.problems import Code, Problem
from maroom.core.settings import Clinic, Room
from maroom.store import backup, check, clinic
from maroom.store.drafts import Drafts
from maroom.store.lock import StoreLock
from maroom.store.timers import Timer, Timers
from maroom.store.unit_of_work import Act, UnitOfWork
from tests.builders import DANA, KEY, SetClock

HERS = DraftKey("dana", "v-1", "p-1", "vitals")
SETTINGS = Act(DANA, "clinic.change", Right.CLINIC)


def test_a_draft_comes_back_to_its_author_visit_and_page_alone(unit: UnitOfWork, clock: SetClock) -> None:
    drafts = Drafts(unit)
    drafts.keep(Draft(HERS, b'{"bp": "142/88"}', "pulse", 2), clock.now())
    assert drafts.find("dana", "v-1", "vitals") == Draft(HERS, b'{"bp": "142/88"}', "pulse", 2)
    for other in (("luis", "v-1", "vitals"), ("dana", "v-2", "vitals"), ("dana", "v-1", "prep")):
        assert drafts.find(*other) is None


def test_the_newest_draft_replaces_the_one_before(unit: UnitOfWork, clock: SetClock) -> None:
    drafts = Drafts(unit)
    drafts.keep(Draft(HERS, b"1"), clock.now())
    clock.forward(seconds=1)
    drafts.keep(Draft(HERS, b"2"), clock.now())
    other = DraftKey("dana", "v-2", "p-2", "vitals")
    clock.forward(seconds=1)
    drafts.keep(Draft(other, b"3"), clock.now())
    found = drafts.find("dana", "v-1", "vitals")
    assert found is not None
    assert found.state == b"2"
    assert drafts.counts() == {"dana": 2}
    latest = drafts.latest("dana")
    assert latest is not None
    assert latest.key == other
    drafts.drop(other)
    assert drafts.counts() == {"dana": 1}


def test_a_timer_outlives_the_one_who_started_it(unit: UnitOfWork, clock: SetClock) -> None:
    now = clock.now().utc
    Timers(unit).start(Timer("contact", "room-4", now, now + timedelta(minutes=4)))
    Timers(unit).start(Timer("rest", "v-1", now, now + timedelta(minutes=1)))
    assert [t.key for t in Timers(unit).running()] == ["rest", "contact"]
    found = Timers(unit).find("contact", "room-4")
    assert found is not None
    assert found.due == now + timedelta(minutes=4)
    Timers(unit).stop("contact", "room-4")
    assert Timers(unit).find("contact", "room-4") is None


def test_settings_have_their_defaults_until_changed_and_keep_what_was(unit: UnitOfWork) -> None:
    with unit.glance() as session:
        assert clinic.clinic(session) == Clinic()
    with unit.write(SETTINGS) as w:
        assert clinic.save(w, Clinic(name="Riverside", rooms=(Room("r1", "1"),))) == ("name", "rooms")
    with unit.write(SETTINGS) as w:
        assert clinic.save(w, Clinic(name="Riverside", rooms=(Room("r1", "1"), Room("r2", "2")))) == ("rooms",)
    with unit.glance() as session:
        assert clinic.clinic(session).rooms == (Room("r1", "1"), Room("r2", "2"))
        assert [row.revision for row in session.query(clinic.ClinicRow).filter_by(local_id="rooms")] == [1, 2]


def test_a_copy_is_whole_encrypted_and_under_the_same_key(unit: UnitOfWork, tmp_path: Path, clock: SetClock) -> None:
    with unit.write(SETTINGS) as w:
        clinic.save(w, Clinic(name="Riverside"))
    kept = backup.copy(tmp_path / "store.db", KEY, "by-hand", clock.now())
    assert backup.kept(tmp_path / "store.db") == (kept,)
    assert check.faults(kept, KEY) == []
    assert b"Riverside" not in kept.read_bytes()
    assert kept.read_bytes()[:16] == KEY.salt


def test_one_holder_at_a_time_and_the_other_is_told_who(tmp_path: Path) -> None:
    first, second = StoreLock(tmp_path), StoreLock(tmp_path)
    first.take("window")
    with pytest.raises(Problem) as raised:
        second.take("import")
    assert raised.value.code is Code.IN_USE
    assert "window" in raised.value.what()
    first.release()
    second.take("import")
    second.release()
