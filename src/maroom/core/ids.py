"""Identity made here: UUIDs for records, and the two kinds of id that must come out the same on every station."""

from __future__ import annotations

import secrets
import time
import uuid

_VERSION, _VARIANT = 7 << 76, 2 << 62


def new_id() -> str:
    """A fresh record id (UUID version 7, lower case); never given twice, also not after a void. It begins with the time, so
    that what is new stands together in the indexes of the store: a save touches few pages, however many years it holds."""
    chance = secrets.randbits(74)
    stamp = time.time_ns() // 1_000_000
    return str(uuid.UUID(int=stamp << 80 | _VERSION | chance >> 62 << 64 | _VARIANT | chance & (1 << 62) - 1))


def id_of_appointment_visit(clinic_id: str, server_id: str) -> str:
    """The visit that stands for an appointment: two stations of one clinic make the same id from the same server id."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{clinic_id}/Appointment/{server_id}"))


def id_of_imported(clinic_id: str, rtype: str, file_id: str) -> str:
    """The record made from a resource in a file: importing the same file again finds it instead of making another."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{clinic_id}/import/{rtype}/{file_id}"))


def id_of_served(clinic_id: str, rtype: str, server_id: str) -> str:
    """The record made from a resource of the clinic's server that bears no id of ours: the same on every station, and never
    that of a file."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{clinic_id}/server/{rtype}/{server_id}"))
