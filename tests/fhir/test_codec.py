"""JSON in and out: every digit stays as it was."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.fhir import codec

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False) | st.integers()
LEAVES = NUMBERS | st.booleans() | st.none() | st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4))


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), JSON, max_size=5))
def test_what_is_written_reads_the_same(resource: dict[str, object]) -> None:
    try:
        written = codec.encode(resource)
    except UnicodeEncodeError:  # a lone surrogate in a key, which no text of ours holds
        return
    read = codec.decode(written)
    assert codec.canonical(read) == codec.canonical(resource)


@pytest.mark.parametrize("digits", ["72.10", "0.120", "1.0E+2", "0.000", "98.6", "12345678901234567890123456.789", "-0.0"])
def test_decimals_keep_their_digits(digits: str) -> None:
    read = codec.decode(f'{{"value":{digits}}}'.encode())
    assert read == {"value": Decimal(digits)}
    assert str(read["value"]) == digits
    assert codec.encode(read) == f'{{"value":{digits}}}'.encode()


def test_order_and_spaces_do_not_matter_to_the_canonical_form() -> None:
    one, other = b'{"b": [1, {"d":2,"c":3}],\n "a": "\\u00e9"}', '{"a":"é","b":[1,{"c":3,"d":2}]}'.encode()
    assert codec.canonical(codec.decode(one)) == codec.canonical(codec.decode(other))
    assert codec.canonical({"a": Decimal("1.0")}) != codec.canonical({"a": Decimal("1.00")})


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'{"a": 1', "truncated"),
        (b'{"a": 1} x', "trailing"),
        (b'{"a": "\xff"}', "is not UTF-8"),
        (b"[1]", "Expected `object`"),
        (b'{"a":' * 5000, "is nested too deeply"),
        (b'{"name": "Garc\xc3\xada" "born"}', "malformed"),
    ],
)
def test_what_is_broken_is_told_without_any_of_it(body: bytes, why: str) -> None:
    with pytest.raises(codec.FAULTS) as raised:
        codec.decode(body)
    assert why in codec.why(raised.value)
    assert "Garc" not in codec.why(raised.value)
