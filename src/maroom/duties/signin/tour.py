"""The tour begins here: the first assistant of the clinic chooses her name and types her PIN."""

from __future__ import annotations

from maroom.core.people import Role
from maroom.kit import Driver, Leg

DEMO_PIN = "1234"
"""everybody's, in the invented clinic that the tour is given"""


def drive(driver: Driver) -> None:
    assistant = next(who for who in driver.kit.people.present() if who.role is Role.ASSISTANT)
    driver.press(f"person-{assistant.id}")
    for figure in DEMO_PIN[:-1]:
        driver.press(f"key-{figure}")
    driver.picture("sign-in")
    driver.press(f"key-{DEMO_PIN[-1]}")
    driver.press("sign-in")
    driver.wait_for(lambda: _is_in(driver), "nobody was signed in")


def _is_in(driver: Driver) -> bool:
    """A page is open for somebody."""
    try:
        return bool(driver.opening)
    except LookupError:
        return False


LEG = Leg(drive)
