"""The peer as a test sees it: a FHIR server of a chosen family on this machine, with faults on demand."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers.asking import Answer, ask, ended
from tests.servers.node import with_packages

FOLDER = Path(__file__).parent / "peer"


@dataclass(frozen=True)
class Wish:
    """What a peer is started with: those that are equal can serve one test after the other."""

    preset: str = "hapi"
    validate: str = "none"
    profiles: tuple[Path, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    """name > JSON, over the preset"""
    options: tuple[str, ...] = ()
    """further words: `--data FILE`, `--auth on`, `--port N`"""

    def words(self) -> list[str]:
        profiles = [word for folder in self.profiles for word in ("--profile-dir", str(folder))]
        settings = [word for name, value in self.settings for word in ("--set", f"{name}={value}")]
        return ["--preset", self.preset, "--validate", self.validate, *profiles, *settings, *self.options]


@dataclass
class Peer:
    """One running server. `base` is where FHIR is spoken, `admin` where a test tells it what to do."""

    wish: Wish
    process: subprocess.Popen[str] = field(repr=False)
    base: str
    admin: str

    @classmethod
    def start(cls, wish: Wish) -> Peer:
        """Waits for its first line. node.Missing, RuntimeError where it ends instead."""
        program = with_packages(FOLDER).program
        words = [str(program), str(FOLDER / "peer.mjs"), *wish.words(), "--until-stdin-ends"]
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"the peer ended with {ended(process)}: {' '.join(words)}")
        told = json.loads(line)
        return cls(wish, process, told["base"], told["admin"])

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """`path` is below the base (`/Patient/1`) or a whole address; in names of headers `_` stands for `-`."""
        return ask(method, path if "://" in path else self.base + path, body, headers)

    def tell(self, method: str, path: str, body: Any = None) -> Any:
        """To its admin address; RuntimeError where it does not understand."""
        answer = ask(method, self.admin + path, body, {})
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.body}")
        return answer.body

    def fault(self, action: str, times: int = 1, **where: Any) -> None:
        """`where`: method, path (a pattern), bodyContains, skip, and what the action takes: status, headers, delayMs."""
        self.tell("POST", "/fault", {"action": action, "times": times, **where})

    def no_faults(self) -> None:
        self.tell("DELETE", "/fault")

    def set(self, **settings: Any) -> None:
        """Until the next `reset`."""
        self.tell("POST", "/config", settings)

    def state(self) -> dict[str, Any]:
        """counts by type, versions, duplicates of identifiers, orphans, faultsLeft."""
        return self.tell("GET", "/state")

    def settle(self) -> None:
        """Lets go what waits to be released, until every request is through, those that nobody waits for among them."""
        self.tell("POST", "/release")
        while self.state()["pending"]:
            pass  # the time limit of the tests ends this where a request hangs

    def dump(self) -> list[dict[str, Any]]:
        """Every resource as it stands."""
        return self.tell("GET", "/dump")

    def log(self) -> list[dict[str, Any]]:
        """Every request since the start or the last reset."""
        return self.tell("GET", "/log")

    def reset(self) -> None:
        """Nothing stored, no faults, the settings of its start."""
        self.tell("POST", "/reset")

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """At once, as by a failing machine."""
        self.process.kill()
        ended(self.process)

    def stop(self) -> None:
        """Ends with its standard input. Nothing is left of it."""
        if self.alive:
            assert self.process.stdin is not None
            self.process.stdin.close()
        ended(self.process)
