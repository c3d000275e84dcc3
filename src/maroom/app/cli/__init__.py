"""The same services from a terminal: import, demo, check, tour. No Qt but for the window and the tour."""

from maroom.app.cli.main import main

__all__ = ["main"]
