"""Plain HTTP to a server on this machine, by the standard library alone: nothing of what is tested."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 60
"""seconds that an answer, or an end, is given"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    """names in small letters"""
    body: Any
    """decoded where it is JSON, else text"""


def ask(method: str, address: str, body: Any, headers: Mapping[str, str]) -> Answer:
    """In names of headers `_` stands for `-`. A body that is no bytes is sent as JSON."""
    where = urlsplit(address)
    connection = HTTPConnection(where.netloc, timeout=PATIENCE)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        if raw is not None:
            sent.setdefault("Content-Type", "application/fhir+json")
        connection.request(method, address.partition(where.netloc)[2], raw, sent)
        answer = connection.getresponse()
        text = answer.read().decode()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, _decoded(text))
    finally:
        connection.close()


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def ended(process: subprocess.Popen[str]) -> int:
    """Waits for its end, and ends it where that takes too long; its exit status."""
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
    finally:
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
