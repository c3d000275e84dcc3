"""A real HAPI FHIR JPA server on this machine, as a test sees it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.servers.asking import Answer, ask, ended
from tests.servers.java import with_server

ALL = 10_000
"""how many a page may hold when everything is read"""
CONFORMANCE = ("StructureDefinition", "ValueSet", "CodeSystem")
FRESH = {"Cache_Control": "no-cache"}


@dataclass
class Hapi:
    """One running server. `base` is where FHIR is spoken."""

    process: subprocess.Popen[str] = field(repr=False)
    base: str

    @classmethod
    def start(cls, *options: str) -> Hapi:
        """On a free port, when it has answered a search. Missing; RuntimeError where it ends instead."""
        words = with_server().words("--port", "0", "--until-stdin-ends", *options)
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.startswith("ready "):
            raise RuntimeError(f"the server ended with {ended(process)}: {options}")
        return cls(process, line.split()[1])

    @classmethod
    def judging(cls, profiles: Path, version: str) -> Hapi:
        """One that refuses what is not by the profiles it claims: those of FHIR R4, and those in the folder."""
        with TemporaryDirectory(prefix="hapi-") as folder:
            database = ("--db", str(Path(folder) / "db"))
            loading = cls.start(*database)
            try:
                loading.load(profiles, version)
            finally:
                loading.stop()
            # the files of the database stay open; a folder that is gone is no loss to a server that ends with the tests
            return cls.start(*database, "--validate")

    def load(self, profiles: Path, version: str) -> None:
        """A profile asked for as `url|version` is found only where it carries that version."""
        for path in sorted(profiles.glob("*.json")):
            found = json.loads(path.read_text("utf-8"))
            if found.get("resourceType") in CONFORMANCE:
                answer = self.ask("PUT", f"/{found['resourceType']}/{found['id']}", found | {"version": version})
                assert answer.status in (200, 201), answer.body

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """`path` is below the base (`/Patient/1`) or a whole address; in names of headers `_` stands for `-`."""
        return ask(method, path if "://" in path else self.base + path, body, headers)

    def search(self, what: str) -> list[dict[str, Any]]:
        """All that `what` (`Patient?name=x`) finds now, whatever page it is on, and not from an earlier answer."""
        return list(self._pages(f"/{what}{'&' if '?' in what else '?'}_count={ALL}"))

    def _pages(self, path: str) -> Iterator[dict[str, Any]]:
        while path:
            answer = self.ask("GET", path, **FRESH)
            assert answer.status == 200, answer.body
            yield from (entry["resource"] for entry in answer.body.get("entry", []))
            path = next((link["url"] for link in answer.body.get("link", []) if link["relation"] == "next"), "")

    def empty(self) -> None:
        """Nothing stored, as at the start."""
        everything = {"name": "expungeEverything", "valueBoolean": True}
        answer = self.ask("POST", "/$expunge", {"resourceType": "Parameters", "parameter": [everything]})
        assert answer.status == 200, answer.body

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Ends with its standard input."""
        if self.alive:
            assert self.process.stdin is not None
            self.process.stdin.close()
        ended(self.process)
