"""How days and times read: `23 Nov 2026`, `Mon 23 Nov 2026`, `10:42`. Names of days and months are those of the program's
language; the order never changes, so that no date can be read two ways."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale


def day(when: date) -> str:
    return QLocale().toString(_qt(when), "d MMM yyyy")


def weekday(when: date) -> str:
    return QLocale().toString(_qt(when), "ddd d MMM yyyy")


def clock(when: datetime) -> str:
    """Of a time that is already on the wall clock it is to be read from."""
    return f"{when.hour}:{when.minute:02}"


def _qt(when: date) -> QDate:
    return QDate(when.year, when.month, when.day)
