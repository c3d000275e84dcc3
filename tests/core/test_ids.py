"""Ids made here: alike nowhere, and in the order of time."""

from __future__ import annotations

from uuid import RFC_4122, UUID

import pytest

from maroom.core import ids


def test_an_id_is_a_uuid_of_version_7_in_lower_case() -> None:
    made = ids.new_id()
    assert made == str(UUID(made)) == made.lower()
    assert (UUID(made).version, UUID(made).variant) == (7, RFC_4122)


def test_no_two_are_alike_in_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_795_559_312_593_000_000)
    assert len({ids.new_id() for _ in range(10_000)}) == 10_000


def test_what_is_made_later_is_sorted_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    for milliseconds in (1_000, 1_001, 1_795_559_312_593, 1_795_559_312_594, 1 << 47):
        monkeypatch.setattr(ids.time, "time_ns", lambda at=milliseconds: at * 1_000_000)
        made.append(ids.new_id())
    assert made == sorted(made)


def test_it_begins_with_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 9562, A.6: 2022-02-22 19:22:22 UTC is 017F22E2-79B0."""
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_645_557_742_000_000_000)
    assert ids.new_id().startswith("017f22e2-79b0-7")
