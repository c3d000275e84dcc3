"""A wire, and where tokens are kept in these tests."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

import pytest

from maroom.fhir.signin import keys
from maroom.fhir.transport import Timeouts, Wire

FAST = Timeouts(connect=2, read=2, whole=3)


class Drawer:
    """Keeps one value; `saved` remembers each, in order."""

    def __init__(self, value: Mapping[str, Any] | None = None) -> None:
        self.value = value
        self.saved: list[Mapping[str, Any] | None] = []

    def load(self) -> Mapping[str, Any] | None:
        return self.value

    def save(self, value: Mapping[str, Any] | None) -> None:
        self.value = value
        self.saved.append(value)


@pytest.fixture
def wire(closing: ExitStack) -> Wire:
    made = Wire(timeouts=FAST)
    closing.callback(made.close)
    return made


@pytest.fixture(scope="session")
def private() -> str:
    return keys.make()
