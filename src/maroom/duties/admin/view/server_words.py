"""What the section Server says: of fields that are wrong, of ways to sign in and to write, of a connection that was tried."""

from __future__ import annotations

from datetime import timedelta

from maroom.core.findings import Finding
from maroom.core.settings import SignIn
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.admin.rules.server import MOST_MINUTES, Wrong
from maroom.duties.admin.view.words import tr
from maroom.fhir.clock import is_off
from maroom.sync.trial import Belongs, Met, Trial
from maroom.ui.fields import Option

Said = tuple[str, str]
"""Severity and words of one line."""

_WRONG = {
    Wrong.NO_ADDRESS: QT_TRANSLATE_NOOP("Admin", "an https address"),
    Wrong.PLAIN_HTTP: QT_TRANSLATE_NOOP("Admin", "https, not http"),
    Wrong.OTHER_SERVER: QT_TRANSLATE_NOOP("Admin", "another server"),
    Wrong.NO_CLIENT: QT_TRANSLATE_NOOP("Admin", "a client id"),
    Wrong.NO_SCOPE: QT_TRANSLATE_NOOP("Admin", "words and spaces"),
    Wrong.NO_MINUTES: QT_TRANSLATE_NOOP("Admin", "1 to {most}, or empty"),
    Wrong.NO_KEY: QT_TRANSLATE_NOOP("Admin", "no such key"),
    Wrong.NO_FILE: QT_TRANSLATE_NOOP("Admin", "no such file here"),
    Wrong.NO_PROXY: QT_TRANSLATE_NOOP("Admin", "no such address"),
}
_SIGN_INS = {
    SignIn.NONE: QT_TRANSLATE_NOOP("Admin", "Nobody"),
    SignIn.BACKEND: QT_TRANSLATE_NOOP("Admin", "This station, by its key"),
    SignIn.PERSON: QT_TRANSLATE_NOOP("Admin", "Each person, in the browser"),
}
_ABOUT_SIGN_IN = {
    SignIn.NONE: QT_TRANSLATE_NOOP("Admin", "Only for a server that lets in whoever reaches it, as on a closed network."),
    SignIn.BACKEND: QT_TRANSLATE_NOOP(
        "Admin",
        "Works by itself, also while nobody is signed in here. Whoever runs the server needs this station's public key.",
    ),
    SignIn.PERSON: QT_TRANSLATE_NOOP(
        "Admin",
        "The server knows who asks. Each person signs in there by the Sync page; until then nothing is exchanged for her.",
    ),
}
_MODES = {
    "P": QT_TRANSLATE_NOOP("Admin", "P: under our own ids, a visit at a time"),
    "C": QT_TRANSLATE_NOOP("Admin", "C: unless it is there, a visit at a time"),
    "S": QT_TRANSLATE_NOOP("Admin", "S: one by one, each looked for before"),
    "F": QT_TRANSLATE_NOOP("Admin", "F: one by one, known by what it says"),
}
_REASONS = {
    "chosen": QT_TRANSLATE_NOOP("Admin", "chosen here"),
    "no_transaction": QT_TRANSLATE_NOOP("Admin", "it does not take several records as one"),
    "no_own_ids": QT_TRANSLATE_NOOP("Admin", "it gives ids of its own"),
    "no_condition": QT_TRANSLATE_NOOP("Admin", "it does not look whether a record is there"),
    "no_identifier": QT_TRANSLATE_NOOP("Admin", "it does not give our identifiers back"),
    "no_search": QT_TRANSLATE_NOOP("Admin", "it cannot be searched by identifier"),
}
_MET = {
    Met.BAD_ADDRESS: QT_TRANSLATE_NOOP("Admin", "Not asked: the address is none of a server."),
    Met.CA_FILE: QT_TRANSLATE_NOOP(
        "Admin", "Not asked: the file of trusted authorities holds no certificate that can be read."
    ),
    Met.CERTIFICATE_FILE: QT_TRANSLATE_NOOP(
        "Admin",
        "Not asked: the file of this station's certificate does not hold a certificate and its key, without a password.",
    ),
    Met.NO_NAME: QT_TRANSLATE_NOOP(
        "Admin", "Not reached: no server of this name is known here. Look at the address and the network."
    ),
    Met.REFUSED: QT_TRANSLATE_NOOP(
        "Admin", "Not reached: nobody answers there. Look at the port, and whether the server runs."
    ),
    Met.CERTIFICATE: QT_TRANSLATE_NOOP(
        "Admin", "Not reached: the server's certificate is not trusted here, or this station's is not trusted there."
    ),
    Met.PROXY: QT_TRANSLATE_NOOP("Admin", "Not reached: the proxy does not answer, or does not let us through."),
    Met.TOO_SLOW: QT_TRANSLATE_NOOP("Admin", "No answer in time. Try again, or ask whoever runs the server."),
    Met.SIGN_IN_AWAY: QT_TRANSLATE_NOOP("Admin", "The server is there, but its sign-in does not answer."),
    Met.NO_WAY_IN: QT_TRANSLATE_NOOP("Admin", "The server is there, but names no place to sign in that can be used."),
    Met.CUT_OFF: QT_TRANSLATE_NOOP("Admin", "The answer was cut off on its way. Try again."),
    Met.NO_FHIR: QT_TRANSLATE_NOOP(
        "Admin",
        "Something answers, but not as a FHIR server does. Look at the path, such as /fhir or /r4, or sign in to the network.",
    ),
    Met.FAILS: QT_TRANSLATE_NOOP("Admin", "The server is there and in trouble. Try again later, or ask whoever runs it."),
}
_WHY_SIGN_IN = {
    "no_key": QT_TRANSLATE_NOOP(
        "Admin", "This station has no key yet: make it, and give the public one to whoever runs the server."
    ),
    "invalid_client": QT_TRANSLATE_NOOP(
        "Admin", "The server does not know this client id with this station's key. Give the public key to whoever runs it."
    ),
    "invalid_scope": QT_TRANSLATE_NOOP("Admin", "The server does not grant these scopes to this client id."),
}
_SIGNED_OUT = "signed_out"
"""Whoever tries the connection has not signed in there herself, which says nothing about the others."""
_ASKS = QT_TRANSLATE_NOOP("Admin", "The server asks who signs in, and does not take what it is told.")


def sentence(finding: Finding) -> str:
    return tr(_WRONG[Wrong(finding.code)]).format(most=MOST_MINUTES)


def sign_ins() -> tuple[Option, ...]:
    return tuple(Option(one, tr(words)) for one, words in _SIGN_INS.items())


def about_sign_in(how: str) -> str:
    return tr(_ABOUT_SIGN_IN[SignIn(how)])


def modes() -> tuple[Option, ...]:
    own = Option("", tr(QT_TRANSLATE_NOOP("Admin", "as the server can do best")))
    return (own, *(Option(mode, tr(words)) for mode, words in _MODES.items()))


def tried(trial: Trial, apart: timedelta) -> tuple[Said, ...]:
    """What came of it, line by line, the most important first."""
    lines = [_met(trial), _whose(trial), _way(trial), _clock(trial.offset), _zones(apart)]
    return tuple(line for line in lines if line)


def _met(trial: Trial) -> Said:
    name = " ".join(filter(None, (trial.software, f"(FHIR {trial.fhir})" if trial.fhir else "")))
    if trial.met is Met.WELL:
        return "ok", tr(QT_TRANSLATE_NOOP("Admin", "Reached, and let in: {name}")).format(name=name or trial.address)
    if trial.met is Met.SIGN_IN and trial.why == _SIGNED_OUT:
        words = QT_TRANSLATE_NOOP("Admin", "Reached: {name}. Each person signs in there by the Sync page.")
        return "ok", tr(words).format(name=name or trial.address)
    if trial.met is Met.SIGN_IN:
        return "warn", tr(_WHY_SIGN_IN.get(trial.why, _ASKS))
    return "refused", tr(_MET[trial.met])


def _whose(trial: Trial) -> Said | None:
    if trial.belongs is Belongs.NO:
        words = QT_TRANSLATE_NOOP("Admin", "Another server than that of this store: the records that are known are not there.")
        return "refused", tr(words)
    if trial.belongs is Belongs.MOVED:
        return "ok", tr(QT_TRANSLATE_NOOP("Admin", "The server of this store, at another address: the records are there."))
    return None


def _way(trial: Trial) -> Said | None:
    if not trial.mode:
        return None
    reasons = ", ".join(tr(_REASONS[reason]) for reason in trial.reasons if reason in _REASONS)
    words = tr(QT_TRANSLATE_NOOP("Admin", "Records are made there by {mode}")).format(mode=tr(_MODES[trial.mode]))
    return "ok", f"{words} ({reasons})" if reasons else words


def _clock(offset: timedelta | None) -> Said | None:
    if offset is None:
        return None
    if not is_off(offset):
        return "ok", tr(QT_TRANSLATE_NOOP("Admin", "Its clock and ours agree."))
    ahead = QT_TRANSLATE_NOOP("Admin", "Its clock is {minutes} min ahead of ours. Have the clock of this station looked at.")
    behind = QT_TRANSLATE_NOOP("Admin", "Its clock is {minutes} min behind ours. Have the clock of this station looked at.")
    return "warn", tr(ahead if offset > timedelta() else behind).format(minutes=round(abs(offset).total_seconds() / 60))


def _zones(apart: timedelta) -> Said | None:
    if not apart:
        return None
    words = QT_TRANSLATE_NOOP(
        "Admin", "This machine is set to another time zone than the clinic's ({hours} h apart). Times here are the clinic's."
    )
    return "warn", tr(words).format(hours=f"{abs(apart).total_seconds() / 3600:g}")
