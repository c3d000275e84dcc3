"""Names that both directions share."""

from decimal import Decimal

from maroom.core.quantity import Quantity

CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
DATA_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
EXTENSIONS = {
    "position": "http://hl7.org/fhir/StructureDefinition/observation-bodyPosition",
    "cuff": "http://hl7.org/fhir/us/vitals/StructureDefinition/bp-cuff-size-ext",
}
VALUES = ("valueQuantity", "valueCodeableConcept", "valueString", "valueInteger", "valueDateTime", "dataAbsentReason")
ROOM_AIR = Quantity(Decimal(21), "%")
"""The oxygen breathed in: how `room air` is sent, and only where somebody said it."""

NOT_OBTAINED = "Could not obtain"
"""Text beside the code `unknown`, which alone would not tell that it was tried."""


def set_system(namespace: str) -> str:
    """System of the tag that holds a set together."""
    return f"{namespace}/vitals-set"
