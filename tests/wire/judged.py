"""Bodies handed to a server that checks them, and what it has against each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from maroom.duties.vitals.model import Sign
from maroom.duties.vitals.rules.signs import spec
from maroom.fhir import codec
from maroom.fhir.exchange import Resource
from tests.builders import AMARA, DANA
from tests.duties.vitals.build import VISIT
from tests.servers.hapis import Hapi
from tests.servers.peers import Peer
from tests.wire.others import record
from tests.wire.readings import FIRST, SECOND, kinds

R4 = "http://hl7.org/fhir/StructureDefinition/"
US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/"
R4_PROFILES = {
    Sign.PULSE: "heartrate", Sign.BREATHING: "resprate", Sign.TEMPERATURE: "bodytemp", Sign.SPO2: "oxygensat",
    Sign.WEIGHT: "bodyweight", Sign.HEIGHT: "bodyheight", Sign.LENGTH: "bodyheight", Sign.HEAD: "headcircum", Sign.BMI: "bmi",
}  # fmt: skip
"""the profile that FHIR R4 itself has for a sign; for all others of the category it is `vitalsigns`. Not `bp`: the server's
checker finds no slices by codings that are slices themselves, and refuses US Core's own example by it"""
TYPES = {
    VISIT.patient: "Patient",
    VISIT.visit: "Encounter",
    DANA.staff: "Practitioner",
    AMARA.staff: "Practitioner",
    FIRST: "Observation",
    SECOND: "Observation",
    record("appointment"): "Appointment",
}
"""what our references lead to on the server"""


def r4_profile(sign: Sign) -> str:
    """Empty for what is no vital sign to FHIR R4: its vs-1 refuses any effectivePeriod, and an average has one."""
    if spec(sign).category != "vital-signs" or sign is Sign.BP_AVERAGE:
        return ""
    return R4 + R4_PROFILES.get(sign, "vitalsigns")


def us_core_profile(sign: Sign) -> str:
    """Empty where US Core has none."""
    return US_CORE + spec(sign).profile if spec(sign).profile else ""


def claiming(body: Resource, *profiles: str) -> Resource:
    """The body, saying that it is by these profiles, so that the server checks it against them."""
    named = [profile for profile in profiles if profile]
    return body | {"meta": body.get("meta", {}) | {"profile": named}} if named else body


def addressed(element: Any) -> Any:
    """With the server's references in the place of ours, as sync writes them."""
    if isinstance(element, list):
        return [addressed(part) for part in element]
    if not isinstance(element, dict):
        return element
    found: Resource = {name: addressed(part) for name, part in element.items()}
    local_id = str(found.get("reference", "")).removeprefix("urn:uuid:")
    return found | {"reference": f"{TYPES[local_id]}/{local_id}"} if local_id in TYPES else found


def sent(body: Resource) -> Any:
    """As the server gets it: through our codec."""
    return json.loads(codec.encode(addressed(body)))


def referred(server: Hapi) -> None:
    """Puts on the server what our bodies refer to; it takes no dangling reference."""
    pressure = next(kind for kind in kinds() if kind.name == "bp in both halves").body()
    patient = {"reference": f"Patient/{VISIT.patient}"}
    ambulatory = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}
    times = {"start": "2026-11-24T10:00:00-05:00", "end": "2026-11-24T10:20:00-05:00"}
    rest: dict[str, Resource] = {
        VISIT.patient: {"gender": "female"},
        DANA.staff: {"name": [{"text": DANA.name}]},
        AMARA.staff: {"name": [{"text": AMARA.name}]},
        record("appointment"): {"status": "booked", **times, "participant": [{"actor": patient, "status": "accepted"}]},
        VISIT.visit: {"status": "arrived", "class": ambulatory, "subject": patient},
        FIRST: sent(pressure),
        SECOND: sent(pressure),
    }
    for local_id, found in rest.items():
        rtype = TYPES[local_id]
        answer = server.ask("PUT", f"/{rtype}/{local_id}", {**found, "resourceType": rtype, "id": local_id})
        assert answer.status in (200, 201), answer.body


def refused_by_hapi(server: Hapi, bodies: Mapping[str, Resource]) -> dict[str, list[str]]:
    """The same of HAPI, one by one: it judges a Bundle as a whole."""
    answers = {name: server.ask("POST", f"/{body['resourceType']}", sent(body)) for name, body in bodies.items()}
    return {name: _diagnostics(answer.body["issue"]) for name, answer in answers.items() if answer.status != 201}


def _diagnostics(issues: Iterable[Mapping[str, Any]]) -> list[str]:
    found = (issue for issue in issues if issue["severity"] in ("error", "fatal"))
    return [f"{issue.get('diagnostics', '')} {issue.get('expression', issue.get('location', ''))}" for issue in found]


def refused(server: Peer, bodies: Mapping[str, Resource]) -> dict[str, list[str]]:
    """Name > what the server has against the body; nothing for a body that it takes."""
    entries = [{"resource": sent(body), "request": {"method": "POST", "url": body["resourceType"]}} for body in bodies.values()]
    answer = server.ask("POST", "", {"resourceType": "Bundle", "type": "batch", "entry": entries})
    assert answer.status == 200, answer.body
    said = {name: one["response"] for name, one in zip(bodies, answer.body["entry"], strict=True)}
    return {name: _words(one["outcome"]["issue"]) for name, one in said.items() if not one["status"].startswith("201")}


def _words(issues: Iterable[Mapping[str, Any]]) -> list[str]:
    """Warnings left out."""
    found = (issue for issue in issues if issue["severity"] in ("error", "fatal"))
    return [f"{issue['details']['text']} {issue.get('expression', '')}" for issue in found]
