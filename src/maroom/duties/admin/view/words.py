"""Sentences of findings, and roles, as the sections say them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from maroom.core.findings import Finding
from maroom.core.people import Role
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.admin.rules import LONGEST_ROOM, MOST_MINUTES, Of, Wrong
from maroom.ui.fields import Option
from maroom.ui.forms import FieldState

_SENTENCES = {
    Wrong.MISSING: QT_TRANSLATE_NOOP("Admin", "a name"),
    Wrong.NO_ZONE: QT_TRANSLATE_NOOP("Admin", "no such zone"),
    Wrong.NO_PHONE: QT_TRANSLATE_NOOP("Admin", "no phone number"),
    Wrong.NO_MINUTES: QT_TRANSLATE_NOOP("Admin", "1 to {most} minutes"),
    Wrong.TOO_LONG: QT_TRANSLATE_NOOP("Admin", "at most {longest} letters"),
    Wrong.TWICE: QT_TRANSLATE_NOOP("Admin", "another room has this name"),
    Wrong.IN_USE: QT_TRANSLATE_NOOP("Admin", "somebody is in this room"),
    Wrong.NO_PIN: QT_TRANSLATE_NOOP("Admin", "4 to 8 figures"),
    Wrong.DIFFERS: QT_TRANSLATE_NOOP("Admin", "not the same as above"),
}
_ROLES = {
    Role.ASSISTANT: QT_TRANSLATE_NOOP("Admin", "Medical assistant"),
    Role.LEAD: QT_TRANSLATE_NOOP("Admin", "Lead assistant"),
    Role.PROVIDER: QT_TRANSLATE_NOOP("Admin", "Provider, reads only"),
    Role.ADMINISTRATOR: QT_TRANSLATE_NOOP("Admin", "Administrator"),
}


def tr(words: str) -> str:
    """Of words that were marked in a table."""
    return QCoreApplication.translate("Admin", words)


def sentence(finding: Finding) -> str:
    if finding.field == Of.ROLE:
        return QCoreApplication.translate("Admin", "a role")
    return tr(_SENTENCES[Wrong(finding.code)]).format(most=MOST_MINUTES, longest=LONGEST_ROOM)


def role(of: Role) -> str:
    return tr(_ROLES.get(of, of.value))


def roles(given: tuple[Role, ...]) -> tuple[Option, ...]:
    return tuple(Option(one, role(one)) for one in given)


def fields(typed: Mapping[str, str], shown: Mapping[str, Finding]) -> dict[str, FieldState]:
    """What each field of a form is told."""
    return {name: _field(text, shown.get(name)) for name, text in typed.items()}


def _field(text: str, finding: Finding | None) -> FieldState:
    return FieldState(text, finding.severity, sentence(finding)) if finding else FieldState(text)


def off() -> FieldState:
    """A field that asks nothing now."""
    return FieldState(on=False)
