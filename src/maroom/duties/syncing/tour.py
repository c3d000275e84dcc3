"""The tour looks at what waits; it is given no server, so nothing is sent."""

from __future__ import annotations

from maroom.kit import Driver, Leg


def drive(driver: Driver) -> None:
    driver.key("F8")
    driver.picture("sync")


LEG = Leg(drive)
