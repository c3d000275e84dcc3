"""A new clinic's answers: what is found about them, and what a clinic is made with."""

from __future__ import annotations

import pytest

from maroom.app import founding
from maroom.app.founding import ADMINISTRATOR, OTHER, Asked, Wrong

RIGHT = {
    Asked.CLINIC: " Riverside Clinic ",
    Asked.ZONE: "America/Denver",
    Asked.NAME: "Amara Koroma",
    Asked.PIN: "4711",
    Asked.PIN_AGAIN: "4711",
    Asked.PASSPHRASE: "a few long words",
    Asked.PASSPHRASE_AGAIN: "a few long words",
}


def found(**changed: str) -> dict[str, str]:
    answers = {**RIGHT, **{Asked[name]: text for name, text in changed.items()}}
    return {field: finding.code for field, finding in founding.findings(answers).items()}


def test_nothing_is_found_about_right_answers() -> None:
    assert found() == {}


def test_everything_is_asked_in_order() -> None:
    assert list(founding.findings({})) == [Asked.CLINIC, Asked.ZONE, Asked.NAME, Asked.PIN, Asked.PASSPHRASE]


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "12 34"])
def test_what_is_no_pin(pin: str) -> None:
    assert found(PIN=pin, PIN_AGAIN=pin) == {Asked.PIN: Wrong.NO_PIN}


def test_what_must_be_typed_twice_alike() -> None:
    assert found(PIN_AGAIN="4712") == {Asked.PIN_AGAIN: Wrong.DIFFERS}
    assert found(PASSPHRASE_AGAIN="a few long word") == {Asked.PASSPHRASE_AGAIN: Wrong.DIFFERS}


def test_a_short_passphrase() -> None:
    assert found(PASSPHRASE="elevenchars", PASSPHRASE_AGAIN="elevenchars") == {Asked.PASSPHRASE: Wrong.SHORT}


@pytest.mark.parametrize("zone", ["", "Denver", "America", "../../etc/passwd", "America/Boisse", "/etc/localtime"])
def test_another_zone_must_be_one(zone: str) -> None:
    assert found(ZONE=OTHER, OTHER_ZONE=zone) == {Asked.OTHER_ZONE: Wrong.NO_ZONE}


def test_a_zone_may_be_typed() -> None:
    answers = {**RIGHT, Asked.ZONE: OTHER, Asked.OTHER_ZONE: " America/Boise "}
    assert founding.findings(answers) == {}
    assert founding.new_clinic(answers).zone == "America/Boise"


def test_a_clinic_is_made_with_what_was_answered() -> None:
    new = founding.new_clinic(RIGHT)
    assert (new.name, new.zone, new.administrator) == ("Riverside Clinic", "America/Denver", "Amara Koroma")
    assert (new.pin, new.passphrase) == ("4711", "a few long words")


def test_an_administrator_alone_is_asked_for_less() -> None:
    assert list(founding.findings({}, ADMINISTRATOR)) == [Asked.NAME, Asked.PIN]
