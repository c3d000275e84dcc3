"""The real server that tests talk to: what it does, that each test finds it empty, and what is said without Java."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.servers import java
from tests.servers.hapis import Hapi
from tests.servers.missing import Missing

PERSON = {"resourceType": "Patient", "gender": "female"}


def test_it_takes_and_gives_back(hapi: Hapi) -> None:
    made = hapi.ask("POST", "/Patient", PERSON)
    assert (made.status, made.headers["etag"]) == (201, 'W/"1"')
    assert hapi.ask("GET", f"/Patient/{made.body['id']}").body["gender"] == "female"


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_finds_it_empty(hapi: Hapi, time: str) -> None:
    assert hapi.search("Patient") == []
    hapi.ask("POST", "/Patient", PERSON)
    assert len(hapi.search("Patient")) == 1


def test_all_pages_are_read(hapi: Hapi) -> None:
    for _ in range(5):
        hapi.ask("POST", "/Patient", PERSON)
    assert len(list(hapi._pages("/Patient?_count=2"))) == 5


def test_the_same_search_again_is_answered_as_before(hapi: Hapi) -> None:
    """What a client must ask around by Cache-Control: the reason that it is tested against this server."""
    found = [hapi.ask("GET", "/Patient?gender=female").body["total"]]
    hapi.ask("POST", "/Patient", PERSON)
    found += [hapi.ask("GET", "/Patient?gender=female").body["total"], len(hapi.search("Patient?gender=female"))]
    assert found == [0, 0, 1]


def test_what_no_server_is_told_of_is_refused(hapi: Hapi) -> None:
    assert hapi.ask("POST", "/Patient", {"resourceType": "Patient", "gender": "zzz"}).status == 400


def test_an_old_java_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "_version", lambda program: 11)
    with pytest.raises(Missing, match="Java 17"):
        java.java()


def test_without_maven_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java.shutil, "which", lambda name, path=None: None)
    with pytest.raises(Missing, match="Maven"):
        java.maven()


def test_a_build_that_fails_is_said(tmp_path: Path) -> None:
    failing = tmp_path / "mvn"
    failing.write_text("#!/bin/sh\necho '[ERROR] Unknown host repo.maven.apache.org'\nexit 1\n")
    failing.chmod(0o755)
    with pytest.raises(Missing, match="Unknown host"):
        java._build(str(failing))


def test_without_java_no_server_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "_tried", lambda: Missing("no Java here"))
    with pytest.raises(Missing, match="no Java here"):
        Hapi.start()
