"""How a sign was measured: bodySite, method, device, two extensions, and what FHIR has no place for, in notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from maroom.duties.vitals.rules.signs import Qualifier, qualifiers
from maroom.duties.vitals.wire.elements import EXTENSIONS
from maroom.fhir import reading as fhir
from maroom.fhir import writing
from maroom.fhir.exchange import Resource
from maroom.fhir.reading import SNOMED, Concept

_SAID_IN_NOTES = ("note", "oxygen")


def said(resource: Resource) -> dict[str, str]:
    """Qualifier > our word for it, or the sender's own words where we have none."""
    found = {name: _told(qualifier, resource) for name, qualifier in qualifiers().items()}
    return {name: word for name, word in found.items() if word}


def _told(qualifier: Qualifier, resource: Resource) -> str:
    if qualifier.carrier in ("bodySite", "method"):
        return _word(qualifier, fhir.concept(resource, qualifier.carrier))
    if qualifier.carrier in EXTENSIONS:
        return _word(qualifier, _extended(resource, EXTENSIONS[qualifier.carrier]))
    if qualifier.carrier == "device":
        display = fhir.text(fhir.part(resource, "device"), "display")
        return _meaning(qualifier, display) or display
    return next(filter(None, (_meaning(qualifier, note) for note in notes(resource))), "")


def _extended(resource: Resource, url: str) -> Concept:
    found = (one for one in fhir.parts(resource, "extension") if fhir.text(one, "url") == url)
    return next((fhir.concept(one, "valueCodeableConcept") for one in found), Concept())


def _word(qualifier: Qualifier, concept: Concept) -> str:
    code = concept.code(SNOMED)
    known = next((word for word, (ours, _) in qualifier.choice.items() if code and ours == code), qualifier.read_as.get(code))
    return known or _meaning(qualifier, concept.text) or concept.words()


def _meaning(qualifier: Qualifier, text: str) -> str:
    """Our word for a text that we write ourselves."""
    return next((word for word, (_, display) in qualifier.choice.items() if display == text), "")


def notes(resource: Resource) -> tuple[str, ...]:
    return tuple(fhir.text(note, "text") for note in fhir.parts(resource, "note"))


def free_notes(resource: Resource) -> str:
    """What stands in notes besides our own qualifiers."""
    ours = {display for one in qualifiers().values() if one.carrier in _SAID_IN_NOTES for _, display in one.choice.values()}
    return "\n".join(note for note in notes(resource) if note and note not in ours)


def write(body: Resource, words: Mapping[str, str]) -> None:
    """Puts every qualifier where it belongs, and takes out those that are said no more."""
    there = said(body)
    for name, qualifier in qualifiers().items():
        if words.get(name, "") != there.get(name, ""):
            _put(body, qualifier, _concept(qualifier, words.get(name, "")))


def _concept(qualifier: Qualifier, word: str) -> Resource:
    """Coded where the word is ours; a sender's own words are text."""
    code, display = qualifier.choice.get(word, ("", word))
    return (writing.concept(SNOMED, code, display) if code else {}) | ({"text": display} if display else {})


def _put(body: Resource, qualifier: Qualifier, concept: Resource) -> None:
    carrier = qualifier.carrier
    if carrier in ("bodySite", "method"):
        _set(body, carrier, concept)
    elif carrier in EXTENSIONS:
        others = [one for one in body.get("extension", []) if one.get("url") != EXTENSIONS[carrier]]
        ours = [{"url": EXTENSIONS[carrier], "valueCodeableConcept": concept}] if concept else []
        _set(body, "extension", others + ours)
    elif carrier == "device":
        _set(body, "device", {"display": concept["text"]} if concept else {})


def _set(body: Resource, name: str, value: Resource | list[Resource]) -> None:
    """An element that would be empty is left out: FHIR knows no empty ones."""
    if value:
        body[name] = value
    else:
        body.pop(name, None)


def in_notes(words: Mapping[str, str]) -> Iterator[str]:
    """The sentences of those qualifiers that FHIR has no element for."""
    for name, qualifier in qualifiers().items():
        word = words.get(name, "")
        if qualifier.carrier in _SAID_IN_NOTES and word in qualifier.choice and word != "room_air":
            yield qualifier.choice[word][1]


def with_notes(body: Resource, texts: Iterable[Resource]) -> None:
    """Notes are only ever added: each is a statement of its own."""
    there = set(notes(body))
    _set(body, "note", [*body.get("note", []), *(note for note in texts if note["text"] and note["text"] not in there)])
