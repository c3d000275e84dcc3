"""Time zones as a clinic of the United States chooses one: by the name people use, kept by its IANA name."""

from __future__ import annotations

from maroom.core.words import QT_TRANSLATE_NOOP

US_ZONES: dict[str, str] = {
    "America/New_York": QT_TRANSLATE_NOOP("Zone", "Eastern (New York)"),
    "America/Chicago": QT_TRANSLATE_NOOP("Zone", "Central (Chicago)"),
    "America/Denver": QT_TRANSLATE_NOOP("Zone", "Mountain (Denver)"),
    "America/Phoenix": QT_TRANSLATE_NOOP("Zone", "Arizona, no summer time (Phoenix)"),
    "America/Los_Angeles": QT_TRANSLATE_NOOP("Zone", "Pacific (Los Angeles)"),
    "America/Anchorage": QT_TRANSLATE_NOOP("Zone", "Alaska (Anchorage)"),
    "Pacific/Honolulu": QT_TRANSLATE_NOOP("Zone", "Hawaii (Honolulu)"),
    "America/Puerto_Rico": QT_TRANSLATE_NOOP("Zone", "Atlantic (Puerto Rico, Virgin Islands)"),
    "Pacific/Guam": QT_TRANSLATE_NOOP("Zone", "Chamorro (Guam, Saipan)"),
    "Pacific/Pago_Pago": QT_TRANSLATE_NOOP("Zone", "Samoa (Pago Pago)"),
}
"""IANA name > words; the order is that of how many people live there. Any other zone can be typed."""


def is_zone(name: str) -> bool:
    """Whether it names a zone of the IANA database."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # the names are shown long before one is typed

    try:
        return bool(name) and ZoneInfo(name).key == name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
