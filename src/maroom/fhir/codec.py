"""JSON in and out. Decimals are kept exactly, digit for digit: 72.10 is neither 72.1 nor a binary float."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from maroom.fhir.exchange import Resource

_DECODER = msgspec.json.Decoder(dict, float_hook=Decimal)
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_CANONICAL = msgspec.json.Encoder(decimal_format="number", order="sorted")
FAULTS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What broken JSON raises; `why` puts it into words."""


def decode(body: bytes | memoryview) -> Resource:
    """One JSON object. Raises one of FAULTS."""
    return _DECODER.decode(body)


def encode(resource: Resource) -> bytes:
    """Elements in the order they stand in."""
    return _ENCODER.encode(resource)


def canonical(resource: Resource) -> bytes:
    """The same bytes for the same content, however the elements were ordered and spaced."""
    return _CANONICAL.encode(resource)


def why(fault: Exception) -> str:
    """What is wrong with the JSON, without any of its text."""
    if isinstance(fault, UnicodeDecodeError):
        return "is not UTF-8"
    if isinstance(fault, RecursionError):
        return "is nested too deeply"
    return str(fault)
