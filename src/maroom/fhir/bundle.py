"""Files of FHIR: Bundles of any type, single resources and NDJSON, plain or gzipped, as entries that know their place.

A file is looked through for syntax before anything of it is used; what is wrong is told by place, never with a value.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar, cast

import msgspec

from maroom.fhir import codec
from maroom.fhir.exchange import Resource

_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_LARGEST = 1 << 30
_TYPE = re.compile(r"[A-Z][A-Za-z]{1,63}")
_URN = "urn:uuid:"
LINES = (".ndjson", ".ndjson.gz")


class BrokenFile(ValueError):
    """A file that cannot be taken: `place` is `entry[17]`, `line 17` or empty for the whole; `why` holds no value of it."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place} {why}".strip())
        self.place = place
        self.why = why


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource of a file, not yet decoded. `id` is its own, else that of its urn:uuid `url` (fullUrl); else empty."""

    place: str
    rtype: str
    id: str
    url: str
    raw: bytes | memoryview

    def resource(self) -> Resource:
        """Decoded, with its id. BrokenFile."""
        with _told(self.place):
            resource = codec.decode(self.raw)
        return resource | {"id": self.id} if self.id else resource


class _Header(msgspec.Struct):
    resourceType: str = ""  # noqa: N815 - FHIR's name
    id: str = ""


class _Part(msgspec.Struct):
    fullUrl: str = ""  # noqa: N815 - FHIR's name
    resource: msgspec.Raw = msgspec.Raw()


class _Bundle(msgspec.Struct):
    entry: list[_Part] = []


def read(path: Path) -> Iterable[Entry]:
    """The resources of a file, which may be gone through more than once; NDJSON (by its name) is read anew each time,
    so that its size does not matter. BrokenFile, here or on the way."""
    if path.name.endswith(LINES):
        return _Lines(path)
    with _opened(path) as file, _told(""):
        body = file.read(_LARGEST + 1)
    return list(_of_document(body.removeprefix(_BOM)))


def given(resources: Iterable[Resource]) -> list[Entry]:
    """Resources at hand, as entries."""
    return [_entry(f"resource[{n}]", codec.encode(resource)) for n, resource in enumerate(resources)]


@dataclass(frozen=True)
class _Lines:
    path: Path

    def __iter__(self) -> Iterator[Entry]:
        with _opened(self.path) as file:
            number = 0
            while line := self._line(file, number + 1):
                number += 1
                body = line.removeprefix(_BOM) if number == 1 else line
                if body.strip():
                    yield _entry(f"line {number}", body)

    def _line(self, file: IO[bytes], number: int) -> bytes:
        with _told(f"line {number}"):
            return file.readline(_LARGEST)


def _of_document(body: bytes) -> Iterator[Entry]:
    if len(body) > _LARGEST:
        raise BrokenFile("", "is larger than 1 GB; NDJSON may be of any size")
    if not body.strip():
        raise BrokenFile("", "is empty")
    whole = _entry("", body)
    if whole.rtype != "Bundle":
        yield whole
        return
    for number, part in enumerate(_decoded("", body, _Bundle).entry):
        raw = memoryview(part.resource)
        if raw:
            yield _entry(f"entry[{number}]", raw, part.fullUrl)


def _entry(place: str, raw: bytes | memoryview, url: str = "") -> Entry:
    header = _decoded(place, raw, _Header)
    if not _TYPE.fullmatch(header.resourceType):
        raise BrokenFile(place, "is not FHIR: it has no resourceType")
    return Entry(place, header.resourceType, header.id or _id_in(url), url, raw)


def _id_in(url: str) -> str:
    return url.removeprefix(_URN) if url.startswith(_URN) else ""


S = TypeVar("S", bound=msgspec.Struct)


def _decoded(place: str, raw: bytes | memoryview, shape: type[S]) -> S:
    with _told(place):
        return msgspec.json.decode(raw, type=shape)


@contextmanager
def _opened(path: Path) -> Generator[IO[bytes]]:
    with _told(""), path.open("rb") as plain:
        packed = plain.read(len(_GZIP)) == _GZIP
        plain.seek(0)
        yield cast("IO[bytes]", gzip.GzipFile(fileobj=plain)) if packed else plain


@contextmanager
def _told(place: str) -> Generator[None]:
    """Puts what reading or decoding raises into words."""
    try:
        yield
    except codec.FAULTS as fault:
        raise BrokenFile(place, codec.why(fault)) from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise BrokenFile(place, "is not whole: its compression ends early or is damaged") from None
    except OSError as fault:
        raise BrokenFile(place, f"cannot be read ({fault.strerror or type(fault).__name__})") from None
