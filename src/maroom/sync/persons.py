"""Whether two Patient resources under one id can be the same person."""

from __future__ import annotations

from maroom.core.names import fold
from maroom.fhir import reading
from maroom.fhir.exchange import Resource


def same_person(one: Resource, other: Resource) -> bool:
    """A name may change and a birth date may be corrected, but not both at once: then it is somebody else."""
    return _family(one) == _family(other) or one.get("birthDate") == other.get("birthDate")


def _family(patient: Resource) -> str:
    name = reading.human_name(patient, "name")
    return fold(name.family or name.text)
