"""A bundle sealed for the clinic opens by the clinic's key alone."""

import pytest

from maroom.core.problems import Code, Problem
from maroom.sync.carrying import sealing

PLAIN = b'{"lines": []}'


def test_what_is_sealed_for_a_key_opens_with_its_secret_and_shows_nothing_before() -> None:
    secret, public = sealing.new_pair()
    body = sealing.sealed(PLAIN, public)
    assert PLAIN not in body
    assert sealing.opened(body, f"# the clinic's key\n{secret}\n") == PLAIN


@pytest.mark.parametrize("left", [0, 5, 60, 190, -1])
def test_a_file_that_was_cut_is_told_as_such(left: int) -> None:
    secret, public = sealing.new_pair()
    assert _refusal(sealing.sealed(PLAIN, public)[:left], secret) is Code.CARRIED_IN_PART


def test_a_file_that_was_changed_is_not_opened() -> None:
    secret, public = sealing.new_pair()
    body = sealing.sealed(PLAIN, public)
    assert _refusal(body[:-1] + bytes([body[-1] ^ 1]), secret) is Code.CARRIED_IN_PART


def test_another_key_a_foreign_file_and_no_key_at_all_are_each_told() -> None:
    secret, public = sealing.new_pair()
    other, _ = sealing.new_pair()
    assert _refusal(sealing.sealed(PLAIN, public), other) is Code.CARRIED_FOR_ANOTHER
    assert _refusal(b"%PDF-1.7 and so on, at some length", secret) is Code.NOT_CARRIED
    for text in ("", "AGE-SECRET-KEY-1QQQ", public):
        assert _refusal(sealing.sealed(PLAIN, public), text) is Code.NO_SECRET_KEY


def test_a_derived_key_is_the_same_again_for_who_has_the_secret_and_for_one_purpose() -> None:
    secret, _ = sealing.new_pair()
    made = sealing.derived(secret, "one", 48)
    assert len(made) == 48
    assert made == sealing.derived(f"# created today\n{secret}\n", "one", 48)
    assert made != sealing.derived(secret, "two", 48)
    assert made != sealing.derived(sealing.new_pair()[0], "one", 48)


def _refusal(body: bytes, key_file: str) -> Code:
    with pytest.raises(Problem) as told:
        sealing.opened(body, key_file)
    return told.value.code


def test_a_secret_is_no_public_key() -> None:
    secret, public = sealing.new_pair()
    assert sealing.is_public(f" {public}\n")
    assert not sealing.is_public(secret)
    with pytest.raises(ValueError, match="no public key"):
        sealing.sealed(PLAIN, secret)
