"""A connection is tried without an exchange: what the server says of itself is read, and whether it lets us in. Nothing of it
is kept, and nothing about a patient is asked but whether a few known records are there, where the address is a new one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

from maroom.core.clock import Clock
from maroom.fhir.address import BadAddress
from maroom.fhir.capability import Capability
from maroom.fhir.client import Client, SignInNeeded
from maroom.fhir.clock import offset_of
from maroom.fhir.reply import Reply
from maroom.fhir.signin.asking import NoSmart
from maroom.fhir.transport import NoAnswer, NoConnection, NotSent, Unknown
from maroom.fhir.trust import BadFile
from maroom.store import servers
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.belonging import belongs
from maroom.sync.pull.pages import FRESH, Halted, Why
from maroom.sync.push import modes
from maroom.sync.push.modes import Learned, Mode, ServerFacts
from maroom.sync.trial import Met, Trial

Connect = Callable[[], Client]
"""May raise what `Client` does."""
_STOPPED = {
    NoConnection.DNS: Met.NO_NAME,
    NoConnection.REFUSED: Met.REFUSED,
    NoConnection.TLS: Met.CERTIFICATE,
    NoConnection.PROXY: Met.PROXY,
    NoConnection.TIMEOUT_CONNECTING: Met.TOO_SLOW,
    NoConnection.SIGN_IN: Met.SIGN_IN_AWAY,
}
_ANYTHING = "Practitioner"
"""Asked for to see whether we are let in: no patient is in it."""
_FILES = {"ca_file": Met.CA_FILE, "client_certificate": Met.CERTIFICATE_FILE}


def tried(address: str, unsigned: Connect, signed: Connect, mode: Mode | None, unit: UnitOfWork, clock: Clock) -> Trial:
    """`unsigned` shows the server nobody's sign-in, as it says what it can do to everybody; `signed` is as the sync would
    connect."""
    found = Trial(address, Met.WELL)
    try:
        with closing(unsigned()) as client:
            found = _introduced(client, mode, unit, clock)
        if found.met in (Met.WELL, Met.SIGN_IN):
            with closing(signed()) as client:
                found = _let_in(client, found, mode, unit, clock)
    except SignInNeeded as needed:
        return replace(found, met=Met.SIGN_IN, why=needed.why)
    except (BadAddress, BadFile, NotSent, Unknown, NoSmart, Halted) as fault:
        return replace(found, met=_met(fault))
    return found


def _met(fault: Exception) -> Met:
    if isinstance(fault, BadFile):
        return _FILES[fault.setting]
    if isinstance(fault, NotSent):
        return _STOPPED[fault.reason]
    if isinstance(fault, Unknown):
        return Met.TOO_SLOW if fault.reason is NoAnswer.TIMEOUT else Met.CUT_OFF
    if isinstance(fault, Halted):
        return Met.NO_FHIR if fault.why is Why.PORTAL else Met.FAILS
    return Met.NO_WAY_IN if isinstance(fault, NoSmart) else Met.BAD_ADDRESS


def _introduced(client: Client, mode: Mode | None, unit: UnitOfWork, clock: Clock) -> Trial:
    """What the server says of itself, and of the time."""
    sent = clock.now().utc
    try:
        reply = client.get("metadata", headers=FRESH)
    except SignInNeeded as needed:
        return Trial(client.base, Met.SIGN_IN, needed.why)
    offset = offset_of(reply.date, sent, clock.now().utc)
    if not _is_statement(reply):
        return Trial(client.base, Met.FAILS if reply.status >= 500 else Met.NO_FHIR, offset=offset)
    said = Capability.of(reply.resource)
    with unit.glance() as session:
        learned = Learned.of_json(servers.learned(session, client.base))
    chosen, reasons = modes.mode(ServerFacts(client.base, said, mode), learned)
    return Trial(
        client.base, Met.WELL, "", said.software, said.fhir, chosen.value, tuple(reason.value for reason in reasons), offset
    )


def _let_in(client: Client, found: Trial, mode: Mode | None, unit: UnitOfWork, clock: Clock) -> Trial:
    """A server that said nothing before it knew us is asked again."""
    made = _introduced(client, mode, unit, clock) if found.met is Met.SIGN_IN else found
    if made.met is not Met.WELL:
        return made
    client.get(_ANYTHING, (("_count", "1"), ("_elements", "id")), FRESH)
    return replace(made, belongs=belongs(unit, client))


def _is_statement(reply: Reply) -> bool:
    return reply.ok and reply.resource is not None and reply.resource["resourceType"] == "CapabilityStatement"
