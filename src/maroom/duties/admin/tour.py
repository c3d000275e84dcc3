"""The tour's last leg: somebody with the right to it signs in and looks at the settings."""

from __future__ import annotations

from maroom.access.rights import may
from maroom.core.people import Author, Right
from maroom.kit import Driver, Leg

DEMO_PIN = "1234"
"""everybody's, in the invented clinic that the tour is given"""


def drive(driver: Driver) -> None:
    chief = next(who for who in driver.kit.people.present() if may(who.role, Right.UPKEEP)).author()
    driver.key("F9")
    _sign_in(driver, chief)
    driver.press("rail-admin")
    driver.picture("settings-station")
    for section in ("clinic", "people", "server", "vital-signs"):
        driver.press(f"section-{section}")
        driver.picture(f"settings-{section}")


def _sign_in(driver: Driver, who: Author) -> None:
    driver.press(f"person-{who.staff}")
    for figure in DEMO_PIN:
        driver.press(f"key-{figure}")
    driver.press("sign-in")
    driver.wait_for(lambda: _sits(driver, who), f"{who.role} was not signed in")


def _sits(driver: Driver, who: Author) -> bool:
    try:
        return driver.opening.author == who
    except LookupError:
        return False


LEG = Leg(drive)
