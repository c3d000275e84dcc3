"""What a carried file holds: the lines that wait, each with its body as it would be sent, and what is known of all that these
refer to. It is patient data and never stands anywhere unsealed."""

from __future__ import annotations

import gzip
import zlib
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

import msgspec

from maroom.core.problems import Code, Problem
from maroom.fhir.exchange import Resource

FORMAT = 1


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """One line. `body` has references by record id; `base_version` is the server's version that it was made from, none for what
    is new there."""

    message_id: str
    local_id: str
    kind: str
    rtype: str
    revision: int
    op: str
    author: str
    station: str
    at: datetime
    at_offset: int
    needs: tuple[str, ...]
    base_version: str | None
    body: dict[str, Any]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A record that bodies refer to, or that is changed by one: how it stands at the server, as far as the station knew.
    Without a `server_id` it stays at the station."""

    local_id: str
    rtype: str
    kind: str
    server_id: str | None
    version: str | None
    updated: datetime | None
    digest: str
    base: dict[str, Any] | None


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """That of the clinic, and how one signs in there. No secrets."""

    address: str
    sign_in: str
    client_id: str
    scopes: str
    mode: str


class _Head(msgspec.Struct, frozen=True):
    """What is read first, of whatever version."""

    maroom_carried: int


class Content(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """`id` is of this file alone, `at` when it was made. `addresses` are those under which the station met its server;
    `people`, by record id, the type of staff whom the server does not know."""

    id: str
    clinic: str
    station: str
    at: datetime
    addresses: tuple[str, ...]
    server: Server
    lines: tuple[Carried, ...]
    known: tuple[Known, ...]
    people: dict[str, str]
    maroom_carried: int = FORMAT

    @cached_property
    def by_record(self) -> dict[str, list[Carried]]:
        """In the order they were written."""
        found: dict[str, list[Carried]] = {}
        for line in self.lines:
            found.setdefault(line.local_id, []).append(line)
        return found

    def before(self, line: Carried) -> Resource:
        """What the body of a line was made from; empty for what is new."""
        earlier = [one.body for one in self.by_record[line.local_id] if one.revision < line.revision]
        return earlier[-1] if earlier else self._bases.get(line.local_id) or {}

    @cached_property
    def _bases(self) -> dict[str, Resource | None]:
        return {one.local_id: one.base for one in self.known}


_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(Content, float_hook=Decimal)


def packed(content: Content) -> bytes:
    return gzip.compress(_ENCODER.encode(content), mtime=0)


def unpacked(plain: bytes) -> Content:
    """Problems NOT_CARRIED, CARRIED_NEWER."""
    try:
        text = gzip.decompress(plain)
        if msgspec.json.decode(text, type=_Head).maroom_carried > FORMAT:
            raise Problem(Code.CARRIED_NEWER)
        return _DECODER.decode(text)
    except (OSError, EOFError, zlib.error, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Problem(Code.NOT_CARRIED) from None
