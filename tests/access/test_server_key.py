"""The station's keys for a server: in the store, and of no use without this machine's key store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keyring
import pytest
from keyring.backends import fail

from maroom.access import server_key
from maroom.core.problems import Code, Problem
from tests.guards.surroundings import MemoryKeyring

PRIVATE = '{"keys":[{"kty":"EC","d":"secret"}]}'


class Drawer:
    def __init__(self) -> None:
        self.value: Mapping[str, Any] | None = None

    def load(self) -> Mapping[str, Any] | None:
        return self.value

    def save(self, value: Mapping[str, Any] | None) -> None:
        self.value = value


def test_keys_come_back_by_the_key_store(key_store: MemoryKeyring) -> None:
    drawer = Drawer()
    assert server_key.kept(drawer) is None
    server_key.keep(drawer, PRIVATE)
    assert server_key.kept(drawer) == PRIVATE
    assert "secret" not in str(drawer.value)
    assert PRIVATE not in key_store.kept.values()


def test_without_this_machines_key_store_they_are_nothing(key_store: MemoryKeyring) -> None:
    drawer = Drawer()
    server_key.keep(drawer, PRIVATE)
    (name,) = key_store.kept
    for other in ("", "00" * 32, "no key"):
        key_store.kept[name] = other
        assert server_key.kept(drawer) is None
    key_store.kept.clear()
    assert server_key.kept(drawer) is None


def test_a_system_without_a_key_store_gets_no_keys() -> None:
    drawer = Drawer()
    keyring.set_keyring(fail.Keyring())
    with pytest.raises(Problem) as told:
        server_key.keep(drawer, PRIVATE)
    assert told.value.code is Code.NO_KEY_STORE
    assert drawer.value is None


def test_wrapped_keys_that_were_changed_are_not_taken() -> None:
    drawer = Drawer()
    server_key.keep(drawer, PRIVATE)
    drawer.value = dict(drawer.value or {}) | {"data": "AAAA"}
    assert server_key.kept(drawer) is None
    drawer.value = {"entry": 7}
    assert server_key.kept(drawer) is None
