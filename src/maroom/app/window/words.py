"""Facts as the banner and the state line say them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from maroom.app.window.states import BannerState
from maroom.core.names import bannered, listed
from maroom.fhir.reading import PartialDate
from maroom.ui.labels import Tag
from maroom.ui.times import day
from maroom.visits.model import Allergies, AllergyStatus, BannerFacts, Sex

_LETTERS = {Sex.FEMALE: "F", Sex.MALE: "M", Sex.OTHER: "X", Sex.UNKNOWN: "?"}


def _tr(words: str) -> str:
    return QCoreApplication.translate("Banner", words)


def banner_state(facts: BannerFacts) -> BannerState:
    """All that tells one patient from another, and what must not be overlooked."""
    words, warn = allergies(facts.allergies)
    return BannerState(
        name=bannered(facts.name) or _tr("No name on record"),
        facts=_facts(facts),
        allergies=words,
        allergies_warn=warn,
        alerts=tuple(_alerts(facts)),
        alike=_alike(facts),
        room=_tr("Room {room}").format(room=facts.room.name) if facts.room else "",
        reason=facts.reason,
    )


def _facts(facts: BannerFacts) -> tuple[str, ...]:
    born = _tr("born {day}").format(day=birth_words(facts.birth)) if facts.birth else _tr("birth date not known")
    number = _tr("MRN {number}").format(number=facts.record_number) if facts.record_number else ""
    return tuple(
        words
        for words in (_LETTERS.get(Sex(facts.sex), "?") if facts.sex in set(Sex) else "?", facts.age, born, number)
        if words
    )


def allergies(known: Allergies) -> tuple[str, bool]:
    """What is said of allergies, and whether in the warn shape. `None known` is only what somebody was asked."""
    said = {
        AllergyStatus.NONE_KNOWN: (_tr("Allergies: none known"), False),
        AllergyStatus.NOT_ASKED: (_tr("Allergies: not asked"), True),
        AllergyStatus.NOT_KNOWN_HERE: (_tr("Allergies: not known here"), True),
    }
    if known.status in said:
        return said[known.status]
    listed = ", ".join(_one(allergy.substance, allergy.reactions) for allergy in known.listed)
    return _tr("Allergies: {listed}").format(listed=listed), True


def _one(substance: str, reactions: tuple[str, ...]) -> str:
    return f"{substance} ({', '.join(reactions)})" if reactions else substance


def _alerts(facts: BannerFacts) -> list[Tag]:
    tags = [
        Tag(_tr("critical: {finding}").format(finding=notice.finding), "critical", mark="critical") for notice in facts.notices
    ]
    if facts.survivor:
        said = _tr("same person as {name}: open that chart").format(name=listed(facts.survivor))
        tags.append(Tag(said, "refused", "users"))
    if facts.deceased:
        tags.append(Tag(_tr("deceased"), "refused", "circle-x"))
    if not facts.verified:
        tags.append(Tag(_tr("not verified"), "warn", mark="warn"))
    return tags


def _alike(facts: BannerFacts) -> str:
    if not facts.same_names:
        return ""
    other = facts.same_names[0]
    where = _tr("Room {room}").format(room=other.room.name) if other.room else birth_words(other.birth)
    return _tr("same name: {where}").format(where=where) if where else _tr("same name today")


def birth_words(birth: PartialDate | None) -> str:
    """12 Mar 2026, or as much of it as is known."""
    if birth is None:
        return ""
    return day(birth.first) if birth.exact else birth.text
