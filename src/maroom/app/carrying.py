"""Carry, put together: from a carried file, on a machine that has no store of its clinic."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from maroom.app import compose, station, syncing
from maroom.app.compose import Services
from maroom.app.held import held
from maroom.core.settings import Clinic, Server, SignIn
from maroom.store.engine import KEY_BYTES, SALT_BYTES, StoreKey
from maroom.store.opening import STORE
from maroom.sync.carrying import sealing
from maroom.sync.carrying.carry import Carry
from maroom.sync.carrying.content import Content
from maroom.sync.meeting import Patience
from maroom.sync.push.modes import Mode

CARRIER = "carrier"
"""who signs in at the server where people do"""


@contextmanager
def opened(content: Content, key_file: str, folder: Path) -> Generator[Services]:
    """The store in which a carried file is worked off, made where there is none; its key comes of the secret one. Problems
    NO_ACCESS, IN_USE, and those of opening a store."""
    with held(folder, "carry"), closing(_services(folder, _key(content, key_file), content)) as services:
        yield services


def _key(content: Content, key_file: str) -> StoreKey:
    made = sealing.derived(key_file, f"maroom carry {content.id}", KEY_BYTES + SALT_BYTES)
    return StoreKey(made[:KEY_BYTES], made[KEY_BYTES:])


def _services(folder: Path, key: StoreKey, content: Content) -> Services:
    if (folder / STORE).exists():
        return compose.open_services(folder, key)
    return compose.create_services(folder, key, Clinic(id=content.clinic))


def reached_as(services: Services, home: Path | None) -> None:
    """The way to a server that this machine's own data folder names, where it has one."""
    if home and station.is_kept(home):
        own = station.read(home)
        way = {"ca_file": own.ca_file, "client_certificate": own.client_certificate, "proxy": own.proxy}
        services.settings.station = replace(services.settings.station, **way)


def server(content: Content, address: str) -> Server:
    """How the clinic signs in at its server; at another address nobody signs in."""
    clinic, plain = content.server, address.rstrip("/")
    if plain not in (clinic.address.rstrip("/"), *(one.rstrip("/") for one in content.addresses)):
        return Server(address=address)
    return Server(address, SignIn(clinic.sign_in), clinic.client_id, clinic.scopes, clinic.mode)


def carry(services: Services, content: Content, to: Server, patience: Patience) -> Carry:
    program = compose.exchanges(compose.offers(compose.windowless(services)))
    connect = syncing.connected(services, to, CARRIER)
    mode = Mode(to.mode) if to.mode else None
    return Carry(content, services.folder, services.unit, program, services.clock, connect, patience=patience, mode=mode)
