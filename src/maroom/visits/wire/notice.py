"""Communication: a critical finding and whom it was told to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maroom.fhir.exchange import Resource
from maroom.fhir.writing import reference
from maroom.visits.model import Notice
from maroom.visits.wire.elements import identified


def body(of: Notice, sender: str, base: Mapping[str, Any]) -> Resource:
    """Completed once it was read back. `sender` is the record id of whoever reported it."""
    made: Resource = {**base, "resourceType": "Communication", "identifier": identified(base, of.id)}
    made["status"] = "in-progress" if of.open else "completed"
    made["subject"] = reference(of.visit.patient)
    made["encounter"] = base.get("encounter") or reference(of.visit.visit)
    made["about"] = base.get("about") or [reference(of.about)]
    made["sender"] = base.get("sender") or reference(sender)
    made["payload"] = [{"contentString": of.finding}]
    if of.whom:
        made["recipient"] = [{"display": of.whom}]
    if of.when:
        made["sent"] = of.when.iso()
    if of.read_back:
        made["note"] = [{"text": "Read back"}]
    return made
