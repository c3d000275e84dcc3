"""The cover before there is an open store: waiting, first start, the forms of a new clinic, and faults."""

from maroom.app.window.door.door import Door

__all__ = ["Door"]
