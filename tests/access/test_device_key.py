"""The key of a store on this machine: two wrappings, neither in the clear, and a fault for every way in which they fail."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked, PasswordSetError

from maroom.access import device_key
from maroom.core.problems import Code, Problem
from maroom.store import opening
from maroom.store.engine import StoreKey
from tests.builders import SetClock

WORDS = "seven brown horses"


class Memory(KeyringBackend):
    """A key store of a system that keeps things for one account, as long as the test lasts."""

    priority = 5  # pyright: ignore[reportAssignmentType]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class PlainText(Memory):
    priority = 0.5  # pyright: ignore[reportAssignmentType]


class Locked(Memory):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError("locked")


class Forgetful(Memory):
    def set_password(self, service: str, username: str, password: str) -> None:
        pass


Offer = Callable[[KeyringBackend], None]


@pytest.fixture
def offered() -> Iterator[Offer]:
    """Puts a key store in place of the system's."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def system(offered: Offer) -> Memory:
    memory = Memory()
    offered(memory)
    return memory


@pytest.fixture
def none(offered: Offer) -> None:
    offered(fail.Keyring())


def code_of(call: Callable[[], Any]) -> Code:
    with pytest.raises(Problem) as raised:
        call()
    assert raised.value.__cause__ is None
    return raised.value.code


def test_the_key_store_gives_the_key_back(tmp_path: Path, system: Memory) -> None:
    key = device_key.create(tmp_path, None)
    assert device_key.unlock(tmp_path) == key
    assert not device_key.has_passphrase(tmp_path)
    ((service, store),) = system.kept
    assert (service, store) == ("maroom", json.loads((tmp_path / "key.json").read_text())["store"])


def test_the_passphrase_gives_the_key_back_without_a_key_store(tmp_path: Path, none: None) -> None:
    key = device_key.create(tmp_path, WORDS)
    assert device_key.unlock(tmp_path, WORDS) == key
    assert code_of(lambda: device_key.unlock(tmp_path)) is Code.PASSPHRASE_NEEDED


def test_without_a_key_store_a_passphrase_must_be_given(tmp_path: Path, none: None) -> None:
    assert code_of(lambda: device_key.create(tmp_path, None)) is Code.PASSPHRASE_NEEDED
    assert list(tmp_path.iterdir()) == []


def test_a_passphrase_that_is_given_is_used_even_where_the_key_store_answers(tmp_path: Path, system: Memory) -> None:
    device_key.create(tmp_path, WORDS)
    assert code_of(lambda: device_key.unlock(tmp_path, "seven brown cows")) is Code.WRONG_PASSPHRASE
    assert code_of(lambda: device_key.unlock(tmp_path, "")) is Code.WRONG_PASSPHRASE


def test_a_passphrase_is_the_same_in_every_unicode_form(tmp_path: Path, none: None) -> None:
    key = device_key.create(tmp_path, "Zoe\u0308s Schlüssel")
    assert device_key.unlock(tmp_path, "Zoës Schlu\u0308ssel") == key


def test_another_passphrase_takes_the_place_of_the_first(tmp_path: Path, system: Memory) -> None:
    key = device_key.create(tmp_path, WORDS)
    device_key.set_passphrase(tmp_path, key, "eight white swans")
    assert device_key.unlock(tmp_path, "eight white swans") == key
    assert device_key.unlock(tmp_path) == key
    assert code_of(lambda: device_key.unlock(tmp_path, WORDS)) is Code.WRONG_PASSPHRASE


def test_a_passphrase_can_be_set_later(tmp_path: Path, system: Memory) -> None:
    key = device_key.create(tmp_path, None)
    assert code_of(lambda: device_key.unlock(tmp_path, WORDS)) is Code.WRONG_PASSPHRASE
    device_key.set_passphrase(tmp_path, key, WORDS)
    assert device_key.has_passphrase(tmp_path)
    assert device_key.unlock(tmp_path, WORDS) == key


def test_no_key_of_another_store_is_wrapped_by_mistake(tmp_path: Path, system: Memory) -> None:
    device_key.create(tmp_path, WORDS)
    assert code_of(lambda: device_key.set_passphrase(tmp_path, StoreKey(bytes(32), bytes(16)), "x")) is Code.WRONG_KEY
    with pytest.raises(ValueError, match="empty"):
        device_key.set_passphrase(tmp_path, device_key.unlock(tmp_path), "")


def test_a_key_file_is_never_written_over(tmp_path: Path, system: Memory) -> None:
    key = device_key.create(tmp_path, None)
    with pytest.raises(FileExistsError):
        device_key.create(tmp_path, None)
    assert device_key.unlock(tmp_path) == key


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, PlainText, Locked, Forgetful])
def test_what_keeps_nothing_or_keeps_it_in_the_clear_counts_as_none(
    tmp_path: Path, offered: Offer, backend: type[KeyringBackend]
) -> None:
    offered(backend())
    assert code_of(lambda: device_key.create(tmp_path, None)) is Code.PASSPHRASE_NEEDED
    key = device_key.create(tmp_path, WORDS)
    assert json.loads((tmp_path / "key.json").read_text())["by_system"] is None
    assert device_key.unlock(tmp_path, WORDS) == key


def test_of_several_key_stores_the_best_is_used_and_not_the_one_in_the_clear(
    tmp_path: Path, offered: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, plain = Memory(), PlainText()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [plain, good])
    offered(chainer.ChainerBackend())
    key = device_key.create(tmp_path, None)
    assert device_key.unlock(tmp_path) == key
    assert (len(good.kept), len(plain.kept)) == (1, 0)


@pytest.mark.parametrize(("backend", "why"), [(Locked, "does not answer"), (Memory, "nothing is kept"), (fail.Keyring, "none")])
def test_it_says_why_the_passphrase_is_needed(
    tmp_path: Path, system: Memory, offered: Offer, backend: type[KeyringBackend], why: str
) -> None:
    device_key.create(tmp_path, WORDS)
    offered(backend())
    with pytest.raises(Problem) as raised:
        device_key.unlock(tmp_path)
    assert raised.value.code is Code.PASSPHRASE_NEEDED
    assert why in raised.value.facts["why"]


@pytest.mark.parametrize("entry", ["", "not hex", "00" * 32, "00" * 31])
def test_an_entry_that_does_not_fit_is_told(tmp_path: Path, system: Memory, entry: str) -> None:
    device_key.create(tmp_path, WORDS)
    system.kept = dict.fromkeys(system.kept, entry)
    assert code_of(lambda: device_key.unlock(tmp_path)) is Code.WRONG_KEY


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"not json", b"[]", b'{"format": "1"}', b"\xff\xfe", b'{"format": 1, "store": "x"}']
)
def test_a_key_file_that_is_none(tmp_path: Path, system: Memory, body: bytes) -> None:
    (tmp_path / "key.json").write_bytes(body)
    assert code_of(lambda: device_key.unlock(tmp_path)) is Code.NO_KEY
    assert code_of(lambda: device_key.unlock(tmp_path, WORDS)) is Code.NO_KEY
    assert (tmp_path / "key.json").read_bytes() == body


def test_a_missing_key_file_and_one_of_a_newer_version(tmp_path: Path, system: Memory) -> None:
    assert code_of(lambda: device_key.unlock(tmp_path)) is Code.NO_KEY
    (tmp_path / "key.json").write_text('{"format": 2, "new": true}')
    assert code_of(lambda: device_key.unlock(tmp_path)) is Code.NEWER


@pytest.mark.parametrize("cost", [{"memory_kib": 1 << 40}, {"passes": 0}, {"lanes": 0}, {"lanes": 10**6}, {"memory_kib": 8}])
def test_a_damaged_cost_takes_no_machine_down(tmp_path: Path, none: None, cost: dict[str, int]) -> None:
    device_key.create(tmp_path, WORDS)
    kept = json.loads((tmp_path / "key.json").read_text())
    kept["by_passphrase"]["cost"] |= cost
    (tmp_path / "key.json").write_text(json.dumps(kept))
    assert code_of(lambda: device_key.unlock(tmp_path, WORDS)) is Code.NO_KEY


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Memory]:
    before = keyring.get_keyring()
    memory = Memory()
    keyring.set_keyring(memory)
    folder = tmp_path_factory.mktemp("whole")
    device_key.create(folder, None)
    keyring.set_keyring(before)
    return folder, memory


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_a_flipped_bit_never_gives_a_wrong_key(
    tmp_path: Path, offered: Offer, whole: tuple[Path, Memory], place: int, bit: int
) -> None:
    folder, memory = whole
    offered(memory)
    body = bytearray((folder / "key.json").read_bytes())
    body[place % len(body)] ^= 1 << bit
    (tmp_path / "key.json").write_bytes(body)
    try:
        found = device_key.unlock(tmp_path)
    except Problem as problem:
        assert problem.code in (Code.NO_KEY, Code.WRONG_KEY, Code.NEWER, Code.PASSPHRASE_NEEDED)  # noqa: PT017
    else:
        assert found == device_key.unlock(folder)


def test_the_key_file_of_another_store_does_not_open_this_one(tmp_path: Path, system: Memory, clock: SetClock) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        opening.create(folder, device_key.create(folder, WORDS)).close()
    (here / "key.json").write_bytes((there / "key.json").read_bytes())
    assert code_of(lambda: opening.open_store(here, device_key.unlock(here), clock.now)) is Code.WRONG_KEY
    assert code_of(lambda: opening.open_store(here, device_key.unlock(here, WORDS), clock.now)) is Code.WRONG_KEY


def test_a_wrapped_key_of_one_file_fits_no_other(tmp_path: Path, system: Memory) -> None:
    """Neither under another store's name, nor with another salt, nor as the other wrapping."""
    device_key.create(tmp_path, None)
    path = tmp_path / "key.json"
    kept = json.loads(path.read_text())
    ((_, wrapping),) = system.kept.items()
    system.kept["maroom", "another"] = wrapping
    for changed in ({"store": "another"}, {"salt": "AAAAAAAAAAAAAAAAAAAAAA=="}):
        path.write_text(json.dumps(kept | changed))
        assert code_of(lambda: device_key.unlock(tmp_path)) is Code.WRONG_KEY


def test_nothing_secret_stands_in_the_file_in_a_repr_or_in_an_error(tmp_path: Path, system: Memory) -> None:
    key = device_key.create(tmp_path, WORDS)
    (wrapping,) = system.kept.values()
    body = (tmp_path / "key.json").read_bytes()
    for secret in (key.secret, bytes.fromhex(wrapping), WORDS.encode()):
        assert secret not in body
        assert secret.hex().encode() not in body
    assert key.secret.hex() not in repr(key)
    with pytest.raises(Problem) as raised:
        device_key.unlock(tmp_path, "a wrong passphrase")
    assert "a wrong passphrase" not in f"{raised.value!r} {raised.value} {raised.value.facts}"


def test_a_write_that_dies_leaves_the_key_file_that_was(
    tmp_path: Path, system: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = device_key.create(tmp_path, WORDS)

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        device_key.set_passphrase(tmp_path, key, "eight white swans")
    monkeypatch.undo()
    assert device_key.unlock(tmp_path, WORDS) == key
    device_key.set_passphrase(tmp_path, key, "eight white swans")
    assert device_key.unlock(tmp_path, "eight white swans") == key


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_the_file_is_readable_by_this_account_alone(tmp_path: Path, system: Memory) -> None:
    device_key.create(tmp_path, None)
    assert stat.S_IMODE((tmp_path / "key.json").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key.json"]
