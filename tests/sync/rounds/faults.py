"""What goes wrong between a workstation and a server, by seed."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.servers.peers import Peer

_HTML = {"content-type": "text/html"}
FAULTS: dict[str, dict[str, Any]] = {
    "drop": {"action": "drop"},
    "lose": {"action": "lose"},
    "truncate": {"action": "truncate"},
    "hang": {"action": "hang"},
    "zombie": {"action": "zombie", "delayMs": "released"},
    "portal": {"action": "portal"},
    "busy": {"action": "status", "status": 503, "headers": {"Retry-After": "20"}},
    "busy_date": {"action": "status", "status": 503, "headers": {"Retry-After": "Tue, 24 Nov 2026 15:50:00 GMT"}},
    "too_many": {"action": "status", "status": 429, "headers": {"Retry-After": "1"}},
    "failing": {"action": "status", "status": 500},
    "gateway": {"action": "status", "status": 502, "headers": _HTML, "body": "<html>Bad gateway</html>"},
    "timed_out": {"action": "status", "status": 408},
    "race": {"action": "race", "delayMs": "released"},
}
"""`race`: a conditional create is judged when it arrives, and carried out later all the same"""
USUAL = tuple(name for name in FAULTS if name != "race")


def inject(peer: Peer, random: Random, names: tuple[str, ...], count: int) -> None:
    """Of writes mostly, each after some that go well."""
    for name in random.choices(names, k=count):
        method = random.choice(("POST", "PUT", "(POST|PUT)", "GET")) if name not in ("race", "zombie") else "POST"
        where = {"method": method} if method in ("POST", "PUT", "GET") else {}
        peer.tell("POST", "/fault", {**FAULTS[name], **where, "times": 1, "skip": random.randint(0, 5)})
