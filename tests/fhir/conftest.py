"""Clients and servers of the tests of the wire; all are closed after their test."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from maroom.fhir.client import Client
from maroom.fhir.transport import Timeouts
from tests.fhir.sockets import Deed, Socket

FAST = Timeouts(connect=2, read=0.3, whole=0.6)

OpenClient = Callable[..., Client]
OpenSocket = Callable[..., Socket]


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def client(closing: ExitStack) -> OpenClient:
    """`client(base, trust=..., authorizer=...)`: impatient."""

    def opened(base: str, **words: Any) -> Client:
        made = Client(base, **({"timeouts": FAST} | words))
        closing.callback(made.close)
        return made

    return opened


@pytest.fixture
def sockets(closing: ExitStack) -> OpenSocket:
    """`sockets(deed, ...)`: a raw server."""

    def opened(*deeds: Deed, context: ssl.SSLContext | None = None) -> Socket:
        made = Socket(*deeds, context=context)
        closing.callback(made.close)
        return made

    return opened
