"""No test meets the machine: no display, no key store, no data folder of the system, and no clock that hurries it."""

import os
import shutil
import tempfile
from pathlib import Path

import keyring
import pytest
from hypothesis import settings
from keyring.backend import KeyringBackend
from keyring.compat import properties
from keyring.errors import PasswordDeleteError

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


class MemoryKeyring(KeyringBackend):
    """A key store that forgets after each test."""

    @properties.classproperty
    def priority(self) -> float:
        return 1.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


FOLDER = pytest.StashKey[Path]()
KEYS = MemoryKeyring()


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # programs started by a test get a key store that keeps nothing
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    keyring.set_keyring(KEYS)
    folder = config.stash[FOLDER] = Path(tempfile.mkdtemp(prefix="maroom-tests-"))
    os.environ["MAROOM_HOME"] = str(folder / "home-that-a-test-did-not-give")
    os.environ.pop("MAROOM_PASSPHRASE_FILE", None)


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[FOLDER], ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    KEYS.kept.clear()
    keyring.set_keyring(KEYS)


@pytest.fixture
def key_store() -> MemoryKeyring:
    """The key store of this test; nothing in it at the start."""
    return KEYS
