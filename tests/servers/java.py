"""Java for the real FHIR server that tests talk to: the system's JDK and Maven.

The server is built once into its own git-ignored `target/`; the jars stay in Maven's local repository. By hand, or ahead of
the tests: `python -m tests.servers.java`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from filelock import FileLock

from tests.servers.missing import Missing

FOLDER = Path(__file__).parent / "hapi"
TARGET = FOLDER / "target"
OLDEST = 17
PATIENCE = 540
"""seconds that Maven is given; the first time it fetches some 200 MB"""
QUIET = (
    "-Xlog:disable",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
    # what a race of two clients makes the database say is the server's to answer, not to print
    "-Dorg.slf4j.simpleLogger.log.org.hibernate.engine.jdbc.spi.SqlExceptionHelper=off",
    "-Dorg.slf4j.simpleLogger.log.ca.uhn.fhir.interceptor.executor.BaseInterceptorService=off",
)


@dataclass(frozen=True)
class Java:
    program: str

    def words(self, *options: str, memory: str = "1g", archive: str = "SharedArchiveFile") -> list[str]:
        """How the built server is started. The archive holds its loaded classes ready made, which halves a start."""
        path = os.pathsep.join((str(TARGET / "hapi-peer.jar"), (TARGET / "classpath").read_text("utf-8").strip()))
        fast = (f"-Xmx{memory}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", f"-XX:{archive}={TARGET / 'classes.jsa'}")
        return [self.program, *fast, *QUIET, "-cp", path, "peer.Main", *options]


def with_server() -> Java:
    """Java, with the server built. Missing. Tried once a run, whatever comes of it."""
    found = _tried()
    if isinstance(found, Missing):
        raise Missing(str(found))
    return found


@cache
def _tried() -> Java | Missing:
    try:
        return _prepared(java(), maven())
    except Missing as missing:
        return missing


def java() -> Java:
    """Missing."""
    home = os.environ.get("JAVA_HOME")
    program = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    if not program or _version(program) < OLDEST:
        raise Missing(f"Java {OLDEST} or newer is not on this machine")
    return Java(program)


def _version(program: str) -> int:
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


def maven() -> str:
    """Missing."""
    found = shutil.which("mvn")
    if not found:
        raise Missing("Maven is not on this machine")
    return found


def _prepared(found: Java, mvn: str) -> Java:
    stamp = TARGET / "built"
    with FileLock(FOLDER.parent / ".hapi.lock"):
        wanted = _sources()
        if not stamp.exists() or stamp.read_text("utf-8") != wanted:
            _build(mvn)
            archive = found.words("--port", "0", "--once", archive="ArchiveClassesAtExit")
            subprocess.run(archive, capture_output=True, timeout=PATIENCE, check=False)
            stamp.write_text(wanted, "utf-8")
    return found


def _sources() -> str:
    told = sha256()
    for path in (FOLDER / "pom.xml", *sorted((FOLDER / "src").rglob("*.java"))):
        told.update(path.read_bytes())
    return told.hexdigest()


def _build(mvn: str) -> None:
    words = [mvn, "-B", "-q", "-Dstyle.color=never", "-f", str(FOLDER / "pom.xml"), "clean", "package"]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise Missing(f"Maven did not build the server: {fault}") from None
    if done.returncode:
        raise Missing(f"Maven did not build the server: {(done.stdout + done.stderr).strip().splitlines()[0]}")


if __name__ == "__main__":
    try:
        with_server()
    except Missing as missing:
        sys.exit(f"not built: {missing}")
