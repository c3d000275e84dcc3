"""A reading as a FHIR R4 Observation (US Core vital signs), both ways. Plain dicts; what we do not own is left as it came."""

from maroom.duties.vitals.wire.incoming import is_ours, reading
from maroom.duties.vitals.wire.outgoing import needs, observation

__all__ = ["is_ours", "needs", "observation", "reading"]
