"""Files as they come: of every form, with a place for whatever is wrong in them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maroom.fhir import bundle
from maroom.fhir.bundle import BrokenFile, Entry

PATIENT = {"resourceType": "Patient", "id": "p-1", "name": [{"family": "García"}]}
URN = "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e"


def bundled(*resources: Any, kind: str = "transaction", **entry: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": kind, "entry": [{"resource": one, **entry} for one in resources]}


def written(folder: Path, name: str, body: Any) -> Path:
    path = folder / name
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def read(folder: Path, name: str, body: Any) -> list[Entry]:
    return list(bundle.read(written(folder, name, body)))


def broken(folder: Path, name: str, body: Any) -> BrokenFile:
    with pytest.raises(BrokenFile) as raised:
        for entry in read(folder, name, body):
            entry.resource()
    assert "García" not in str(raised.value)
    return raised.value


@pytest.mark.parametrize("kind", ["transaction", "batch", "collection", "searchset", "document", "history"])
@pytest.mark.parametrize("name", ["x.json", "x.json.gz", "x"])
def test_a_bundle_of_any_type(tmp_path: Path, kind: str, name: str) -> None:
    (entry,) = read(tmp_path, name, bundled(PATIENT, kind=kind))
    assert (entry.place, entry.rtype, entry.id, entry.url) == ("entry[0]", "Patient", "p-1", "")
    assert entry.resource() == PATIENT


def test_a_single_resource(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, "x.json", PATIENT)
    assert (entry.place, entry.resource()) == ("", PATIENT)


def test_lines_may_be_gone_through_twice(tmp_path: Path) -> None:
    body = json.dumps(PATIENT) + "\n\r\n" + json.dumps(PATIENT | {"id": "p-2"})
    for name in ("x.ndjson", "x.ndjson.gz"):
        entries = bundle.read(written(tmp_path, name, body.encode()))
        for _ in range(2):
            assert [(entry.place, entry.id) for entry in entries] == [("line 1", "p-1"), ("line 3", "p-2")]


def test_the_zip_is_told_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(gzip.compress(json.dumps(PATIENT).encode()))
    assert len(list(bundle.read(path))) == 1
    assert len(read(tmp_path, "plain.ndjson", json.dumps(PATIENT).encode())) == 1


def test_an_entry_without_an_id_takes_that_of_its_urn(tmp_path: Path) -> None:
    nameless = {"resourceType": "Patient"}
    (entry,) = read(tmp_path, "x.json", bundled(nameless, fullUrl=URN))
    assert entry.resource()["id"] == URN.removeprefix("urn:uuid:")
    (own,) = read(tmp_path, "y.json", bundled(PATIENT, fullUrl=URN))
    assert (own.id, own.url) == ("p-1", URN)
    (none,) = read(tmp_path, "z.json", bundled(nameless, fullUrl="https://example.org/Patient/7"))
    assert none.id == ""


def test_a_mark_at_the_start_is_no_content(tmp_path: Path) -> None:
    mark = b"\xef\xbb\xbf"
    assert len(read(tmp_path, "x.json", mark + json.dumps(bundled(PATIENT)).encode())) == 1
    assert len(read(tmp_path, "x.ndjson", mark + json.dumps(PATIENT).encode() + b"\n")) == 1


def test_entries_without_a_resource_are_passed_over(tmp_path: Path) -> None:
    body = bundled(PATIENT)
    body["entry"].insert(0, {"request": {"method": "DELETE", "url": "Patient/9"}})
    (entry,) = read(tmp_path, "x.json", body)
    assert entry.place == "entry[1]"
    assert read(tmp_path, "y.json", {"resourceType": "Bundle", "type": "searchset"}) == []


@pytest.mark.parametrize(
    ("name", "body", "place", "why"),
    [
        ("x.json", b"", "", "is empty"),
        ("x.json", b" \n", "", "is empty"),
        ("x.json", b'{"resourceType": "Bundle", "entry": [{"res', "", "truncated"),
        ("x.json", json.dumps(bundled(PATIENT)).encode() + b"\n{}", "", "trailing"),
        ("x.json", {"name": "García"}, "", "no resourceType"),
        ("x.json", [PATIENT], "", "Expected `object`"),
        ("x.json", "García", "", "Expected `object`"),
        ("x.json", {"resourceType": "García Elena"}, "", "no resourceType"),
        ("x.json", {"resourceType": "Bundle", "entry": {"a": "García"}}, "", "Expected `array`"),
        ("x.json", bundled(PATIENT, {"id": "García"}), "entry[1]", "no resourceType"),
        ("x.json", bundled(PATIENT, 5), "entry[1]", "Expected `object`"),
        ("x.json", bundled(PATIENT | {"id": 5}), "entry[0]", "Expected `str`"),
        ("x.json", b'{"resourceType": "Patient", "name": "\xff"}', "", "is not UTF-8"),
        ("x.json", b'{"resourceType": "Patient", "a": ' + b"[" * 9000, "", "nested too deeply"),
        ("x.json", "García".encode("utf-16"), "", "malformed"),
        ("x.ndjson", json.dumps(PATIENT).encode() + "\n{oh García".encode(), "line 2", "malformed"),
        ("x.ndjson", json.dumps(PATIENT, indent=1).encode(), "line 1", "truncated"),
        ("x.ndjson", json.dumps(PATIENT).encode() + b"\n\n" + b'{"a": 1}', "line 3", "no resourceType"),
    ],
)
def test_what_is_broken_is_told_with_its_place(tmp_path: Path, name: str, body: Any, place: str, why: str) -> None:
    fault = broken(tmp_path, name, body)
    assert fault.place == place
    assert why in fault.why


@pytest.mark.parametrize("name", ["x.json.gz", "x.ndjson.gz"])
def test_a_zip_that_ends_early_or_is_damaged(tmp_path: Path, name: str) -> None:
    whole = gzip.compress(json.dumps(PATIENT).encode())
    for body in (whole[:-9], whole[:-4] + b"\0\0\0\0", whole[:12] + b"\xff\xff" + whole[14:]):
        path = tmp_path / name
        path.write_bytes(body)
        with pytest.raises(BrokenFile) as raised:
            list(bundle.read(path))
        assert "is not whole" in raised.value.why


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match="cannot be read"):
        bundle.read(tmp_path)
    with pytest.raises(BrokenFile, match="cannot be read"):
        bundle.read(tmp_path / "none.json")


WHOLE = json.dumps(bundled(PATIENT, PATIENT | {"id": "p-2"}, fullUrl=URN)).encode()
LINES = b"\n".join(json.dumps(PATIENT | {"id": str(number)}).encode() for number in range(3))


@given(
    cut=st.integers(0, len(WHOLE)),
    put=st.binary(max_size=4),
    name=st.sampled_from(["x.json", "x.json.gz", "x.ndjson", "x.ndjson.gz"]),
    zipped_first=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_nothing_but_a_broken_file_comes_of_damage(tmp_path: Path, cut: int, put: bytes, name: str, zipped_first: bool) -> None:
    body = LINES if "ndjson" in name else WHOLE
    if name.endswith(".gz") and zipped_first:
        body = gzip.compress(body)
        damaged = body[:cut] + put + body[cut + len(put) :]
    else:
        damaged = body[:cut] + put
        damaged = gzip.compress(damaged) if name.endswith(".gz") else damaged
    path = tmp_path / name
    path.write_bytes(damaged)
    try:
        for entry in bundle.read(path):
            entry.resource()
    except BrokenFile as fault:
        assert "Garc" not in str(fault)  # noqa: PT017


def test_resources_at_hand_are_entries_too() -> None:
    (entry,) = bundle.given([PATIENT])
    assert (entry.rtype, entry.id, entry.resource()) == ("Patient", "p-1", PATIENT)
